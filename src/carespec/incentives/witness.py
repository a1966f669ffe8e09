"""One course that shows an incentive: the indicated and the rewarded one side by side, from where they part.

The place is the first state in which the rewarded course leaves the indicated one, the likeliest of those after as
many sessions. A single departure that is followed by good behaviour is not looked for: it can blame a state where
nobody who is paid would depart. From there the patient attends throughout and stays as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from carespec.incentives.episode.actions import DISCHARGE, ILL, RECOVERED, RELAPSED, STEP_UP, TREAT, treats
from carespec.incentives.episode.terms import turns_away
from carespec.incentives.figures import Point
from carespec.incentives.gains import Setting, onward_at, seen_by
from carespec.incentives.patients import Numbers, Patients
from carespec.incentives.patterns import Pattern
from carespec.incentives.solver import PROFIT, Solved, solve
from carespec.tuples import NamedTuple

State = tuple[int, int]
"""Health and record, after some number of sessions."""


class Row(NamedTuple):
    """A moment of a course: attended sessions, what is done then, and the pounds paid and spent so far."""

    session: int
    action: int
    paid: float
    cost: float


class Witness(NamedTuple):
    """Two courses of one patient of a kind, parting after `session` sessions, in that health.

    `worth` is what leaving is worth there in pounds, both courses going on at their best; `rows` of a rejection are
    none. `share_ending` tells for each course the chance that it ends after exactly as many sessions as the rewarded
    one shown does.
    """

    kind: str
    session: int
    health: int
    indicated_action: int
    rewarded_action: int
    worth: float
    indicated: tuple[Row, ...]
    rewarded: tuple[Row, ...]
    reach: float
    share_ending: tuple[float, float] = (0.0, 0.0)

    @property
    def gain(self) -> float:
        """Pounds that the rewarded course shown keeps beyond the indicated one shown."""
        return _kept(self.rewarded) - _kept(self.indicated)


def _kept(rows: tuple[Row, ...]) -> float:
    return rows[-1].paid - rows[-1].cost if rows else 0.0


def witness(setting: Setting, pattern: Pattern, kind: str, point: Point, slot: str = "idle") -> Witness | None:
    """The witness of a pattern of departures at a point; None where it departs nowhere that is reached."""
    seen = seen_by(setting, pattern)
    draws = seen.draws((point,), (slot,), (kind,))
    further = onward_at(seen, (point,), (slot,), (kind,))
    if pattern.departs is turns_away:
        return _rejected(seen, draws, kind, further)
    ours = solve(seen.table, draws, pattern.departs, onward=further, keep_actions=True)
    theirs = solve(seen.table, draws, None, onward=further, keep_actions=True)
    return _parting(seen, draws, ours, theirs, kind, 0.0 if further is None else float(further[PROFIT, 0]))


def _rejected(setting: Setting, draws: Patients, kind: str, onward: Numbers | None) -> Witness | None:
    """Nothing is done, beside the indicated course of somebody who does not recover."""
    rows = tuple(_rows(setting, draws, [(ILL, 0)], None))
    accepted = float(solve(setting.table, draws, None, onward=onward).value[PROFIT, 0])
    worth = setting.table.referral - float(draws.rejection[0]) - accepted
    if worth <= 0:
        return None
    return Witness(kind, 0, ILL, 4, 5, worth, rows, (), 1.0)


def _parting(
    setting: Setting, draws: Patients, ours: Solved, theirs: Solved, kind: str, onward: float
) -> Witness | None:
    table = setting.table
    reached: dict[State, tuple[float, tuple[State, ...]]] = {(ILL, 0): (1.0, ((ILL, 0),))}
    for n in range(table.horizon + 1):
        parting = [
            (chance, path)
            for (h, r), (chance, path) in reached.items()
            if chance > 0 and int(ours.actions[0][n][h, r, 0]) != table.indicated[n][h][r]
        ]
        if parting:
            chance, path = max(parting)
            return _told(setting, draws, ours, theirs, kind, path, chance, onward)
        reached = _further(setting, draws, reached, n)
    return None


def _further(
    setting: Setting, draws: Patients, reached: dict[State, tuple[float, tuple[State, ...]]], n: int
) -> dict[State, tuple[float, tuple[State, ...]]]:
    """The states after one more session of the indicated course, with the likeliest way to each."""
    after: dict[State, tuple[float, tuple[State, ...]]] = {}
    for (h, r), (chance, path) in reached.items():
        action = setting.table.indicated[n][h][r]
        if not treats(action) or n >= setting.table.horizon:
            continue
        for then, likely in _moves(setting, draws, n, h):
            record = _record(setting, n, r, action, then)
            total = chance * likely * (1 - float(draws.dropout[0]))
            known = after.get((then, record), (0.0, ()))
            best = (*path, (then, record)) if total > known[0] else known[1]
            after[then, record] = (known[0] + total, best)
    return after


def _moves(setting: Setting, draws: Patients, n: int, health: int) -> Iterator[tuple[int, float]]:
    """How health may be after session n + 1, with the chance of each."""
    recovery = float(draws.recovery(setting.table.horizon)[n, 0])
    there, change = {
        ILL: (RECOVERED, recovery),
        RECOVERED: (RELAPSED, float(draws.relapse[0])),
        RELAPSED: (RECOVERED, float(draws.hazard[0])),
    }[health]
    yield there, change
    yield health, 1 - change


def _record(setting: Setting, n: int, record: int, action: int, health: int) -> int:
    if action == TREAT:
        return setting.table.read_next[n][record][health == RECOVERED]
    return setting.table.skip_next[n][record]


def _told(
    setting: Setting,
    draws: Patients,
    ours: Solved,
    theirs: Solved,
    kind: str,
    path: tuple[State, ...],
    chance: float,
    onward: float,
) -> Witness:
    n, (health, record) = len(path) - 1, path[-1]
    taken = ours.values[0][n][PROFIT, health, record, 0]
    worth = float(taken) - _indicated_then_best(setting, draws, ours, onward, n, path[-1])
    rewarded = tuple(_rows(setting, draws, list(path), ours))
    indicated = tuple(_rows(setting, draws, list(path), None))
    end = rewarded[-1].session
    shares = (_ending(setting, draws, ours)[end], _ending(setting, draws, theirs)[end])
    return Witness(
        kind, n, health, setting.table.indicated[n][health][record], int(ours.actions[0][n][health, record, 0]),
        float(worth), indicated, rewarded, chance, shares,
    )  # fmt: skip


def _indicated_then_best(setting: Setting, draws: Patients, ours: Solved, onward: float, n: int, state: State) -> float:
    """Pounds from doing once more what is indicated in a state, and going on as is best."""
    table, (health, record) = setting.table, state
    action, close = table.indicated[n][health][record], table.close[0]
    if not treats(action):
        return close[n][record] + (onward if action == STEP_UP else 0.0)
    q, d = float(draws.dropout[0]), float(draws.dna[0])
    attended = table.session[n] - float(draws.session[0] + draws.slot[0])
    attended -= float(draws.reading[0]) if action == TREAT else 0.0
    for then, likely in _moves(setting, draws, n, health):
        after = _record(setting, n, record, action, then)
        best = float(ours.values[0][n + 1][PROFIT, then, after, 0])
        attended += likely * ((1 - q) * best + q * close[n + 1][after])
    lost = table.missed[0] - float(draws.missed[0] * draws.session[0] + draws.slot[0])
    if len(ours.values) == 1:
        return attended + d / (1 - d) * lost
    return (1 - d) * attended + d * (lost + float(ours.values[1][n][PROFIT, health, record, 0]))


def _rows(setting: Setting, draws: Patients, path: list[State], solved: Solved | None) -> Iterator[Row]:
    """A course along a path and beyond it, health as it is; `solved` None is the indicated one."""
    table, states = setting.table, list(path)
    paid, cost = table.start, float(draws.assessment[0])
    session = float(draws.session[0] + draws.slot[0])
    for n in range(table.horizon + 1):
        health, record = states[n]
        action = table.indicated[n][health][record]
        if solved is not None:
            action = int(solved.actions[0][n][health, record, 0])
        if not treats(action):
            yield Row(n, action, paid + table.close[0][n][record], cost)
            return
        yield Row(n, action, paid, cost)
        paid += table.session[n]
        cost += session + (float(draws.reading[0]) if action == TREAT else 0.0)
        then = states[n + 1][0] if n + 1 < len(path) else health
        follows = (then, _record(setting, n, record, action, then))
        states[n + 1 :] = [follows, *states[n + 2 :]]


def _ending(setting: Setting, draws: Patients, solved: Solved) -> list[float]:
    """The chance that a course ends after exactly 0, 1, 2, … sessions, missed appointments apart."""
    table, q = setting.table, float(draws.dropout[0])
    ends = [0.0] * (table.horizon + 1)
    now: dict[State, float] = {(ILL, 0): 1.0}
    for n in range(table.horizon + 1):
        after: dict[State, float] = {}
        for (h, r), chance in now.items():
            action = int(solved.actions[0][n][h, r, 0])
            if action in (DISCHARGE, STEP_UP):
                ends[n] += chance
                continue
            ends[n + 1] += chance * q
            for then, likely in _moves(setting, draws, n, h):
                state = (then, _record(setting, n, r, action, then))
                after[state] = after.get(state, 0.0) + chance * likely * (1 - q)
        now = after
    return [float(np.float64(share)) for share in ends]
