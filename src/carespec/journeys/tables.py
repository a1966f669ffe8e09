"""The codes of all services for one thing that decides, side by side: joined as arrays, folded where nothing differs.

One table is one gate path, such as `minimum-age`: its axes are the services and the factors that any of them names
there. Nothing is multiplied out across gates, since the highest code of any gate decides for a person: two services
that go apart for somebody go apart at some gate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import prod
from typing import TYPE_CHECKING

from carespec.cases.partition import Class, Factor, Partition
from carespec.journeys.cells import Cells, Ground
from carespec.tuples import NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_CELLS = 200_000
"""A table of more is taken apart into one for each two services' factors; what is too large even then is said."""


class Table(NamedTuple):
    """`codes[service, class of factor 1, class of factor 2, …]`; `rows` are the services' numbers in the run."""

    path: str
    rows: tuple[int, ...]
    factors: tuple[Factor, ...]
    classes: tuple[tuple[Class, ...], ...]
    codes: NDArray[np.int16]


class TooLarge(NamedTuple):
    """Lines of services that name too much together to be set side by side."""

    path: str
    services: tuple[int, ...]


def tables(ground: Ground) -> tuple[tuple[Table, ...], tuple[TooLarge, ...]]:
    """A table, or several, for each thing that decides whether a person is seen."""
    found: list[Table | TooLarge] = []
    for path in dict.fromkeys(path for cells in ground.cells for path in cells):
        of_path = {number: cells[path] for number, cells in enumerate(ground.cells) if path in cells}
        found += side_by_side(path, of_path, ground.partition)
    return (
        tuple(one for one in found if isinstance(one, Table)),
        tuple(one for one in found if isinstance(one, TooLarge)),
    )


def side_by_side(path: str, cells: Mapping[int, Cells], parted: Partition) -> Iterator[Table | TooLarge]:
    """The lines of several services on one thing as one table; as several where that would be too large."""
    for rows, factors in _sets_of_rows(cells, parted):
        if _size(factors, parted) > MOST_CELLS:
            yield TooLarge(path, rows)
        else:
            yield _table(path, {row: cells[row] for row in rows}, factors, parted)


def _size(factors: Sequence[Factor], parted: Partition) -> int:
    return prod(len(parted.classes[factor]) for factor in factors)


def _sets_of_rows(
    cells: Mapping[int, Cells], parted: Partition
) -> Iterator[tuple[tuple[int, ...], tuple[Factor, ...]]]:
    """The services that are set side by side, with their factors: all of them, or else every two kinds of line."""
    kinds = dict.fromkeys(frozenset(one.factors) for one in cells.values())
    together = _in_order(frozenset().union(*kinds), cells)
    if _size(together, parted) <= MOST_CELLS:
        yield tuple(cells), together
        return
    unions = list(dict.fromkeys(a | b for a, b in combinations(kinds, 2)))
    for union in unions:
        if not any(union < other and _size(tuple(other), parted) <= MOST_CELLS for other in unions):
            yield tuple(n for n, one in cells.items() if set(one.factors) <= union), _in_order(union, cells)


def _in_order(factors: frozenset[Factor], cells: Mapping[int, Cells]) -> tuple[Factor, ...]:
    named = dict.fromkeys(factor for one in cells.values() for factor in one.factors)
    return tuple(factor for factor in named if factor in factors)


def _table(path: str, cells: Mapping[int, Cells], factors: tuple[Factor, ...], parted: Partition) -> Table:
    """The cells of several services on common axes, classes folded that no service tells apart."""
    import numpy as np

    shape = tuple(len(parted.classes[factor]) for factor in factors)
    spread = {id(one): _spread(one, factors, shape) for one in cells.values()}
    codes = np.stack([spread[id(one)] for one in cells.values()])
    classes = [parted.classes[factor] for factor in factors]
    for axis in range(len(factors)):
        codes, classes[axis] = _folded(codes, axis + 1, classes[axis])
    kept = [axis for axis, found in enumerate(classes) if len(found) > 1]
    codes = codes.reshape(codes.shape[0], *(len(classes[axis]) for axis in kept))
    return Table(
        path, tuple(cells), tuple(factors[axis] for axis in kept), tuple(classes[axis] for axis in kept), codes
    )


def _spread(one: Cells, factors: Sequence[Factor], shape: tuple[int, ...]) -> NDArray[np.int16]:
    """The cells of one service over the axes of all."""
    import numpy as np

    own = np.array(one.codes, dtype=np.int16).reshape(one.shape)
    order = sorted(range(len(one.factors)), key=lambda axis: factors.index(one.factors[axis]))
    sizes = [shape[axis] if factor in one.factors else 1 for axis, factor in enumerate(factors)]
    return np.broadcast_to(own.transpose(order).reshape(sizes), shape)


def _folded(
    codes: NDArray[np.int16], axis: int, classes: tuple[Class, ...]
) -> tuple[NDArray[np.int16], tuple[Class, ...]]:
    """Classes of one factor that no service tells apart, whatever else is so, made into one."""
    import numpy as np

    slices = np.moveaxis(codes, axis, 0)
    groups: dict[bytes, list[int]] = {}
    for number in range(len(classes)):
        groups.setdefault(np.ascontiguousarray(slices[number]).tobytes(), []).append(number)
    kept = [numbers[0] for numbers in groups.values()]
    merged = tuple(
        Class(classes[numbers[0]].value, tuple(value for number in numbers for value in classes[number].values))
        for numbers in groups.values()
    )
    return np.take(codes, kept, axis=axis), merged
