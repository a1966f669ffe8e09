"""Two figures of the document cannot both be right.

What it flags: more priced payments than the tariffs that the document counts; a guaranteed, or a required, amount of
work above the most that is paid for; more sessions assumed by the price than anybody may have; fewer sessions allowed
than make a course; several providers to choose from where one alone was chosen; treatment that stops at fewer readings
than show recovery.

Why it matters: each side will rely on the figure that suits it. A provider that must do more than is paid for stops in
the last quarter, and people wait for the next year.

Instead: the figure that was agreed, in both places.

Exceptions: figures that are hedged, hold only in some case, or count different things in different times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from carespec.flags import Also, Flag, flag_value
from carespec.model.certain import always, may_say, never
from carespec.model.facts import Fact, Service, State
from carespec.quantities.bounds import Bound
from carespec.quantities.counts import Count, Rate
from carespec.quantities.numbers import shown
from carespec.quantities.readings import Reading

TITLE = "figures that contradict each other"
SEVERITY = "should"
NEEDS_WHOLE = "file"
AFFECTS = "both sides of the contract, and the people who wait while they argue"
BAD = (
    "number-of-tariffs: 1  #! `1`\npay step-2: £40.00 per session\npay step-3: £300.00 per course",
    "volume-guarantee: 500 courses per year  #! `500 courses per year`\nactivity-limit: 400 courses per year",
    "minimum-activity: 50 courses per year  #! `50 courses per year`\nactivity-limit: 40 courses per year",
    "minimum-activity: at least 50 courses per year  #! `at least 50 courses per year`\n"
    "activity-limit: up to 40 courses per year",
    "average-sessions step-2: 10  #! `10`\nsession-cap step-2: 8",
    "session-cap step-2: 1  #! `1`\nsessions-in-a-course: 2",
    "scheme: single-provider\nproviders-to-choose-from: 3  #! `3`",
    "stop-when: recovered at 1 readings in a row  #! `recovered at 1 readings in a row`\nrecovery-readings: 2",
)
GOOD = (
    "number-of-tariffs: 2\npay step-2: £40.00 per session\npay step-3: £300.00 per course\npay missed: none",
    "number-of-tariffs: 6\npay step-2: £40.00 per session",
    "volume-guarantee: 500 courses per year\nactivity-limit: 600 courses per year",
    "volume-guarantee: 500 sessions per year\nactivity-limit: 400 courses per year",
    "volume-guarantee: up to 500 courses per year\nactivity-limit: 400 courses per year",
    "volume-guarantee: 500 courses per year\nactivity-limit: 400 to 600 courses per year",
    "average-sessions step-2: 6\nsession-cap step-2: 8\nsession-cap step-3: 4",
    "average-sessions step-2: about 10\nsession-cap step-2: 8",
    "scheme: any-qualified-provider\nproviders-to-choose-from: 3",
    "scheme: single-provider\nproviders-to-choose-from: 1",
    "stop-when: recovered at 2 readings in a row\nrecovery-readings: 2",
)
_ONE_PROVIDER = ("single-provider", "direct-award")
_FIX = "Write the figure that was agreed in both places."


def check(service: Service) -> Iterator[Flag]:
    """Flag each figure that another figure of the document certainly contradicts."""
    yield from _tariffs(service)
    for name in ("volume-guarantee", "minimum-activity"):
        yield from _rates(service.fact(name), service.fact("activity-limit"))
    least = service.fact("sessions-in-a-course")
    for cap in service.family("session-cap"):
        yield from _assumed(service.fact("average-sessions", cap.key) if cap.key else None, cap, service)
        yield from _shorter_than_a_course(cap, least)
    yield from _providers(service.fact("providers-to-choose-from"), service.fact("scheme"))
    yield from _readings(service.fact("stop-when"), service.fact("recovery-readings"))


def _tariffs(service: Service) -> Iterator[Flag]:
    counted = service.fact("number-of-tariffs")
    number = always(counted)
    if counted is None or not isinstance(number, Count):
        return
    priced = [fact for path, fact in service.by_path.items() if path.startswith("pay ") and _is_priced(fact)]
    if len(priced) > number.high:
        message = f"the document counts {number.show()} tariffs, and {len(priced)} payments have a price"
        fix = "Correct the number, or delete the payment that is not a tariff."
        also = tuple(Also(fact.line, fact.start, fact.name_end, "a payment") for fact in priced[:3])
        yield flag_value(counted, message, fix)._replace(also=also)


def _is_priced(fact: Fact) -> bool:
    return fact.value.state == State.STATED


def _rates(fact: Fact | None, limit: Fact | None) -> Iterator[Flag]:
    more, most = always(fact), always(limit)
    if fact is None or limit is None:
        return
    least, highest = _rate(more, "least"), _rate(most, "most")
    if least is None or highest is None or (least.of, least.per) != (highest.of, highest.per):
        return
    if least.number.low > highest.number.high:
        message = f"this is more than is paid for: `{limit.path}` is {shown(most)}"
        yield _flag(fact, limit, message)


def _rate(content: object, end: str) -> Rate | None:
    """The number that something comes to at the least or at the most; None where that end is open."""
    if isinstance(content, Bound):
        if (content.relation in ("over", "at least")) != (end == "least"):
            return None
        content = content.limit
    return content if isinstance(content, Rate) else None


def _assumed(average: Fact | None, cap: Fact, service: Service) -> Iterator[Flag]:
    assumed, most = always(average), always(cap)
    extension = service.fact("session-extension", cap.key) or service.fact("session-extension")
    may_be_more = not never(extension) if extension is not None else may_say(service, "session-extension")
    if average is None or may_be_more:
        return
    if isinstance(assumed, Count) and isinstance(most, Count) and assumed.low > most.high:
        message = f"the price assumes more sessions than anybody may have: `{cap.path}` is {most.show()}"
        yield _flag(average, cap, message)


def _shorter_than_a_course(cap: Fact, course: Fact | None) -> Iterator[Flag]:
    most, least = always(cap), always(course)
    if course is not None and isinstance(most, Count) and isinstance(least, Count) and most.high < least.low:
        message = f"nobody may have as many sessions as make a course, {least.show()}"
        yield _flag(cap, course, message)


def _providers(providers: Fact | None, scheme: Fact | None) -> Iterator[Flag]:
    number = always(providers)
    if providers is None or scheme is None or always(scheme) not in _ONE_PROVIDER:
        return
    if isinstance(number, Count) and number.low > 1:
        message = f"people are to choose between {number.show()} providers, and one alone was chosen"
        yield _flag(providers, scheme, message)


def _readings(stop: Fact | None, shown: Fact | None) -> Iterator[Flag]:
    reading, needed = always(stop), always(shown)
    if stop is None or shown is None or not (isinstance(reading, Reading) and isinstance(needed, Count)):
        return
    found = re.fullmatch(r"at (\d+) readings in a row", reading.at)
    if reading.measure == "recovered" and not reading.negated and found and int(found[1]) < needed.low:
        message = f"treatment stops before recovery is shown, which takes {needed.show()} readings in a row"
        yield _flag(stop, shown, message)


def _flag(fact: Fact, other: Fact, message: str) -> Flag:
    also = (Also(other.line, other.value.start, other.value.end, "the other figure"),)
    return flag_value(fact, message, _FIX)._replace(also=also)
