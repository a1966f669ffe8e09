"""Viability in words: a page a service, as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from carespec.assumptions import of
from carespec.incentives.tell.phrases import pounds
from carespec.incentives.viability import REFERRALS, Course, Group, StepViability, Viability


def render(found: Sequence[Viability]) -> str:
    """Every service, in the order given."""
    return "\n\n".join("\n".join(_page(one)) for one in found) + "\n"


def _page(one: Viability) -> Iterator[str]:
    yield f"{one.service} ({one.path})"
    for left in one.left_out:
        yield f"  not counted: line {left.place.line}, `{left.place.path}`: {left.because}"
    if not one.steps and one.group is None:
        yield "  Nothing that is paid for treatment could be worked out, so nothing is said about what it covers."
    for step in one.steps:
        yield ""
        yield from (f"  {line}" for line in _step(step, one))
    if one.group is not None:
        yield ""
        yield from (f"  {line}" for line in _group(one.group))
    yield ""
    names = ("dna", "dropout", "enters", *(("volume",) if one.fixed and not one.guaranteed else ()))
    for name in names:
        p = of(one.assumptions, name)
        yield f"  assumed: {p.label.lower()}: {p.show_likely()} [{p.grade}] {p.source}"


def _step(step: StepViability, one: Viability) -> Iterator[str]:
    verdict = "costs more than it brings" if step.is_below_cost else "covers its cost"
    yield f"{step.label}: the indicated course of a middle patient {verdict}"
    for kind, course in step.courses.items():
        yield f"  {kind:<12}{_course(course)}"
    yield f"  a referral  brings {pounds(step.per_referral[0])}, costs {pounds(step.per_referral[1])}"
    for line in step.lines:
        yield f"  pays        {line.name}: {line.times:.2f} times a course, {pounds(line.pounds)}"
    yield f"  turns at    {_turns(step)}"
    net = step.missed_cost - step.missed_paid
    paid = f", of which {pounds(step.missed_paid)} is paid for" if step.missed_paid else ", unpaid"
    yield f"  missed      {step.missed:.2f} appointments a course cost {pounds(step.missed_cost)}{paid}"
    if net > 0.005 and step.is_below_cost and step.courses["middle"].margin + net >= 0:
        yield "              without them the course would cover its cost"
    yield from _volume(step, one)
    yield (
        f"  spending    {REFERRALS} referrals cost the commissioner {pounds(step.spent[0])} if people are treated as "
        f"indicated, {pounds(step.spent[1])} as rewarded ({_change(step.spent)}); a third of each kind"
    )
    yield f"              recovered of those who enter: {_recoveries(step)}"


def _course(course: Course) -> str:
    return (
        f"brings {pounds(course.income)}, costs {pounds(course.cost)}, keeps {pounds(course.margin)} "
        f"({course.sessions:.1f} sessions, {course.recovered:.0%} recover)"
    )


def _turns(step: StepViability) -> str:
    low, likely, high = step.session
    if step.break_even_session is None:
        return "no cost of a session makes it keep nothing"
    at = step.break_even_session
    where = "below" if at < low else "above" if at > high else "within"
    return f"{pounds(at)} a session, {where} the {pounds(low)} to {pounds(high)} assumed (likely {pounds(likely)})"


def _volume(step: StepViability, one: Viability) -> Iterator[str]:
    if not one.fixed:
        yield "  volume      the document names nothing that must be spent beforehand"
        return
    if step.needed is None:
        yield f"  volume      no number of people covers the {pounds(one.fixed)} that must be spent beforehand"
        return
    yield f"  volume      {step.needed} courses cover the {pounds(one.fixed)} that must be spent beforehand"
    if step.short is not None:
        yield (
            f"              nothing is guaranteed: with {one.expected_people:g} people expected the chance of fewer is "
            f"{step.short:.0%}"
        )


def _change(spent: tuple[float, float]) -> str:
    change = spent[1] - spent[0]
    return f"{pounds(abs(change))} {'more' if change > 0 else 'less'}" if abs(change) >= 0.005 else "the same"


def _recoveries(step: StepViability) -> str:
    indicated, rewarded = _recovered(step.courses), _recovered(step.rewarded)
    lost = indicated - rewarded
    if abs(lost) < 0.005:
        return f"{indicated:.0%} either way"
    return f"{indicated:.0%} if treated as indicated, {rewarded:.0%} as rewarded"


def _recovered(courses: Mapping[str, Course]) -> float:
    return sum(course.recovered for course in courses.values()) / len(courses)


def _group(group: Group) -> Iterator[str]:
    kept = group.income - group.cost
    yield f"a group of {group.size}: {group.staying:.1f} are expected to stay"
    yield f"  brings {pounds(group.income)} if it is paid, costs {pounds(group.cost)}, keeps {pounds(kept)}"
    if group.to_break_even is not None and group.to_break_even > group.size:
        yield "  not even a full group covers the cost"
        return
    paid = f", and {group.to_be_paid} must for anything to be paid" if group.to_be_paid is not None else ""
    yield f"  {group.to_break_even} must stay to cover the cost{paid}: the chance of that is {group.chance:.0%}"
