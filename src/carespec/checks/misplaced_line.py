"""A line stands under something that it says nothing about.

What it flags: `except`, `when`, `at most` and the other lines that belong under a fact or a payment, where they stand
under nothing, a heading, a source, a definition or a waiver; and limits of a payment under a fact that is none.

Why it matters: an exception that hangs on nothing excepts nobody, whatever its author meant.

Instead: the line directly under the fact or the payment that it limits.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Flag, unknown_to
from carespec.model.facts import (
    Allowance,
    Cap,
    Differs,
    Doubt,
    Except,
    Fact,
    OnlyFor,
    Phrase,
    Service,
    ShareAtRisk,
    Under,
    When,
)

TITLE = "a line under nothing that it could be about"
SEVERITY = "must"
AFFECTS = "the people whom the line was meant for: it changes nothing where it stands"
BAD = (
    "except 16 years when education is not full-time  #! `except 16 years when education is not full-time`\n"
    "minimum-age: 18 years",
    'section "Who is seen"\n  in words "adults"  #! `in words "adults"`',
    'source signed: "Schedule 2"\n  doubt "Which one?"  #! `doubt "Which one?"`\nminimum-age: 18 years [signed]',
    "dna-limit assessment: 2\n  at most 12 per course  #! `at most 12 per course`\n"
    "  at most 1 per 6 booked  #! `at most 1 per 6 booked`\n"
    "  50% only when recovered at last reading  #! `50% only when recovered at last reading`\n"
    "  for step-2  #! `for step-2`",
)
GOOD = (
    'minimum-age: 18 years\n  except 16 years when education is not full-time\n  in words "adults"\n  doubt "Or 17?"',
    "pay step-2: £40.00 per session\n  at most 12 per course\n  for step-2\n  when sessions is at least 2",
)
_OF_A_PAYMENT = (Cap, Allowance, ShareAtRisk, OnlyFor)
_CALLED = {
    Except: "an exception", When: "a condition", Phrase: "a document's own phrase", Cap: "a limit of a payment",
    Allowance: "a limit of a payment", ShareAtRisk: "a share of a payment", OnlyFor: "what a payment is for",
    Doubt: "a doubt", Differs: "what another source says",
}  # fmt: skip


def check(service: Service) -> Iterator[Flag]:
    """Flag the lines that hang on nothing, and limits of a payment under plain facts."""
    for under in service.misplaced:
        message = f"{_CALLED[type(under)]} stands under nothing that it could be about"
        fix = "Move the line directly under the fact or the payment that it is about, or delete it."
        yield Flag(message, fix, under.line, under.start, under.end)
    for fact in service.facts:
        if fact.under and not fact.is_payment and not unknown_to(service, fact):
            for under in fact.under:
                if isinstance(under, _OF_A_PAYMENT):
                    yield _limit(fact, under)


def _limit(fact: Fact, under: Under) -> Flag:
    message = f"{_CALLED[type(under)]} stands under `{fact.path}`, which is no payment"
    fix = "Move the line under the `pay` line that it limits; what holds in some case is an `except` line."
    return Flag(message, fix, under.line, under.start, under.end, fact.path)
