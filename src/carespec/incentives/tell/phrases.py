"""The words for incentives that every format for people uses: rows of a label and a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carespec.assumptions import Parameter
from carespec.incentives.episode.actions import ACTIONS, HEALTHS, treats
from carespec.incentives.episode.course import NOTHING_SAID
from carespec.incentives.figures import FAMILIES
from carespec.incentives.report import FOUND, Assessed, Incentives, StepReport
from carespec.incentives.sizes import BreakEven, Size
from carespec.incentives.verdicts import ABSENT, DOES_NOT_APPLY, POSSIBLE, ROBUST, STRUCTURAL, UNDECIDED, Decided
from carespec.incentives.witness import Row, Witness
from carespec.payments.atoms import LeftOut

Rows = Sequence[tuple[str, str]]

_HOLDS = {
    STRUCTURAL: "on every path of events, whatever the recovery, relapse and dropout",
    ROBUST: "for every figure in the ranges assumed",
    POSSIBLE: "for some of the figures assumed, not for all",
    UNDECIDED: "not proved either way",
    ABSENT: "for none of the figures assumed",
}
_GRADES = {
    "contract": "the contract alone",
    "seen": "figures read in their source",
    "second-hand": "figures that others report",
    "derived": "figures derived from published ones",
    "given": "figures that you gave",
    "assumed": "figures that are assumed, without evidence",
}


def pounds(amount: float) -> str:
    """`£1,234.50`, `-£5.00`."""
    amount = 0.0 if abs(amount) < 0.005 else amount
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.2f}"


def patient(kind: str) -> str:
    """`an easy patient`."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind} patient"


def headline(one: Assessed) -> str:
    """What the contract rewards, as a sentence."""
    said = f"The contract rewards {one.pattern.rewards}."
    return f"Of what could be analysed: {said[0].lower()}{said[1:]}" if one.partial else said


def rows(one: Assessed) -> Iterator[tuple[str, str]]:
    """What there is to say about one pattern, label by label."""
    yield "holds", _holds(one)
    decided = one.at.get(one.pattern.main_slot)
    if decided is not None:
        yield "gain", _gain(one, decided)
    if one.size is not None:
        yield from _size(one.size)
    elif one.pattern.harm:
        yield "harm", one.pattern.harm
    if one.witness is not None:
        yield "witness", _opening(one.witness)
    if one.says:
        yield "document", one.says
    for slot, other in one.at.items():
        if slot != one.pattern.main_slot:
            yield slot, _other_slot(slot, other)
    for crossing in one.break_evens:
        yield "turns at", _turns(crossing)
    if one.verdict in (POSSIBLE, UNDECIDED) and not one.break_evens:
        yield "decided by", _deciding(one)
    yield "rests on", _GRADES[one.grade]


def _deciding(one: Assessed) -> str:
    """Which figures would settle it, where no break-even says so."""
    if one.asked:
        return f"{', '.join(one.asked)}: give closer figures with --assume"
    return "no figure alone; only several of them together turn it"


def _holds(one: Assessed) -> str:
    words = _HOLDS[one.verdict]
    if one.partial:
        words += " (of what could be analysed; a payment that was left out bears on it)"
    if one.verdict == STRUCTURAL and one.pattern.gain is not None:
        words = "from the text of the contract alone"
    if one.given is not None:
        side = "less" if one.given.below else "more"
        joint = ", given" if one.verdict == STRUCTURAL else "; on every path given"
        words += f"{joint} that a session costs {side} than {pounds(one.given.pounds)}"
    return words


def _gain(one: Assessed, decided: Decided) -> str:
    who = patient(decided.kind) if one.pattern.gain is None else "a person concerned"
    words = f"{pounds(decided.gain)} for {who} at the likely figures"
    if decided.point is not None and decided.gain <= decided.material:
        words += f", {pounds(one.size.gain if one.size else decided.there)} {_where(one, decided)}"
    if decided.between is not None and one.verdict != POSSIBLE:
        words += f"; between {pounds(decided.between[0])} and {pounds(decided.between[1])} over the ranges"
    return f"{words}; it counts from {pounds(decided.material)}"


def _where(one: Assessed, decided: Decided) -> str:
    point = decided.point or {}
    if len(point) > 3:
        return "elsewhere in the ranges"
    return "at the " + " and the ".join(
        f"{'high' if at > 0.5 else 'low'} end for {field}" for field, at in point.items()
    )


def _size(size: Size) -> Iterator[tuple[str, str]]:
    told = []
    if size.rejected:
        told.append(
            f"not seen: {size.recovered_indicated:.3f} recoveries and {size.sessions_indicated:.1f} sessions lost"
        )
    elif size.recoveries_lost > 1e-6 and size.extra_sessions <= 0:
        told.append(f"{size.recoveries_lost:.3f} recoveries fewer")
    if not size.rejected and abs(size.extra_sessions) > 1e-6:
        told.append(f"{abs(size.extra_sessions):.1f} sessions {'more' if size.extra_sessions > 0 else 'fewer'}")
    if size.misrecorded > 1e-6:
        told.append(f"{size.misrecorded:.3f} wrongly on record as recovered")
    named = ", ".join(size.harms) or "none that the model knows"
    yield "harm", f"{named} ({'; '.join(told)}; for each such patient)" if told else named
    yield "spending", f"{pounds(size.paid_indicated + size.extra_spend)} in place of {pounds(size.paid_indicated)}"
    if size.per_recovery is not None:
        yield "rate", f"{pounds(size.per_recovery)} gained for each recovery lost"
    if size.per_session is not None:
        yield "rate", f"{pounds(size.per_session)} gained for each session beyond those indicated"
    if size.compliance is not None:
        worth = f"a recovery must be worth {pounds(size.compliance)} to whoever is paid"
        yield "compliance", f"{worth} before the indicated course is given"


def _opening(witness: Witness) -> str:
    if not witness.rewarded:
        return f"{patient(witness.kind)} who is not taken on, beside one who is and does not recover"
    when = "at the start" if witness.session == 0 else f"after session {witness.session}"
    then = f"`{ACTIONS[witness.rewarded_action]}` in place of `{ACTIONS[witness.indicated_action]}`"
    worth = f"worth {pounds(witness.worth)} there"
    return f"{patient(witness.kind)}, {HEALTHS[witness.health]} {when}, who attends throughout: {then}, {worth}"


def courses(witness: Witness) -> tuple[tuple[str, str, str, str, str], ...]:
    """The two courses side by side: which, what is done, paid, cost, kept; pounds as they stand at the end."""
    both = (("indicated", witness.indicated), ("rewarded", witness.rewarded))
    found = []
    for name, course in both:
        if not course:
            found.append((name, "not taken on", pounds(0), pounds(0), pounds(0)))
            continue
        last = course[-1]
        kept = pounds(last.paid - last.cost)
        if name == "rewarded":
            kept += f" ({'+' if witness.gain >= 0 else ''}{pounds(witness.gain)})"
        found.append((name, _done(course), pounds(last.paid), pounds(last.cost), kept))
    return tuple(found)


def _done(course: tuple[Row, ...]) -> str:
    end, sessions = ACTIONS[course[-1].action], [row for row in course if treats(row.action)]
    if not sessions:
        return end
    unmeasured = sum(row.action == 2 for row in sessions)
    span = "session 1" if len(sessions) == 1 else f"sessions 1 to {len(sessions)}"
    missing = f" ({unmeasured} not measured)" if unmeasured else ""
    return f"{span}{missing}, {end}"


def _other_slot(slot: str, decided: Decided) -> str:
    where = "where slots stand idle" if slot == "idle" else "where people wait for the slot"
    return f"{where}: {decided.verdict}, {pounds(decided.gain)} at the likely figures"


def _turns(crossing: BreakEven) -> str:
    shown = _figure(crossing, crossing.at)
    side = "above" if crossing.above else "below"
    holds = "there" if crossing.holds_at_likely else "not there"
    likely = _figure(crossing, crossing.likely)
    return f"{crossing.name} {shown}: rewarded {side} it; at the likely {likely} ({crossing.grade}) it is {holds}"


def _figure(crossing: BreakEven, value: float) -> str:
    return pounds(value) if crossing.unit == "pounds" else f"{100 * value:.1f}%"


def left_out(left: LeftOut) -> str:
    """A payment that is not in the figures, or two that contradict each other: where, why, what to write."""
    kind = "Contradiction" if left.wrong else "Not analysed"
    where = "" if left.place.path.startswith("line ") else f", `{left.place.path}`"
    return f"{kind}, line {left.place.line}{where}: {left.because}. {left.fix}".rstrip()


def not_followed(told: LeftOut) -> str:
    """Something that is said and that no course is analysed by: where, and what is done instead."""
    return f"Not followed, line {told.place.line}, `{told.place.path}`: {told.because}."


def title(step: StepReport) -> str:
    """A heading for a step."""
    return f"{step.label}: up to {step.limit} sessions indicated, followed to session {step.horizon}"


def others(step: StepReport) -> Iterator[str]:
    """What was not found at a step: absent, undecided, not applicable, each in a line."""
    absent = [one.pattern.name for one in step.assessed if one.verdict == ABSENT]
    if absent:
        yield f"Absent, of the actions that are modelled: {', '.join(absent)}."
    apart = [one for one in step.assessed if one.verdict == DOES_NOT_APPLY]
    reasons: dict[str, list[str]] = {}
    for one in apart:
        reasons.setdefault(one.because, []).append(one.pattern.name)
    for because, names in reasons.items():
        yield f"Does not apply, since {because}: {', '.join(names)}."


def silences(step: StepReport) -> Iterator[str]:
    """What the document does not say, or not usably, about a course, and what is taken instead."""
    for default in step.defaults:
        if default.because == NOTHING_SAID:
            yield f"The specification is silent. `{default.field}`: {NOTHING_SAID}; taken: {default.taken}."
        else:
            yield f"Not followed as it is written. `{default.field}`: {default.because}; taken: {default.taken}."


def never_stops(step: StepReport) -> str:
    """What to say of a step whose best course gains by every further session."""
    where = "At the likely figures" if step.never_stops == "likely" else "At an end of the ranges assumed"
    return (
        f"{where} every further session earns more than it costs, and nothing limits what is paid: the rewarded course "
        f"never stops. It is followed to session {step.horizon} only, so what it gains there is more than the pounds "
        f"given here. Write a limit, such as `at most {step.limit} per course`."
    )


def used(found: Incentives) -> tuple[Parameter, ...]:
    """The assumptions that bear on the steps of a service, in the order of the file."""
    steps = {step.label.split(",")[0] for step in found.steps}
    asked = {name for step in found.steps for one in step.assessed for name in one.asked}
    return tuple(p for name, p in found.assumptions.items() if _bears(name, steps, asked, found))


def _bears(name: str, steps: set[str], asked: set[str], found: Incentives) -> bool:
    if not name.startswith((*FAMILIES, "indicated")):
        return name in asked
    for family in ("cost.session", "hazard", "indicated"):
        if name.startswith(f"{family}.") and name.removeprefix(f"{family}.") not in steps:
            return False
        if name == family:
            return any(f"{family}.{step}" not in found.assumptions for step in steps)
    return True


def found_of(step: StepReport) -> list[Assessed]:
    """What was found at a step, and what could not be decided, the strongest first."""
    return [one for one in step.assessed if one.verdict in (*FOUND, UNDECIDED)]


def worst_first(found: Sequence[Incentives]) -> list[Incentives]:
    """Services in order: the strongest verdict and the largest gain first, then by name."""
    return sorted(found, key=lambda one: (*one.worst, one.service, one.path))


def counts(found: Incentives) -> tuple[str, ...]:
    """For a table over services: how many of each verdict, and the largest gain with its pattern."""
    every = [one for step in found.steps for one in step.assessed]
    numbers = tuple(str(sum(one.verdict == verdict for one in every)) for verdict in (*FOUND, UNDECIDED))
    best = max((one for one in every if one.verdict in FOUND), key=lambda one: one.gain, default=None)
    largest = f"{pounds(best.gain)} {best.pattern.name} ({best.step})" if best else "nothing"
    return (*numbers, largest, str(len(found.left_out)))
