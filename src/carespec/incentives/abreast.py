"""Two courses led through the same events: which pairs of states the departing and the indicated one come to together.

What both share cancels only while both go on; where one ends, what each is worth alone is what is left to compare.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from carespec.incentives.episode.actions import ILL, treats
from carespec.incentives.episode.step import Departs, Step, Table, table_of
from carespec.incentives.reach import CHANGES, Index, Level, Rows, Sessions, counts_missed, grouped, index, levels
from carespec.incentives.reach import record_after as after
from carespec.tuples import NamedTuple

Pair = tuple[int, int, int]
"""Health, the record of the departing course, that of the indicated one."""


class Group(NamedTuple):
    """What the departing course does where the indicated one does `theirs`, in some pairs of states.

    Both treat: `sessions` says where that leads. Both end alike: `own` and `other` are the records with which they end.
    Else those are rows of the values that each action has for that course alone.
    """

    mine: int
    theirs: int
    sessions: Sessions | None
    own: Index
    other: Index
    first: Rows
    also: Rows


class Pairs(NamedTuple):
    """The pairs of states after some number of sessions, by both records, and what is done there."""

    size: int
    own: NDArray[np.intp]
    other: NDArray[np.intp]
    groups: tuple[Group, ...]


def abreast(table: Table, departs: Departs) -> tuple[Pairs, ...]:
    """By session the pairs that a course that departs as `departs` allows and the indicated one come to together."""
    return _abreast(table.step, table.horizon, departs)


def goes_on_alone(pairs: Sequence[Pairs]) -> tuple[bool, bool]:
    """Whether the departing course, and whether the indicated one, ever goes on where the other ends."""
    apart = [group for level in pairs for group in level.groups if group.sessions is None]
    return any(treats(group.mine) for group in apart), any(treats(group.theirs) for group in apart)


@lru_cache(maxsize=256)
def _abreast(step: Step, horizon: int, departs: Departs) -> tuple[Pairs, ...]:
    table, found = table_of(step, horizon), []
    alone = zip(levels(table, departs), levels(table, None), strict=True)
    pairs: list[Pair] = [(ILL, 0, 0)]
    for n, (mine, theirs) in enumerate(alone):
        done = {pair: tuple(_actions(table, departs, n, pair)) for pair in pairs}
        then = sorted({one for pair in pairs for both in done[pair] for one in _leads(table, n, pair, both)})
        places = {pair: place for place, pair in enumerate(then)}
        groups = tuple(_groups(table, n, pairs, done, places, (_Alone(mine), _Alone(theirs))))
        own, other = (np.array([pair[place] for pair in pairs], np.intp) for place in (1, 2))
        found.append(Pairs(len(pairs), own, other, groups))
        pairs = then
    return tuple(found)


def _actions(table: Table, departs: Departs, n: int, pair: Pair) -> Iterator[tuple[int, int]]:
    health, own, other = pair
    theirs = table.indicated[n][health][other]
    return ((mine, theirs) for mine in table.allowed(departs, n, health, own))


def _leads(table: Table, n: int, pair: Pair, done: tuple[int, int]) -> tuple[Pair, ...]:
    """The pairs after a session of both, if health stays and if it changes; none where one of them ends."""
    if not all(map(treats, done)):
        return ()
    health, own, other = pair
    return tuple(
        (then, after(table, n, own, done[0], then), after(table, n, other, done[1], then))
        for then in (health, CHANGES[health])
    )


class _Alone:
    """Where in the values of an action a state of a course alone is found."""

    def __init__(self, level: Level) -> None:
        states = zip(level.health.tolist(), level.record.tolist(), strict=True)
        self.place = {state: place for place, state in enumerate(states)}
        self.row: dict[tuple[int, int], int] = {}
        for move in level.moves:
            for rows in (move.first, move.also):
                of, row = (np.arange(max(level.size, 1))[each] for each in rows)
                self.row.update({(move.action, at): to for at, to in zip(of.tolist(), row.tolist(), strict=True)})

    def row_of(self, action: int, health: int, record: int) -> int:
        return self.row[action, self.place[health, record]]


def _groups(
    table: Table, n: int, pairs: Sequence[Pair], done: Mapping[Pair, tuple[tuple[int, int], ...]],
    places: Mapping[Pair, int], alone: tuple[_Alone, _Alone],
) -> Iterator[Group]:  # fmt: skip
    for both in sorted({both for actions in done.values() for both in actions}):
        first = [place for place, pair in enumerate(pairs) if done[pair][0] == both]
        also = [place for place, pair in enumerate(pairs) if both in done[pair][1:]]
        of = sorted(first + also)
        own: list[int] = []
        other: list[int] = []
        sessions = None
        row = {place: number for number, place in enumerate(of)}
        if all(map(treats, both)):
            leads = [(*(places[one] for one in _leads(table, n, pairs[at], both)), pairs[at][0]) for at in of]
            sessions, row = grouped(of, leads, counts_missed(table))  # type: ignore[arg-type]
        elif both[0] == both[1]:
            own, other = [pairs[at][1] for at in of], [pairs[at][2] for at in of]
        else:
            own = [alone[0].row_of(both[0], pairs[at][0], pairs[at][1]) for at in of]
            other = [alone[1].row_of(both[1], pairs[at][0], pairs[at][2]) for at in of]
        rows = (Rows(index(at), index([row[place] for place in at])) for at in (first, also))
        yield Group(*both, sessions, index(own), index(other), *rows)
