"""Makes the tables of working days under `specs/calendars/` from a calendar of bank holidays.

The tables are data so that a check needs no holiday library and no year of its own; this module is how anyone
can make them again, and a test proves that making them again changes nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta

FIRST_YEAR = 1996
LAST_YEAR = 2029
LONGEST = 130

_HEADER = """\
# How many calendar days a number of working days can take in England.
# Made by carespec.generate.calendar: change that and make it again, never these rows.

name: {name}
version: "{version}"

definition: >-
  The start day is day 0, working day or not. The wait ends on the n-th working day after the start day; its
  calendar days are the days from the start day to that day. A working day is a day from Monday to Friday that
  is not a bank holiday in England. Every start day of the years below is counted.

source:
  library: holidays
  library-version: "{library}"
  country: GB
  subdivision: ENG
  first-year: {first_year}
  last-year: {last_year}

# [working days, fewest calendar days, most calendar days]
rows:
"""


def table(first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR) -> tuple[tuple[int, int, int], ...]:
    """Rows of (n, fewest, most): the calendar days of n = 1 to 130 working days, over every start day.

    The start day is day 0 whether or not it is a working day. Counted over working start days alone, ten
    working days would never take fewer than 14 calendar days; but a referral can arrive on a Sunday, and from
    there the tenth working day is 12 days on. Needs the `holidays` library.
    """
    # The longest waits end in the year after the last start day.
    working = _working_days(first_year, last_year + 1)
    starts = range(date(first_year, 1, 1).toordinal(), date(last_year, 12, 31).toordinal() + 1)
    first_after = [bisect_right(working, start) for start in starts]
    rows = []
    for count in range(1, LONGEST + 1):
        gaps = [working[at + count - 1] - start for at, start in zip(first_after, starts, strict=True)]
        rows.append((count, min(gaps), max(gaps)))
    return tuple(rows)


def document(name: str, version: str, library: str) -> str:
    """The whole text of a calendar's file, for the default years; `library` is the version of `holidays`."""
    header = _HEADER.format(name=name, version=version, library=library, first_year=FIRST_YEAR, last_year=LAST_YEAR)
    return header + "".join(f"  - [{count}, {low}, {high}]\n" for count, low, high in table())


def library_version() -> str:
    """The version of the `holidays` library that is installed here."""
    from importlib.metadata import version

    return version("holidays")


def _working_days(first_year: int, last_year: int) -> list[int]:
    """The working days of the years in order, as day numbers (`date.toordinal`)."""
    import holidays  # only to make the tables: a check never needs it

    bank_holidays = holidays.country_holidays("GB", subdiv="ENG", years=range(first_year, last_year + 1))
    length = (date(last_year, 12, 31) - date(first_year, 1, 1)).days + 1
    every_day = (date(first_year, 1, 1) + timedelta(days=offset) for offset in range(length))
    return [day.toordinal() for day in every_day if day.weekday() < 5 and day not in bank_holidays]
