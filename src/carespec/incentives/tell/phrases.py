"""The words for incentives that every format for people uses: rows of a label and a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from carespec.assumptions import Assumptions, Parameter
from carespec.incentives.episode.actions import ACTIONS, HEALTHS, treats
from carespec.incentives.episode.course import MOST_SESSIONS, NOTHING_SAID
from carespec.incentives.figures import WORDS
from carespec.incentives.lasting import AVERTED, RELAPSE
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
    """What the contract rewards, as a sentence that says no more than is shown."""
    lead = {POSSIBLE: "For some of the figures assumed the", UNDECIDED: "It is not proved either way that the"}
    said = f"{lead.get(one.verdict, 'The')} contract rewards {one.pattern.rewards}."
    return f"Of what could be analysed: {said[0].lower()}{said[1:]}" if one.partial else said


def rows(one: Assessed) -> Iterator[tuple[str, str]]:
    """What there is to say about one pattern, label by label."""
    yield "holds", holds(one)
    decided = one.at.get(one.pattern.main_slot)
    if decided is not None:
        yield "gain", _gain(one, decided)
    if one.size is not None and one.size.gain >= 0.005:
        yield from _size(one.size)
    elif one.pattern.harm:
        yield "harm", one.pattern.harm
    if one.says:
        yield "document", one.says
    for slot, other in one.at.items():
        if slot != one.pattern.main_slot:
            yield slot, _other_slot(slot, other)
    for crossing in one.break_evens:
        yield "turns at", _turns(crossing)
    if one.verdict in (POSSIBLE, UNDECIDED) and not one.break_evens:
        yield "decided by", _deciding(one, decided is not None and decided.is_open)
    yield "rests on", _GRADES[one.grade]
    if one.witness is not None:
        at = one.at[one.pattern.main_slot]
        is_elsewhere = at.point is not None and at.gain <= at.material
        remarks = [_where(at)] if is_elsewhere else []
        if one.pattern.when == "waiting":
            remarks.append("the cost of a session counts what its slot would earn with the next patient")
        yield "witness", _opening(one.witness) + (f" ({'; '.join(remarks)})" if remarks else "")


def _deciding(one: Assessed, is_open: bool) -> str:
    """Which figures would settle it, where no break-even says so."""
    if one.verdict == POSSIBLE and is_open:
        return "a proof for the rest of the range, with a larger `--effort` or closer figures"
    if one.asked:
        return f"{', '.join(one.asked)}: give closer figures with --assume"
    return "no figure alone; only several of them together turn it"


def holds(one: Assessed) -> str:
    """For which figures it is so."""
    words = _HOLDS[one.verdict]
    if one.verdict == POSSIBLE and one.at[one.pattern.main_slot].is_open:
        words = "for every figure that was tried, but not proved for all of the range (`--effort` looks further)"
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
        words += f", {pounds(one.size.gain if one.size else decided.there)} {_where(decided)}"
    if decided.between is not None and (one.verdict != POSSIBLE or decided.is_open):
        words += f"; between {pounds(decided.between[0])} and {pounds(decided.between[1])} over the ranges"
    return f"{words}; it counts from {pounds(decided.material)}"


def _where(decided: Decided) -> str:
    """At which of the figures it is so, where the likely ones do not show it."""
    point = decided.point or {}
    if len(point) > 3:
        return "elsewhere in the ranges"
    return "with " + " and ".join(
        f"{WORDS[field]} at its {'highest' if at > 0.5 else 'lowest'}" for field, at in point.items()
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
    if size.lasting_lost is not None and abs(size.lasting_lost) >= 0.0005:
        fewer = "fewer" if size.lasting_lost > 0 else "more"
        rests = f"for each such patient, at the likely `{RELAPSE}` and `{AVERTED}`"
        yield "later", f"{abs(size.lasting_lost):.3f} recoveries {fewer} that last a year ({rests})"
    paid = f"{pounds(size.paid_indicated + size.extra_spend)} in place of {pounds(size.paid_indicated)}"
    yield "spending", f"the commissioner pays {paid}"
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
    worth = f"worth {pounds(witness.worth)} there on average"
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
    figure = f"{crossing.label[0].lower()}{crossing.label[1:]} (`{crossing.name}`)"
    return f"{shown}, {figure}: rewarded {side} it; at the likely {likely} ({crossing.grade}) it is {holds}"


def _figure(crossing: BreakEven, value: float) -> str:
    return pounds(value) if crossing.unit == "pounds" else f"{100 * value:.1f}%"


def left_out(left: LeftOut) -> str:
    """A payment that is not in the figures, or two that contradict each other: where, why, what to write."""
    kind = "Contradiction" if left.wrong else "Not analysed"
    return f"{kind}, {place(left)}: {left.because}. {left.fix}".rstrip()


def place(left: LeftOut) -> str:
    """`line 12, `pay step-2``; the line alone where that cannot be read."""
    path = left.place.path
    return f"line {left.place.line}" + ("" if path.startswith("line ") else f", `{path}`")


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
    apart = [one.pattern.name for one in step.assessed if one.verdict == DOES_NOT_APPLY]
    if apart:
        lead = "Do not apply, for the document has nothing to bring them about (`--output json` says for each why not)"
        yield f"{lead}: {', '.join(apart)}."


def silences(step: StepReport) -> Iterator[str]:
    """What the document does not say, or not usably, about a course, and what is taken instead."""
    for default in step.defaults:
        lead = "" if default.because == NOTHING_SAID else "Not followed as it is written. "
        yield f"{lead}`{default.field}`: {default.because}; taken: {default.taken}."


def never_stops(step: StepReport) -> str:
    """What to say of a step whose best course gains by every further session."""
    where = "At the likely figures" if step.never_stops == "likely" else "At an end of the ranges assumed"
    return (
        f"{where} every further session earns more than it costs, and nothing up to session {MOST_SESSIONS} limits "
        f"what is paid: the rewarded course never stops. It is followed to session {step.horizon} only, so what it "
        f"gains there is more than the pounds given here. Write a limit, such as `at most {step.limit} per course`."
    )


def used(found: Incentives) -> tuple[Parameter, ...]:
    """The assumptions that bear on the steps of a service, in the order of the file; none where it has no steps."""
    asked = (one.asked for step in found.steps for one in step.assessed)
    return named(found.assumptions, *(step.bearing for step in found.steps), *asked)


def named(assumptions: Assumptions, *names: Iterable[str]) -> tuple[Parameter, ...]:
    """The assumptions of those names, in the order of the file."""
    wanted = {name for each in names for name in each}
    return tuple(parameter for name, parameter in assumptions.items() if name in wanted)


def listed(words: Sequence[str]) -> str:
    """`easy, middle and hard`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def found_of(step: StepReport) -> list[Assessed]:
    """What was found at a step, and what could not be decided, the strongest first."""
    return [one for one in step.assessed if one.verdict in (*FOUND, UNDECIDED)]


def apart(found: Sequence[Incentives]) -> list[str]:
    """What each service is called where several stand side by side: with its file where two have one name."""
    names = [one.service for one in found]
    return [f"{one.service} ({one.path})" if names.count(one.service) > 1 else one.service for one in found]


def worst_first(found: Sequence[Incentives]) -> list[Incentives]:
    """Services in order: the strongest verdict and the largest gain first, then by name."""
    return sorted(found, key=lambda one: (*one.worst, one.service, one.path))


COUNTED = ("service", *FOUND, UNDECIDED, "left out", "gain", "incentive")
"""The columns of a table over services."""


def counts(found: Incentives) -> tuple[str, ...]:
    """A service's cells below `COUNTED` after its name: how many of each verdict, the largest gain, its incentive."""
    every = found.verdicts.values()
    numbers = tuple(str(sum(one.verdict == verdict for one in every)) for verdict in (*FOUND, UNDECIDED))
    steps = (one for step in found.steps for one in step.assessed if one.verdict in FOUND)
    best = max(steps, key=lambda one: one.gain, default=None)
    largest = (pounds(best.gain), best.pattern.name) if best else ("-", "nothing found")
    return (*numbers, str(len(found.left_out)), *largest)


READING = (
    ("structural", "the text of the contract proves it, whatever the patients are like"),
    ("robust", "it earns a sum that counts for every figure in the ranges assumed"),
    ("possible", "it does for some of those figures, or for all that were tried, without a proof for the rest"),
    ("undecided", "it did for none that was tried, and is not proved absent"),
    ("gain", "what whoever is paid keeps beyond what the indicated course leaves, for one patient, on average; it "
             "counts from a share of what the indicated course is expected to be paid (`--material`)"),
    ("likely", "each figure about patients and costs is a range with one value that is likeliest"),
    ("idle", "a slot that is not used earns nothing; waiting: it earns with the next patient"),
    ("compliance", "what giving the indicated course would have to be worth, beyond money, to whoever is paid"),
    ("turns at", "the value of a figure at which the answer changes, and on which side of it the likely one lies"),
    ("rests on", "the weakest source on which the answer depends"),
    ("witness", "one course of events that shows it, what is done as indicated beside what is rewarded; pounds as they "
                "stand at its end"),
)  # fmt: skip
"""The words of a report, each with what it means."""
