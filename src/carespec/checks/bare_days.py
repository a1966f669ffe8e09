"""A limit in "days" does not say whether weekends and bank holidays count.

What it flags: a length of time in bare `days`.

Why it matters: ten working days are up to twenty calendar days over Christmas, so two providers who read "10 days"
differently keep different promises to the same patient, and neither breaks the contract.

Instead: `working days` or `calendar days`. In a document that is already signed this is a warning: it is transcribed as
it stands.

Source: study 4.6 (ten and 28 "days", beside one to three "working days").
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Flag, values_of
from carespec.model.facts import Fact, Service, Value
from carespec.quantities.bounds import Bound
from carespec.quantities.durations import Duration, DurationRange
from carespec.quantities.waits import Wait

TITLE = "`days` that may be working or calendar days"
SEVERITY = "must"
SIGNED = "should"
AFFECTS = "people who wait across a weekend or a bank holiday"
BAD = (
    "wait assessment: within 10 days of referral  #! `10 days`",
    "cancellation-notice: 2 days  #! `2 days`",
)
GOOD = (
    "wait assessment: within 10 working days of referral",
    "wait step-3: within 28 calendar days of referral",
    "cancellation-notice: 24 hours",
)


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag every value of a fact that is in bare days."""
    for value, line in values_of(fact):
        if any(limit.is_bare_days for limit in _limits(value)):
            yield _flag(fact, value, line, service)


def _limits(value: Value) -> Iterator[Duration | DurationRange]:
    content = value.content.limit if isinstance(value.content, Bound) else value.content
    if isinstance(content, Duration | DurationRange):
        yield content
    elif isinstance(content, Wait):
        yield from (part.within for part in content.parts if part.within is not None)


def _flag(fact: Fact, value: Value, line: int, service: Service) -> Flag:
    text = service.lines[line - 1]
    start = text.lower().find("day", value.start)
    begin = text.rstrip().rfind(" ", 0, start - 1) + 1 if start > 0 else value.start
    message = "`days` does not say whether weekends and bank holidays count"
    fix = "Write `working days` or `calendar days`."
    return Flag(message, fix, line, max(begin, value.start), start + 4 if start > 0 else value.end, fact.path)
