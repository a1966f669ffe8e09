"""What holds on every path of events, written out as a definition: each range an object, each state a function call.

The program walks the same states with bare numbers, and remembers more. This is here to disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from carespec.incentives.episode.actions import DISCHARGE, ILL, RECOVERED, RELAPSED, STEP_UP, TREAT, treats
from carespec.incentives.episode.step import Departs, Table
from carespec.incentives.text.coupling import Costs

_UNKNOWN = 1e9
"""Stands for what the next step is worth to the same provider, about which the text of this one says nothing."""


class Range(NamedTuple):
    """The least and the greatest that something comes to, in pounds, over all paths."""

    least: float
    greatest: float

    def __add__(self, other: object) -> Range:
        """End by end."""
        assert isinstance(other, Range)
        return Range(self.least + other.least, self.greatest + other.greatest)

    def __neg__(self) -> Range:
        """The range of what is lost instead."""
        return Range(-self.greatest, -self.least)


_FOLLOWS: dict[int, tuple[int, ...]] = {
    ILL: (ILL, RECOVERED),
    RECOVERED: (RECOVERED, RELAPSED),
    RELAPSED: (RELAPSED, RECOVERED),
}


def coupled(
    table: Table, departs: Departs, costs: Costs, relapse: bool = True, dropout: bool = True, always: bool = True
) -> Range:
    """Lead a course that departs as `departs` says, and the indicated one, through every path of events.

    The departing course departs wherever it may; unless `always` holds, only where that improves its worst path. Where
    it may depart in several ways it takes the one whose worst path is best, and among those whose best path is best.
    """
    follows = _FOLLOWS if relapse else {**_FOLLOWS, RECOVERED: (RECOVERED,)}
    walk = _Walk(table, departs, costs, follows, (False, True) if dropout else (False,), always)
    if not table.rejects(departs):
        return walk.both(0, ILL, 0, 0)
    start = table.start - table.referral
    accepted = Range(start, start) + -walk.assessment + walk.indicated(0, ILL, 0)
    return -accepted + -Range(*costs.rejection)


def course_range(table: Table, costs: Costs) -> Range:
    """What the indicated course earns over its costs, from the worst path of events to the best."""
    walk = _Walk(table, lambda *_: False, costs, _FOLLOWS, (False, True), always=True)
    return Range(table.start, table.start) + -walk.assessment + walk.indicated(0, ILL, 0)


def _best(choices: Iterator[Range]) -> Range:
    """Of what there is to choose, the best on its worst path; of equals (to a penny) the best on its best path."""
    return max(choices, key=lambda choice: (round(choice.least, 6), choice.greatest))


def _span(paths: Iterator[Range]) -> Range:
    """Whatever nature does."""
    found = list(paths)
    return Range(min(path.least for path in found), max(path.greatest for path in found))


class _Walk:
    """Three recursions over a table: the departing course alone, the indicated one alone, and both together."""

    def __init__(
        self, table: Table, departs: Departs, costs: Costs,
        follows: dict[int, tuple[int, ...]], leaves: tuple[bool, ...], always: bool,
    ) -> None:  # fmt: skip
        self.table, self.departs = table, departs
        self.session, self.reading, self.assessment = (Range(*each) for each in costs[:3])
        self._follows, self._leaves, self._always = follows, leaves, always
        self.allowed = cache(self._allowed)
        self.indicated, self.departing, self.both = cache(self._indicated), cache(self._departing), cache(self._both)

    def _allowed(self, n: int, h: int, r: int) -> tuple[int, ...]:
        indicated, *others = self.table.allowed(self.departs, n, h, r)
        return tuple(others) if others and self._always else (indicated, *others)

    def _close(self, n: int, r: int) -> Range:
        pay = self.table.close[0][n][r]
        return Range(pay, pay)

    def _onward(self) -> Range:
        return Range(-_UNKNOWN, _UNKNOWN) if self.table.step.onward == "own" else Range(0.0, 0.0)

    def _next(self, n: int, r: int, action: int, health: int) -> int:
        if action == TREAT:
            return self.table.read_next[n][r][health == RECOVERED]
        return self.table.skip_next[n][r]

    def _session(self, n: int, action: int) -> Range:
        """What one more session pays and costs."""
        pay = self.table.session[n]
        return Range(pay, pay) + -self.session + (-self.reading if action == TREAT else Range(0.0, 0.0))

    def _alone(self, n: int, h: int, r: int, action: int, departing: bool) -> Range:
        if action == DISCHARGE:
            return self._close(n, r)
        if action == STEP_UP:
            return self._close(n, r) + self._onward()
        go_on = self.departing if departing else self.indicated
        paths = (
            self._close(n + 1, then) if left else go_on(n + 1, health, then)
            for health in self._follows[h]
            for then in (self._next(n, r, action, health),)
            for left in self._leaves
        )
        return self._session(n, action) + _span(paths)

    def _indicated(self, n: int, h: int, r: int) -> Range:
        return self._alone(n, h, r, self.table.indicated[n][h][r], False)

    def _departing(self, n: int, h: int, r: int) -> Range:
        return _best(self._alone(n, h, r, action, True) for action in self.allowed(n, h, r))

    def _both(self, n: int, h: int, mine: int, theirs: int) -> Range:
        """The gain of the departing course over the indicated one from here on, both still going."""
        indicated = self.table.indicated[n][h][theirs]
        return _best(self._against(n, h, mine, theirs, a, indicated) for a in self.allowed(n, h, mine))

    def _against(self, n: int, h: int, mine: int, theirs: int, action: int, indicated: int) -> Range:
        if action == indicated == STEP_UP:
            return self._close(n, mine) + -self._close(n, theirs)
        if not (treats(action) and treats(indicated)):
            return self._alone(n, h, mine, action, True) + -self._alone(n, h, theirs, indicated, False)
        measured = Range(0.0, 0.0)
        if action != indicated:
            measured = -self.reading if action == TREAT else self.reading
        paths = (
            self._close(n + 1, a) + -self._close(n + 1, b) if left else self.both(n + 1, health, a, b)
            for health in self._follows[h]
            for a in (self._next(n, mine, action, health),)
            for b in (self._next(n, theirs, indicated, health),)
            for left in self._leaves
        )
        return measured + _span(paths)
