"""Which states a course can come to, session by session, and where each action leads: looked up once, then followed.

A course that departs only as a pattern does comes to few of the healths and records that there are, and where only the
last reading counts every record leads to the same ones. Both backward passes, the solver's and that of the bounds, go
over what is listed here and over nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from carespec.incentives.episode.actions import ILL, RECOVERED, RELAPSED, TREAT, treats
from carespec.incentives.episode.step import Departs, Step, Table, table_of
from carespec.tuples import NamedTuple

State = tuple[int, int]
"""Health and record."""

Index = NDArray[np.intp] | slice
"""Places in an array; a slice where they follow each other, since that costs nothing to look at."""

Lead = tuple[int, int, int]
"""Where a session leads: the states of the next level if health stays and if it changes, and health before it."""

CHANGES = {ILL: RECOVERED, RECOVERED: RELAPSED, RELAPSED: RECOVERED}


class Rows(NamedTuple):
    """States of a level (`of`), and for each the row of an action's values that is its own."""

    of: Index
    row: Index

    @property
    def is_empty(self) -> bool:
        """Whether it is about no state."""
        return len(self.of) == 0 if isinstance(self.of, np.ndarray) else self.of.start >= self.of.stop


class Sessions(NamedTuple):
    """One more session in some states: by row where it leads, health before it, and the first state that it is of."""

    stay: Index
    change: Index
    health: Index
    state: Index


class Move(NamedTuple):
    """One action at one level: the states where it is indicated, and those where it is a departure.

    Where it ends the course its values have a row for each state of the level, and `sessions` is None.
    """

    action: int
    sessions: Sessions | None
    first: Rows
    also: Rows


class Level(NamedTuple):
    """The states after some number of sessions, by health and record, and what is done there."""

    size: int
    health: NDArray[np.intp]
    record: NDArray[np.intp]
    moves: tuple[Move, ...]


def index(places: Sequence[int]) -> Index:
    """Those places."""
    if not places:
        return slice(0, 0)
    if list(places) == list(range(places[0], places[0] + len(places))):
        return slice(places[0], places[0] + len(places))
    return np.array(places, np.intp)


def record_after(table: Table, session: int, record: int, action: int, health: int) -> int:
    """The record after one more session, which leaves the patient in that health."""
    if action == TREAT:
        return table.read_next[session][record][health == RECOVERED]
    return table.skip_next[session][record]


def levels(table: Table, departs: Departs | None) -> tuple[Level, ...]:
    """By session what a course can come to that departs as `departs` allows; None for the indicated one."""
    return _levels(table.step, table.horizon, departs)


def counts_missed(table: Table) -> bool:
    """Whether states are told apart by the appointments missed so far."""
    return len(table.close) > 1 or table.step.dna_limit is not None


@lru_cache(maxsize=256)
def _levels(step: Step, horizon: int, departs: Departs | None) -> tuple[Level, ...]:
    table, found = table_of(step, horizon), []
    states: list[State] = [(ILL, 0)]
    for n in range(horizon + 1):
        options = {state: _options(table, departs, n, *state) for state in states}
        leads = {
            (a, state): lead for state, actions in options.items() for a in actions if treats(a)
            for lead in (_lead(table, n, *state, a),)
        }  # fmt: skip
        after = sorted({then for lead in leads.values() for then in lead})
        found.append(_level(states, options, leads, {state: place for place, state in enumerate(after)}, table))
        states = after
    return tuple(found)


def _options(table: Table, departs: Departs | None, n: int, health: int, record: int) -> tuple[int, ...]:
    return table.allowed(departs, n, health, record) if departs else (table.indicated[n][health][record],)


def _lead(table: Table, n: int, health: int, record: int, action: int) -> tuple[State, State]:
    then = CHANGES[health]
    return (health, record_after(table, n, record, action, health)), (
        then,
        record_after(table, n, record, action, then),
    )


def _level(
    states: Sequence[State], options: Mapping[State, tuple[int, ...]],
    leads: Mapping[tuple[int, State], tuple[State, State]], places: Mapping[State, int], table: Table,
) -> Level:  # fmt: skip
    moves = []
    for action in sorted({action for actions in options.values() for action in actions}):
        first = [n for n, state in enumerate(states) if options[state][0] == action]
        also = [n for n, state in enumerate(states) if action in options[state][1:]]
        if not treats(action):
            moves.append(Move(action, None, *(Rows(index(of), index(of)) for of in (first, also))))
            continue
        of = sorted(first + also)
        found = [
            (places[stay], places[change], states[n][0]) for n in of for stay, change in (leads[action, states[n]],)
        ]
        sessions, row = grouped(of, found, apart=counts_missed(table))
        moves.append(Move(action, sessions, *(Rows(index(at), index([row[n] for n in at])) for at in (first, also))))
    health, record = (np.array([state[place] for state in states], np.intp) for place in (0, 1))
    return Level(len(states), health, record, tuple(moves))


def grouped(of: Iterable[int], leads: Iterable[Lead], apart: bool) -> tuple[Sessions, dict[int, int]]:
    """States that a session leads to the same places have one row, unless they are to be kept `apart`; and its number
    by state."""
    rows: dict[tuple[Lead, int], int] = {}
    row_of: dict[int, int] = {}
    for state, lead in zip(of, leads, strict=True):
        row_of[state] = rows.setdefault((lead, state if apart else 0), len(rows))
    first = {row: state for state, row in reversed(row_of.items())}
    stay, change, health = (index([lead[place] for lead, _ in rows]) for place in range(3))
    return Sessions(stay, change, health, index([first[row] for row in range(len(rows))])), row_of
