"""How many: sessions, missed appointments, courses a year. A count may be a range, "6 to 8"."""

from __future__ import annotations

from carespec.quantities import truth
from carespec.quantities.numbers import show_number
from carespec.quantities.truth import Number
from carespec.tuples import NamedTuple


class Count(NamedTuple):
    """From `low` to `high`, both included; the same number twice where the document gives one."""

    low: Number
    high: Number

    def show(self) -> str:
        """`2`, `6 to 8`, `1,200,000`."""
        if self.low == self.high:
            return show_number(self.low)
        return f"{show_number(self.low)} to {show_number(self.high)}"


class Rate(NamedTuple):
    """A count of something, per something: `500 courses per year`; `per` is None if no time is given."""

    number: Count
    of: str
    per: str | None

    def show(self) -> str:
        """`500 courses per year`, `500 courses`."""
        words = f"{self.number.show()} {self.of}"
        return words if self.per is None else f"{words} per {self.per}"


def at_most(a: Count, b: Count) -> bool | None:
    """Whether `a` is no more than `b`: None where the two ranges overlap, unless they are the same range."""
    return True if a == b else truth.range_at_most(a, b)


def at_least(a: Count, b: Count) -> bool | None:
    """Whether `a` is no fewer than `b`."""
    return at_most(b, a)


def more_than(a: Count, b: Count) -> bool | None:
    """Whether `a` is more than `b`."""
    return truth.negate(at_most(a, b))


def less_than(a: Count, b: Count) -> bool | None:
    """Whether `a` is fewer than `b`."""
    return truth.negate(at_most(b, a))


def equal(a: Count, b: Count) -> bool:
    """Whether the two say the same: "6 to 8" is a definite statement, and is neither 6 nor 7."""
    return a == b
