"""Bounds of a gain that hold for every cost and every chance in a box: what `robust` and `absent` rest on.

The departing course and the indicated one are led through the same events, as in `text.coupling`, so that what they
share cancels; each chance may then lie anywhere in its interval, in every session anew. That allows more than the box
does, so the bounds hold, and they close in as the box is cut. Corners of the box would not do: where one chance acts
in several sessions the gain can be greatest inside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from carespec.incentives.episode.actions import DISCHARGE, ILL, RECOVERED, RELAPSED, STEP_UP, TREAT, treats
from carespec.incentives.episode.step import Departs, Table
from carespec.incentives.patients import Box, Numbers
from carespec.incentives.solver import Mask, masks


class Span(NamedTuple):
    """A lower and an upper bound, arrays of one shape."""

    low: Numbers
    high: Numbers

    def plus(self, other: Span) -> Span:
        """End by end."""
        return Span(self.low + other.low, self.high + other.high)

    def minus(self, other: Span) -> Span:
        """The range of the difference, whatever each is."""
        return Span(self.low - other.high, self.high - other.low)


def zero() -> Span:
    """Nothing, for certain."""
    return Span(np.zeros(1), np.zeros(1))


def gain_bounds(table: Table, box: Box, departs: Departs, onward: Span | None = None) -> Span:
    """Bounds, for each box, of the gain in pounds of the best course that departs only as `departs` allows.

    The lower one belongs to one course that gains as much everywhere in the box; no course gains more than the upper
    one anywhere in it. `onward` bounds what a step up is worth to whoever is paid.
    """
    return _Bounds(table, box, departs, onward or zero()).gain()


def value_bounds(table: Table, box: Box, onward: Span | None = None) -> Span:
    """Bounds of what the indicated course earns over its costs, from referral."""
    return _Bounds(table, box, None, onward or zero()).indicated()


def _mix(chance: Span, without: Span, with_it: Span) -> Span:
    """What is expected when something happens with a chance between two ends: linear in it, so an end is worst."""
    ends = [
        Span(without.low + p * (with_it.low - without.low), without.high + p * (with_it.high - without.high))
        for p in chance
    ]
    return Span(np.minimum(ends[0].low, ends[1].low), np.maximum(ends[0].high, ends[1].high))


def _best(choices: Sequence[tuple[Span, Mask | None]], shape: tuple[int, ...]) -> Span:
    """Choice by choice the best at each end, where its mask allows it."""
    low, high = np.full(shape, -np.inf), np.full(shape, -np.inf)
    for span, mask in choices:
        where = np.broadcast_to(True if mask is None else mask, shape)
        np.maximum(low, span.low, out=low, where=where)
        np.maximum(high, span.high, out=high, where=where)
    return Span(low, high)


class _Level(NamedTuple):
    """Bounds in every state after n sessions: of each course alone (health, record, box), and of both together."""

    departing: Span
    indicated: Span
    both: Span


class _Bounds:
    """One backward pass. `departs` None: the indicated course alone."""

    def __init__(self, table: Table, box: Box, departs: Departs | None, onward: Span) -> None:
        self.table, self.box, self.onward, self.departs = table, box, onward, departs
        self.allowed = masks(table, departs)
        self.count, self.size = len(box.low.session), len(table.records)
        self.recovery = Span(*box.recovery(table.horizon))
        self.dropout = Span(box.low.dropout, box.high.dropout)
        self.relapse = Span(box.low.relapse, box.high.relapse)
        self.hazard = Span(box.low.hazard, box.high.hazard)
        self.dna = Span(box.low.dna, box.high.dna)
        self.reading = Span(box.low.reading, box.high.reading)
        self.limit = len(table.close) - 1

    def gain(self) -> Span:
        root = self._run()
        gain = Span(root.both.low[ILL, 0, 0], root.both.high[ILL, 0, 0])
        if self.departs is None or not self.table.rejects(self.departs):
            return gain
        kept = Span(-self.box.high.rejection, -self.box.low.rejection)
        instead = kept.minus(self._accepted(root))
        return Span(np.maximum(gain.low, instead.low), np.maximum(gain.high, instead.high))

    def indicated(self) -> Span:
        accepted = self._accepted(self._run())
        return Span(accepted.low + self.table.referral, accepted.high + self.table.referral)

    def _accepted(self, root: _Level) -> Span:
        """What the indicated course earns beyond what a rejected referral pays."""
        fee = self.table.start - self.table.referral
        low = fee - self.box.high.assessment + root.indicated.low[ILL, 0]
        return Span(low, fee - self.box.low.assessment + root.indicated.high[ILL, 0])

    def _run(self) -> _Level:
        later: list[_Level] = []
        for n in range(self.table.horizon, -1, -1):
            levels: list[_Level] = []
            for j in range(self.limit, -1, -1):
                levels.insert(0, self._level(n, j, later, levels[0] if levels else None))
            later = levels
        return later[0]

    def _level(self, n: int, j: int, later: Sequence[_Level], more: _Level | None) -> _Level:
        moves = {a: self._alone(n, j, a, later, more) for a in range(4) if self._is_used(n, a)}
        shape = (3, self.size, self.count)
        allowed = self.allowed[n]
        departing = _best([(m[0], allowed[..., a, None]) for a, m in moves.items()], shape)
        theirs = np.array(self.table.indicated[n])
        indicated = _best([(m[1], (theirs == a)[..., None]) for a, m in moves.items()], shape)
        if self.departs is None:
            return _Level(departing, indicated, zero())
        return _Level(departing, indicated, self._both(n, j, moves, later, more))

    def _is_used(self, n: int, action: int) -> bool:
        return bool(self.allowed[n][..., action].any()) or any(action in row for row in self.table.indicated[n])

    def _close(self, n: int, j: int) -> Numbers:
        return np.asarray(self.table.close[min(j, self.limit)][n])[:, None]

    def _alone(self, n: int, j: int, action: int, later: Sequence[_Level], more: _Level | None) -> tuple[Span, Span]:
        """What an action is worth to the departing course, and to the indicated one, when the other has ended."""
        shape = (3, self.size, self.count)
        if not treats(action):
            close = np.broadcast_to(self._close(n, j)[None], shape)
            ended = Span(close, close)
            ended = ended.plus(self.onward) if action == STEP_UP else ended
            return ended, ended
        found = []
        for go_on, stay in (
            (later[j].departing, more.departing if more else None),
            (later[j].indicated, more.indicated if more else None),
        ):
            close = np.broadcast_to(self._close(n + 1, j)[None], shape)
            after = self._follow(n, _mix(self.dropout, go_on, Span(close, close)), self._record(n, action))
            found.append(self._attended(n, j, action, after, stay))
        return found[0], found[1]

    def _record(self, n: int, action: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The records that follow in session n + 1: where it shows none, and where it shows recovery."""
        if action == TREAT:
            pairs = np.array(self.table.read_next[n])
            return pairs[:, 0], pairs[:, 1]
        skip = np.array(self.table.skip_next[n])
        return skip, skip

    def _follow(self, n: int, after: Span, record: tuple[NDArray[np.intp], NDArray[np.intp]]) -> Span:
        """What a session does to health, in states (health, record, box)."""
        ill, well = record
        return self._healths(n, lambda h: _part(after, h, well if h == RECOVERED else ill))

    def _healths(self, n: int, then: Callable[[int], Span]) -> Span:
        recovery = Span(self.recovery.low[n], self.recovery.high[n])
        parts = [
            _mix(recovery, then(ILL), then(RECOVERED)),
            _mix(self.relapse, then(RECOVERED), then(RELAPSED)),
            _mix(self.hazard, then(RELAPSED), then(RECOVERED)),
        ]
        return Span(np.stack([part.low for part in parts]), np.stack([part.high for part in parts]))

    def _attended(self, n: int, j: int, action: int, after: Span, stay: Span | None) -> Span:
        """One session's pay and costs, with the appointments missed before it."""
        low, high, pay = self.box.low, self.box.high, self.table.session[n]
        reading = self.reading if action == TREAT else zero()
        spent = Span(low.session + low.slot + reading.low, high.session + high.slot + reading.high)
        value = Span(after.low + pay - spent.high, after.high + pay - spent.low)
        lost = Span(low.missed * low.session + low.slot, high.missed * high.session + high.slot)
        net = Span(self.table.missed[j] - lost.high, self.table.missed[j] - lost.low)
        then = self._after_missed(n, j, stay)
        if then is not None:
            return _mix(self.dna, value, then.plus(net))
        odds = [p / (1 - p) for p in self.dna]
        least = np.minimum(odds[0] * net.low, odds[1] * net.low)
        return value.plus(Span(least, np.maximum(odds[0] * net.high, odds[1] * net.high)))

    def _after_missed(self, n: int, j: int, stay: Span | None) -> Span | None:
        """Where a missed appointment leads; None back to the same state."""
        limit = self.table.step.dna_limit
        if limit is not None and j + 1 >= limit:
            close = np.broadcast_to(self._close(n, j + 1)[None], (3, self.size, self.count))
            return Span(close, close)
        return stay

    def _both(
        self, n: int, j: int, moves: dict[int, tuple[Span, Span]], later: Sequence[_Level], more: _Level | None
    ) -> Span:
        """The gain in states (health, record of the departing course, record of the indicated one, box)."""
        shape = (3, self.size, self.size, self.count)
        theirs = np.array(self.table.indicated[n])
        choices: list[tuple[Span, Mask | None]] = []
        for a in moves:
            for b in {int(action) for action in theirs.flat}:
                mask = self.allowed[n][:, :, a][:, :, None] & (theirs == b)[:, None, :]
                if mask.any():
                    choices.append((self._against(n, j, a, b, moves, later, more), mask[..., None]))
        return _best(choices, shape)

    def _against(
        self, n: int, j: int, mine: int, theirs: int, moves: dict[int, tuple[Span, Span]],
        later: Sequence[_Level], more: _Level | None,
    ) -> Span:  # fmt: skip
        if mine == theirs and mine in (DISCHARGE, STEP_UP):
            close = self._close(n, j)
            difference = np.broadcast_to(close[:, None] - close[None], (3, self.size, self.size, self.count))
            return Span(difference, difference)
        if not (treats(mine) and treats(theirs)):
            ours, other = moves[mine][0], moves[theirs][1]
            return Span(ours.low[:, :, None] - other.high[:, None, :], ours.high[:, :, None] - other.low[:, None, :])
        return self._side_by_side(n, j, mine, theirs, later, more)

    def _side_by_side(
        self, n: int, j: int, mine: int, theirs: int, later: Sequence[_Level], more: _Level | None
    ) -> Span:
        """Both go on: the session's pay and cost cancel, a reading's does where both take one."""
        close = self._close(n + 1, j)
        ended = np.broadcast_to(close[:, None] - close[None], (3, self.size, self.size, self.count))
        after = _mix(self.dropout, later[j].both, Span(ended, ended))
        ours, others = self._record(n, mine), self._record(n, theirs)
        value = self._healths(n, lambda h: _pair(after, h, ours[int(h == RECOVERED)], others[int(h == RECOVERED)]))
        if mine != theirs:
            cost = self.reading if mine == TREAT else Span(-self.reading.high, -self.reading.low)
            value = value.minus(cost)
        then = self._both_after_missed(n, j, more)
        return value if then is None else _mix(self.dna, value, then)

    def _both_after_missed(self, n: int, j: int, more: _Level | None) -> Span | None:
        limit = self.table.step.dna_limit
        if limit is not None and j + 1 >= limit:
            close = self._close(n, j + 1)
            difference = np.broadcast_to(close[:, None] - close[None], (3, self.size, self.size, self.count))
            return Span(difference, difference)
        return more.both if more else None


def _part(span: Span, health: int, records: NDArray[np.intp]) -> Span:
    return Span(span.low[health, records], span.high[health, records])


def _pair(span: Span, health: int, mine: NDArray[np.intp], theirs: NDArray[np.intp]) -> Span:
    at = np.ix_(mine, theirs)
    return Span(span.low[health][at], span.high[health][at])
