"""What holds on every path of events: a rewarded course and the indicated one, led through the same events.

Both are told the same of nature: who recovers, relapses, leaves. Nature then does its worst, and its best, to the
difference; no chance appears. A gain that is never below nothing, and somewhere above, follows from the contract's
text, whatever the patients are like. A missed appointment counts as part of the cost of the next attended session.

`check` asks this of every service, so the states that can be reached are walked once each with bare numbers, and what
the indicated course comes to once for all patterns of a step. The tests hold it to the definition written out slowly.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from carespec.incentives.episode.actions import (
    DISCHARGE,
    HEALTHS,
    ILL,
    RECOVERED,
    RELAPSED,
    STEP_UP,
    TREAT,
    TREAT_UNMEASURED,
    treats,
)
from carespec.incentives.episode.step import Departs, Step, Table
from carespec.memory import Memory
from carespec.payments.atoms import COURSE, SESSION, Place
from carespec.tuples import NamedTuple

PENNY = 1e-6
"""Differences in pounds below this are rounding."""

_LOSS = 1e-3
"""Pounds lost on one path that no rounding explains."""

_UNKNOWN = 1e9
"""Stands for what the next step is worth to the same provider, about which the text of this one says nothing."""

_INFINITE = float("inf")


class Range(NamedTuple):
    """The least and the greatest that something comes to, in pounds, over all paths."""

    least: float
    greatest: float


class Costs(NamedTuple):
    """What a session, a reading, an assessment and a rejection may cost, in pounds, from least to greatest."""

    session: Range
    reading: Range = Range(0.0, 0.0)
    assessment: Range = Range(0.0, 0.0)
    rejection: Range = Range(0.0, 0.0)


class Coupled(NamedTuple):
    """The gain of the best departing course over the indicated one on every path, and whether it is never a loss."""

    gain: Range

    @property
    def is_structural(self) -> bool:
        """Never a loss, and somewhere a gain."""
        return self.gain.least >= -PENNY and self.gain.greatest > PENNY


_Pair = tuple[float, float]
"""A range as a bare pair: there are many, and most are met on the way only."""

_Onwards = Callable[[int, int, int], _Pair]

_FOLLOWS: dict[int, tuple[int, ...]] = {
    ILL: (ILL, RECOVERED),
    RECOVERED: (RECOVERED, RELAPSED),
    RELAPSED: (RELAPSED, RECOVERED),
}


def coupled(
    table: Table, departs: Departs, costs: Costs, relapse: bool = True, dropout: bool = True, always: bool = True
) -> Coupled:
    """Lead a course that departs as `departs` says, and the indicated one, through every path of events.

    The departing course departs wherever it may; unless `always` holds, only where that improves its worst path. Where
    it may depart in several ways it takes the one whose worst path is best, and among those whose best path is best.
    """
    return Courses(table, costs, relapse, dropout, always).coupled(departs)


_Choices = dict[tuple[int, int, int], tuple[int, ...]]


class Shared:
    """What contracts that differ only in their amounts have in common, for one run: where a pattern departs, what it
    gains where no amount bears on that, and whether it departs by going on for ever."""

    def __init__(self) -> None:
        self._choices: Memory[tuple[object, ...], _Choices] = Memory(_KINDS)
        self.gains: Memory[tuple[object, ...], _Pair] = Memory(_KINDS)
        self.going_on: Memory[tuple[object, ...], bool] = Memory(_KINDS)

    def choices(self, table: Table, departs: Departs) -> _Choices:
        """What the departing course may do, by sessions, health and record, as far as it was asked yet."""
        key = (departs, table.step, table.horizon)
        found = self._choices.get(key)
        if found is None:
            found = {}
            self._choices.put(key, found)
        return found


_KINDS = 256
"""How many kinds of contract are remembered; a kind is a step with its payments, but for their amounts."""


def _kind(step: Step) -> Step:
    """The step as departures may see it: what of treatment is paid for and indicated, without amounts and names."""
    paid = [atom for atom in step.machine.atoms if atom.per in (SESSION, COURSE)]
    atoms = tuple([atom._replace(name="", amount=_ONE, place=_NOWHERE) for atom in paid])
    course = step.course._replace(defaults=())
    return Step("", step.machine._replace(atoms=atoms), course, step.onward)


_ONE, _NOWHERE = Decimal(1), Place("", 0, 0, 0)


class Courses:
    """The courses that can be led through the events of one table, at given costs.

    `shared` is for courses in which everything may happen and departures are always taken, as by default.
    """

    def __init__(
        self, table: Table, costs: Costs, relapse: bool = True, dropout: bool = True, always: bool = True,
        shared: Shared | None = None,
    ) -> None:  # fmt: skip
        self.table, self.costs, self.dropout, self.always = (
            table._replace(step=_kind(table.step)),
            costs,
            dropout,
            always,
        )
        self.shared = shared or Shared()
        self.is_flat = all(row.count(row[0]) == len(row) for row in table.close[0])
        self.follows = _FOLLOWS if relapse else {**_FOLLOWS, RECOVERED: (RECOVERED,)}
        self._close = table.close[0]
        self._onward = (-_UNKNOWN, _UNKNOWN) if table.step.onward == "own" else (0.0, 0.0)
        least, greatest = costs.session
        plain = [(pay + -greatest, pay + -least) for pay in table.session]
        least, greatest = costs.reading
        # What one more session pays over its costs, by what is done in it.
        self._session = {
            TREAT: [(low + -greatest, high + -least) for low, high in plain],
            TREAT_UNMEASURED: [(low + 0.0, high + 0.0) for low, high in plain],
        }
        self._indicated: dict[tuple[int, int, int], _Pair] = {}

    def coupled(self, departs: Departs) -> Coupled:
        """What a course that departs so gains over the indicated one; see the function."""
        if self.table.rejects(departs):
            return self._rejecting()
        return Coupled(Range(*_Both(self, departs).whole_gain()))

    def unless_lost(self, departs: Departs) -> Coupled | None:
        """The same; None where one of two paths shows already that such a course can lose, as they do of most that can.

        On them the patient is well after the first session, or never, and may leave after any.
        """
        if self.table.rejects(departs):
            return None if self._earns_before_leaving() else self._rejecting()
        both = _Both(self, departs)
        if both.known_gain() is None and (both.loses_if(1) or both.loses_if(self.table.horizon + 1)):
            return None
        return Coupled(Range(*both.whole_gain()))

    def goes_on(self, departs: Departs) -> bool:
        """Whether such a course may have one more session, where that departs, after the last but one looked at."""
        table, key = self.table, (departs, self.table.step, self.table.horizon)
        found = self.shared.going_on.get(key)
        if found is None:
            states = ((health, record) for health in range(len(HEALTHS)) for record in range(len(table.records)))
            found = any(
                treats(action) for state in states for action in table.allowed(departs, table.horizon - 1, *state)[1:]
            )
            self.shared.going_on.put(key, found)
        return found

    def _rejecting(self) -> Coupled:
        least, greatest = self._accepted(self.table.start - self.table.referral)
        return Coupled(Range(-greatest + -self.costs.rejection.greatest, -least + -self.costs.rejection.least))

    def _earns_before_leaving(self) -> bool:
        """Whether somebody who stays ill, and leaves after some session, may bring more than turning them away."""
        table, n, r, worth = self.table, 0, 0, self.table.start - self.table.referral - self.costs.assessment.least
        worth += self.costs.rejection.greatest
        while self.dropout and table.indicated[n][ILL][r] in _TREATS:
            action = table.indicated[n][ILL][r]
            worth += self._session[action][n][1]
            r = table.read_next[n][r][False] if action == TREAT else table.skip_next[n][r]
            n += 1
            if worth + self._close[n][r] > _LOSS:
                return True
        return False

    def course_range(self) -> Range:
        """What the indicated course earns over its costs, from the worst path of events to the best."""
        return Range(*self._accepted(self.table.start))

    def _accepted(self, start: float) -> _Pair:
        assessment, course = self.costs.assessment, self.indicated(0, ILL, 0)
        return start + -assessment.greatest + course[0], start + -assessment.least + course[1]

    def indicated(self, n: int, h: int, r: int) -> _Pair:
        """What the indicated course comes to from a state on."""
        found = self._indicated.get((n, h, r))
        if found is None:
            action = self.table.indicated[n][h][r]
            found = self._indicated[(n, h, r)] = self.alone(n, h, r, action, self.indicated)
        return found

    def alone(self, n: int, h: int, r: int, action: int, onwards: _Onwards) -> _Pair:
        """What an action comes to together with the course that goes on from there."""
        pay = self._close[n][r]
        if action == DISCHARGE:
            return pay, pay
        if action == STEP_UP:
            return pay + self._onward[0], pay + self._onward[1]
        reads = self.table.read_next[n][r] if action == TREAT else (self.table.skip_next[n][r],) * 2
        least, greatest, dropout, close = _INFINITE, -_INFINITE, self.dropout, self._close[n + 1]
        for health in self.follows[h]:
            then = reads[health == RECOVERED]
            low, high = onwards(n + 1, health, then)
            if low < least:
                least = low
            if high > greatest:
                greatest = high
            if dropout:
                pay = close[then]
                if pay < least:
                    least = pay
                if pay > greatest:
                    greatest = pay
        low, high = self._session[action][n]
        return low + least, high + greatest

    def session(self, n: int, action: int) -> _Pair:
        """What one more session pays over its costs."""
        return self._session[action][n]


class _Both:
    """One departing course: alone, and beside the indicated one."""

    def __init__(self, courses: Courses, departs: Departs) -> None:
        self._courses, self._table, self._departs = courses, courses.table, departs
        self._choices = courses.shared.choices(courses.table, departs)
        self._kind = (departs, self._table.step, self._table.horizon, courses.costs.reading)
        self._parted = False
        self._close = courses.table.close[0]
        self._alone: dict[tuple[int, int, int], _Pair] = {}
        self._gain: dict[tuple[int, int, int, int], _Pair] = {}

    def _allowed(self, n: int, h: int, r: int) -> tuple[int, ...]:
        found = self._choices.get((n, h, r))
        if found is None:
            found = self._table.allowed(self._departs, n, h, r)
            if len(found) > 1 and self._courses.always:
                found = found[1:]
            self._choices[(n, h, r)] = found
        return found

    def departing(self, n: int, h: int, r: int) -> _Pair:
        """What the departing course comes to from a state on."""
        found = self._alone.get((n, h, r))
        if found is None:
            alone, departing, choices = self._courses.alone, self.departing, self._allowed(n, h, r)
            if len(choices) == 1:
                found = alone(n, h, r, choices[0], departing)
            else:
                found = _best([alone(n, h, r, action, departing) for action in choices])
            self._alone[(n, h, r)] = found
        return found

    def whole_gain(self) -> _Pair:
        """The gain from the first session on.

        Where no reading changes what a course is paid when it ends, and both courses always end together, no amount
        bears on it.
        """
        found = self.known_gain()
        if found is None:
            found = self.gain(0, ILL, 0, 0)
            if self._courses.is_flat and not self._parted:
                self._courses.shared.gains.put(self._kind, found)
        return found

    def known_gain(self) -> _Pair | None:
        """The gain from the first session on, where another contract showed it."""
        return self._courses.shared.gains.get(self._kind) if self._courses.is_flat else None

    def gain(self, n: int, h: int, mine: int, theirs: int) -> _Pair:
        """The gain of the departing course over the indicated one from here on, both still going."""
        found = self._gain.get((n, h, mine, theirs))
        if found is None:
            indicated, choices = self._table.indicated[n][h][theirs], self._allowed(n, h, mine)
            if len(choices) == 1:
                found = self._against(n, h, mine, theirs, choices[0], indicated)
            else:
                found = _best([self._against(n, h, mine, theirs, action, indicated) for action in choices])
            self._gain[(n, h, mine, theirs)] = found
        return found

    def loses_if(self, well: int) -> bool:
        """Whether the departing course loses if the patient is well from session `well` on, or leaves on the way.

        False where it has a choice: then nothing is shown without looking at all paths.
        """
        table, n, h, mine, theirs, gain = self._table, 0, ILL, 0, 0, 0.0
        while True:
            allowed, indicated = self._allowed(n, h, mine), table.indicated[n][h][theirs]
            action = allowed[0]
            if len(allowed) > 1 or action not in _TREATS or indicated not in _TREATS:
                break
            if action != indicated:
                reading = self._courses.costs.reading
                gain += -reading.greatest if action == TREAT else reading.least
            h = RECOVERED if n + 1 >= well else ILL
            mine, theirs = self._next(n, mine, action, h), self._next(n, theirs, indicated, h)
            n += 1
            if self._courses.dropout and gain + self._close[n][mine] - self._close[n][theirs] < -_LOSS:
                return True
        if action == indicated == STEP_UP:
            return gain + self._close[n][mine] - self._close[n][theirs] < -_LOSS
        return self._loses_alone(n, h, mine, gain - self._courses.indicated(n, h, theirs)[1], well)

    def _loses_alone(self, n: int, h: int, mine: int, gain: float, well: int) -> bool:
        """The same, where only the departing course may still go on, and has come to `gain` over the other so far."""
        while True:
            allowed = self._allowed(n, h, mine)
            if len(allowed) > 1:
                return False
            if allowed[0] not in _TREATS:
                return gain + self._courses.alone(n, h, mine, allowed[0], self.departing)[0] < -_LOSS
            gain += self._courses.session(n, allowed[0])[0]
            h = RECOVERED if n + 1 >= well else ILL
            mine = self._next(n, mine, allowed[0], h)
            n += 1
            if self._courses.dropout and gain + self._close[n][mine] < -_LOSS:
                return True

    def _next(self, n: int, r: int, action: int, health: int) -> int:
        return self._table.read_next[n][r][health == RECOVERED] if action == TREAT else self._table.skip_next[n][r]

    def _against(self, n: int, h: int, mine: int, theirs: int, action: int, indicated: int) -> _Pair:
        if action in _TREATS and indicated in _TREATS:
            return self._together(n, h, mine, theirs, action, indicated)
        if action == indicated:  # both discharge, or both hand over to the same next step
            gain = self._close[n][mine] + -self._close[n][theirs]
            return gain, gain
        self._parted = True
        low, high = self._courses.alone(n, h, mine, action, self.departing)
        their_low, their_high = self._courses.indicated(n, h, theirs)
        return low + -their_high, high + -their_low

    def _together(self, n: int, h: int, mine: int, theirs: int, action: int, indicated: int) -> _Pair:
        """Both have one more session; what it pays and costs falls away, but for a reading that only one has."""
        table, courses, close = self._table, self._courses, self._close[n + 1]
        reads = table.read_next[n][mine] if action == TREAT else (table.skip_next[n][mine],) * 2
        their_reads = table.read_next[n][theirs] if indicated == TREAT else (table.skip_next[n][theirs],) * 2
        least, greatest = _INFINITE, -_INFINITE
        for health in courses.follows[h]:
            a, b = reads[health == RECOVERED], their_reads[health == RECOVERED]
            low, high = self.gain(n + 1, health, a, b)
            if low < least:
                least = low
            if high > greatest:
                greatest = high
            if courses.dropout:
                left = close[a] + -close[b]
                if left < least:
                    least = left
                if left > greatest:
                    greatest = left
        if action == indicated:
            return 0.0 + least, 0.0 + greatest
        low, high = courses.costs.reading
        return (-high + least, -low + greatest) if action == TREAT else (low + least, high + greatest)


_TREATS = (TREAT, TREAT_UNMEASURED)


def _best(choices: list[_Pair]) -> _Pair:
    """Of what there is to choose, the best on its worst path; of equals (to a penny) the best on its best path."""
    return max(choices, key=lambda choice: (round(choice[0], 6), choice[1]))
