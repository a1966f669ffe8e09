"""Dates as documents give them: a day, a month or a financial year; and periods, both ends included."""

from __future__ import annotations

from datetime import date
from typing import Final

from carespec.quantities.gregorian import month_length
from carespec.tuples import NamedTuple

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_NUMBERS: Final = {
    form: number for number, name in enumerate(MONTHS, start=1) for form in (name.lower(), name[:3].lower())
}

DAY: Final = "day"
MONTH: Final = "month"
YEAR: Final = "year"
FINANCIAL_YEAR: Final = "financial-year"


class DateSpan(NamedTuple):
    """The days that a written date covers, both ends included, and how exactly it was written.

    `precision` is `day`, `month`, `year` or `financial-year` (1 April to 31 March).
    """

    first: date
    last: date
    precision: str

    def show(self) -> str:
        """`17 August 2012`, `July 2011`, `2012`, `2026/27`."""
        year = self.first.year
        if self.precision == YEAR:
            return f"{year:04d}"
        if self.precision == FINANCIAL_YEAR:
            return f"{year:04d}/{(year + 1) % 100:02d}"
        month = f"{MONTHS[self.first.month - 1]} {year:04d}"
        return month if self.precision == MONTH else f"{self.first.day} {month}"


class Period(NamedTuple):
    """From the first day of `start` to the last day of `end`, both included; without one, open on that side."""

    start: DateSpan | None
    end: DateSpan | None

    def show(self) -> str:
        """`from 1 April 2012 to 31 March 2014`, `from 1 April 2012`, `until 2022`."""
        if self.start is None:
            return f"until {self.end.show()}" if self.end is not None else "always"
        begins = f"from {self.start.show()}"
        return begins if self.end is None else f"{begins} to {self.end.show()}"

    def contains(self, day: date) -> bool:
        """Whether the day is in the period."""
        return (self.start is None or self.start.first <= day) and (self.end is None or day <= self.end.last)

    def overlaps(self, other: Period) -> bool:
        """Whether any day is in both periods. A period that ends before it starts has no days."""
        starts = [period.start.first for period in (self, other) if period.start is not None]
        latest_start = max(starts, default=date.min)
        return self.contains(latest_start) and other.contains(latest_start)


def make_day(year: int, month: int, day: int) -> DateSpan | None:
    """One day; None if there is no such day, as with 31 June."""
    try:
        only = date(year, month, day)
    except ValueError:
        return None
    return DateSpan(only, only, DAY)


def make_month(year: int, month: int) -> DateSpan | None:
    """One month; None if there is no such month."""
    first = make_day(year, month, 1)
    if first is None:
        return None
    return DateSpan(first.first, date(year, month, month_length(year, month)), MONTH)


def make_year(year: int) -> DateSpan | None:
    """One year, written alone; None outside those that a specification can speak of."""
    return DateSpan(date(year, 1, 1), date(year, 12, 31), YEAR) if 1900 <= year < 2100 else None


def make_financial_year(year: int, ending: int) -> DateSpan | None:
    """The year that begins in April: for `2026/27`, 2026 and 27 (or 2027); None if the two do not follow."""
    if ending not in ((year + 1) % 100, year + 1):
        return None
    first, last = make_day(year, 4, 1), make_day(year + 1, 3, 31)
    return None if first is None or last is None else DateSpan(first.first, last.last, FINANCIAL_YEAR)


def month_number(word: str) -> int | None:
    """1 for "January", "jan" or "JAN"; None for a word that is not a month."""
    return _NUMBERS.get(word.lower())


def nearest_month(word: str) -> str | None:
    """The month that a misspelling most likely means: "Agust" gives "August"; None if none is near."""
    from difflib import get_close_matches  # wanted only when something is already wrong

    near = get_close_matches(word.capitalize(), MONTHS, n=1, cutoff=0.6)
    return near[0] if near else None


def before(a: DateSpan, b: DateSpan) -> bool | None:
    """Whether `a` is earlier than `b`: None where it depends on the days that the two leave unsaid."""
    if a.last < b.first:
        return True
    return False if a.first >= b.last else None


def after(a: DateSpan, b: DateSpan) -> bool | None:
    """Whether `a` is later than `b`: None where it depends on the days that the two leave unsaid."""
    return before(b, a)


def same(a: DateSpan, b: DateSpan) -> bool | None:
    """Whether `a` falls in `b`: 17 July 2011 is in July 2011, and July 2011 may or may not be 17 July."""
    if b.first <= a.first and a.last <= b.last:
        return True
    return False if a.last < b.first or b.last < a.first else None
