"""A value is of the right kind, and no such value can be meant.

What it flags: care cluster 9, which exists and must not be used, and numbers that are no cluster; more than 100%;
ages that nobody reaches; an oldest age where the youngest belongs, or the reverse; a range that runs backwards; a
period that ends before it begins; half of what is counted whole; dates before 1948 or after 2099.

Why it matters: the line will be read in whatever way suits the reader, and someone who should be seen is sent away
under a limit that cannot have been meant.

Instead: the value that was meant.

Source: clusters run from 0 to 8 and from 10 to 21; a range that passes over 9 leaves it out and is in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from carespec.flags import Flag, flag_problem, problems_around, problems_of, values_of
from carespec.model.facts import Fact, Service, Value
from carespec.quantities.bounds import Bound
from carespec.quantities.durations import DurationRange, at_most
from carespec.quantities.waits import Wait
from carespec.vocabulary import working_days

TITLE = "a value that cannot be meant"
SEVERITY = "must"
CONCERNS = (Bound, DurationRange, Wait)
AFFECTS = "the people whom the line is about: every reader will take it another way"
BAD = (
    "clusters: 9  #! `9`",
    "clusters: 1 to 4, 22  #! `22`",
    "wait step-2: within 10 working days of referral for 110% of people  #! `110%`",
    "minimum-age: 180 years  #! `180 years`",
    "contract: from 1 April 2014 to 31 March 2012  #! `from 1 April 2014 to 31 March 2012`",
    "clusters: 4 to 1  #! `4 to 1`",
    "wait step-2: within 3 to 2 weeks of referral  #! `3 to 2 weeks`",
    "pay step-3: £300.00 per course\n  150% only when recovered at last reading  #! `150%`",
    "pay missed: £40.00 per missed-appointment\n  at most 2 per 15 to 12 booked  #! `15 to 12`",
    "target recovery-rate: 101%  #! `101%`",
    "maximum-age: over 65 years  #! `over 65 years`",
    "minimum-age: up to 18 years  #! `up to 18 years`",
    "minimum-age: 18 years\n  except under 16 years when route is gp  #! `under 16 years`",
    "pay missed: £40.00 per missed-appointment\n  at most 1 per 0 booked  #! `0`\n  at most 2.5 per course  #! `2.5`",
    "dna-limit assessment: 2.5  #! `2.5`",
    "session-cap step-2: 6 to 8.5  #! `8.5`",
    "signed: 17 August 1812  #! `17 August 1812`\ncontract: from 1 April 2012 to 31 March 9999  #! `31 March 9999`",
    'source page: "Page", "NHS" published July 1912 read 1812-05-01  #! `July 1912`  #! `1812-05-01`\n'
    "minimum-age: 18 years [page]\n  except 16 years until 31 March 2213  #! `31 March 2213`",
)
GOOD = (
    "clusters: 1 to 21",
    "wait step-2: within 2 to 3 weeks of referral for 95% of people",
    "pay step-3: £300.00 per course\n  50% only when recovered at last reading",
    "pay missed: £40.00 per missed-appointment\n  at most 2 per 12 to 15 booked",
    "contract: from 1 April 2012 to 31 March 2014",
    "minimum-age: over 18 years\nmaximum-age: up to 25 years",
    "opt-in-time: 5 to 10 working days",
    "minimum-age: at least 16 years\nmaximum-age: under 65 years",
    "reported-wait step-2: over 6 months\ncontract-notice: at least 3 months",
    "average-sessions step-2: 6.5",
    "minimum-age: 18 years\n  except 16 years when age is under 18 years",
)
_BACKWARDS = "this range runs backwards"


def check(service: Service) -> Iterator[Flag]:
    """Flag values that are out of range in sources and in waivers."""
    yield from problems_around(service, "out-of-range")


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag values that are out of range on a line and under it."""
    plain = not fact.under and fact.value.problem is None
    if plain and not isinstance(fact.value.content, Wait | Bound | DurationRange):
        return
    for problem, line in problems_of(fact, "out-of-range"):
        yield flag_problem(fact, problem, line)
    for value, line in values_of(fact):
        yield from _backwards(value, line, fact, service)


def _backwards(value: Value, line: int, fact: Fact, service: Service) -> Iterator[Flag]:
    """Lengths of time such as `3 to 2 weeks`; other ranges are looked at where they are read."""
    content = value.content.limit if isinstance(value.content, Bound) else value.content
    limits = [part.within for part in content.parts] if isinstance(content, Wait) else [content]
    start = value.start
    for limit in limits:
        if isinstance(limit, DurationRange) and at_most(limit.low, limit.high, working_days()) is False:
            flag = _flag_piece(r"\d[\w ,.\u00a0]*?\bto\b[\w ,.\u00a0]*?(minutes?|hours?|days?|weeks?|months?|years?)\b",
                               line, start, fact, service)  # fmt: skip
            yield flag
            start = flag.end


def _flag_piece(pattern: str, line: int, start: int, fact: Fact, service: Service) -> Flag:
    found = re.compile(pattern, re.IGNORECASE).search(service.lines[line - 1], start)
    span = found.span() if found else (start, start + 1)
    return Flag(_BACKWARDS, "Write the smaller figure first.", line, *span, fact.path)
