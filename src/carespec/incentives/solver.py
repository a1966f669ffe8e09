"""The best course and the indicated one, solved exactly: one pass backwards over sessions, for many draws at once.

Every quantity is carried along, not profit alone, so that harm comes out of the same pass. Ties go to the patient: of
actions that pay the same, the one with more recoveries, then the shorter course, then the indicated one.

A missed appointment returns to the same state; where no payment and no rule counts it, that loop is summed exactly
(d / (1 - d) missed for each attended), so there is still one pass.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from carespec.incentives.episode.actions import DISCHARGE, ILL, RECOVERED, RELAPSED, TREAT, TREAT_UNMEASURED
from carespec.incentives.episode.step import Departs, Table
from carespec.incentives.patients import Numbers, Patients
from carespec.incentives.reach import Index, Level, Move, levels
from carespec.tuples import NamedTuple

PROFIT, RECOVERIES, SESSIONS, PAID, MISRECORDED = range(5)
"""What is carried along: pounds kept, chance of ending recovered, attended sessions, pounds paid, chance that the last
record says recovered and is wrong."""

KINDS = 5
TIE = 1e-9
_COLUMNS = 4096
"""Draws solved together: enough for few calls, few enough that a level of the pass stays near the processor."""

_PARTS_TO_SHARE = 3

Mask = NDArray[np.bool_]


class Solved(NamedTuple):
    """`value[kind, draw]` of the whole course from referral, and `accepts[draw]`.

    Where they were asked for (else empty), by missed appointments and sessions: `actions[j][n][health, record, draw]`
    and `values[j][n][kind, health, record, draw]` of what is still to come.
    """

    value: Numbers
    accepts: Mask
    actions: tuple[tuple[NDArray[np.int8], ...], ...] = ()
    values: tuple[tuple[Numbers, ...], ...] = ()


class Pays(NamedTuple):
    """Pounds by event as arrays that broadcast against draws: session[n, ·], close[j, n, record, ·], missed[j, ·]."""

    session: Numbers
    close: Numbers
    missed: Numbers
    start: Numbers
    referral: Numbers

    def columns(self, chosen: slice) -> Pays:
        """Those of some of the draws; what holds for every draw stays."""
        return Pays(*(f if f.shape[-1] == 1 else f[..., chosen] for f in self))


def pays_of(table: Table) -> Pays:
    """What a table's events pay, the same for every draw."""
    arrays = (table.session, table.close, table.missed, table.start, table.referral)
    return Pays(*(np.asarray(array, float)[..., None] for array in arrays))


def solve(
    table: Table,
    draws: Patients,
    departs: Departs | None = None,
    *,
    onward: Numbers | None = None,
    pays: Pays | None = None,
    altruism: Numbers | float = 0.0,
    keep_actions: bool = False,
    may_reject: bool | None = None,
) -> Solved:
    """The most profitable course that departs from the indicated one only as `departs` allows; without it that itself.

    `onward[kind, draw]` is what a step up is worth; `altruism` the pounds that a recovery is worth to whoever is paid.
    """
    pays = pays or pays_of(table)
    plan = levels(table, departs)
    rejects = table.rejects(departs) if departs and may_reject is None else bool(may_reject)
    count = len(draws.session)
    weight = np.broadcast_to(np.asarray(altruism, float), (count,)) if np.any(altruism) else None
    further = np.zeros((KINDS, count)) if onward is None else np.broadcast_to(onward, (KINDS, count))

    def part(cut: slice) -> Solved:
        cared = None if weight is None else weight[cut]
        return _Pass(table, draws.columns(cut), pays.columns(cut), plan, further[:, cut], cared, keep_actions).run(
            rejects
        )

    parts = _each(part, list(_cuts(count, keep_actions)))
    value = np.concatenate([part.value for part in parts], axis=1)
    return Solved(value, np.concatenate([part.accepts for part in parts]), parts[0].actions, parts[0].values)


def _each(part: Callable[[slice], Solved], cuts: Sequence[slice]) -> list[Solved]:
    """Every part in order; several at once where there are many, since numpy leaves other threads free."""
    if len(cuts) < _PARTS_TO_SHARE:
        return [part(cut) for cut in cuts]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(part, cuts))


def _cuts(count: int, together: bool) -> Iterator[slice]:
    width = count if together else _COLUMNS
    return (slice(start, start + width) for start in range(0, count, max(width, 1)))


class _Pass:
    """One backward pass over some draws. Values are (state of the level, kind, draw)."""

    def __init__(
        self, table: Table, draws: Patients, pays: Pays, plan: Sequence[Level], onward: Numbers, weight: Numbers | None,
        keep_actions: bool,
    ) -> None:  # fmt: skip
        self.table, self.draws, self.pays, self.plan = table, draws, pays, plan
        self.onward, self.weight, self.keep = onward, weight, keep_actions
        self.count, self.limit = len(draws.session), pays.close.shape[0] - 1
        self.chance = np.empty((table.horizon, 3, 1, self.count))
        self.chance[:, ILL, 0] = draws.recovery(table.horizon)
        self.chance[:, RECOVERED], self.chance[:, RELAPSED] = draws.relapse, draws.hazard
        self.stays = 1 - draws.dropout
        self.lasts = np.array([record.last is True for record in table.records])
        unmeasured = pays.session - (draws.session + draws.slot)
        self.kept = {TREAT: unmeasured - draws.reading, TREAT_UNMEASURED: unmeasured}
        self.lost = pays.missed - (draws.missed * draws.session + draws.slot)
        self.odds = draws.dna / (1 - draws.dna)

    def run(self, rejects: bool) -> Solved:
        """From the horizon back to referral."""
        kept: list[list[NDArray[np.int8]]] = []
        worth: list[list[Numbers]] = []
        later: list[Numbers] = []
        ended: list[Numbers] = []
        for n in range(self.table.horizon, -1, -1):
            ends = [self._close(n, j) for j in range(self.limit + 1)]
            arrived = [self._arrived(*one) for one in zip(later, ended, strict=True)]
            found: list[Numbers] = []
            actions: list[NDArray[np.int8]] = []
            for j in range(self.limit, -1, -1):
                value, action = self._choose(n, j, ends, arrived, found[0] if found else None)
                found.insert(0, value)
                actions.insert(0, action)
            later, ended = found, ends
            if self.keep:
                kept.insert(0, actions)
                worth.insert(0, found)
        return self._solved(later[0][0].copy(), rejects, kept, worth)

    def _solved(
        self, root: Numbers, rejects: bool, kept: list[list[NDArray[np.int8]]], worth: list[list[Numbers]]
    ) -> Solved:
        root[PROFIT] += self.pays.start - self.draws.assessment
        root[PAID] += self.pays.start
        accepts = np.ones(self.count, bool)
        if rejects:
            root, accepts = self._rejected(root)
        if not self.keep:
            return Solved(root, accepts)
        missed = range(self.limit + 1)
        return Solved(
            root, accepts,
            tuple(tuple(self._everywhere(n, level[j], -1) for n, level in enumerate(kept)) for j in missed),
            tuple(tuple(np.moveaxis(self._everywhere(n, level[j], np.nan), 2, 0) for n, level in enumerate(worth))
                  for j in missed),
        )  # fmt: skip

    def _everywhere(self, n: int, found: NDArray[Any], nowhere: float) -> NDArray[Any]:
        """By health and record what was found by state of a level."""
        whole = np.full((3, len(self.table.records), *found.shape[1:]), nowhere, found.dtype)
        whole[self.plan[n].health, self.plan[n].record] = found
        return whole

    def _rejected(self, root: Numbers) -> tuple[Numbers, Mask]:
        instead = np.zeros_like(root)
        instead[PROFIT] = self.pays.referral - self.draws.rejection
        instead[PAID] = self.pays.referral
        care = 0.0 if self.weight is None else self.weight * root[RECOVERIES]
        accepts = root[PROFIT] + care >= instead[PROFIT] - TIE
        return np.where(accepts, root, instead), accepts

    def _close(self, n: int, j: int) -> Numbers:
        """What ending after n sessions and j missed appointments comes to, by state."""
        level, pay = self.plan[n], self.pays.close[j, n]
        close = np.zeros((level.size, KINDS, pay.shape[-1]))
        close[:, PROFIT] = close[:, PAID] = pay[level.record]
        well = level.health == RECOVERED
        close[well, RECOVERIES] = 1.0
        close[~well & self.lasts[level.record], MISRECORDED] = 1.0
        return close

    def _arrived(self, later: Numbers, close: Numbers) -> Numbers:
        """What a level is worth to whoever comes to it and may leave there."""
        value = later * self.stays
        value += close * self.draws.dropout
        return value

    def _choose(
        self, n: int, j: int, ends: Sequence[Numbers], arrived: Sequence[Numbers], missed_more: Numbers | None
    ) -> tuple[Numbers, NDArray[np.int8]]:
        """The best allowed action in every state after n sessions and j missed appointments, and its value."""
        level = self.plan[n]
        values = [
            (move, ends[j] if move.action == DISCHARGE else ends[j] + self.onward if move.sessions is None
             else self._session(n, j, move, ends, arrived[j], missed_more))
            for move in level.moves
        ]  # fmt: skip
        best = np.empty((level.size, KINDS, self.count))
        action = np.empty((level.size, self.count if self.keep else 0), np.int8)
        for move, value in values:
            best[move.first.of] = value[move.first.row]
            action[move.first.of] = move.action
        for move, value in values:
            if not move.also.is_empty:
                self._improve(best, action, move, value)
        return best, action

    def _improve(self, best: Numbers, action: NDArray[np.int8], move: Move, value: Numbers) -> None:
        """Take, in place, an action instead of the best so far where it is better."""
        better = self._better(value[move.also.row], best[move.also.of])
        states, rows = (np.arange(len(each))[at] for each, at in zip((best, value), move.also, strict=True))
        for number in np.flatnonzero(better.any(axis=1)):
            np.copyto(best[states[number]], value[rows[number]], where=better[number])
            if self.keep:
                action[states[number], better[number]] = move.action

    def _better(self, value: Numbers, best: Numbers) -> Mask:
        """Where a value beats the best so far: by pounds, then for the patient, then by a shorter course."""
        gap = value[:, PROFIT] - best[:, PROFIT]
        if self.weight is not None:
            gap += self.weight * (value[:, RECOVERIES] - best[:, RECOVERIES])
        better = gap > TIE
        even = gap >= -TIE
        even ^= better
        if even.any():
            health = value[:, RECOVERIES] - best[:, RECOVERIES]
            shorter = best[:, SESSIONS] - value[:, SESSIONS] > TIE
            better |= even & ((health > TIE) | ((health >= -TIE) & shorter))
        return better

    def _session(
        self, n: int, j: int, move: Move, ends: Sequence[Numbers], arrived: Numbers, missed_more: Numbers | None
    ) -> Numbers:
        """One more session, by row of the move."""
        sessions, pay = move.sessions, self.pays.session[n]
        assert sessions is not None
        stay = arrived[sessions.stay]
        value = arrived[sessions.change] - stay
        value *= self.chance[n, sessions.health]
        value += stay
        value[:, PROFIT] += self.kept[move.action][n]
        value[:, PAID] += pay
        value[:, SESSIONS] += 1
        self._missed(value, j, sessions.state, ends, missed_more)
        return value

    def _missed(
        self, value: Numbers, j: int, state: Index, ends: Sequence[Numbers], missed_more: Numbers | None
    ) -> None:
        """Mix in, in place, that the appointment may be missed: once more a choice, or the end by rule."""
        d, limit = self.draws.dna, self.table.step.dna_limit
        chance = d
        if limit is not None and j + 1 >= limit:
            then = ends[min(j + 1, self.limit)][state]
        elif missed_more is not None:
            then = missed_more[state]
        else:
            then, chance = None, self.odds
        if then is not None:
            value *= 1 - d
            value += d * then
        value[:, PROFIT] += chance * self.lost[j]
        if self.pays.missed[j].any():
            value[:, PAID] += chance * self.pays.missed[j]


def indicated(table: Table, draws: Patients, onward: Numbers | None = None, pays: Pays | None = None) -> Solved:
    """The indicated course."""
    return solve(table, draws, None, onward=onward, pays=pays)


def departs_anyhow(moment: object, indicated: int, taken: int) -> bool:
    """Any departure that is no misreporting: the headline's best course, whatever pattern it falls under."""
    return True
