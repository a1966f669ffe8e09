"""A person who proves a region: somebody in it whom one service really sees, and another really turns away.

An ordinary person will usually do. Where a service does not see an ordinary person at all, somebody is looked for whom
it does see, so that what sets services for other people apart is found too. A region that nobody proves is not told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import TypeAlias

from carespec.cases.answers import CaseValue
from carespec.cases.partition import Class, Factor, changed, words_of
from carespec.cases.persons import Person, completed
from carespec.journeys.boxes import Piece
from carespec.journeys.cells import Cells, Code, Ground
from carespec.tuples import NamedTuple

Change: TypeAlias = tuple[tuple[Factor, Class], ...]
"""Classes that a person is put into."""


class Witness(NamedTuple):
    """A person with their classes, and how far each service goes for them, all lines together.

    `otherwise` has the codes of the lines, by service and path, that go further or less far than for the base.
    """

    person: Person
    places: dict[Factor, int]
    codes: tuple[int, ...]
    otherwise: Mapping[int, Mapping[str, int]]


Proves = Callable[[int, int, int, int], bool]
"""Told the codes of two services in a region and for the witness; whether the witness shows the two apart."""


class Base(NamedTuple):
    """The person from whom regions are reached. `lines` are the codes of each service's lines by path; `tally` counts
    them by code, `first` has the first path with each, and `codes` are the highest."""

    person: Person
    places: dict[Factor, int]
    lines: tuple[dict[str, int], ...]
    tally: tuple[list[int], ...]
    first: tuple[dict[int, str], ...]
    codes: tuple[int, ...]


class Naming(NamedTuple):
    """A line that names a factor, with its code for the base and the services that have it."""

    path: str
    cells: Cells
    code: int
    rows: list[int]


class Looks:
    """Looks up what happens to people who are ordinary but for some change, and finds those whom a service sees."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._named = tuple(_lines_by_factor(cells) for cells in ground.cells)
        self._base = _base(ground, ground.partition.ordinary)
        self._naming = _naming(ground, self._base)
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

    def decides(self, number: int, shows: Witness) -> str:
        """The first line of a service that goes as far for a witness as all of them together."""
        base, overall, otherwise = self._base.lines[number], shows.codes[number], shows.otherwise.get(number)
        if otherwise is None:
            return self._base.first[number][overall]
        return next(path for path, code in base.items() if otherwise.get(path, code) == overall)

    def _witness(self, person: Person) -> Witness:
        """Only lines that name what has changed are looked up again, and each once for all services that have it."""
        places, moved = self._places(person)
        otherwise: dict[int, dict[str, int]] = defaultdict(dict)
        lines = {id(line.cells): line for factor in moved for line in self._naming[factor]}
        for line in lines.values():
            code = line.cells.at(places)
            if code != line.code:
                for row in line.rows:
                    otherwise[row][line.path] = code
        codes = list(self._base.codes)
        for row, changes in otherwise.items():
            codes[row] = self._highest(row, changes)
        return Witness(person, places, tuple(codes), dict(otherwise))

    def _highest(self, row: int, changes: Mapping[str, int]) -> int:
        """The highest code of a service's lines where some have others than for the base."""
        tally, base = self._base.tally[row].copy(), self._base.lines[row]
        for path, code in changes.items():
            tally[base[path]] -= 1
            tally[code] += 1
        return _highest(tally)

    def _places(self, person: Person) -> tuple[dict[Factor, int], list[Factor]]:
        """The classes of a person, and the factors in which those are not the classes of the base."""
        parted, base = self.ground.partition, self._base
        fields = person.values.keys() | base.person.values.keys()
        differ = {name for name in fields if person.values.get(name) != base.person.values.get(name)}
        places = dict(base.places)
        moved: list[Factor] = []
        for factor in parted.classes:
            if factor[0] in differ and (place := parted.place(factor, person)) != places[factor]:
                places[factor] = place
                moved.append(factor)
        return places, moved

    def reach(self, number: int, piece: Piece) -> Witness | None:
        """Somebody in the region whom the service sees, changed step by step at each line that bars them."""
        if number in self._nobody:
            return None
        parted = self.ground.partition
        allowed = {factor: {v for one in chosen for v in one.values} for factor, chosen, _ in choices(piece)}
        person = completed(changed(parted.ordinary, dict(entry(piece))), parted.vocabulary)
        for _ in range(_STEPS):
            places, moved = self._places(person)
            bars = self._bars(number, places, moved)
            if not bars:
                return self._witness(person)
            change = self._let_in(number, bars, places, allowed)
            if change is None:
                return None
            person = completed(changed(person, change), parted.vocabulary)
        return None

    def _bars(self, number: int, places: dict[Factor, int], moved: Iterable[Factor]) -> list[str]:
        """The lines of a service that bar a person in these classes, who has moved from the base in those factors."""
        cells, again = self.ground.cells[number], self._naming_any(number, moved)
        base = self._base.lines[number].items()
        return [path for path, code in base if (cells[path].at(places) if path in again else code) > Code.AGREEMENT]

    def _naming_any(self, number: int, factors: Iterable[Factor]) -> dict[str, None]:
        """The lines of a service that name one of the factors."""
        named = self._named[number]
        return dict.fromkeys(path for factor in factors for path in named.get(factor, ()))

    def _let_in(
        self,
        number: int,
        bars: Sequence[str],
        places: dict[Factor, int],
        allowed: Mapping[Factor, set[CaseValue | None]],
    ) -> dict[Factor, Class] | None:
        """The change within the region by which the first bar lets a person in, and that leaves the fewest others."""
        classes, cells = self.ground.partition.classes, self.ground.cells[number]
        bar = cells[bars[0]]
        naming = self._naming_any(number, bar.factors)
        again, others = [cells[path] for path in naming], sum(path not in naming for path in bars)
        found: list[tuple[int, int, tuple[int, ...]]] = []
        then = dict(places)
        for cell in product(*(range(size) for size in bar.shape)):
            chosen = dict(zip(bar.factors, cell, strict=True))
            inside = all(classes[f][n].value in allowed[f] for f, n in chosen.items() if f in allowed)
            if inside and bar.at(chosen) <= Code.AGREEMENT:
                then.update(chosen)
                left = others + sum(one.at(then) > Code.AGREEMENT for one in again)
                found.append((left, sum(places[f] != n for f, n in chosen.items()), cell))
        if not found:
            return None
        best = zip(bar.factors, min(found)[2], strict=True)
        return {factor: classes[factor][n] for factor, n in best if n != places[factor]}


_STEPS = 12
"""More changes than these make nobody whom a reader would know."""


def _base(ground: Ground, person: Person) -> Base:
    places = ground.places(person)
    # Equal lines of several services are one object, and are looked up once.
    known = {id(one): one.at(places) for cells in ground.cells for one in cells.values()}
    lines = tuple({path: known[id(one)] for path, one in cells.items()} for cells in ground.cells)
    tally = tuple(_tally(of_one.values()) for of_one in lines)
    first = tuple({code: path for path, code in reversed(of_one.items())} for of_one in lines)
    return Base(person, places, lines, tally, first, tuple(map(_highest, tally)))


def _naming(ground: Ground, base: Base) -> dict[Factor, list[Naming]]:
    """For each factor the lines that name it, equal lines of several services once."""
    found: dict[int, Naming] = {}
    for row, cells in enumerate(ground.cells):
        for path, one in cells.items():
            found.setdefault(id(one), Naming(path, one, base.lines[row][path], [])).rows.append(row)
    by_factor: dict[Factor, list[Naming]] = {factor: [] for factor in ground.partition.classes}
    for line in found.values():
        for factor in line.cells.factors:
            by_factor[factor].append(line)
    return by_factor


def _tally(codes: Iterable[int]) -> list[int]:
    tally = [0] * (Code.SENT + 1)
    for code in codes:
        tally[code] += 1
    return tally


def _highest(tally: Sequence[int]) -> int:
    return next((code for code in range(Code.SENT, Code.NOTHING, -1) if tally[code]), Code.NOTHING)


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
