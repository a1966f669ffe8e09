"""A waiting time does not say what it is counted from.

What it flags: a part of a wait that has no `of` and an event.

Why it matters: six weeks from referral and six weeks from assessment differ by the whole wait for the assessment. A
provider may count from whichever comes later, and the person waits for both.

Instead: `within 6 weeks of referral`, for every part. If the document does not say, transcribe it as it stands.

Exceptions: `the same day as …` names its event. What another source says (`differs`) is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from carespec.flags import Flag
from carespec.model.facts import Except, Fact, Service, Value
from carespec.quantities.waits import Wait

TITLE = "a wait that is counted from nothing"
SEVERITY = "should"
CONCERNS = (Wait,)
AFFECTS = "people on the waiting list: their limit starts when the provider says so"
BAD = (
    "wait step-3: within 6 weeks  #! `within 6 weeks`",
    "wait step-3: within 2 weeks of referral for 75% of people, within 1,000 hours for 95% of people"
    "  #! `within 1,000 hours for 95% of people`",
    "rejection-reply: within 1 week [signed p3]  #! `within 1 week`",
    "wait step-3: within 6 weeks of referral\n  except within 1 week when cluster is 4  #! `within 1 week`",
)
GOOD = (
    "wait step-3: within 6 weeks of referral",
    "rejection-transfer crisis-team: the same day as rejection",
    "wait step-2: within 2 weeks of referral for 75% of people, within 6 weeks of referral",
)


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag every part of a wait that names no event."""
    if not fact.under and not isinstance(fact.value.content, Wait):
        return
    places: tuple[Fact | Except, ...] = (fact, *fact.exceptions)
    for place in places:
        content = place.value.content
        if isinstance(content, Wait) and any(part.clock is None for part in content.parts):
            yield from _flags(fact, place.value, place.line, service)


def _flags(fact: Fact, value: Value, line: int, service: Service) -> Iterator[Flag]:
    assert isinstance(value.content, Wait)
    for part, (start, end) in zip(value.content.parts, _places(value, line, service), strict=False):
        if part.clock is None:
            message = f"`{part.show()}` does not say what it is counted from"
            example = part._replace(clock="referral").show()
            fix = f"Write the event: `{example}`, or `of decision`, `of assessment` and the like."
            yield Flag(message, fix, line, start, end, fact.path)


def _places(value: Value, line: int, service: Service) -> Iterator[tuple[int, int]]:
    """Where each part stands; a comma within a figure parts nothing."""
    text = service.lines[line - 1][value.start : value.end]
    start = 0
    for comma in re.finditer(r",(?!\d)", text):
        yield value.start + start, value.start + comma.start()
        start = comma.end() + len(text[comma.end() :]) - len(text[comma.end() :].lstrip())
    yield value.start + start, value.end
