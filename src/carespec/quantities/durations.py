"""Lengths of time as documents write them, and what can be said when two use different units.

"15 working days is at most 28 calendar days" is always true in England; "10 working days is at most 14" is
not. So a duration is kept as written and compared as the range of calendar days that it can take.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from carespec.quantities import truth
from carespec.quantities.gregorian import days_in_months
from carespec.quantities.numbers import show_number
from carespec.quantities.truth import Number, Range
from carespec.quantities.working_days import WorkingDays
from carespec.tuples import NamedTuple

_MINUTES_A_DAY: Final = 24 * 60


class Unit:
    """The units that a duration is written in. `DAY` is the bare word "days": working or calendar, unsaid."""

    MINUTE: Final = "minute"
    HOUR: Final = "hour"
    DAY: Final = "day"
    WORKING_DAY: Final = "working-day"
    CALENDAR_DAY: Final = "calendar-day"
    WEEK: Final = "week"
    MONTH: Final = "month"
    YEAR: Final = "year"


class _Tally(NamedTuple):
    """A duration by what it counts: units in one column convert into each other exactly."""

    minutes: Number
    months: Number
    working: Number
    bare: Number


# For each unit: its column of the tally, and how many of that column's units it is.
_COLUMN: Final = {
    Unit.MINUTE: (0, 1),
    Unit.HOUR: (0, 60),
    Unit.CALENDAR_DAY: (0, _MINUTES_A_DAY),
    Unit.WEEK: (0, 7 * _MINUTES_A_DAY),
    Unit.MONTH: (1, 1),
    Unit.YEAR: (1, 12),
    Unit.WORKING_DAY: (2, 1),
    Unit.DAY: (3, 1),
}

UNITS: Final = frozenset(_COLUMN)


class Duration(NamedTuple):
    """A length of time in the words of its document: (count, unit) pairs, largest first as written."""

    parts: tuple[tuple[Number, str], ...]

    @property
    def is_bare_days(self) -> bool:
        """Whether any part is in "days" that are said to be neither working nor calendar days."""
        return any(unit == Unit.DAY for _, unit in self.parts)

    def show(self) -> str:
        """`10 working days`, `17 years 9 months`, `1 week`."""
        return " ".join(f"{show_number(count)} {_unit_words(count, unit)}" for count, unit in self.parts)


class DurationRange(NamedTuple):
    """A limit that the document puts somewhere between two durations: "within 2 to 3 weeks"."""

    low: Duration
    high: Duration

    @property
    def is_bare_days(self) -> bool:
        """Whether either end is in "days" that are said to be neither working nor calendar days."""
        return self.low.is_bare_days or self.high.is_bare_days

    def show(self) -> str:
        """`2 to 3 weeks`; `24 hours to 3 days` where the units differ."""
        if len(self.low.parts) == len(self.high.parts) == 1 and self.low.parts[0][1] == self.high.parts[0][1]:
            return f"{show_number(self.low.parts[0][0])} to {self.high.show()}"
        return f"{self.low.show()} to {self.high.show()}"


Limit = Duration | DurationRange


def days(limit: Limit, working_days: WorkingDays) -> Range | None:
    """The fewest and the most calendar days that the duration can take; None where the table does not reach.

    Weeks are 7 days and hours a twenty-fourth of one; months and years take what the calendar can give them;
    bare days are n working days or n calendar days. Parts of different kinds add up end by end, which can
    make the range wider than the truth, never narrower. A limit between two durations spans both.
    """
    low, high = (_minutes(end, working_days) for end in _ends(limit))
    if low is None or high is None:
        return None
    return _in_days(low[0]), _in_days(high[1])


def at_most(a: Limit, b: Limit, working_days: WorkingDays) -> bool | None:
    """Whether `a` is no longer than `b`: True or False where that holds on every calendar, else None.

    The same words are the same limit. Units that convert exactly compare by count (90 minutes and 2 hours, 18
    months and 2 years); so do bare days with bare days, which are taken to mean the same kind of day. All
    else compares as ranges of calendar days.
    """
    if a == b:
        return True
    a_low, a_high = _ends(a)
    b_low, b_high = _ends(b)
    if _no_longer(a_high, b_low, working_days) is True:
        return True
    return False if _no_longer(a_low, b_high, working_days) is False else None


def at_least(a: Limit, b: Limit, working_days: WorkingDays) -> bool | None:
    """Whether `a` is no shorter than `b`."""
    return at_most(b, a, working_days)


def more_than(a: Limit, b: Limit, working_days: WorkingDays) -> bool | None:
    """Whether `a` is longer than `b`."""
    return truth.negate(at_most(a, b, working_days))


def less_than(a: Limit, b: Limit, working_days: WorkingDays) -> bool | None:
    """Whether `a` is shorter than `b`."""
    return truth.negate(at_most(b, a, working_days))


def equal(a: Limit, b: Limit, working_days: WorkingDays) -> bool | None:
    """Whether the two are the same length: each at most the other."""
    return truth.every((at_most(a, b, working_days), at_most(b, a, working_days)))


def _ends(limit: Limit) -> tuple[Duration, Duration]:
    if isinstance(limit, Duration):
        return limit, limit
    if _by_count(limit.low, limit.high) is False:
        # "3 to 2 weeks" is a slip that a check reports; its limit still lies between the two.
        return limit.high, limit.low
    return limit.low, limit.high


def _no_longer(a: Duration, b: Duration, working_days: WorkingDays) -> bool | None:
    counted = _by_count(a, b)
    if counted is not None:
        return counted
    return truth.range_at_most(_minutes(a, working_days), _minutes(b, working_days))


def _by_count(a: Duration, b: Duration) -> bool | None:
    """Whether `a` is at most `b` in every column: decides all pairs in the same units, by no calendar."""
    pairs = list(zip(_tally(a), _tally(b), strict=True))
    if all(mine <= other for mine, other in pairs):
        return True
    return False if all(mine >= other for mine, other in pairs) else None


def _tally(duration: Duration) -> _Tally:
    totals: list[Number] = [0, 0, 0, 0]
    for count, unit in duration.parts:
        column, size = _COLUMN[unit]
        totals[column] += count * size
    return _Tally(*totals)


def _minutes(duration: Duration, working_days: WorkingDays) -> Range | None:
    """The range in minutes: whole numbers, so that hours and days compare without rounding."""
    tally = _tally(duration)
    months = _around(tally.months, days_in_months)
    working = _around(tally.working, working_days.range)
    bare = _around(tally.bare, working_days.range)
    if months is None or working is None or bare is None:
        return None
    fewest = months[0] + working[0] + min(bare[0], tally.bare)
    most = months[1] + working[1] + max(bare[1], tally.bare)
    return (tally.minutes + fewest * _MINUTES_A_DAY, tally.minutes + most * _MINUTES_A_DAY)


def _around(count: Number, range_of: Callable[[int], tuple[int, int] | None]) -> tuple[int, int] | None:
    """The range for a count that may have a fraction ("1.5 months"): whole below to whole above."""
    exact = Decimal(count)
    below = range_of(int(exact.to_integral_value(ROUND_FLOOR)))
    above = range_of(int(exact.to_integral_value(ROUND_CEILING)))
    return None if below is None or above is None else (below[0], above[1])


def _in_days(minutes: Number) -> Number:
    exact = Decimal(minutes) / _MINUTES_A_DAY
    return int(exact) if exact == exact.to_integral_value() else exact


def _unit_words(count: Number, unit: str) -> str:
    return unit.replace("-", " ") + ("" if count == 1 else "s")
