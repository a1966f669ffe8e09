"""How many days a number of months can last: the one place that knows the lengths of months.

Months are counted as English contracts count them: from a day to the same day of a later month, or to that
month's last day if it is shorter (31 January and one month is 28 or 29 February).
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate

# The calendar repeats after 400 years, so one cycle of start months, and a second to end in, is every case.
_CYCLE_YEARS = 400
_CYCLE_MONTHS = _CYCLE_YEARS * 12


def is_leap(year: int) -> bool:
    """Whether the year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """Days in a month; `month` from 1 to 12."""
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


@cache
def days_in_months(count: int) -> tuple[int, int]:
    """The fewest and the most calendar days that `count` months (0 or more) last, over every start day."""
    cycles, rest = divmod(count, _CYCLE_MONTHS)
    starts = _month_starts()
    # First of the month to first of the month is enough: a later start day lasts as long, or, where the last
    # month is shorter, as long as from the first of the next month.
    lengths = [end - begin for begin, end in zip(starts[:_CYCLE_MONTHS], starts[rest:], strict=False)]
    whole_cycles = cycles * starts[_CYCLE_MONTHS]
    return min(lengths) + whole_cycles, max(lengths) + whole_cycles


@cache
def _month_starts() -> tuple[int, ...]:
    """The days before each month of two cycles, and after the last."""
    years = {leap: [month_length(2000 if leap else 2001, month) for month in range(1, 13)] for leap in (True, False)}
    cycle = [length for year in range(_CYCLE_YEARS) for length in years[is_leap(year)]]
    return tuple(accumulate((*cycle, *cycle), initial=0))
