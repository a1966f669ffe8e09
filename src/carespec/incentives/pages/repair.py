"""A repair in words: a page a service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carespec.assumptions import Parameter
from carespec.incentives.pages import Item, Page, Row, Section, assumed, nothing
from carespec.incentives.repair import Change, Repair, Repaired
from carespec.incentives.tell.phrases import named, patient, place, pounds
from carespec.tables import Table

TITLE = "Which fees would put it right"


_ALSO = (
    "Everything is worked out at the likely figures, and a slot that stands idle earns nothing: other costs need other "
    "fees. Readings count as made when they are indicated."
)


def pages(found: Sequence[Repaired]) -> list[Page]:
    """A page a service, in the order given, and what all rest on."""
    told = [Page(one.service, one.path, tuple(_items(one))) for one in found if one.steps or one.left_out]
    left = nothing((one.service, one.because) for one in found if not one.steps and not one.left_out)
    others = [Page("Services without a page of their own", "", tuple(left))] if left else []
    return [*told, *others, *assumed.page((figure for one in found for figure in used(one)), _ALSO)]


def used(one: Repaired) -> tuple[Parameter, ...]:
    """The figures on which it rests beside the contract."""
    return named(one.assumptions, *(step.bearing for step in one.steps))


def _items(found: Repaired) -> Iterator[Item]:
    for one in found.left_out:
        yield f"Left as it is, {place(one)}: {one.because}."
    if not found.steps:
        yield f"There is nothing to repair, since {found.because}."
    for step in found.steps:
        yield Section(_title(step), tuple(_step(step)))


def _title(one: Repair) -> str:
    if not one.is_needed:
        return f"{one.step}: no course earns more than the indicated one, so the fees can stay"
    kind, gain = max(one.gains.items(), key=lambda item: item[1])
    return f"{one.step}: with {patient(kind)} the best course earns {pounds(gain)} more than the indicated one"


def _step(one: Repair) -> Iterator[Item]:
    if not one.is_needed:
        return
    if one.changes is None:
        yield "No fees make the indicated course the best: the rules of the payments have to change."
    else:
        yield _fees(one, one.changes)
        yield Row("left", "nothing is left to gain" if one.left <= 0.01 else f"{pounds(one.left)} is left to gain")
        if _is_dearer(one) and one.even is None:
            yield Row("no dearer", "no fees do it that pay an indicated course no more than now")
    yield from _premium(one)
    for removal in one.removals:
        left = "nothing is left to gain" if removal.gain <= 0.01 else f"{pounds(removal.gain)} is left to gain"
        yield Row("instead", f"without {removal.rule}, every fee as it is: {left}")


def _is_dearer(one: Repair) -> bool:
    return one.pay[1] > one.pay[0] + 0.005


def _fees(one: Repair, changes: Sequence[Change]) -> Table:
    """Every payment now and repaired, and at the pay of now where the repair is dearer."""
    even = {change.name: change for change in one.even or ()} if _is_dearer(one) else {}
    columns = ("payment", "now", "repaired", *(["repaired, no dearer"] if even else []))
    names = {change.name: change for change in (*even.values(), *changes)}
    by_name = {change.name: change for change in changes}
    rows = [(_name(change), *_amounts(name, change, by_name, even)) for name, change in names.items()]
    paid = ("an indicated course is paid", *map(pounds, one.pay), *(["no more than now"] if even else []))
    return Table(columns, (*rows, paid), frozenset(range(1, len(columns))))


def _name(change: Change) -> str:
    return f"new: {change.name}" if change.new else f"`{change.name}` per {change.per}"


def _amounts(name: str, change: Change, *found: dict[str, Change]) -> Iterator[str]:
    yield "-" if change.new else pounds(change.was)
    for each in found:
        if each:
            yield pounds(each[name].becomes) if name in each else "-"


def _premium(one: Repair) -> Iterator[Row]:
    if one.last and max(one.last.values()) > 0.005:
        each = ", ".join(f"{pounds(sum_)} for {patient(kind)}" for kind, sum_ in one.last.items())
        said = f"would have to bring this before the last indicated session pays its way: {each}"
        yield Row("a recovery", said)
    if one.premium is None or one.premium_pay is None:
        said = "no one payment for recovery does it for all kinds of patient while the other fees stay as they are"
        yield Row("premium", said)
        return
    dear = one.changes is not None and one.premium_pay > one.pay[1] + 0.01
    warning = f", {pounds(one.premium_pay - one.pay[1])} dearer than the repair above" if dear else ""
    done = f"{pounds(one.premium)} for recovery does it, the other fees as they are"
    yield Row("premium", f"{done}; an indicated course is then paid {pounds(one.premium_pay)}{warning}")
