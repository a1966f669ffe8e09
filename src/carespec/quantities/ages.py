"""Ages as specifications write them: in years alone, or, in some areas, in years and months.

The difference matters at the top: a service "to 65 years" sees someone of 65 years and 3 months, because an
age in years alone is the age that people give, in whole years.
"""

from __future__ import annotations

from carespec.tuples import NamedTuple


class Age(NamedTuple):
    """An age in whole months attained; `whole_years` if it was written in years alone."""

    months: int
    whole_years: bool

    @property
    def first_month(self) -> int:
        """The first month of life, in months attained, at which a person is this old."""
        return self.months

    @property
    def last_month(self) -> int:
        """The last month, in months attained, at which a person is still this old and no older."""
        return self.months + 11 if self.whole_years else self.months

    def show(self) -> str:
        """`18 years`, `17 years 9 months`, `9 months`; `18 years 0 months` if months were meant to count."""
        years, months = divmod(self.months, 12)
        if self.whole_years:
            return _counted(years, "year")
        if not years:
            return _counted(months, "month")
        return f"{_counted(years, 'year')} {_counted(months, 'month')}"


def reached(person_months: int, age: Age) -> bool:
    """Whether a person of that many whole months has reached a minimum age."""
    return person_months >= age.first_month


def within(person_months: int, age: Age) -> bool:
    """Whether a person of that many whole months is within a maximum age, the age itself included."""
    return person_months <= age.last_month


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
