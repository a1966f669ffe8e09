"""People whom every service turns away: for one reason alone, or for two that somebody can have together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from carespec.cases.partition import Factor, changed
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
    return tuple(_told(group, at, answer, conditions) for group in groups[:_MOST])


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
    return all(mine[factor] & theirs[factor] for factor in mine.keys() & theirs.keys())


def _values(piece: Piece) -> dict[tuple[str, str], frozenset[object]]:
    parts = zip(piece.table.factors, piece.table.classes, piece.box, strict=True)
    return {
        factor: frozenset(value for number in chosen for value in classes[number].values)
        for factor, classes, chosen in parts
    }


def _told(
    group: Sequence[Piece], at: Ground, answer: Answer, conditions: Callable[[Piece, Ground], tuple[Condition, ...]]
) -> RefusedByAll:
    said = tuple(dict.fromkeys(condition for piece in group for condition in conditions(piece, at)))
    changes = {factor: one for piece in group for factor, one in entry(piece)}
    person = completed(changed(at.partition.ordinary, changes), at.partition.vocabulary)
    answers = tuple(_answers(group, person, at, answer))
    return RefusedByAll(", ".join(one.text for one in said) or "everybody", said, answers)


def _answers(group: Sequence[Piece], person: Person, at: Ground, answer: Answer) -> Iterator[RegionAnswer]:
    """For each service the first of the reasons for which it turns these people away."""
    places = at.places(person)
    for row in range(len(at.services)):
        for piece in group:
            code = piece.column[piece.table.rows.index(row)] if row in piece.table.rows else Code.NOTHING
            if code >= Code.REFUSED:
                yield answer(row, piece.table.path, person, places)
                break
