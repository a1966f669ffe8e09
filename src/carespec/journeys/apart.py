"""People whom every service turns away: for one reason alone, or for two that somebody can have together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


def _somebody(group: Sequence[Piece], at: Ground) -> Person:
    """An ordinary person put into all the regions."""
    allowed: dict[Factor, tuple[CaseValue | None, ...]] = {}
    for piece in group:
        for factor, values in _values(piece).items():
            allowed[factor] = tuple(value for value in allowed.get(factor, values) if value in values)
    choice = {factor: Class(values[0], values) for factor, values in allowed.items()}
    return completed(changed(at.partition.ordinary, choice), at.partition.vocabulary)


def _lines(group: Sequence[Piece], places: dict[Factor, int], at: Ground) -> list[str] | None:
    """For each service the first of the lines that the regions are about by which it turns a person away; None if one
    of the services does not. Equal lines are one object, and looked up once."""
    codes: dict[int, int] = {}
    found = []
    for cells in at.cells:
        for piece in group:
            line = cells.get(piece.table.path)
            if line is not None:
                if id(line) not in codes:
                    codes[id(line)] = line.at(places)
                if codes[id(line)] >= Code.REFUSED:
                    found.append(piece.table.path)
                    break
        else:
            return None
    return found


def _told(
    group: Sequence[Piece], at: Ground, answer: Answer, conditions: Callable[[Piece, Ground], tuple[Condition, ...]]
) -> RefusedByAll | None:
    """What follows from being in the regions (a main problem is one of the problems) may leave nobody in them."""
    person = _somebody(group, at)
    places = at.places(person)
    lines = _lines(group, places, at)
    if lines is None:
        return None
    said = tuple(dict.fromkeys(condition for piece in group for condition in conditions(piece, at)))
    answers = tuple(answer(row, path, person, places) for row, path in enumerate(lines))
    return RefusedByAll(", ".join(one.text for one in said) or "everybody", said, answers)
