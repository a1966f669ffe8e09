"""Shares, such as the share of people that a waiting time is promised to: decimals, never floats."""

from __future__ import annotations

from decimal import Decimal

from carespec.quantities.numbers import show_number
from carespec.tuples import NamedTuple


class Percent(NamedTuple):
    """A percentage: `Percent(Decimal("95"))` is 95%. Whether it may pass 100 is for its field to say."""

    value: Decimal

    def show(self) -> str:
        """`95%`, `2.5%`."""
        return f"{show_number(self.value)}%"
