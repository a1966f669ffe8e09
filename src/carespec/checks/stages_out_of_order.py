"""A later stage is due before an earlier one.

What it flags: a limit on the wait for a stage that is certainly shorter than the limit for a stage that comes before
it, counted from the same event and for as many people. First come screening, the decision and the first appointment,
then the assessment, then treatment at any step.

Why it matters: both promises cannot be what was meant. If treatment is due within ten days, an assessment within 28 is
late for everybody, and a provider can point to either.

Instead: a limit for the later stage that is no shorter, or a tighter one for the earlier.

Exceptions: limits from different events are not compared, nor those whose days nobody can compare, nor those that
hold only in some case or are hedged.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from carespec.flags import Also, Flag
from carespec.model.facts import Except, Fact, Service, When
from carespec.quantities.durations import at_least, less_than
from carespec.quantities.waits import Wait, WaitPart
from carespec.vocabulary import working_days

TITLE = "a later stage that is due before an earlier one"
SEVERITY = "should"
AFFECTS = "people on the waiting list: the two limits cannot both be what is promised"
BAD = (
    "wait assessment: within 28 calendar days of referral\n"
    "wait step-2: within 10 working days of referral  #! `within 10 working days of referral`",
    "wait step-3: within 10 days of referral  #! `within 10 days of referral`\n"
    "wait assessment: within 28 days of referral",
    "wait decision: within 2 weeks of referral\n"
    "wait assessment: within 3 working days of referral  #! `within 3 working days of referral`",
    "wait assessment: within 4 weeks of referral for 75% of people\n"
    "wait step-2: within 2 weeks of referral  #! `within 2 weeks of referral`",
)
GOOD = (
    "wait assessment: within 10 working days of referral\nwait step-2: within 28 calendar days of referral",
    "wait assessment: within 28 calendar days of referral\nwait step-2: within 10 working days of assessment",
    "wait assessment: within 14 calendar days of referral\nwait step-2: within 10 working days of referral",
    "wait assessment: usually within 28 calendar days of referral\nwait step-2: within 10 calendar days of referral",
    "wait step-2: within 28 calendar days of referral\nwait step-3: within 10 calendar days of referral",
    "wait assessment: within 28 calendar days of referral\n"
    "wait step-2: within 10 calendar days of referral for 50% of people",
    "wait assessment: within 28 calendar days of referral, within 5 calendar days of referral for 95% of people\n"
    "wait step-2: within 10 calendar days of referral for 75% of people",
)
_LANDMARKS = ("assessment", "treatment")
"""The stages that part those before from those after; stages between two landmarks have no order of their own."""


def check(service: Service) -> Iterator[Flag]:
    """Flag each stage whose limit is certainly shorter than that of a stage before it."""
    waits = [fact for fact in service.family("wait") if _is_plain(fact, service)]
    if len(waits) < 2:
        return
    order = list(service.vocabulary.keys(service.vocabulary.fields["wait"]))
    landmarks = [order.index(stage) for stage in _LANDMARKS if stage in order]
    ranks = [sum(order.index(fact.key or "") >= place for place in landmarks) for fact in waits]
    for later, rank in zip(waits, ranks, strict=True):
        for earlier, earlier_rank in zip(waits, ranks, strict=True):
            if earlier_rank < rank and _sooner(later, earlier):
                yield _flag(later, earlier)
                break


def _is_plain(fact: Fact, service: Service) -> bool:
    """Whether the fact says one thing, for everybody and without a hedge, of a stage that exists."""
    if not fact.whole or fact.value.hedge is not None or not isinstance(fact.value.content, Wait):
        return False
    if fact.key not in service.vocabulary.keys(service.vocabulary.fields["wait"]):
        return False
    return not any(isinstance(under, Except | When) for under in fact.under)


def _sooner(later: Fact, earlier: Fact) -> bool:
    """Whether some promise of the later stage is certainly shorter than what the earlier promises to as many people."""
    assert isinstance(later.value.content, Wait) and isinstance(earlier.value.content, Wait)
    return any(_certainly_shorter(part, earlier.value.content.parts) for part in later.value.content.parts)


def _certainly_shorter(part: WaitPart, others: tuple[WaitPart, ...]) -> bool:
    compared = [other for other in others if _comparable(part, other)]
    if part.within is None or any(_keeps_up(part, other) for other in others):
        return False
    return any(other.within and less_than(part.within, other.within, working_days()) for other in compared)


def _comparable(part: WaitPart, other: WaitPart) -> bool:
    """From the same event, both definite, and the later stage promised to no fewer people."""
    if part.clock is None or part.clock != other.clock or part.about or other.about:
        return False
    return _share(part) >= _share(other) and (part.of == other.of or part.share is None or other.share is None)


def _keeps_up(part: WaitPart, other: WaitPart) -> bool:
    """Whether another promise of the earlier stage may be as tight as the later one."""
    if other.within is None or part.within is None or other.about or part.clock != other.clock:
        return True
    return _share(other) >= _share(part) and at_least(part.within, other.within, working_days()) is not False


def _share(part: WaitPart) -> Decimal:
    return part.share.value if part.share else Decimal(100)


def _flag(later: Fact, earlier: Fact) -> Flag:
    message = f"`{later.path}` is due before `{earlier.path}`, which comes first and has longer"
    also = (Also(earlier.line, earlier.value.start, earlier.value.end, "the longer limit for the earlier stage"),)
    fix = f"Give `{later.path}` at least as long as `{earlier.path}`, or shorten `{earlier.path}`."
    return Flag(message, fix, later.line, later.value.start, later.value.end, later.path, also=also)
