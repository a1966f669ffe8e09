"""A person who proves a region: somebody in it whom one service really sees, and another really turns away.

An ordinary person will usually do. Where a service does not see an ordinary person at all, the nearest one that it does
see is tried, so that what sets services for other people apart is found too. A region that nobody proves is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from carespec.cases.partition import Class, Factor, changed
from carespec.cases.persons import Person, completed
from carespec.journeys.boxes import Piece
from carespec.journeys.cells import Cells, Code, Ground


class Witness(NamedTuple):
    """A person, with how far each service goes for them, all lines together."""

    person: Person
    codes: tuple[int, ...]


Proves = Callable[[int, int, int, int], bool]
"""Told the codes of two services in a region and for the witness; whether the witness shows the two apart."""


class Bases:
    """The persons from whom regions are reached: an ordinary one, and one whom each service sees."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        usual = ground.partition.ordinary
        self._seen = tuple(self._nearest_seen(number, usual) for number in range(len(ground.services)))
        self.persons = tuple(dict.fromkeys((0, *(n + 1 for n, one in enumerate(self._seen) if one is not None))))
        self.look = lru_cache(maxsize=4096)(self._look)

    def base(self, number: int) -> Person:
        """The person of a number in `persons`: 0 is an ordinary one."""
        found = self._seen[number - 1] if number else None
        return found or self.ground.partition.ordinary

    def _nearest_seen(self, number: int, usual: Person) -> Person | None:
        """The person nearest to an ordinary one whom the service sees; None if that is an ordinary one, or nobody."""
        places = self.ground.places(usual)
        changes: dict[Factor, Class] = {}
        for cells in self.ground.cells[number].values():
            if cells.at(places) > Code.AGREEMENT:
                choice = self._nearest_open(cells)
                if choice is None:
                    return None
                changes.update(choice)
        return completed(changed(usual, changes), self.ground.partition.vocabulary) if changes else None

    def _nearest_open(self, cells: Cells) -> dict[Factor, Class] | None:
        sizes = (range(size) for size in cells.shape)
        for place in sorted(product(*sizes), key=lambda cell: (sum(n > 0 for n in cell), cell)):
            if cells.at(dict(zip(cells.factors, place, strict=True))) <= Code.AGREEMENT:
                classes = self.ground.partition.classes
                return {f: classes[f][n] for f, n in zip(cells.factors, place, strict=True) if n}
        return None

    def _look(self, piece_key: tuple[tuple[Factor, Class], ...], base: int) -> Witness:
        person = completed(changed(self.base(base), dict(piece_key)), self.ground.partition.vocabulary)
        places = self.ground.places(person)
        return Witness(person, tuple(self.ground.code(n, places) for n in range(len(self.ground.services))))


def choices(piece: Piece) -> Iterator[tuple[Factor, tuple[Class, ...], tuple[Class, ...]]]:
    """The factors that a region narrows: with the classes meant, and the rest."""
    for factor, classes, chosen in zip(piece.table.factors, piece.table.classes, piece.box, strict=True):
        if len(chosen) < len(classes):
            rest = tuple(one for number, one in enumerate(classes) if number not in chosen)
            yield factor, tuple(classes[number] for number in chosen), rest


def entry(piece: Piece) -> tuple[tuple[Factor, Class], ...]:
    """The least change that puts an ordinary person into the region; a class that an ordinary person is in stays."""
    found = []
    for factor, classes, chosen in zip(piece.table.factors, piece.table.classes, piece.box, strict=True):
        if 0 not in chosen:
            found.append((factor, classes[chosen[0]]))
    return tuple(found)


def distance(piece: Piece) -> int:
    """In how many factors the people of a region are not ordinary."""
    return sum(0 not in chosen for chosen in piece.box)


def witness(piece: Piece, bases: Bases, proves: Proves) -> Witness | None:
    """Somebody in the region who proves that services differ there; None if there is nobody."""
    key = entry(piece)
    rows, column = piece.table.rows, piece.column
    away = [(row, code) for row, code in zip(rows, column, strict=True) if code > Code.SILENT]
    wanted = sorted({code for _, code in away})
    if len(wanted) < 2:
        return None
    for number in bases.persons:
        found = _inside(piece, bases.look(key, number))
        if found is not None and _shown(piece, found, proves):
            return found
    return None


def _inside(piece: Piece, found: Witness) -> Witness | None:
    """The witness, if what follows from the change (a main problem is one of the problems) left them in the region."""
    for factor, chosen, _ in choices(piece):
        name, word = factor
        value = found.person.values.get(name)
        has = word and isinstance(value, frozenset) and word in value
        if word and not word.startswith("~") and chosen[0].value != bool(has):
            return None
    return found


def _shown(piece: Piece, found: Witness, proves: Proves) -> bool:
    kinds = {(code, found.codes[row]) for row, code in zip(piece.table.rows, piece.column, strict=True)}
    return any(proves(a, b, c, d) for a, c in kinds for b, d in kinds)
