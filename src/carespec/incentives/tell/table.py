"""Services side by side: which incentives each has, and what it adds to the first and takes away from it.

For payment designs, and for areas that pay for the same work in different ways. A pattern that is in none of them has
no line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carespec.incentives.report import FOUND, Assessed, Incentives
from carespec.incentives.tell.phrases import apart, not_followed, pounds
from carespec.incentives.verdicts import ABSENT, DOES_NOT_APPLY, UNDECIDED, VERDICTS
from carespec.tables import Block, Table

_NONE = "-"


def render(found: Sequence[Incentives], width: int) -> str:
    """The table as Markdown, in the order in which the services were given."""
    names = _shown(found)
    blocks = ["\n".join(_table(found, names)), "\n".join(_beside(found, names)), "\n".join(_aside(found)), _LEGEND]
    return "\n\n".join(block for block in blocks if block) + "\n"


def blocks(found: Sequence[Incentives]) -> Iterator[Block]:
    """The same for a terminal."""
    names = _shown(found)
    yield Table(_head(found), tuple(_rows(found, names)))
    yield from _beside(found, names)
    yield from _aside(found)
    yield _LEGEND


_LEGEND = (
    "`structural`: the contract rewards it on every path of events, from its text. `robust`: for every figure assumed. "
    "`possible`: for some of them; pounds are for a person concerned, at the likely figures, over the services' worst "
    f"step. `undecided`: not proved either way. `{_NONE}`: for none of them, or it cannot apply."
)


def _shown(found: Sequence[Incentives]) -> list[str]:
    """The patterns that at least one service shows, the most telling first."""
    best: dict[str, tuple[int, str]] = {}
    for service in found:
        for name, one in service.verdicts.items():
            if one.verdict in FOUND:
                best[name] = min(best.get(name, (len(VERDICTS), name)), (VERDICTS.index(one.verdict), name))
    return sorted(best, key=best.__getitem__)


def _head(found: Sequence[Incentives]) -> tuple[str, ...]:
    return ("the contract rewards …", *apart(found))


def _rows(found: Sequence[Incentives], names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    strongest = [service.verdicts for service in found]
    for name in names:
        yield (f"`{name}`", *(_cell(each.get(name)) for each in strongest))
    yield ("not analysed", *(str(len(service.left_out)) for service in found))


def _table(found: Sequence[Incentives], names: Sequence[str]) -> Iterator[str]:
    for row in (_head(found), ("---",) * (len(found) + 1), *_rows(found, names)):
        yield f"| {' | '.join(row)} |"


def _aside(found: Sequence[Incentives]) -> Iterator[str]:
    """What a service says that its column does not follow."""
    for name, service in zip(apart(found), found, strict=True):
        yield from (f"- {name}: {not_followed(told)}" for told in service.not_followed)


def _cell(one: Assessed | None) -> str:
    if one is None or one.verdict not in (*FOUND, UNDECIDED):
        return _NONE
    return f"{one.verdict} {pounds(one.gain)}" if one.gain > 0.005 and one.verdict in FOUND else one.verdict


def _beside(found: Sequence[Incentives], names: Sequence[str]) -> Iterator[str]:
    """What each service adds to the first and takes away; what cannot apply there counts as taken away."""
    if len(found) < 2:
        return
    first, *others = [(name, service.verdicts) for name, service in zip(apart(found), found, strict=True)]
    there = {name for name in names if _is_found(first[1].get(name))}
    for service, each in others:
        has = {name for name in names if _is_found(each.get(name))}
        made = ", ".join(f"`{name}`" for name in names if name in has - there) or "nothing"
        gone = ", ".join(f"`{name}`" for name in names if name in there and _is_gone(each.get(name))) or "nothing"
        yield f"- {service}, beside {first[0]}, creates {made}; removes {gone}."


def _is_gone(one: Assessed | None) -> bool:
    return one is None or one.verdict in (ABSENT, DOES_NOT_APPLY)


def _is_found(one: Assessed | None) -> bool:
    return one is not None and one.verdict in FOUND
