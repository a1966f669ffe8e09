"""Limits in the words of the document ("over 18 years"), and which values those words leave open.

"Over 18" is written by some to include 18-year-olds and by others to leave them out. Guessing would turn a
person away, or let a rule pass, on the strength of a habit; so the value at the limit is open.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from carespec.quantities.ages import Age
from carespec.quantities.counts import Count
from carespec.quantities.numbers import shown
from carespec.tuples import NamedTuple

RELATIONS: Final = ("over", "under", "up to", "at least", "at most")


class Bound(NamedTuple):
    """A relation of `RELATIONS`, and a measure: an age, a count, money, a percentage, a duration."""

    relation: str
    limit: object

    def show(self) -> str:
        """`over 18 years`, `at most £5,000.00 in total`."""
        return f"{self.relation} {shown(self.limit)}"


class Interval(NamedTuple):
    """Which whole numbers words include: certainly from `sure_from` to `sure_to`, certainly none outside
    `open_from` to `open_to`, and nobody can tell about those between. None is no end on that side."""

    open_from: int | None
    sure_from: int | None
    sure_to: int | None
    open_to: int | None

    @property
    def first(self) -> tuple[int, int] | None:
        """The range that the lowest value included lies in; None if there is no lowest."""
        return None if self.open_from is None or self.sure_from is None else (self.open_from, self.sure_from)

    @property
    def last(self) -> tuple[int, int] | None:
        """The range that the highest value included lies in; None if there is no highest."""
        return None if self.sure_to is None or self.open_to is None else (self.sure_to, self.open_to)

    def holds(self, value: int) -> bool | None:
        """True if the value is certainly included, False if certainly not, None if it is open."""
        if _inside(value, self.sure_from, self.sure_to):
            return True
        return None if _inside(value, self.open_from, self.open_to) else False


def ages(bound: Bound) -> Interval | None:
    """The ages, in whole months attained, that a bound on an age includes; None if its limit is not an age.

    Open is the age itself, a whole year of it if it was written in years: after "over 18 years" the year of
    being 18, and after "up to 25 years" the year of being 25, which some end at the 25th birthday and some at
    the 26th. "Under 18", "at least 18" and "at most 65" have one reading.
    """
    if not isinstance(bound.limit, Age):
        return None
    return _interval(bound.relation, bound.limit.first_month, bound.limit.last_month, up_to_is_open=True)


def counts(bound: Bound) -> Interval | None:
    """The whole numbers that a bound on a count includes; None if its limit is not one whole number.

    After "over 5", 5 itself is open; "up to 6 sessions" includes the sixth.
    """
    value = _whole(bound.limit)
    return None if value is None else _interval(bound.relation, value, value, up_to_is_open=False)


def _interval(relation: str, first: int, last: int, up_to_is_open: bool) -> Interval | None:
    """The reading of a relation to a limit that covers the values from `first` to `last`."""
    if relation == "over":
        return Interval(first, last + 1, None, None)
    if relation == "at least":
        return Interval(first, first, None, None)
    if relation == "under":
        return Interval(None, None, first - 1, first - 1)
    if relation == "up to" and up_to_is_open:
        return Interval(None, None, first - 1, last)
    return Interval(None, None, last, last) if relation in ("up to", "at most") else None


def _whole(limit: object) -> int | None:
    if isinstance(limit, Count):
        limit = limit.low if limit.low == limit.high else None
    if isinstance(limit, Decimal):
        return int(limit) if limit == limit.to_integral_value() else None
    return limit if isinstance(limit, int) else None


def _inside(value: int, low: int | None, high: int | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)
