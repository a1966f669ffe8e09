"""Bounds of a gain that hold for every cost and every chance in a box: what `robust` and `absent` rest on.

The departing course and the indicated one are led through the same events, as in `text.coupling`, so that what they
share cancels; each chance may then lie anywhere in its interval, in every session anew. That allows more than the box
does, so the bounds hold, and they close in as the box is cut. Corners of the box would not do: where one chance acts
in several sessions the gain can be greatest inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from carespec.incentives.abreast import Group, abreast, goes_on_alone
from carespec.incentives.episode.actions import DISCHARGE, ILL, RECOVERED, RELAPSED, TREAT, TREAT_UNMEASURED
from carespec.incentives.episode.step import Departs, Table
from carespec.incentives.patients import Box, Numbers
from carespec.incentives.reach import Level, Move, Sessions, levels
from carespec.tuples import NamedTuple


class Span(NamedTuple):
    """A lower and an upper bound, arrays of one shape."""

    low: Numbers
    high: Numbers


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


def _ends(low: Numbers, high: Numbers) -> Numbers:
    """A lower and an upper end as one array, (end, box)."""
    return np.stack(np.broadcast_arrays(low, high))


def _mix(chance: Numbers, without: Numbers, with_it: Numbers) -> Numbers:
    """What is expected, (state, end, box), when something happens with a chance between two ends: linear in it, so an
    end is worst."""
    change = with_it - without
    change = change[..., None, :, :] * chance[..., :, None, :]
    found = np.empty(change.shape[:-3] + change.shape[-2:])
    np.minimum(change[..., 0, 0, :], change[..., 1, 0, :], out=found[..., 0, :])
    np.maximum(change[..., 0, 1, :], change[..., 1, 1, :], out=found[..., 1, :])
    found += without
    return found


class _Level(NamedTuple):
    """Bounds in every state after n sessions, (state, end, box): of each course alone, and of both together."""

    departing: Numbers
    indicated: Numbers
    both: Numbers


_NOTHING = np.empty((0, 2, 1))

Records = NDArray[np.intp]


class _Bounds:
    """One backward pass. `departs` None: the indicated course alone."""

    def __init__(self, table: Table, box: Box, departs: Departs | None, onward: Span) -> None:
        self.table, self.box, self.departs = table, box, departs
        self.theirs = levels(table, None)
        self.mine = levels(table, departs) if departs else ()
        self.pairs = abreast(table, departs) if departs else ()
        mine, theirs = goes_on_alone(self.pairs)
        self.follows_mine, self.follows_theirs = mine, theirs or departs is None or table.rejects(departs)
        self.count, self.limit = len(box.low.session), len(table.close) - 1
        self.pay = np.array(table.close)[..., None, None]
        self._chances(box)
        low, high = box
        self.onward = _ends(onward.low, onward.high)
        self.reading = _ends(low.reading, high.reading)
        spent = _ends(low.session + low.slot, high.session + high.slot)
        pay = np.array(table.session)[:, None, None]
        self.kept = {TREAT: pay - (spent + self.reading)[::-1], TREAT_UNMEASURED: pay - spent[::-1]}
        lost = _ends(low.missed * low.session + low.slot, high.missed * high.session + high.slot)
        self.lost = np.array(table.missed)[:, None, None] - lost[::-1]
        odds = (self.dna / (1 - self.dna))[:, None] * self.lost[:, None]
        self.lost_before = np.stack([odds[:, :, 0].min(axis=1), odds[:, :, 1].max(axis=1)], axis=1)

    def _chances(self, box: Box) -> None:
        low, high = box
        self.chance = np.empty((self.table.horizon, 3, 2, self.count))
        self.chance[:, ILL, 0], self.chance[:, ILL, 1] = box.recovery(self.table.horizon)
        self.chance[:, RECOVERED] = _ends(low.relapse, high.relapse)
        self.chance[:, RELAPSED] = _ends(low.hazard, high.hazard)
        self.dropout, self.dna = _ends(low.dropout, high.dropout), _ends(low.dna, high.dna)

    def gain(self) -> Span:
        root = self._run()
        gain = Span(*root.both[0])
        if self.departs is None or not self.table.rejects(self.departs):
            return gain
        accepted = self._accepted(root)
        low, high = -self.box.high.rejection - accepted.high, -self.box.low.rejection - accepted.low
        return Span(np.maximum(gain.low, low), np.maximum(gain.high, high))

    def indicated(self) -> Span:
        accepted = self._accepted(self._run())
        return Span(accepted.low + self.table.referral, accepted.high + self.table.referral)

    def _accepted(self, root: _Level) -> Span:
        """What the indicated course earns beyond what a rejected referral pays."""
        fee, (low, high) = self.table.start - self.table.referral, root.indicated[0]
        return Span(fee - self.box.high.assessment + low, fee - self.box.low.assessment + high)

    def _run(self) -> _Level:
        later: list[_Level] = []
        for n in range(self.table.horizon, -1, -1):
            arrived = [self._arrived(n + 1, j, level) for j, level in enumerate(later)]
            found: list[_Level] = []
            for j in range(self.limit, -1, -1):
                found.insert(0, self._level(n, j, arrived[j] if arrived else None, found[0] if found else None))
            later = found
        return later[0]

    def _arrived(self, n: int, j: int, level: _Level) -> _Level:
        """What a level is worth to whoever comes to it and may leave there."""
        departing = indicated = both = _NOTHING
        close = self.pay[j, n]
        if self.follows_mine:
            departing = _mix(self.dropout, level.departing, close[self.mine[n].record])
        if self.follows_theirs:
            indicated = _mix(self.dropout, level.indicated, close[self.theirs[n].record])
        if self.departs:
            pairs = self.pairs[n]
            both = _mix(self.dropout, level.both, close[pairs.own] - close[pairs.other])
        return _Level(departing, indicated, both)

    def _level(self, n: int, j: int, arrived: _Level | None, more: _Level | None) -> _Level:
        after = arrived or _Level(_NOTHING, _NOTHING, _NOTHING)
        follows = after.indicated if self.follows_theirs else None
        theirs = self._alone(n, j, self.theirs[n], follows, more and more.indicated)
        indicated = self._best(self.theirs[n].size, theirs.values()) if self.follows_theirs else _NOTHING
        if not self.departs:
            return _Level(_NOTHING, indicated, _NOTHING)
        follows = after.departing if self.follows_mine else None
        mine = self._alone(n, j, self.mine[n], follows, more and more.departing)
        departing = self._best(self.mine[n].size, mine.values()) if self.follows_mine else _NOTHING
        both = [(group, self._against(n, j, group, (mine, theirs), after, more)) for group in self.pairs[n].groups]
        return _Level(departing, indicated, self._best(self.pairs[n].size, both))

    def _best(self, size: int, choices: Iterable[tuple[Move | Group, Numbers]]) -> Numbers:
        """State by state what is indicated, or the best departure at each end."""
        found, choices = np.empty((size, 2, self.count)), tuple(choices)
        for move, value in choices:
            found[move.first.of] = value[move.first.row]
        for move, value in choices:
            if not move.also.is_empty:
                found[move.also.of] = np.maximum(found[move.also.of], value[move.also.row])
        return found

    def _alone(
        self, n: int, j: int, level: Level, arrived: Numbers | None, more: Numbers | None
    ) -> dict[int, tuple[Move, Numbers]]:
        """What each action is worth, (row, end, box), to a course by itself; only ending it where nothing is `arrived`
        at, because it never goes on alone."""
        close = self.pay[j, n][level.record]
        ended = self._ended_by_missing(n, j, level.record)
        found = {}
        for move in level.moves:
            if move.sessions is None:
                found[move.action] = (move, close if move.action == DISCHARGE else close + self.onward)
            elif arrived is not None:
                value = self._follow(n, move.sessions, arrived)
                found[move.action] = (move, self._attended(n, j, move, value, more if ended is None else ended))
        return found

    def _follow(self, n: int, sessions: Sessions, arrived: Numbers) -> Numbers:
        """What a session does to health."""
        return _mix(self.chance[n, sessions.health], arrived[sessions.stay], arrived[sessions.change])

    def _attended(self, n: int, j: int, move: Move, value: Numbers, then: Numbers | None) -> Numbers:
        """One session's pay and costs, with the appointments missed before it; `then` is where one leads, None back to
        the same state."""
        assert move.sessions is not None
        value += self.kept[move.action][n]
        if then is not None:
            return _mix(self.dna, value, then[move.sessions.state] + self.lost[j])
        value += self.lost_before[j]
        return value

    def _ended_by_missing(self, n: int, j: int, own: Records, other: Records | None = None) -> Numbers | None:
        """What a missed appointment that ends the course leaves, state by state; None where it ends nothing."""
        limit = self.table.step.dna_limit
        if limit is None or j + 1 < limit:
            return None
        close = self.pay[min(j + 1, self.limit), n]
        return np.asarray(close[own] if other is None else close[own] - close[other])

    def _against(
        self, n: int, j: int, group: Group, alone: Sequence[dict[int, tuple[Move, Numbers]]], arrived: _Level,
        more: _Level | None,
    ) -> Numbers:  # fmt: skip
        """What the departing course gains, (row, end, box)."""
        if group.sessions is not None:
            return self._side_by_side(n, j, group, group.sessions, arrived.both, more)
        if group.mine == group.theirs:
            close = self.pay[j, n]
            return np.asarray(close[group.own] - close[group.other])
        mine, theirs = alone[0][group.mine][1], alone[1][group.theirs][1]
        return np.asarray(mine[group.own] - theirs[group.other][:, ::-1])

    def _side_by_side(
        self, n: int, j: int, group: Group, sessions: Sessions, arrived: Numbers, more: _Level | None
    ) -> Numbers:
        """Both go on: the session's pay and cost cancel, a reading's does where both take one."""
        value = self._follow(n, sessions, arrived)
        if group.mine != group.theirs:
            value += -self.reading[::-1] if group.mine == TREAT else self.reading
        ended = self._ended_by_missing(n, j, self.pairs[n].own, self.pairs[n].other)
        then = more.both if ended is None and more is not None else ended
        return value if then is None else _mix(self.dna, value, then[sessions.state])
