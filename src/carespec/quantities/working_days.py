"""How many calendar days a number of working days can take: data with a version, never a 7/5 rule of thumb.

A naive 7/5 rule is wrong by up to eleven days around Easter, Christmas and one-off bank holidays. The table
is made from a calendar of bank holidays (see `specs/calendars/`); each report records its name and version.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from carespec.tuples import NamedTuple


class WorkingDays(NamedTuple):
    """One country's table: `fewest[n - 1]` and `most[n - 1]` are the calendar days that n working days take.

    The day a wait starts is day 0, whether or not it is a working day; the wait ends on the n-th working day
    after it.
    """

    name: str
    version: str
    fewest: tuple[int, ...]
    most: tuple[int, ...]

    def show(self) -> str:
        """`england 1`: how a report says which table it used."""
        return f"{self.name} {self.version}"

    def range(self, count: int) -> tuple[int, int] | None:
        """The fewest and the most calendar days that `count` working days take; None beyond the table."""
        if count == 0:
            return 0, 0
        if not 0 < count <= len(self.fewest):
            return None
        return self.fewest[count - 1], self.most[count - 1]


def from_rows(name: str, version: str, rows: Iterable[Sequence[int]]) -> WorkingDays:
    """The table from rows of (working days, fewest, most), as its file lists them.

    Raises ValueError if the rows do not count 1, 2, 3, … or if a row gives more days at the fewest than at
    the most.
    """
    fewest: list[int] = []
    most: list[int] = []
    for expected, (count, low, high) in enumerate(rows, start=1):
        if count != expected:
            raise ValueError(f"the {name} calendar has a row for {count} working days where {expected} was due")
        if low > high:
            raise ValueError(f"the {name} calendar takes {low} days at the fewest for {count}, {high} at the most")
        fewest.append(low)
        most.append(high)
    return WorkingDays(name, version, tuple(fewest), tuple(most))
