"""The best course and the indicated one, solved exactly: one pass backwards over sessions, for many draws at once.

Every quantity is carried along, not profit alone, so that harm comes out of the same pass. Ties go to the patient: of
actions that pay the same, the one with more recoveries, then the shorter course, then the indicated one.

A missed appointment returns to the same state; where no payment and no rule counts it, that loop is summed exactly
(d / (1 - d) missed for each attended), so there is still one pass.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from carespec.incentives.episode.actions import ILL, RECOVERED, RELAPSED, STEP_UP, TREAT, TREAT_UNMEASURED
from carespec.incentives.episode.step import Departs, Step, Table, table_of
from carespec.incentives.patients import Numbers, Patients

PROFIT, RECOVERIES, SESSIONS, PAID, MISRECORDED = range(5)
"""What is carried along: pounds kept, chance of ending recovered, attended sessions, pounds paid, chance that the last
record says recovered and is wrong."""

KINDS = 5
TIE = 1e-9
_COLUMNS = 1024
"""Draws solved together: enough for few calls, few enough that a level of the pass stays near the processor."""

_PARTS_TO_SHARE = 4

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


def masks(table: Table, departs: Departs | None) -> tuple[Mask, ...]:
    """By session: which actions a course may take, (health, record, action); None for the indicated one alone."""
    return _masks(table.step, table.horizon, departs)


@lru_cache(maxsize=128)
def _masks(step: Step, horizon: int, departs: Departs | None) -> tuple[Mask, ...]:
    table, found = table_of(step, horizon), []
    for n in range(table.horizon + 1):
        mask = np.zeros((3, len(table.records), 4), bool)
        for h in range(3):
            for r in range(len(table.records)):
                may = table.allowed(departs, n, h, r) if departs else (table.indicated[n][h][r],)
                mask[h, r, list(may)] = True
        found.append(mask)
    return tuple(found)


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
    allowed = masks(table, departs)
    rejects = table.rejects(departs) if departs and may_reject is None else bool(may_reject)
    count = len(draws.session)
    weight = np.broadcast_to(np.asarray(altruism, float), (count,))
    further = np.zeros((KINDS, count)) if onward is None else np.broadcast_to(onward, (KINDS, count))

    def part(cut: slice) -> Solved:
        columns = (draws.columns(cut), pays.columns(cut), allowed, further[:, cut], weight[cut])
        return _Pass(table, *columns, keep_actions).run(rejects)

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
    """One backward pass over some draws. Values are (kind, health, record, draw)."""

    def __init__(
        self, table: Table, draws: Patients, pays: Pays, allowed: Sequence[Mask], onward: Numbers, weight: Numbers,
        keep_actions: bool,
    ) -> None:  # fmt: skip
        self.table, self.draws, self.pays, self.allowed = table, draws, pays, allowed
        self.onward, self.weight, self.keep = onward, weight, keep_actions
        self.recovery = draws.recovery(table.horizon)
        self.count, self.size = len(draws.session), len(table.records)
        self.last = np.array([record.last is True for record in table.records])
        self.limit = pays.close.shape[0] - 1

    def run(self, rejects: bool) -> Solved:
        """From the horizon back to referral."""
        table = self.table
        kept: list[list[NDArray[np.int8]]] = []
        worth: list[list[Numbers]] = []
        later: list[Numbers] = []
        for n in range(table.horizon, -1, -1):
            level: list[Numbers] = []
            actions: list[NDArray[np.int8]] = []
            for j in range(self.limit, -1, -1):
                value, action = self._choose(n, j, later, level[0] if level else None)
                level.insert(0, value)
                actions.insert(0, action)
            later = level
            kept.insert(0, actions)
            worth.insert(0, level)
        root = later[0][:, ILL, 0].copy()
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
            tuple(tuple(level[j] for level in kept) for j in missed),
            tuple(tuple(level[j] for level in worth) for j in missed),
        )  # fmt: skip

    def _rejected(self, root: Numbers) -> tuple[Numbers, Mask]:
        instead = np.zeros_like(root)
        instead[PROFIT] = self.pays.referral - self.draws.rejection
        instead[PAID] = self.pays.referral
        accepts = root[PROFIT] + self.weight * root[RECOVERIES] >= instead[PROFIT] - TIE
        return np.where(accepts, root, instead), accepts

    def _choose(
        self, n: int, j: int, later: Sequence[Numbers], missed_more: Numbers | None
    ) -> tuple[Numbers, NDArray[np.int8]]:
        """The best allowed action in every state after n sessions and j missed appointments, and its value."""
        close = self._close(n, j)
        values: list[Numbers | None] = [close, None, None, None]
        if n < self.table.horizon:
            values[TREAT], values[TREAT_UNMEASURED] = self._sessions(n, j, later, missed_more)
        if self.allowed[n][..., STEP_UP].any():
            values[STEP_UP] = close + self.onward[:, None, None, :]
        indicated = np.array(self.table.indicated[n])
        best, action = self._indicated(values, indicated)
        for other in range(4):
            value, mask = values[other], self.allowed[n][..., other] & (indicated != other)
            if value is None or not mask.any():
                continue
            better = self._better(value, best) & mask[..., None]
            np.copyto(best, value, where=better[None])
            action[better] = other
        return best, action

    def _indicated(
        self, values: Sequence[Numbers | None], indicated: NDArray[np.intp]
    ) -> tuple[Numbers, NDArray[np.int8]]:
        best = np.empty((KINDS, 3, self.size, self.count))
        for other in np.unique(indicated):
            value = values[other]
            assert value is not None, "what is indicated can be done"
            best[:, indicated == other] = value[:, indicated == other]
        action = np.broadcast_to(indicated[..., None].astype(np.int8), best.shape[1:]).copy()
        return best, action

    def _better(self, value: Numbers, best: Numbers) -> Mask:
        """Where a value beats the best so far: by pounds, then for the patient, then by a shorter course."""
        by_pounds = value[PROFIT] - best[PROFIT] + self.weight * (value[RECOVERIES] - best[RECOVERIES])
        by_health = value[RECOVERIES] - best[RECOVERIES]
        shorter = best[SESSIONS] - value[SESSIONS]
        even, alike = np.abs(by_pounds) <= TIE, np.abs(by_health) <= TIE
        return np.asarray((by_pounds > TIE) | (even & ((by_health > TIE) | (alike & (shorter > TIE)))))

    def _close(self, n: int, j: int) -> Numbers:
        close = np.zeros((KINDS, 3, self.size, self.count))
        close[PROFIT] = close[PAID] = self.pays.close[j, n][None]
        close[RECOVERIES, RECOVERED] = 1.0
        close[MISRECORDED, ILL] = close[MISRECORDED, RELAPSED] = self.last[:, None]
        return close

    def _sessions(
        self, n: int, j: int, later: Sequence[Numbers], missed_more: Numbers | None
    ) -> tuple[Numbers, Numbers]:
        """One more session, with and without a reading."""
        q = self.draws.dropout
        after = _between(later[j], self._close(n + 1, j), q)
        pairs = np.array(self.table.read_next[n])
        skip = np.array(self.table.skip_next[n])
        treat = self._health(n, after, pairs[:, 0], pairs[:, 1])
        unmeasured = self._health(n, after, skip, skip)
        spent = self.draws.session + self.draws.slot
        for value, reading in ((treat, self.draws.reading), (unmeasured, None)):
            value[PROFIT] += self.pays.session[n] - spent
            if reading is not None:
                value[PROFIT] -= reading
            value[PAID] += self.pays.session[n]
            value[SESSIONS] += 1
            self._missed(value, n, j, missed_more)
        return treat, unmeasured

    def _health(self, n: int, after: Numbers, ill: NDArray[np.intp], well: NDArray[np.intp]) -> Numbers:
        """What a session does to health, and the record that follows: `ill` and `well` are the records by record."""
        recovered, relapsed, still = after[:, RECOVERED, well], after[:, RELAPSED, ill], after[:, ILL, ill]
        r, rho, again = self.recovery[n], self.draws.relapse, self.draws.hazard
        out = np.empty_like(after)
        _between(still, recovered, r, out[:, ILL])
        _between(recovered, relapsed, rho, out[:, RECOVERED])
        _between(relapsed, recovered, again, out[:, RELAPSED])
        return out

    def _missed(self, value: Numbers, n: int, j: int, missed_more: Numbers | None) -> None:
        """Mix in, in place, that the appointment may be missed: once more a choice, or the end by rule."""
        d = self.draws.dna
        pay = self.pays.missed[j]
        net = pay - self.draws.missed * self.draws.session - self.draws.slot
        limit = self.table.step.dna_limit
        if limit is not None and j + 1 >= limit:
            then = self._close(n, min(j + 1, self.limit))
        elif missed_more is not None:
            then = missed_more
        else:
            odds = d / (1 - d)
            value[PROFIT] += odds * net
            value[PAID] += odds * pay
            return
        value *= 1 - d
        value += d * then
        value[PROFIT] += d * net
        value[PAID] += d * pay


def _between(without: Numbers, with_it: Numbers, chance: Numbers, out: Numbers | None = None) -> Numbers:
    """What is expected when something happens with a chance; in place, since this is most of the work."""
    found = np.subtract(with_it, without, out=out)
    found *= chance
    found += without
    return found


def indicated(table: Table, draws: Patients, onward: Numbers | None = None, pays: Pays | None = None) -> Solved:
    """The indicated course."""
    return solve(table, draws, None, onward=onward, pays=pays)


def departs_anyhow(moment: object, indicated: int, taken: int) -> bool:
    """Any departure that is no misreporting: the headline's best course, whatever pattern it falls under."""
    return True
