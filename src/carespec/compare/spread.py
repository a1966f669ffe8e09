"""How far figures of one scale spread: lowest, highest, median, and how many times the lowest goes into the highest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from carespec.compare.gather import Cell, Gathered
from carespec.compare.index import SERVICES, Says
from carespec.compare.measures import Measure
from carespec.quantities.money import ratio
from carespec.quantities.truth import Number, Range
from carespec.tuples import NamedTuple

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


def by_scale(found: Iterable[Says]) -> dict[str, list[Says]]:
    """Those of the lines that measure something, by the scale on which they do."""
    scales: dict[str, list[Says]] = {}
    for says in found:
        measure = says.line.said.measure
        if measure is not None:
            scales.setdefault(measure.scale, []).append(says)
    return scales


def by_measure(found: Iterable[Says]) -> list[Says]:
    """Lines of one scale from the lowest to the highest; where several measure the same, in the order of services."""
    return sorted(found, key=lambda says: (*measure_of(says)[1:3], says.who[0]))


def measure_of(says: Says) -> Measure:
    """What a line of a scale measures."""
    measure = says.line.said.measure
    assert measure is not None
    return measure


def spread(scale: str, ordered: Sequence[Says], services: SERVICES) -> Spread:
    """The spread of the lines of one scale, from the lowest to the highest."""
    low, high = ordered[0], max(ordered, key=lambda says: (measure_of(says).high, measure_of(says).low))
    lowest, highest = _figure(low, services), _figure(high, services)
    n = sum(len(says.who) for says in ordered)
    exact = n > 1 and lowest.measure.exact and highest.measure.exact
    times = ratio(Decimal(highest.measure.high), Decimal(lowest.measure.low)) if exact else None
    days = _days(lowest.measure.days, highest.measure.days)
    return Spread(scale, n, lowest, highest, _median(ordered, n), None if scale in NO_RATIO else times, days)


def _figure(says: Says, services: SERVICES) -> Figure:
    service = services[says.who[0]]
    return Figure(service, service.cell(says.line), measure_of(says))


def _median(ordered: Sequence[Says], n: int) -> Number | None:
    """The middle figure, or half-way between the two in the middle; None if one of those is a range."""
    middle = [_at(ordered, (n - 1) // 2), _at(ordered, n // 2)]
    if not all(measure.exact for measure in middle):
        return None
    total = Decimal(middle[0].low) + Decimal(middle[1].low)
    half = total / 2
    return int(half) if half == half.to_integral_value() and not isinstance(middle[0].low, Decimal) else half


def _at(ordered: Sequence[Says], place: int) -> Measure:
    """The figure at a place, if each stood there once for every service that gives it."""
    for says in ordered:
        place -= len(says.who)
        if place < 0:
            return measure_of(says)
    raise IndexError(place)


def _days(low: Range | None, high: Range | None) -> Range | None:
    return (low[0], high[1]) if low and high else None
