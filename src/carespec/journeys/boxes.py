"""Cells of a table that say the same, merged into regions that can be read: greedily, and always in the same way.

A region is a choice of classes for each factor. It is grown from the cell nearest to an ordinary person, first along
the axes that it can fill, so that "any cluster" is found before "cluster 5". Readable, not minimal.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from carespec.journeys.tables import Table
from carespec.tuples import NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Box: TypeAlias = tuple[tuple[int, ...], ...]
"""For each axis of a table the numbers of the classes that are meant."""


class Piece(NamedTuple):
    """A region of a table, with the codes of all services in it."""

    table: Table
    box: Box
    column: tuple[int, ...]


def pieces(table: Table) -> tuple[Piece, ...]:
    """The table as regions in each of which every service has one code, nearest to an ordinary person first."""
    import numpy as np

    shape = table.codes.shape[1:]
    columns = table.codes.reshape(table.codes.shape[0], -1)
    kinds, numbers = np.unique(columns.T, axis=0, return_inverse=True)
    grid = numbers.reshape(shape)
    return tuple(Piece(table, box, tuple(int(code) for code in kinds[number])) for number, box in _boxes(grid))


def _boxes(grid: NDArray[np.intp]) -> Iterator[tuple[int, Box]]:
    import numpy as np

    done = np.zeros(grid.shape, dtype=bool)
    seeds = sorted(product(*(range(size) for size in grid.shape)), key=lambda cell: (_distance(cell), cell))
    for seed in seeds:
        if not done[seed]:
            box = _grown(grid, seed)
            done[np.ix_(*box)] = True
            yield int(grid[seed]), box


def _distance(cell: tuple[int, ...]) -> int:
    """In how many factors a cell is not an ordinary person's, whose class comes first."""
    return sum(number > 0 for number in cell)


def _grown(grid: NDArray[np.intp], seed: tuple[int, ...]) -> Box:
    box: list[tuple[int, ...]] = [(number,) for number in seed]
    for axis, size in enumerate(grid.shape):
        if _same(grid, [*box[:axis], tuple(range(size)), *box[axis + 1 :]], seed):
            box[axis] = tuple(range(size))
    for axis, size in enumerate(grid.shape):
        for number in range(size):
            if number not in box[axis] and _same(grid, [*box[:axis], (number,), *box[axis + 1 :]], seed):
                box[axis] = tuple(sorted((*box[axis], number)))
    return tuple(box)


def _same(grid: NDArray[np.intp], box: list[tuple[int, ...]], seed: tuple[int, ...]) -> bool:
    import numpy as np

    return bool((grid[np.ix_(*box)] == grid[seed]).all())
