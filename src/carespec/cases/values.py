"""The values of a case field that are enough to try: wherever tests change their answer, and once between.

Tests are comparisons, so between two figures that no test names every person gets the same answers as any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import combinations, pairwise

from carespec.cases.answers import CaseValue
from carespec.model.conditions import Test
from carespec.quantities.ages import Age
from carespec.quantities.bounds import Bound
from carespec.quantities.counts import Count
from carespec.quantities.durations import Duration, DurationRange, Unit
from carespec.quantities.percent import Percent
from carespec.quantities.sets import WordSet
from carespec.tuples import NamedTuple
from carespec.vocabulary import Field, Vocabulary

_MOST_WORDS = 7
"""More words than these in the tests on one set are not tried out: there would be more than 256 sets of them."""

_OLDEST = 120 * 12

NEVER = Duration(((_OLDEST, Unit.MONTH),))
"""Longer than any: how long ago it is that something happened to a person to whom it never did."""


class Tried(NamedTuple):
    """Values of a case field; `all_told` if whatever holds for none of them holds for nobody."""

    values: tuple[CaseValue, ...]
    all_told: bool


def values_to_try(tests: Sequence[Test], field: Field, vocabulary: Vocabulary) -> Tried:
    """Values of the field that between them give every combination of answers to the tests, as far as that can be."""
    if field.type in ("choice", "scale"):
        choices = vocabulary.choices(field)
        return Tried(choices, bool(choices))
    if field.type == "reading":
        # One reading bears on another in ways that nothing here knows: only "all" and "none" are surely possible.
        return Tried((True, False), len({test.operand for test in tests}) == 1)
    if field.type == "set":
        return _sets(tests)
    operands = [operand.limit if isinstance(operand, Bound) else operand for operand in (t.operand for t in tests)]
    if field.type == "duration":
        return Tried(tuple(_durations(operands)), True)
    edges = sorted(set(_figures(operands)))
    if field.type == "percentage":
        return Tried(tuple(_between(edges, Decimal(0), Decimal(100))), True)
    known = field.type in ("age", "count")
    return Tried(tuple(_whole(edges, _OLDEST if field.type == "age" else None)) if known else (), known)


def _figures(operands: Iterable[object]) -> Iterator[Decimal]:
    for operand in operands:
        if isinstance(operand, Age):
            yield from (Decimal(operand.first_month), Decimal(operand.last_month))
        elif isinstance(operand, Count):
            yield from (Decimal(operand.low), Decimal(operand.high))
        elif isinstance(operand, Percent):
            yield operand.value


def _whole(edges: Iterable[Decimal], most: int | None) -> Iterator[int]:
    """Each edge and the whole numbers beside it, from 0."""
    found = {0}
    for edge in edges:
        low, high = int(edge.to_integral_value(ROUND_FLOOR)), int(edge.to_integral_value(ROUND_CEILING))
        found.update((low - 1, low, high, high + 1))
    yield from (value for value in sorted(found) if value >= 0 and (most is None or value <= most))


def _between(edges: Iterable[Decimal], least: Decimal, most: Decimal) -> Iterator[Decimal]:
    """Each edge, the two ends, and the middle of every gap."""
    points = sorted({least, most, *edges})
    yield from points
    yield from ((low + high) / 2 for low, high in pairwise(points))


def _durations(operands: Iterable[object]) -> Iterator[Duration]:
    """Each length of time, a minute more, none at all, and one that is longer than any."""
    yield Duration(((0, Unit.MINUTE),))
    yield NEVER
    for operand in operands:
        ends = (operand.low, operand.high) if isinstance(operand, DurationRange) else (operand,)
        for end in ends:
            if isinstance(end, Duration):
                yield end
                yield Duration((*end.parts, (1, Unit.MINUTE)))


def _sets(tests: Iterable[Test]) -> Tried:
    """Every set of the words that the tests name, with and without something else."""
    named = {word for test in tests if isinstance(test.operand, WordSet) for word in test.operand.members}
    if len(named) > _MOST_WORDS:
        return Tried((), False)
    words = [*sorted(named), ANOTHER_WORD]
    found = [frozenset(chosen) for size in range(len(words) + 1) for chosen in combinations(words, size)]
    return Tried(tuple(found), True)


ANOTHER_WORD = "something-else"
"""Stands for any word that no test names."""
