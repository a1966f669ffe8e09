"""A course of treatment is paid for, and the document leaves open what the course should be.

What it flags: a payment per session or per course in a document that does not say how many sessions are indicated at
the step it pays for, which reading ends treatment, or which reading moves somebody to the next step.

Why it matters: a payment pulls towards the shortest or the longest course that earns it. Whether that is more or less
than a person should have can only be told against what the document itself calls right.

Instead: `indicated-sessions`, `stop-when` and `step-up-when`, or `none` where nothing of the kind is meant. Until then
`carespec incentives` puts a default in their place, which the finding names.

Exceptions: reconstructions and published extracts, and documents that were read in part, are not held to completeness.
Where nothing at all is said about indicated sessions or about measures, `expected-but-silent` tells it. Moving up is
asked about only where a higher step is offered too.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Flag
from carespec.model.certain import exactly, is_held, may_say
from carespec.model.facts import Fact, OnlyFor, Service, State
from carespec.quantities.money import Money
from carespec.tuples import NamedTuple
from carespec.vocabulary import PAY

TITLE = "a course that is paid for and not described"
SEVERITY = "may"
NEEDS_WHOLE = "document"
AFFECTS = "people in treatment: nothing says whether theirs is cut short or drawn out"
BAD = (
    "indicated-sessions step-2: 6 to 8\npay step-2: £40.00 per session  #! `pay step-2`",
    "stop-when: recovered at last reading\nsteps-offered: step-2, step-3\nindicated-sessions step-2: 6 to 8\n"
    "pay step-2: £40.00 per session\npay step-3: £300.00 per course  #! `pay step-3`\nstep-up-when: none",
    "steps-offered: step-2, step-3\nindicated-sessions step-2: 6\nindicated-sessions step-3: 12\n"
    "stop-when: recovered at last reading\npay treatment: £300.00 per course  #! `pay treatment`",
    "stop-when: none\nstep-up-when: none\nsteps-offered: step-2, step-3\nindicated-sessions step-3: 12\n"
    "pay treatment: £300.00 per course  #! `pay treatment`",
)
GOOD = (
    "indicated-sessions step-2: 6 to 8\nstop-when: recovered at last reading\npay step-2: £40.00 per session",
    "indicated-sessions step-2: 6 to 8\nstop-when: none\npay step-2: £40.00 per session",
    "indicated-sessions step-2: 6 to 8\nstop-when: not stated\npay step-2: £40.00 per session",
    "stop-when: none\npay step-2: £40.00 per session",
    "indicated-sessions step-2: 6 to 8",
    "pay assessment: £50.00 per assessment\npay access: £20.00 per course\npay missed: £10.00 per missed-appointment",
    "pay step-2: none\npay step-3: not stated",
    "pay treatment: £90,000.00 in total",
    "steps-offered: step-2\nindicated-sessions step-2: 6\nstop-when: none\npay treatment: £300.00 per course",
    "status: reconstruction\npay step-2: £40.00 per session",
    'source page: "Home page", read in part\npay step-2: £40.00 per session [page]',
    "stop-when recovered at last reading\npay step-2: £40.00 per session",
    "pay steps-2: £40.00 per session",
)
_LADDER = ("step-2", "step-3", "step-3-plus")
_TREATS = frozenset((*_LADDER, "counselling"))
_OF_A_COURSE = frozenset(("session", "course"))
_BESIDE = frozenset(("access", "assessment"))
"""Payments for something that is the same whatever the course."""


def check(service: Service) -> Iterator[Flag]:
    """Flag, at the first payment that it bears on, each thing that is not said of the course."""
    known = service.vocabulary.payment
    paid = [fact for fact in service.family(PAY) if _is_for_a_course(fact) and known(fact.key or "")]
    if not paid or not is_held(service):
        return
    offered = exactly(service.fact("steps-offered")) or frozenset[str]()
    for fact, missed in _left_open(paid, offered & _TREATS, service):
        if missed.field in service.vocabulary.fields and not may_say(service, missed.field):
            yield _flag(fact, missed, service)


class _Missed(NamedTuple):
    """A field that nothing is said about, at which step if that matters, and whom the silence touches."""

    field: str
    step: str | None
    affects: str


def _is_for_a_course(fact: Fact) -> bool:
    content = fact.value.content
    if fact.value.state != State.STATED or not fact.whole or fact.key in _BESIDE:
        return False
    return isinstance(content, Money) and content.per in _OF_A_COURSE


def _left_open(paid: list[Fact], offered: frozenset[str], service: Service) -> Iterator[tuple[Fact, _Missed]]:
    if not service.family("stop-when"):
        yield paid[0], _Missed("stop-when", None, AFFECTS)
    ladder = [step for step in _LADDER if step in offered]
    if len(ladder) > 1 and not service.family("step-up-when"):
        whom = "people whom a step does not help: nothing moves them to the next one"
        yield paid[0], _Missed("step-up-when", None, whom)
    if service.family("indicated-sessions") and service.fact("indicated-sessions") is None:
        told: set[str] = set()
        for fact in paid:
            steps = _steps(fact) or offered
            for step in sorted(steps - told):
                if service.fact("indicated-sessions", step) is None:
                    yield fact, _Missed("indicated-sessions", step, AFFECTS)
            told |= steps


def _steps(fact: Fact) -> frozenset[str]:
    """The steps that a payment names; none where it is for whatever step is offered."""
    content, key = fact.value.content, fact.key or ""
    scope = {*(content.scope if isinstance(content, Money) else ())}
    scope |= {word for under in fact.under if isinstance(under, OnlyFor) for word in under.scope}
    return _TREATS & {*scope, key.removeprefix("recovery-").removeprefix("performance-")}


def _flag(fact: Fact, missed: _Missed, service: Service) -> Flag:
    field = service.vocabulary.fields[missed.field]
    path = f"{missed.field} {missed.step}" if missed.step else missed.field
    message = f"`{fact.path}` pays for a course, and nothing is said about `{path}` ({field.label})"
    fix = f"Write a line such as `{path}: {field.examples[0]}`, or `{path}: none` if {field.none_means}."
    taken = _taken(missed, service)
    if taken:
        fix += f" Until then `carespec incentives` puts in its place: {taken}."
    return Flag(message, fix, fact.line, fact.start, fact.name_end, path, affects=missed.affects)


def _taken(missed: _Missed, service: Service) -> str:
    """What an analysis takes instead; nothing where none is made of such services."""
    from carespec.assumptions import default, silence  # few documents come this far

    assumed = default(service.vocabulary.name)
    if not assumed:
        return ""
    if missed.step is None:
        return {"stop-when": silence.STOP_WHEN, "step-up-when": silence.STEP_UP_WHEN}[missed.field]
    return silence.up_to(silence.sessions_indicated(assumed, missed.step))
