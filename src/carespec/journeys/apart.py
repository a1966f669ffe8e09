"""People whom every service turns away: for one reason alone, or for two that somebody can have together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from carespec.cases.answers import CaseValue
from carespec.cases.partition import Class, Factor, changed
from carespec.cases.persons import Person, completed
from carespec.journeys.boxes import Piece
from carespec.journeys.cells import Code, Ground
from carespec.journeys.records import Condition, RefusedByAll, RegionAnswer
from carespec.journeys.witnesses import distance, entry

Answer = Callable[[int, str, Person, dict[Factor, int]], RegionAnswer]

_MOST = 200
"""More than these are not looked for: the nearest to an ordinary person come first."""


def everywhere_refused(
    found: Sequence[Piece], at: Ground, answer: Answer, conditions: Callable[[Piece, Ground], tuple[Condition, ...]]
) -> tuple[RefusedByAll, ...]:
    """People whom every service certainly turns away, nearest to an ordinary person first."""
    everybody = (1 << len(at.services)) - 1
    turned = [(piece, _turned_away(piece)) for piece in found]
    alone = [(piece,) for piece, who in turned if who == everybody]
    some = [(piece, who) for piece, who in turned if 0 < who < everybody and not _asks_for_more(piece, at)]
    together = [
        (one, other)
        for (one, a), (other, b) in combinations(some, 2)
        if a | b == everybody and one.table.path != other.table.path and _possible(one, other)
    ]
    groups = sorted((*alone, *together), key=lambda group: (len(group), sum(map(distance, group))))
    told = (_told(group, at, answer, conditions) for group in groups[:_MOST])
    return tuple(one for one in told if one is not None)


def _asks_for_more(piece: Piece, at: Ground) -> bool:
    """Whether these people are turned away only for something that nobody has to ask for."""
    fields = at.partition.vocabulary.case_fields
    return any(fields[factor[0]].left_open for factor, _ in entry(piece))


def _turned_away(piece: Piece) -> int:
    """The services that turn these people away, as bits."""
    return sum(1 << row for row, code in zip(piece.table.rows, piece.column, strict=True) if code >= Code.REFUSED)


def _possible(one: Piece, other: Piece) -> bool:
    """Whether somebody can be in both regions: for every factor that both narrow, some class is in both."""
    mine, theirs = _values(one), _values(other)
    return all(set(mine[factor]) & set(theirs[factor]) for factor in mine.keys() & theirs.keys())


def _values(piece: Piece) -> dict[Factor, tuple[CaseValue | None, ...]]:
    """The values that the people of a region may have, by factor, an ordinary person's first."""
    parts = zip(piece.table.factors, piece.table.classes, piece.box, strict=True)
    return {
        factor: tuple(value for number in chosen for value in classes[number].values)
        for factor, classes, chosen in parts
    }


def _somebody(group: Sequence[Piece], at: Ground) -> Person | None:
    """Somebody who is in all the regions and whom every service turns away; None if what follows from being in them
    (a main problem is one of the problems) leaves nobody."""
    allowed: dict[Factor, tuple[CaseValue | None, ...]] = {}
    for piece in group:
        for factor, values in _values(piece).items():
            allowed[factor] = tuple(value for value in allowed.get(factor, values) if value in values)
    choice = {factor: Class(values[0], values) for factor, values in allowed.items()}
    person = completed(changed(at.partition.ordinary, choice), at.partition.vocabulary)
    return person if all(_line(group, row, at.places(person), at) for row in range(len(at.services))) else None


def _line(group: Sequence[Piece], row: int, places: dict[Factor, int], at: Ground) -> str | None:
    """The first of the lines that the regions are about by which a service turns a person away."""
    paths = (piece.table.path for piece in group if piece.table.path in at.cells[row])
    return next((path for path in paths if at.cells[row][path].at(places) >= Code.REFUSED), None)


def _told(
    group: Sequence[Piece], at: Ground, answer: Answer, conditions: Callable[[Piece, Ground], tuple[Condition, ...]]
) -> RefusedByAll | None:
    person = _somebody(group, at)
    if person is None:
        return None
    said = tuple(dict.fromkeys(condition for piece in group for condition in conditions(piece, at)))
    answers = tuple(_answers(group, person, at, answer))
    return RefusedByAll(", ".join(one.text for one in said) or "everybody", said, answers)


def _answers(group: Sequence[Piece], person: Person, at: Ground, answer: Answer) -> Iterator[RegionAnswer]:
    """For each service the first of the reasons for which it turns these people away."""
    places = at.places(person)
    for row in range(len(at.services)):
        path = _line(group, row, places, at)
        if path is not None:
            yield answer(row, path, person, places)
