"""What pages rest on beside the contracts: every figure that bears on them once, with its source."""

from __future__ import annotations

from collections.abc import Iterable

from carespec.assumptions import Parameter
from carespec.incentives.figures import KINDS
from carespec.incentives.pages import Bullet, Item, Page
from carespec.incentives.tell.phrases import listed

_LEAD = (
    "Change a figure with `--assume NAME=LOW..HIGH`. In brackets, how it is known: seen in the source that is named; "
    "second-hand there, of somebody else; derived from such figures; given by you; assumed, with no evidence."
)


def page(used: Iterable[Parameter], also: str = "") -> list[Page]:
    """A page of the figures, each once; none where nothing is used. `also` is said of them first."""
    figures = list(dict.fromkeys(used))
    if not figures:
        return []
    lead = " ".join(filter(None, (also, _kinds(figures), _LEAD)))
    items: tuple[Item, ...] = (lead, *(Bullet(assumed(one)) for one in figures))
    return [Page("What is assumed", "", items)]


def assumed(one: Parameter) -> str:
    """One assumption with its name, its source, and how good that is."""
    ends = one.show() if one.low == one.high else f"{one.show()}, likely {one.show_likely()}"
    return f"{one.label} (`{one.name}`): {ends} [{one.grade}] {one.source}"


def _kinds(figures: Iterable[Parameter]) -> str:
    """In what the kinds of patient differ."""
    shares = {one.name.partition(".")[2]: one.show_likely() for one in figures if one.name.startswith("responders.")}
    known = [kind for kind in KINDS if kind in shares]
    if not known:
        return ""
    told = listed([shares[kind] for kind in known])
    return f"{listed(known).capitalize()} patients differ only in the share who can recover at a step at all: {told}."
