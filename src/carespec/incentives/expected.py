"""How many of each payment a course is expected to earn, and what it is expected to cost: a walk forwards over it.

For a fixed course pay is a sum of amounts times these counts, so any re-pricing is a product of two rows of numbers.
The solver carries pounds backwards; this carries chances forwards, and the two must agree.
"""

from __future__ import annotations

import numpy as np

from carespec.incentives.episode.actions import DISCHARGE, ILL, RECOVERED, RELAPSED, STEP_UP, TREAT
from carespec.incentives.episode.step import Table
from carespec.incentives.patients import Numbers, Patients
from carespec.incentives.solver import Solved, solve
from carespec.payments.conditions import Events
from carespec.payments.machine import Units
from carespec.tuples import NamedTuple

State = tuple[int, int, int, int]
"""Missed appointments, health, record, and sessions since recovery (0 where nobody asks for them)."""


class Later(NamedTuple):
    """What is assumed of the year after discharge: the chance that somebody discharged at recovery is ill again, and
    the share of it that each session after recovery averts."""

    relapse: float
    averted: float

    def lasts(self, since: int) -> float:
        """The chance that a recovery lasts the year, with so many sessions after it."""
        return 1 - self.relapse * (1 - self.averted) ** since


class Expected(NamedTuple):
    """What is expected of one course: `counts` of each atom of the step's machine, in its order; pounds of `cost`;
    attended `sessions`, `missed` appointments and what of the cost is theirs, and the chances of being `recovered`, and
    stepped `up`, at its end. `lasting` is the chance of being recovered then and for a year after, 0 unless asked for.
    """

    counts: Numbers
    cost: float
    sessions: float
    missed: float
    recovered: float
    up: float
    missed_cost: float
    lasting: float = 0.0

    def pay(self, amounts: Numbers) -> float:
        """Pounds, at those amounts."""
        return float(self.counts @ amounts)


def expected(
    table: Table, draws: Patients, solved: Solved | None = None, draw: int = 0, later: Later | None = None
) -> Expected:
    """What is expected of the course that a solution takes (kept with its actions), for one of its draws; without one
    of the indicated course."""
    course = solved or solve(table, draws, None, keep_actions=True)
    walk = _Walk(table, draws, course, draw, later)
    if course.accepts[draw]:
        walk.go()
    else:
        walk.turned_away()
    return walk.found()


class _Walk:
    def __init__(self, table: Table, draws: Patients, course: Solved, draw: int, later: Later | None) -> None:
        self.table, self.course, self.draw, self.later = table, course, draw, later
        self.draws = {name: float(getattr(draws, name)[draw]) for name in Patients._fields}
        self.recovery = draws.recovery(table.horizon)[:, draw]
        self.counts = np.zeros(len(table.step.machine.atoms))
        self.cost = self.sessions = self.missed = self.recovered = self.up = self.missed_cost = self.lasting = 0.0
        self.limit = len(course.actions) - 1
        self.now: dict[State, float] = {}
        self.after: dict[State, float] = {}

    def found(self) -> Expected:
        return Expected(
            self.counts, self.cost, self.sessions, self.missed, self.recovered, self.up, self.missed_cost, self.lasting
        )  # fmt: skip

    def turned_away(self) -> None:
        self._due(self.table.step.machine.at_referral(), 1.0)
        self.cost += self.draws["rejection"]

    def go(self) -> None:
        """Through every state that is reached, session by session."""
        self._due(self.table.step.machine.at_start(), 1.0)
        self.cost += self.draws["assessment"]
        self.now = {(0, ILL, 0, 0): 1.0}
        for n in range(self.table.horizon + 1):
            self.after = {}
            for missed in range(self.limit + 1):
                for state in [one for one in self.now if one[0] == missed]:
                    self._choose(n, state, self.now[state])
            self.now = self.after

    def _choose(self, n: int, state: State, chance: float) -> None:
        missed, health, record, _ = state
        action = int(self.course.actions[missed][n][health, record, self.draw])
        if action in (DISCHARGE, STEP_UP):
            self._close(n, state, chance)
            self.up += chance * (action == STEP_UP)
            return
        self._attend(n, state, chance * self._not_missed(n, state, chance), action)

    def _not_missed(self, n: int, state: State, chance: float) -> float:
        """The chance of coming; what is missed before is led on, or summed where nothing counts it."""
        missed, health, record, since = state
        d, limit = self.draws["dna"], self.table.step.dna_limit
        ends = limit is not None and missed + 1 >= limit
        loops = not ends and missed == self.limit
        lost = chance * (d / (1 - d) if loops else d)
        self._due(self.table.step.machine.on_missed(missed + 1), lost)
        price = self.draws["missed"] * self.draws["session"] + self.draws["slot"]
        self.missed += lost
        self.missed_cost += lost * price
        self.cost += lost * price
        if loops:
            return 1.0
        if ends:
            self._close(n, (min(missed + 1, self.limit), health, record, since), lost)
        else:
            further = (missed + 1, health, record, since)
            self.now[further] = self.now.get(further, 0.0) + lost
        return 1 - d

    def _attend(self, n: int, state: State, chance: float, action: int) -> None:
        missed, health, record, since = state
        self._due(self.table.step.machine.on_session(n + 1), chance)
        reading = self.draws["reading"] if action == TREAT else 0.0
        self.cost += chance * (self.draws["session"] + self.draws["slot"] + reading)
        self.sessions += chance
        other, change = {
            ILL: (RECOVERED, float(self.recovery[n])),
            RECOVERED: (RELAPSED, self.draws["relapse"]),
            RELAPSED: (RECOVERED, self.draws["hazard"]),
        }[health]
        for then, likely in ((other, change), (health, 1 - change)):
            read = self.table.read_next[n][record][then == RECOVERED]
            after = read if action == TREAT else self.table.skip_next[n][record]
            key = (missed, then, after, since + 1 if self.later and then == health == RECOVERED else 0)
            self._close(n + 1, key, chance * likely * self.draws["dropout"])
            self.after[key] = self.after.get(key, 0.0) + chance * likely * (1 - self.draws["dropout"])

    def _close(self, n: int, state: State, chance: float) -> None:
        missed, health, record, since = state
        if chance:
            events = Events(n, missed, self.table.records[record])
            self._due(self.table.step.machine.at_close(events), chance)
            self.recovered += chance * (health == RECOVERED)
            if self.later and health == RECOVERED:
                self.lasting += chance * self.later.lasts(since)

    def _due(self, units: Units, chance: float) -> None:
        for place, number in units:
            self.counts[place] += chance * number
