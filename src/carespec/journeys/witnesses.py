"""A person who proves a region: somebody in it whom one service really sees, and another really turns away.

An ordinary person will usually do. Where a service does not see an ordinary person at all, the nearest one that it does
see is tried, so that what sets services for other people apart is found too. A region that nobody proves is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from carespec.cases.partition import Class, Factor, changed, words_of
from carespec.cases.persons import Person, completed
from carespec.journeys.boxes import Piece
from carespec.journeys.cells import Cells, Code, Ground

Change: TypeAlias = tuple[tuple[Factor, Class], ...]
"""Classes that a person is put into."""


class Witness(NamedTuple):
    """A person with their classes, and how far each service goes for them, all lines together."""

    person: Person
    places: dict[Factor, int]
    codes: tuple[int, ...]


Proves = Callable[[int, int, int, int], bool]
"""Told the codes of two services in a region and for the witness; whether the witness shows the two apart."""


class Base(NamedTuple):
    """A person from whom regions are reached. `tally[service][code]` counts the lines of a service with that code."""

    person: Person
    places: dict[Factor, int]
    codes: tuple[dict[str, int], ...]
    tally: tuple[list[int], ...]


class Bases:
    """The persons from whom regions are reached: an ordinary one, and one whom each service sees."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        usual = ground.partition.ordinary
        self._named = tuple(_lines_by_factor(cells) for cells in ground.cells)
        seen = [self._nearest_seen(number, usual) or usual for number in range(len(ground.services))]
        self._persons = list({_key(person): person for person in (usual, *seen)}.values())
        self._bases: dict[int, Base] = {}
        numbers = {_key(person): number for number, person in enumerate(self._persons)}
        self.of_service = tuple(numbers[_key(person)] for person in seen)
        self._looked: dict[object, Witness] = {}

    def look(self, change: Change, number: int = 0) -> Witness:
        """The base of that number, changed: what happens to that person under each service."""
        key = (tuple((factor, one.value) for factor, one in change), number)
        found = self._looked.get(key)
        if found is None:
            found = self._looked[key] = self._look(change, self._base(number))
        return found

    def _look(self, change: Change, base: Base) -> Witness:
        parted = self.ground.partition
        person = completed(changed(base.person, dict(change)), parted.vocabulary)
        moved = {n for n in person.values.keys() | base.person.values.keys()
                 if person.values.get(n) != base.person.values.get(n)}  # fmt: skip
        places = dict(base.places)
        affected: list[Factor] = []
        for factor in parted.classes:
            if factor[0] in moved and (place := parted.place(factor, person)) != places[factor]:
                places[factor] = place
                affected.append(factor)
        code_of = _looking(places)
        codes = (self._code(number, base, code_of, affected) for number in range(len(base.codes)))
        return Witness(person, places, tuple(codes))

    def _code(self, number: int, base: Base, code_of: Callable[[Cells], int], moved: Iterable[Factor]) -> int:
        """The highest code of a service's lines: only those that name what has changed are looked up again."""
        tally = base.tally[number].copy()
        cells, codes, named = self.ground.cells[number], base.codes[number], self._named[number]
        for path in dict.fromkeys(path for factor in moved for path in named.get(factor, ())):
            tally[codes[path]] -= 1
            tally[code_of(cells[path])] += 1
        return max((code for code, count in enumerate(tally) if count), default=Code.NOTHING)

    def _base(self, number: int) -> Base:
        """The base of that number, with how far each line of each service goes for it; made when it is first asked."""
        found = self._bases.get(number)
        if found is None:
            person = self._persons[number]
            places = self.ground.places(person)
            code_of = _looking(places)
            codes = tuple({path: code_of(one) for path, one in cells.items()} for cells in self.ground.cells)
            found = Base(person, places, codes, tuple(_tally(of_one.values()) for of_one in codes))
            self._bases[number] = found
        return found

    def _nearest_seen(self, number: int, usual: Person) -> Person | None:
        """The person nearest to an ordinary one whom the service sees; None if that is an ordinary one, or nobody."""
        places = self.ground.places(usual)
        changes: dict[Factor, Class] = {}
        for cells in self.ground.cells[number].values():
            if cells.at(places) > Code.AGREEMENT:
                choice = self.ground.nearest(cells, lambda code: code <= Code.AGREEMENT)
                if choice is None:
                    return None
                changes.update(choice)
        return completed(changed(usual, changes), self.ground.partition.vocabulary) if changes else None


def _key(person: Person) -> object:
    return frozenset(person.values.items())


def _looking(places: dict[Factor, int]) -> Callable[[Cells], int]:
    """Looks a code up; equal lines of several services are one object, and are looked up once."""
    known: dict[int, int] = {}

    def code_of(cells: Cells) -> int:
        code = known.get(id(cells))
        if code is None:
            code = known[id(cells)] = cells.at(places)
        return code

    return code_of


def _tally(codes: Iterable[int]) -> list[int]:
    tally = [0] * (Code.SENT + 1)
    for code in codes:
        tally[code] += 1
    return tally


def _lines_by_factor(cells: Mapping[str, Cells]) -> dict[Factor, tuple[str, ...]]:
    """The lines of a service that name each factor."""
    found: dict[Factor, tuple[str, ...]] = {}
    for path, one in cells.items():
        for factor in one.factors:
            found[factor] = (*found.get(factor, ()), path)
    return found


def choices(piece: Piece) -> Iterator[tuple[Factor, tuple[Class, ...], tuple[Class, ...]]]:
    """The factors that a region narrows: with the classes meant, and the rest."""
    for factor, classes, chosen in zip(piece.table.factors, piece.table.classes, piece.box, strict=True):
        if len(chosen) < len(classes):
            rest = tuple(one for number, one in enumerate(classes) if number not in chosen)
            yield factor, tuple(classes[number] for number in chosen), rest


def entry(piece: Piece) -> Change:
    """The least change that puts an ordinary person into the region; a class that an ordinary person is in stays."""
    parts = zip(piece.table.factors, piece.table.classes, piece.box, strict=True)
    return tuple((factor, classes[chosen[0]]) for factor, classes, chosen in parts if 0 not in chosen)


def distance(piece: Piece) -> int:
    """In how many factors the people of a region are not ordinary."""
    return sum(0 not in chosen for chosen in piece.box)


def witness(piece: Piece, bases: Bases, proves: Proves) -> Witness | None:
    """Somebody in the region who proves that services differ there; None if there is nobody."""
    change = entry(piece)
    rows = [row for row, code in zip(piece.table.rows, piece.column, strict=True) if code >= Code.SEEN]
    for number in dict.fromkeys((0, *(bases.of_service[row] for row in rows))):
        found = bases.look(change, number)
        if _inside(piece, found) and _shown(piece, found, proves):
            return found
    return None


def _inside(piece: Piece, found: Witness) -> bool:
    """Whether what follows from the change (a main problem is one of the problems) left the person in the region."""
    for factor, chosen, _ in choices(piece):
        name, word = factor
        value = found.person.values.get(name)
        if word:
            has = isinstance(value, frozenset) and bool(words_of(word, value))
            if chosen[0].value != has:
                return False
    return True


def _shown(piece: Piece, found: Witness, proves: Proves) -> bool:
    kinds = {(code, found.codes[row]) for row, code in zip(piece.table.rows, piece.column, strict=True)}
    return any(proves(a, b, c, d) for a, c in kinds for b, d in kinds)
