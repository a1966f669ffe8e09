"""A limit in "days" does not say whether weekends and bank holidays count.

What it flags: a length of time in bare `days`, as a value, in an exception or in a condition.

Why it matters: ten working days are up to twenty calendar days over Christmas, so two providers who read "10 days"
differently keep different promises to the same patient, and neither breaks the contract.

Instead: `working days` or `calendar days`. In a document that is already signed this is a `should`: it is transcribed
as it stands. Authors who know which they mean can say it once, for all their documents or for some: with `days =
"working"` in the configuration, or `--days working`, `carespec check --fix` makes `10 working days` of `10 days`.

Exceptions: what another source says (`differs`) is not looked at.

Source: study 4.6 (ten and 28 "days", beside one to three "working days").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from carespec.flags import Flag, Meant, tests_of
from carespec.model.facts import Except, Fact, Service
from carespec.quantities.bounds import Bound
from carespec.quantities.durations import Duration, DurationRange
from carespec.quantities.waits import Wait

TITLE = "`days` that may be working or calendar days"
SEVERITY = "must"
SIGNED = "should"
CONCERNS = (Bound, Duration, DurationRange, Wait)
AFFECTS = "people who wait across a weekend or a bank holiday"
BAD = (
    "wait assessment: within 10 days of referral  #! `10 days`",
    "cancellation-notice: 2 days  #! `2 days`",
    "opt-in-time: 5 to 10 days  #! `5 to 10 days`",
    "wait step-2: within 5 working days of referral, within 2 to 3 days of decision  #! `2 to 3 days`",
    "wait step-2: within 5 days of referral for 75% of people, within 1 day of decision  #! `5 days`  #! `1 day`",
    "wait step-2: within 4 weeks of referral\n  except within 3 days of referral when cluster is 4  #! `3 days`",
    "pay access: £20.00 per course\n  when waited step-2 is at most 28 days  #! `28 days`",
    "status: signed\nreported-wait step-2: over 100 days  #! `100 days`",
)
GOOD = (
    "wait assessment: within 10 working days of referral",
    "wait step-3: within 28 calendar days of referral",
    "wait step-3: within 2 to 3 working days of referral",
    "cancellation-notice: 24 hours",
    "rejection-transfer crisis-team: the same day as rejection",
)
_BARE = r"(?i)(?:\d[\d,.]*\s+to\s+)?\d[\d,.]*\s+(days?)(?![\w-])"


_GROUP = "`days` does not say whether weekends and bank holidays count, in"


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag every length of time of a fact, and of its conditions, that is in bare days."""
    if not fact.under:
        if _is_bare(fact.value.content):
            yield from _flags(fact, fact.line, fact.value.start, fact.value.end, service)
        return
    places: tuple[Fact | Except, ...] = (fact, *fact.exceptions)
    for place in places:
        if _is_bare(place.value.content):
            yield from _flags(fact, place.line, place.value.start, place.value.end, service)
    for test, line in tests_of(fact):
        if _is_bare(test.operand):
            yield from _flags(fact, line, test.start, test.end, service)


def _is_bare(content: object) -> bool:
    limit = content.limit if isinstance(content, Bound) else content
    if isinstance(limit, Wait):
        return any(part.within is not None and part.within.is_bare_days for part in limit.parts)
    return isinstance(limit, Duration | DurationRange) and limit.is_bare_days


def _flags(fact: Fact, line: int, start: int, end: int, service: Service) -> Iterator[Flag]:
    for found in re.compile(_BARE).finditer(service.lines[line - 1], start, end):
        message = f"`{found[0]}` does not say whether weekends and bank holidays count"
        fix, brief = "Write `working days` or `calendar days`.", f"`{fact.path}`"
        figure = found[0].removesuffix(found[1])
        meant = tuple([Meant("days", kind, f"{figure}{kind} {found[1]}") for kind in ("working", "calendar")])
        yield Flag(message, fix, line, *found.span(), fact.path, group=_GROUP, brief=brief, readings=meant)
