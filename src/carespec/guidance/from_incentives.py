"""What the payments of a service reward, as facts that rules can ask about: as far as the contract's text alone says.

Whether an incentive that the text does not prove is robust, possible or absent turns on figures about patients and
costs; it is then known not to be structural, and nobody can tell which of the others it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from carespec.guidance.bench import Asked, Derive, Derived
from carespec.guidance.derived import INCENTIVE
from carespec.incentives.patterns import names
from carespec.incentives.text import DOES_NOT_APPLY, NOT_ANALYSED, STRUCTURAL, TextVerdict, structural
from carespec.incentives.text.coupling import Shared
from carespec.model.facts import Service, State
from carespec.rules.asked import UNANALYSED, Spoken
from carespec.vocabulary import PAY

_MOST = 1e6
"""Pounds from which a gain stands for what nobody can bound."""

_UNKNOWN = TextVerdict(NOT_ANALYSED, because="carespec does not look for it")
_NO_FIGURES = "the text of the contract does not prove it, and `carespec incentives` works out the rest"


def deriver() -> Derive:
    """Derives for one run; what contracts have in common is worked out for the first of them."""
    shared = Shared()
    return lambda service, asked: derived(service, asked, shared)


def derived(service: Service, asked: Asked, shared: Shared | None = None) -> Mapping[str, Derived]:
    """By path ("incentive stop-at-minimum"), what is known of everything asked for."""
    wanted = [name for name in names() if name in asked or None in asked]
    found = structural(service, wanted=wanted, shared=shared)
    found = {name: found.get(name, _UNKNOWN) for name in (*sorted(filter(None, asked)), *wanted)}
    paths = [f"{INCENTIVE} {name}" for name in found]
    places = {step: _place(service, step) for step in {one.step for one in found.values()}}
    return {path: _derived(path, one, places[one.step]) for path, one in zip(paths, found.values(), strict=True)}


def _derived(path: str, found: TextVerdict, place: str) -> Derived:
    if found.verdict == NOT_ANALYSED:
        return Derived(Spoken(path, UNANALYSED, unsure=found.because))
    if found.verdict in (STRUCTURAL, DOES_NOT_APPLY):
        return Derived(Spoken(path, State.STATED, found.verdict), _figures(found), place)
    return Derived(Spoken(path, UNANALYSED, unsure=_NO_FIGURES, never=frozenset((STRUCTURAL,))))


def _figures(found: TextVerdict) -> dict[str, str]:
    """What messages may name; a figure that nobody can bound is left out."""
    figures = {"given": f"a session costs {found.given}"} if found.given else {}
    if found.sessions_due:
        figures["sessions-due"] = str(found.sessions_due)
    if found.gain is not None and found.gain.greatest < _MOST:
        figures["gain"] = _gain(*found.gain)
    return figures


def _gain(least: float, greatest: float) -> str:
    least, greatest = round(least, 2), round(greatest, 2)
    if least == greatest:
        return f"£{greatest:,.2f}"
    return f"£{least:,.2f} to £{greatest:,.2f}" if least > 0 else f"up to £{greatest:,.2f}"


def _place(service: Service, label: str) -> str:
    """The payment for the step, or for what it comes to; "" where none is for it alone."""
    step = label.partition(",")[0]
    paths = [fact.path for fact in service.family(PAY) if fact.key == step or (fact.key or "").endswith(f"-{step}")]
    return paths[0] if paths else ""
