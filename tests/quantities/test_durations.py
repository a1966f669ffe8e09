"""Durations: how they are written, how many calendar days they take, and when one is surely the longer."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.quantities.durations import (
    Duration,
    DurationRange,
    Limit,
    Unit,
    at_least,
    at_most,
    days,
    equal,
    less_than,
    more_than,
)
from carespec.quantities.gregorian import days_in_months, month_length
from carespec.quantities.working_days import WorkingDays

# A small table of the real shape, so that the laws do not depend on one country's.
TABLE = WorkingDays(
    "seven-fifths",
    "1",
    tuple(n + 2 * (n // 6) for n in range(1, 41)),
    tuple(n + 4 + 2 * (n // 4) for n in range(1, 41)),
)
UNITS = [value for name, value in vars(Unit).items() if name.isupper()]
LAWS = settings(derandomize=True, max_examples=150, deadline=None)


def d(count: int | str, unit: str) -> Duration:
    return Duration(((Decimal(count) if isinstance(count, str) else count, unit),))


def between(low: int, high: int, unit: str) -> DurationRange:
    return DurationRange(d(low, unit), d(high, unit))


counts = st.integers(0, 50)
single = st.builds(d, counts, st.sampled_from(UNITS))
several = st.lists(st.tuples(counts, st.sampled_from(UNITS)), min_size=1, max_size=3).map(
    lambda parts: Duration(tuple(parts))
)
spread = st.builds(lambda a, b, unit: between(min(a, b), max(a, b), unit), counts, counts, st.sampled_from(UNITS))
limits = st.one_of(single, several, spread)


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (d(10, "working-day"), "10 working days"),
        (d(1, "working-day"), "1 working day"),
        (d(10, "day"), "10 days"),
        (d(28, "calendar-day"), "28 calendar days"),
        (d(1, "week"), "1 week"),
        (d(24, "hour"), "24 hours"),
        (d(0, "minute"), "0 minutes"),
        (d("1.5", "month"), "1.5 months"),
        (d(1000, "hour"), "1,000 hours"),
        (Duration(((17, "year"), (9, "month"))), "17 years 9 months"),
        (between(2, 3, "week"), "2 to 3 weeks"),
        (between(1, 3, "working-day"), "1 to 3 working days"),
        (DurationRange(d(24, "hour"), d(3, "working-day")), "24 hours to 3 working days"),
    ],
)
def test_show(limit: Limit, text: str) -> None:
    assert limit.show() == text


def test_bare_days_are_known_as_such() -> None:
    assert d(10, "day").is_bare_days
    assert Duration(((1, "week"), (2, "day"))).is_bare_days
    assert DurationRange(d(1, "week"), d(10, "day")).is_bare_days
    assert not d(10, "working-day").is_bare_days
    assert not between(2, 3, "week").is_bare_days


@pytest.mark.parametrize(
    ("limit", "fewest", "most"),
    [
        (d(2, "week"), 14, 14),
        (d(72, "hour"), 3, 3),
        (d(36, "hour"), Decimal("1.5"), Decimal("1.5")),
        (d(1, "month"), 28, 31),
        (d(1, "year"), 365, 366),
        (d("0.5", "year"), 181, 184),
        (d("1.5", "month"), 28, 62),
        (d(10, "working-day"), 12, 20),
        (d(10, "day"), 10, 20),
        (d(28, "day"), 28, 47),
        (between(2, 3, "week"), 14, 21),
        (between(1, 3, "working-day"), 1, 11),
        (Duration(((1, "month"), (1, "week"))), 35, 38),
        (Duration(((1, "week"), (1, "working-day"))), 8, 12),
    ],
)
def test_days(england: WorkingDays, limit: Limit, fewest: int, most: int) -> None:
    assert days(limit, england) == (fewest, most)


@pytest.mark.parametrize("limit", [d(131, "working-day"), d(131, "day"), between(1, 131, "working-day")])
def test_days_that_the_table_does_not_reach(england: WorkingDays, limit: Limit) -> None:
    assert days(limit, england) is None
    assert at_most(limit, d(28, "calendar-day"), england) is None
    assert at_most(d(28, "calendar-day"), limit, england) is None


def test_beyond_the_table_the_same_unit_still_compares(england: WorkingDays) -> None:
    assert at_most(d(150, "working-day"), d(200, "working-day"), england) is True
    assert at_most(d(200, "working-day"), d(150, "working-day"), england) is False


@pytest.mark.parametrize(
    ("a", "b", "answer"),
    [
        # The examples of the language reference.
        (d(15, "working-day"), d(28, "calendar-day"), True),
        (d(10, "working-day"), d(14, "calendar-day"), None),
        (d(28, "calendar-day"), d(28, "calendar-day"), True),
        (d(29, "calendar-day"), d(28, "calendar-day"), False),
        (d(30, "working-day"), d(28, "calendar-day"), False),
        (d(20, "working-day"), d(28, "calendar-day"), None),
        (d(28, "day"), d(28, "calendar-day"), None),
        # One step either side of each edge of a range.
        (d(20, "working-day"), d(34, "calendar-day"), True),
        (d(20, "working-day"), d(33, "calendar-day"), None),
        (d(20, "working-day"), d(26, "calendar-day"), None),
        (d(20, "working-day"), d(25, "calendar-day"), False),
        # Units that convert exactly.
        (d(4, "week"), d(28, "calendar-day"), True),
        (d(72, "hour"), d(3, "calendar-day"), True),
        (d(61, "minute"), d(1, "hour"), False),
        (d(12, "month"), d(1, "year"), True),
        (d(13, "month"), d(1, "year"), False),
        (Duration(((17, "year"), (9, "month"))), d(18, "year"), True),
        (d(24, "hour"), d(1, "working-day"), True),
        (d(1, "working-day"), d(24, "hour"), None),
        # The same bare unit is taken to mean the same kind of day.
        (d(10, "day"), d(28, "day"), True),
        (d(28, "day"), d(10, "day"), False),
        (d(10, "day"), d(10, "working-day"), None),
        (d(10, "day"), d(20, "calendar-day"), True),
        # A limit somewhere between.
        (between(2, 3, "week"), d(3, "week"), True),
        (between(2, 3, "week"), d(2, "week"), None),
        (between(2, 3, "week"), d(13, "calendar-day"), False),
        (d(2, "week"), between(2, 3, "week"), True),
        (d(3, "week"), between(2, 3, "week"), None),
        (d(22, "calendar-day"), between(2, 3, "week"), False),
        (between(2, 3, "month"), d(3, "month"), True),
        (between(2, 3, "week"), between(2, 3, "week"), True),
        (between(2, 3, "week"), between(2, 4, "week"), None),
        (between(3, 2, "week"), d(17, "calendar-day"), None),
    ],
)
def test_at_most(england: WorkingDays, a: Limit, b: Limit, answer: bool | None) -> None:
    assert at_most(a, b, england) is answer


def test_the_other_relations(england: WorkingDays) -> None:
    week, days_7, month = d(1, "week"), d(7, "calendar-day"), d(1, "month")
    assert equal(week, days_7, england) is True
    assert equal(month, d(30, "calendar-day"), england) is None
    assert equal(month, d(32, "calendar-day"), england) is False
    assert less_than(week, days_7, england) is False
    assert less_than(week, d(8, "calendar-day"), england) is True
    assert less_than(d(10, "working-day"), d(20, "calendar-day"), england) is None
    assert more_than(month, d(27, "calendar-day"), england) is True
    assert more_than(month, d(28, "calendar-day"), england) is None
    assert more_than(week, days_7, england) is False
    assert at_least(month, d(28, "calendar-day"), england) is True
    assert at_least(month, d(29, "calendar-day"), england) is None


def _add_months(day: date, count: int) -> date:
    years, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, month_length(year, month)))


@pytest.mark.parametrize("count", [1, 2, 3, 6, 7, 9, 12, 13, 18, 24, 36, 48])
def test_the_range_of_months_is_what_real_start_days_take(count: int) -> None:
    # 1896 to 1904 and 2000 to 2008 hold a century year without and one with a leap day.
    starts = [
        date(year, 1, 1) + timedelta(days=offset)
        for first, last in ((1896, 1904), (2000, 2008))
        for year in range(first, last)
        for offset in range(366 if month_length(year, 2) == 29 else 365)
    ]
    lengths = [(_add_months(start, count) - start).days for start in starts]
    assert days_in_months(count) == (min(lengths), max(lengths))


def test_months_beyond_the_cycle_of_the_calendar() -> None:
    assert days_in_months(0) == (0, 0)
    assert days_in_months(4800) == (146097, 146097)
    assert days_in_months(4801) == (146097 + 28, 146097 + 31)


@LAWS
@given(limits, limits)
def test_two_that_are_each_at_most_the_other_are_equal(a: Limit, b: Limit) -> None:
    both = at_most(a, b, TABLE) is True and at_most(b, a, TABLE) is True
    assert both == (equal(a, b, TABLE) is True)


@LAWS
@given(limits, limits)
def test_the_longer_is_not_the_shorter(a: Limit, b: Limit) -> None:
    longer = more_than(a, b, TABLE)
    assert not (longer is True and less_than(a, b, TABLE) is True)
    if longer is True:
        assert at_least(a, b, TABLE) is True
        assert at_most(a, b, TABLE) is False


@LAWS
@given(limits)
def test_a_limit_is_at_most_itself(a: Limit) -> None:
    assert at_most(a, a, TABLE) is True
    assert equal(a, a, TABLE) is True
    assert less_than(a, a, TABLE) is False


@LAWS
@given(limits, limits, limits)
def test_what_is_at_most_carries_over(a: Limit, b: Limit, c: Limit) -> None:
    if at_most(a, b, TABLE) is True and at_most(b, c, TABLE) is True:
        assert at_most(a, c, TABLE) is True


@LAWS
@given(limits, limits)
def test_a_definite_answer_never_contradicts_the_ranges(a: Limit, b: Limit) -> None:
    mine, other = days(a, TABLE), days(b, TABLE)
    if mine is None or other is None:
        return
    if mine[1] <= other[0]:
        assert at_most(a, b, TABLE) is True
    if mine[0] > other[1]:
        assert at_most(a, b, TABLE) is False


@LAWS
@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 700))
def test_a_range_of_months_and_weeks_holds_every_real_length(months: int, weeks: int, offset: int) -> None:
    start = date(2010, 1, 1) + timedelta(days=offset)
    length = (_add_months(start, months) + timedelta(weeks=weeks) - start).days
    possible = days(Duration(((months, "month"), (weeks, "week"))), TABLE)
    assert possible is not None
    assert possible[0] <= length <= possible[1]
