"""Whether the pay covers the cost, in words: a page a service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from carespec.assumptions import Parameter, of
from carespec.incentives.pages import Item, Page, Row, Section, assumed, nothing
from carespec.incentives.tell.phrases import named, place, pounds
from carespec.incentives.viability import REFERRALS, Course, Group, StepViability, Viability
from carespec.tables import Table

TITLE = "Whether the pay covers the cost"


_ALSO = "Everything is worked out at the likely figures; a slot that stands idle earns nothing."


def pages(found: Sequence[Viability]) -> list[Page]:
    """A page a service, in the order given, and what all rest on."""
    told = [Page(one.service, one.path, tuple(_items(one))) for one in found if one.steps or one.left_out or one.group]
    left = nothing((one.service, one.because) for one in found if not (one.steps or one.left_out or one.group))
    others = [Page("Services without a page of their own", "", tuple(left))] if left else []
    return [*told, *others, *assumed.page((figure for one in found for figure in used(one)), _ALSO)]


def _items(one: Viability) -> Iterator[Item]:
    for left in one.left_out:
        yield f"Not counted, {place(left)}: {left.because}."
    if not one.steps:
        yield f"Nothing is said about what it covers, since {one.because}."
    for step in one.steps:
        verdict = "costs more than it brings" if step.is_below_cost else "covers its cost"
        title = f"{step.label}: the indicated course of a middle patient {verdict}"
        yield Section(title, tuple(_step(step, one)))
    if one.group is not None:
        yield _group(one.group)


def used(one: Viability) -> tuple[Parameter, ...]:
    """The figures on which it rests beside the contract."""
    return named(one.assumptions, one.asked, *(step.bearing for step in one.steps))


def _step(step: StepViability, one: Viability) -> Iterator[Item]:
    yield _courses(step.courses)
    enters = of(one.assumptions, "enters").likely
    brings, costs = step.per_referral
    sums = f"of a middle patient brings {pounds(brings)} and costs {pounds(costs)}"
    yield Row("a referral", f"{sums}: {enters:.0%} of those referred enter treatment")
    for line in step.lines:
        yield Row("pays", f"`{line.name}`: {line.times:.2f} times in a middle patient's course, {pounds(line.pounds)}")
    yield Row("turns at", _turns(step))
    yield Row("missed", _missed(step))
    yield Row("volume", _volume(step, one))
    yield Row(
        "spending",
        f"{REFERRALS} referrals, a third of each kind, cost the commissioner {pounds(step.spent[0])} if people are "
        f"treated as indicated, {pounds(step.spent[1])} as rewarded ({_change(step.spent)})",
    )
    yield Row("recovery", f"of those who enter {_recoveries(step)}")


def _courses(courses: Mapping[str, Course]) -> Table:
    rows = (
        (kind, pounds(c.income), pounds(c.cost), pounds(c.margin), f"{c.sessions:.1f}", f"{c.recovered:.0%}")
        for kind, c in courses.items()
    )
    columns = ("patient", "brings", "costs", "keeps", "sessions", "recover")
    return Table(columns, tuple(rows), frozenset(range(1, len(columns))))


def _turns(step: StepViability) -> str:
    low, likely, high = step.session
    if step.break_even_session is None:
        return "no cost of a session: at none does the course of a middle patient just cover its cost"
    at = step.break_even_session
    where = "below" if at < low else "above" if at > high else "within"
    range_ = f"{where} the {pounds(low)} to {pounds(high)} assumed (likely {pounds(likely)})"
    return f"{pounds(at)} a session, {range_}: at that cost the course of a middle patient keeps nothing"


def _missed(step: StepViability) -> str:
    net = step.missed_cost - step.missed_paid
    paid = f", of which {pounds(step.missed_paid)} is paid for" if step.missed_paid else ", unpaid"
    told = f"{step.missed:.2f} appointments in a middle patient's course cost {pounds(step.missed_cost)}{paid}"
    if net > 0.005 and step.is_below_cost and step.courses["middle"].margin + net >= 0:
        told += "; without them the course would cover its cost"
    return told


def _volume(step: StepViability, one: Viability) -> str:
    if not one.fixed:
        return "the document names nothing that must be spent beforehand"
    if step.needed is None:
        return f"no number of people covers the {pounds(one.fixed)} that must be spent beforehand"
    told = f"{step.needed} courses cover the {pounds(one.fixed)} that must be spent beforehand"
    if step.short is None:
        return told
    few = f"with {one.expected_people:g} people expected the chance of fewer is {step.short:.0%}"
    return f"{told}; nothing is guaranteed: {few}"


def _change(spent: tuple[float, float]) -> str:
    change = spent[1] - spent[0]
    return f"{pounds(abs(change))} {'more' if change > 0 else 'less'}" if abs(change) >= 0.005 else "the same"


def _recoveries(step: StepViability) -> str:
    indicated, rewarded = recovered(step.courses), recovered(step.rewarded)
    if abs(indicated - rewarded) < 0.005:
        return f"{indicated:.0%} recover, treated as indicated or as rewarded"
    return f"{indicated:.0%} recover if treated as indicated, {rewarded:.0%} as rewarded"


def recovered(courses: Mapping[str, Course]) -> float:
    """The share that recovers where there are as many of each kind."""
    return sum(course.recovered for course in courses.values()) / len(courses)


def _group(group: Group) -> Section:
    kept = group.income - group.cost
    items: list[Item] = [
        f"{group.staying:.1f} are expected to stay. It brings {pounds(group.income)} if it is paid, costs "
        f"{pounds(group.cost)} and keeps {pounds(kept)}."
    ]
    if group.to_break_even is not None and group.to_break_even > group.size:
        items.append("Not even a full group covers the cost.")
    else:
        paid = f", and {group.to_be_paid} must for anything to be paid" if group.to_be_paid is not None else ""
        items.append(
            f"{group.to_break_even} must stay to cover the cost{paid}: the chance of that is {group.chance:.0%}."
        )
    return Section(f"A group of {group.size}", tuple(items))
