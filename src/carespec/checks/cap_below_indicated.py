"""Treatment is cut off, or no longer paid for, before the number of sessions that is indicated.

What it flags: the most sessions that a person may have at a step, or that are paid for in a course, or that the price
was worked out from, where that is fewer than the sessions indicated at the same step.

Why it matters: people are discharged in the middle of a course, or seen at the provider's cost for as long as the
provider can bear it. The ones who need the whole course lose the end of it.

Instead: a limit of at least the sessions indicated, or an extension that reaches them.

Exceptions: numbers that are hedged or hold only in some case. Where the document lets sessions be added
(`session-extension`), the cap counts together with them; where `pay extension` pays for more, so does the payment. A
limit within the range indicated is only a remark.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Also, Flag
from carespec.model.certain import always, may_say
from carespec.model.facts import Cap, Fact, Service, State
from carespec.quantities.bounds import Bound
from carespec.quantities.counts import Count
from carespec.quantities.money import Money
from carespec.quantities.numbers import show_number
from carespec.quantities.truth import Number
from carespec.tuples import NamedTuple

TITLE = "fewer sessions than are indicated"
SEVERITY = "should"
NEEDS_WHOLE = "file"
AFFECTS = "people who need the whole course: theirs ends, or is no longer paid for, before it can work"
BAD = (
    "indicated-sessions step-3: 12 to 20\nsession-cap step-3: 8  #! `8`",
    "indicated-sessions step-3: 12 to 20\nsession-cap step-3: 16  #! `16`",
    "indicated-sessions step-2: 6 to 8\npay step-2: £40.00 per session\n"
    "  at most 4 per course  #! `at most 4 per course`",
    "average-sessions step-2: 3  #! `3`\nindicated-sessions step-2: 6 to 8",
    "indicated-sessions step-3: 12\nsession-cap step-3: 6  #! `6`\nsession-extension step-3: 4",
)
GOOD = (
    "indicated-sessions step-3: 12 to 20\nsession-cap step-3: 20",
    "indicated-sessions step-3: 12 to 20\nsession-cap step-3: 12\nsession-extension step-3: up to 8",
    "indicated-sessions step-3: 12\nsession-cap step-3: 6\nsession-extension step-3: by local agreement",
    "indicated-sessions step-3: usually 12 to 20\nsession-cap step-3: 8",
    "indicated-sessions step-2: 6 to 8\npay step-2: £40.00 per session\n  at most 12 per course",
    "indicated-sessions step-2: 6 to 8\npay step-2: £40.00 per session\n  at most 4 per course\n"
    "pay extension: £30.00 per session",
    "indicated-sessions step-2: 6 to 8\npay step-2: £200.00 per course\n  at most 1 per person",
    "average-sessions step-2: 6\nindicated-sessions step-2: 6 to 8",
    "indicated-sessions step-2: 6 to 8\nsession-cap step-2: 4\n  except 12 when cluster is 4",
)


class _Limit(NamedTuple):
    """A number of sessions, where it stands, and what happens at it."""

    sessions: Number
    line: int
    start: int
    end: int
    path: str
    what: str


def check(service: Service) -> Iterator[Flag]:
    """Flag each limit on sessions that is certainly below those indicated at its step."""
    for indicated in service.family("indicated-sessions"):
        content = always(indicated)
        if indicated.key is None or not isinstance(content, Count):
            continue
        for limit in _limits(indicated.key, service):
            if limit.sessions < content.low or (limit.sessions < content.high and limit.what != _PRICED):
                yield _flag(limit, indicated, content)


_PRICED = "the price is worked out from {number} sessions"


def _limits(step: str, service: Service) -> Iterator[_Limit]:
    cap = service.fact("session-cap", step)
    most = always(cap)
    more = _extension(step, service)
    if cap is not None and isinstance(most, Count) and more is not None:
        what = "nobody may have more than {number} sessions"
        yield _Limit(most.high + more, cap.line, cap.value.start, cap.value.end, cap.path, what)
    average = service.fact("average-sessions", step)
    assumed = always(average)
    if average is not None and isinstance(assumed, Count):
        place = (average.line, average.value.start, average.value.end, average.path)
        yield _Limit(assumed.high, *place, _PRICED)
    payment = service.fact("pay", step)
    if payment is not None:
        yield from _paid(payment, service)


def _extension(step: str, service: Service) -> Number | None:
    """How many sessions may be added to the cap; None where that is open."""
    fact = service.fact("session-extension", step) or service.fact("session-extension")
    if fact is None:
        return None if may_say(service, "session-extension") else 0
    if fact.value.state in (State.NONE, State.NOT_STATED):
        return 0
    content = always(fact)
    limit = content.limit if isinstance(content, Bound) and content.relation in ("up to", "at most") else content
    return limit.high if isinstance(limit, Count) else None


def _paid(payment: Fact, service: Service) -> Iterator[_Limit]:
    """The sessions that are paid for in a course; nothing where a payment for more exists, or may."""
    content = payment.value.content
    if not isinstance(content, Money) or content.per != "session" or not payment.whole or service.damaged:
        return
    if "pay extension" in service.by_path:
        return
    for under in payment.under:
        if isinstance(under, Cap) and under.per == "course":
            what = "no more than {number} sessions of a course are paid for"
            yield _Limit(under.number, under.line, under.start, under.end, payment.path, what)


def _flag(limit: _Limit, indicated: Fact, content: Count) -> Flag:
    short = limit.sessions < content.low
    message = f"{limit.what.format(number=show_number(limit.sessions))}, and {content.show()} are indicated"
    fix = (
        f"Write at least {show_number(content.low if short else content.high)}, or say how more can be given and paid."
    )
    also = (Also(indicated.line, indicated.value.start, indicated.value.end, "the sessions indicated"),)
    severity = None if short else "may"
    return Flag(message, fix, limit.line, limit.start, limit.end, limit.path, also=also, severity=severity)
