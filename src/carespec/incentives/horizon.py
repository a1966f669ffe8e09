"""How far a course has to be followed before nothing more is to be gained, and what to say where that never comes.

Payments and indications stop changing after the largest number that they name. Going on can be worth while beyond it
all the same: for a fee per session without a limit for ever, for an outcome until it has become too unlikely.
"""

from __future__ import annotations

import numpy as np

from carespec.assumptions import Assumptions
from carespec.incentives.episode.contract import Contract
from carespec.incentives.episode.course import MOST_SESSIONS
from carespec.incentives.episode.step import Step, table_of
from carespec.incentives.figures import FREE, Point
from carespec.incentives.gains import Setting
from carespec.incentives.patients import Numbers
from carespec.incentives.solver import PROFIT, departs_anyhow, solve
from carespec.tuples import NamedTuple

_PENNY = 0.01


class Settled(NamedTuple):
    """A step ready to be solved. `never_stops` says where the best course gains by every further session that is looked
    at: "likely" at the likely figures, "somewhere" only at an end of their ranges, "" nowhere."""

    setting: Setting
    never_stops: str = ""


def settle(contract: Contract, step: Step, assumptions: Assumptions) -> Settled:
    """The step, followed as far as going on gains a penny at the likely figures and at the two ends of all ranges."""
    first = step.horizon()
    if step.course.most is not None or first >= MOST_SESSIONS:
        return Settled(Setting(contract, step, assumptions, table_of(step, first)))
    end, value = first, _best(contract, step, assumptions, first)
    before = more = value
    while end < MOST_SESSIONS:
        further = min(MOST_SESSIONS, max(end + 4, end * 3 // 2))
        more = _best(contract, step, assumptions, further)
        if float(np.max(more - value)) < _PENNY:
            return Settled(Setting(contract, step, assumptions, table_of(step, end)))
        end, before, value = further, value, more
    at_likely = bool(np.any((more - before)[::3] >= _PENNY))
    where = "likely" if at_likely else "somewhere"
    return Settled(Setting(contract, step, assumptions, table_of(step, first)), where)


def _best(contract: Contract, step: Step, assumptions: Assumptions, horizon: int) -> Numbers:
    setting = Setting(contract, step, assumptions, table_of(step, horizon))
    points: tuple[Point, ...] = ({}, dict.fromkeys(FREE, 0.0), dict.fromkeys(FREE, 1.0))
    draws = setting.draws(points, ("idle",))
    return np.asarray(solve(setting.table, draws, departs_anyhow, may_reject=True).value[PROFIT])
