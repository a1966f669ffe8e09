"""Who gains and who loses by what one line says, whatever the other lines are: worked out class by class of persons.

A line knows nothing of the others: whether somebody is seen also hangs on them. What all lines together change for whom
is worked out in `who`. The two versions are set side by side in one order, whichever is the older, so that the way back
tells the same people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from carespec.changes.meaning import bare, bound
from carespec.changes.people import People, in_words, joined, mirrored
from carespec.journeys.bearing import of_kind
from carespec.journeys.boxes import Piece, pieces
from carespec.journeys.cells import Code, Ground, ground
from carespec.journeys.patients import conditions_of
from carespec.journeys.tables import Table, tables
from carespec.journeys.wait_regions import wait_tables
from carespec.journeys.waiting import wait_fact
from carespec.journeys.wording import lowered
from carespec.model.facts import Fact, Service
from carespec.quantities import waits
from carespec.vocabulary import working_days

_RANKS = {
    Code.NOTHING: 0, Code.SILENT: 0, Code.SEEN: 0, Code.JUDGED: 1, Code.AGREEMENT: 2, Code.SENT: 3, Code.REFUSED: 4,
}  # fmt: skip
"""How far somebody comes at a line, the furthest first; what cannot be told has no place here."""

Sign = Callable[[int, int], int]
"""Of the codes of two versions for the same people: 1 if they gain by the second, -1 if they lose, else 0."""


class ByLine:
    """The people of each line that differs between two versions; worked out when the first is asked for."""

    def __init__(self, before: Service, after: Service) -> None:
        self._flipped = tuple(before.lines) > tuple(after.lines)
        self._pair = (after, before) if self._flipped else (before, after)

    @cached_property
    def _at(self) -> Ground:
        return ground(self._pair)

    @cached_property
    def _gates(self) -> tuple[Table, ...]:
        return tuple(table for table in tables(self._at)[0] if len(table.rows) == 2)

    @cached_property
    def _waits(self) -> tuple[Table, ...]:
        return tuple(one for one in wait_tables(self._at) if isinstance(one, Table) and len(one.rows) == 2)

    def access(self, *paths: str) -> People:
        """Who comes further, and who less far, by the lines of these paths."""
        own = [table for table in self._gates if _any_of(paths, self._facts(table))]
        if own:
            return self._people([self._sides(table, self._own_sign(table)) for table in own])
        beside = (table for table in self._gates if _any_of(paths, self._lines(table)) and self._same_own(table))
        return self._people([self._sides(table, _further) for table in beside])

    def waits(self, *paths: str) -> People:
        """Whose wait is certainly shorter, and whose longer, by the lines of these paths."""
        mine = (table for table in self._waits if _any_of(paths, self._wait_lines(table)))
        return self._people([self._sides(table, self._sooner, self._waiting_for(table)) for table in mine])

    def _people(self, found: list[tuple[list[str], list[str]]]) -> People:
        gains, loses = (joined(people for sides in found for people in sides[side]) for side in (0, 1))
        return mirrored(People(gains, loses)) if self._flipped else People(gains, loses)

    def _sides(self, table: Table, sign: Sign, what: str = "") -> tuple[list[str], list[str]]:
        """The people of a table who gain by the second of the pair, and those who lose."""
        parts = [(piece, sign(*piece.column)) for piece in pieces(table)]
        gains, loses = ([self._said(piece, what) for piece, its in parts if its == wanted] for wanted in (1, -1))
        return gains, loses

    def _said(self, piece: Piece, what: str) -> str:
        conditions = conditions_of(piece, self._at)
        people = in_words(conditions, self._at.partition.vocabulary)
        return f"{people}{',' if conditions and what else ''}{what}"

    def _facts(self, table: Table) -> Iterator[Fact]:
        return (fact for row in table.rows for fact in self._at.gates[row][table.path].facts)

    def _lines(self, table: Table) -> Iterator[Fact]:
        return (fact for row in table.rows for fact in self._at.gates[row][table.path].lines)

    def _same_own(self, table: Table) -> bool:
        """Whether the lines of a gate itself mean the same in both versions, and only those beside it differ."""
        one, other = (
            {(fact.path, bare(fact.value), bound(fact)) for fact in self._at.gates[row][table.path].facts}
            for row in table.rows
        )
        return one == other

    def _own_sign(self, table: Table) -> Sign:
        """Where another line says where people are sent, that they are sent anywhere is not by the line itself."""
        elsewhere = any(self._at.gates[row][table.path].grounds for row in table.rows)
        return _in_or_out if elsewhere else _further

    def _wait_lines(self, table: Table) -> Iterator[Fact]:
        bears = of_kind(self._at.partition.vocabulary, "wait")
        found = (wait_fact(bears, _stage(table), service) for service in self._pair if bears is not None)
        return (fact for fact in found if fact is not None)

    def _waiting_for(self, table: Table) -> str:
        vocabulary, stage = self._at.partition.vocabulary, _stage(table)
        bears = of_kind(vocabulary, "wait")
        return f" waiting for {lowered(vocabulary.keys(bears.field).get(stage, stage)) if bears else stage}"

    def _sooner(self, one: int, other: int) -> int:
        if one < 0 or other < 0:
            return 0
        clocks, a, b = self._at.partition.vocabulary.clocks, self._at.promises[one], self._at.promises[other]
        met = [waits.meets(x, y, clocks, working_days()) for x, y in ((b, a), (a, b))]
        return {(True, False): 1, (False, True): -1}.get((met[0], met[1]), 0)  # type: ignore[arg-type]


def _further(one: int, other: int) -> int:
    if one not in _RANKS or other not in _RANKS:
        return 0
    return (_RANKS[one] > _RANKS[other]) - (_RANKS[one] < _RANKS[other])


def _in_or_out(one: int, other: int) -> int:
    return _further(min(one, Code.REFUSED), min(other, Code.REFUSED))


def _any_of(paths: Iterable[str], facts: Iterable[Fact]) -> bool:
    return not {*paths}.isdisjoint(fact.path for fact in facts)


def _stage(table: Table) -> str:
    return table.path.partition(" ")[2]
