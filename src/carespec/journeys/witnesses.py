"""A person who proves a region: somebody in it whom one service really sees, and another really turns away.

An ordinary person will usually do. Where a service does not see an ordinary person at all, somebody is looked for whom
it does see, so that what sets services for other people apart is found too. A region that nobody proves is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple, TypeAlias

from carespec.cases.answers import CaseValue
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
    """The person from whom regions are reached. `tally[service][code]` counts the lines of a service with that code."""

    person: Person
    places: dict[Factor, int]
    codes: tuple[dict[str, int], ...]
    tally: tuple[list[int], ...]


class Looks:
    """Looks up what happens to people who are ordinary but for some change, and finds those whom a service sees."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._named = tuple(_lines_by_factor(cells) for cells in ground.cells)
        self._base = _base(ground, ground.partition.ordinary)
        self._looked: dict[object, Witness] = {}
        self._nobody = {
            number for number, cells in enumerate(ground.cells)
            if any(min(one.codes) > Code.AGREEMENT for one in cells.values())
        }  # fmt: skip

    def look(self, change: Change) -> Witness:
        """An ordinary person, changed: what happens to that person under each service."""
        key = tuple((factor, one.value) for factor, one in change)
        found = self._looked.get(key)
        if found is None:
            parted = self.ground.partition
            person = completed(changed(parted.ordinary, dict(change)), parted.vocabulary)
            found = self._looked[key] = self._witness(person)
        return found

    def _witness(self, person: Person) -> Witness:
        parted, base = self.ground.partition, self._base
        fields = person.values.keys() | base.person.values.keys()
        differ = {name for name in fields if person.values.get(name) != base.person.values.get(name)}
        places = dict(base.places)
        moved: list[Factor] = []
        for factor in parted.classes:
            if factor[0] in differ and (place := parted.place(factor, person)) != places[factor]:
                places[factor] = place
                moved.append(factor)
        code_of = _looking(places)
        codes = (self._code(number, code_of, moved) for number in range(len(base.codes)))
        return Witness(person, places, tuple(codes))

    def _code(self, number: int, code_of: Callable[[Cells], int], moved: Iterable[Factor]) -> int:
        """The highest code of a service's lines: only those that name what has changed are looked up again."""
        tally = self._base.tally[number].copy()
        cells, codes, named = self.ground.cells[number], self._base.codes[number], self._named[number]
        for path in dict.fromkeys(path for factor in moved for path in named.get(factor, ())):
            tally[codes[path]] -= 1
            tally[code_of(cells[path])] += 1
        return max((code for code, count in enumerate(tally) if count), default=Code.NOTHING)

    def reach(self, number: int, piece: Piece) -> Witness | None:
        """Somebody in the region whom the service sees, changed step by step at each line that bars them."""
        if number in self._nobody:
            return None
        parted = self.ground.partition
        allowed = {factor: {v for one in chosen for v in one.values} for factor, chosen, _ in choices(piece)}
        person = completed(changed(parted.ordinary, dict(entry(piece))), parted.vocabulary)
        for _ in range(_STEPS):
            places = self.ground.places(person)
            bars = [one for one in self.ground.cells[number].values() if one.at(places) > Code.AGREEMENT]
            if not bars:
                return self._witness(person)
            change = self._let_in(number, bars[0], places, allowed)
            if change is None:
                return None
            person = completed(changed(person, change), parted.vocabulary)
        return None

    def _let_in(
        self, number: int, bar: Cells, places: dict[Factor, int], allowed: Mapping[Factor, set[CaseValue | None]]
    ) -> dict[Factor, Class] | None:
        """The change within the region by which a line lets a person in, and that leaves the fewest other bars."""
        classes = self.ground.partition.classes
        found: list[tuple[int, int, tuple[int, ...]]] = []
        for cell in product(*(range(size) for size in bar.shape)):
            chosen = dict(zip(bar.factors, cell, strict=True))
            inside = all(classes[f][n].value in allowed[f] for f, n in chosen.items() if f in allowed)
            if inside and bar.at(chosen) <= Code.AGREEMENT:
                then = {**places, **chosen}
                left = sum(one.at(then) > Code.AGREEMENT for one in self.ground.cells[number].values())
                found.append((left, sum(places[f] != n for f, n in chosen.items()), cell))
        if not found:
            return None
        best = zip(bar.factors, min(found)[2], strict=True)
        return {factor: classes[factor][n] for factor, n in best if n != places[factor]}


_STEPS = 12
"""More changes than these make nobody whom a reader would know."""


def _base(ground: Ground, person: Person) -> Base:
    places = ground.places(person)
    code_of = _looking(places)
    codes = tuple({path: code_of(one) for path, one in cells.items()} for cells in ground.cells)
    return Base(person, places, codes, tuple(_tally(of_one.values()) for of_one in codes))


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


def witness(piece: Piece, looks: Looks, proves: Proves) -> Witness | None:
    """Somebody in the region who proves that services differ there; None if there is nobody."""
    usual = looks.look(entry(piece))
    if _inside(piece, usual) and _shown(piece, usual, proves):
        return usual
    takes = (Code.SEEN, Code.JUDGED, Code.AGREEMENT)
    rows = (row for row, code in zip(piece.table.rows, piece.column, strict=True) if code in takes)
    for row in rows:
        found = looks.reach(row, piece)
        if found is not None and _inside(piece, found) and _shown(piece, found, proves):
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
