"""The Kleene tables: an unknown part never changes an answer that the known parts have decided."""

from __future__ import annotations

from itertools import product

import pytest

from carespec.quantities import truth

VALUES = (True, False, None)


def _ways(values: tuple[bool | None, ...]) -> list[tuple[bool, ...]]:
    """Every way that the unknown values can turn out."""
    return list(product(*[(True, False) if value is None else (value,) for value in values]))


def _common(answers: set[bool]) -> bool | None:
    return answers.pop() if len(answers) == 1 else None


@pytest.mark.parametrize("values", [values for size in range(4) for values in product(VALUES, repeat=size)])
def test_every_and_some_say_what_all_outcomes_share(values: tuple[bool | None, ...]) -> None:
    assert truth.every(values) is _common({all(way) for way in _ways(values)})
    assert truth.some(values) is _common({any(way) for way in _ways(values)})


def test_negate() -> None:
    assert [truth.negate(value) for value in VALUES] == [False, True, None]


def test_ranges_say_what_all_numbers_in_them_share() -> None:
    ranges = [(low, high) for low in range(5) for high in range(low, 5)]
    for a, b in product(ranges, repeat=2):
        outcomes = {x <= y for x in range(a[0], a[1] + 1) for y in range(b[0], b[1] + 1)}
        assert truth.range_at_most(a, b) is _common(outcomes)
    assert truth.range_at_most(None, (1, 2)) is None
    assert truth.range_at_most((1, 2), None) is None
