"""How far figures of one scale spread: lowest, highest, median, and how many times the lowest goes into the highest."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from carespec.compare.gather import Cell, Gathered
from carespec.compare.measures import Measure
from carespec.quantities.money import ratio
from carespec.quantities.truth import Number, Range

NO_RATIO = frozenset(("age",))
"""Scales on which twice as much means nothing to anybody."""


class Figure(NamedTuple):
    """A service's figure: the service, the line that gives it, and what that measures."""

    service: Gathered
    cell: Cell
    measure: Measure


class Spread(NamedTuple):
    """`n` figures of one scale. `median` is None where ranges leave it open, `ratio` also where it means
    nothing: for ages, and for one figure alone.

    `days` is the fewest and the most calendar days of the lowest to the highest, for lengths of time.
    """

    scale: str
    n: int
    lowest: Figure
    highest: Figure
    median: Number | None
    ratio: Decimal | None
    days: Range | None
    figures: tuple[Figure, ...]


def spreads(figures: Sequence[Figure]) -> tuple[Spread, ...]:
    """One spread a scale, the scale with most figures first."""
    by_scale: dict[str, list[Figure]] = {}
    for figure in figures:
        by_scale.setdefault(figure.measure.scale, []).append(figure)
    found = [_spread(scale, of_scale) for scale, of_scale in by_scale.items()]
    return tuple(sorted(found, key=lambda spread: (-spread.n, spread.scale)))


def _spread(scale: str, figures: list[Figure]) -> Spread:
    # Equal figures keep their order, which is that of the names of the services.
    ordered = tuple(sorted(figures, key=lambda figure: figure.measure[1:3]))
    lowest = ordered[0]
    highest = max(ordered, key=lambda figure: (figure.measure.high, figure.measure.low))
    exact = len(ordered) > 1 and lowest.measure.exact and highest.measure.exact
    times = ratio(Decimal(highest.measure.high), Decimal(lowest.measure.low)) if exact else None
    days = _days(lowest.measure.days, highest.measure.days)
    return Spread(
        scale, len(ordered), lowest, highest, _median(ordered), None if scale in NO_RATIO else times, days, ordered
    )


def _median(ordered: Sequence[Figure]) -> Number | None:
    """The middle figure, or half-way between the two in the middle; None if one of those is a range."""
    middle = [ordered[(len(ordered) - 1) // 2].measure, ordered[len(ordered) // 2].measure]
    if not all(measure.exact for measure in middle):
        return None
    total = Decimal(middle[0].low) + Decimal(middle[1].low)
    half = total / 2
    return int(half) if half == half.to_integral_value() and not isinstance(middle[0].low, Decimal) else half


def _days(low: Range | None, high: Range | None) -> Range | None:
    return (low[0], high[1]) if low and high else None
