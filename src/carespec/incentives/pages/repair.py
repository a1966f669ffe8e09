"""A repair in words: a page a service, as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carespec.incentives.repair import Change, Repair
from carespec.incentives.tell.phrases import patient, pounds


def render(found: Sequence[tuple[str, str, Sequence[Repair]]]) -> str:
    """Every service by name and path with the repairs of its steps, in the order given."""
    return "\n\n".join("\n".join(_page(*one)) for one in found) + "\n"


def _page(service: str, path: str, repairs: Sequence[Repair]) -> Iterator[str]:
    yield f"{service} ({path})"
    if not repairs:
        yield "  Nothing that is paid for treatment could be worked out, so there is nothing to repair."
    for one in repairs:
        yield ""
        yield from (f"  {line}" for line in _step(one))
    if repairs:
        yield ""
        yield "  At the likely figures, slots idle: other costs need other fees. Readings count as made when indicated."


def _step(one: Repair) -> Iterator[str]:
    kind, gain = max(one.gains.items(), key=lambda item: item[1])
    if not one.is_needed:
        yield f"{one.step}: no course earns more than the indicated one; the fees can stay"
        return
    yield f"{one.step}: with {patient(kind)} the best course earns {pounds(gain)} more than the indicated one"
    yield from _changes(one)
    yield from _even(one)
    yield from _premium(one)
    for removal in one.removals:
        left = "nothing is left to gain" if removal.gain <= 0.01 else f"{pounds(removal.gain)} is left to gain"
        yield f"  instead   without {removal.rule}: {left}"


def _changes(one: Repair) -> Iterator[str]:
    if one.changes is None:
        yield "  repair    no fees make the indicated course the best; the rules of the payments have to change"
        return
    for number, change in enumerate(one.changes):
        yield f"  {'repair' if not number else '':<10}{_change(change)}"
    before, after = one.pay
    left = "nothing" if one.left <= 0.01 else pounds(one.left)
    yield f"            an indicated course is then paid {pounds(after)}, now {pounds(before)}; left to gain: {left}"


def _even(one: Repair) -> Iterator[str]:
    if one.changes is None or one.pay[1] <= one.pay[0] + 0.005:
        return
    if one.even is None:
        yield "  no dearer no fees do it that pay an indicated course no more than now"
        return
    for number, change in enumerate(one.even):
        yield f"  {'no dearer' if not number else '':<10}{_change(change)}"


def _change(change: Change) -> str:
    if change.new:
        return f"new: {change.name}, {pounds(change.becomes)}"
    if abs(change.was - change.becomes) < 0.005:
        return f"`{change.name}` stays {pounds(change.was)} per {change.per}"
    return f"`{change.name}` {pounds(change.becomes)} per {change.per}, now {pounds(change.was)}"


def _premium(one: Repair) -> Iterator[str]:
    if one.last and max(one.last.values()) > 0.005:
        each = ", ".join(f"{pounds(sum_)} for {patient(kind)}" for kind, sum_ in one.last.items())
        yield f"  premium   a recovery would have to bring this before the last indicated session pays its way: {each}"
    if one.premium is None or one.premium_pay is None:
        yield "            no one payment for recovery does it for all kinds while the other fees stay as they are"
        return
    dear = one.changes is not None and one.premium_pay > one.pay[1] + 0.01
    warning = f", {pounds(one.premium_pay - one.pay[1])} dearer than the repair above" if dear else ""
    done = f"{pounds(one.premium)} for recovery does it, the other fees as they are"
    yield f"            {done}; an indicated course is then paid {pounds(one.premium_pay)}{warning}"
