"""How many recoveries last the year after discharge: looked at only where somebody says what a session averts.

Without that figure health is frozen at discharge, and an early one after recovery looks harmless. No source gives it
(`not-known` in the assumptions), so nothing here runs until `--assume` or a file does.
"""

from __future__ import annotations

from carespec.assumptions import Assumptions, of
from carespec.incentives.expected import Later, expected
from carespec.incentives.figures import Point
from carespec.incentives.gains import Setting, next_of, onward_at, seen_by
from carespec.incentives.patterns import Pattern
from carespec.incentives.solver import Solved, solve

AVERTED, RELAPSE = "relapse-averted", "later-relapse"
"""The names of the two figures in the assumptions; only the first has to be given."""


def later_of(assumptions: Assumptions) -> Later | None:
    """What is assumed of the year after discharge; None where nobody says what a session after recovery averts."""
    if AVERTED not in assumptions or RELAPSE not in assumptions:
        return None
    return Later(of(assumptions, RELAPSE).likely, of(assumptions, AVERTED).likely)


def lasting_lost(setting: Setting, pattern: Pattern, kind: str, point: Point, slot: str) -> float | None:
    """How many recoveries fewer last a year under the rewarded course, for each such patient; None where that is not
    modelled."""
    later, seen = later_of(setting.assumptions), seen_by(setting, pattern)
    if later is None:
        return None
    draws, onward = seen.draws((point,), (slot,), (kind,)), onward_at(seen, (point,), (slot,), (kind,))
    mine = solve(seen.table, draws, pattern.departs, onward=onward, keep_actions=True)
    return _lasting(seen, None, (kind, point, slot), later) - _lasting(seen, mine, (kind, point, slot), later)


def _lasting(setting: Setting, course: Solved | None, at: tuple[str, Point, str], later: Later) -> float:
    """The chance of a recovery that lasts, here or after stepping up; without a course, of the indicated one."""
    kind, point, slot = at
    found = expected(setting.table, setting.draws((point,), (slot,), (kind,)), course, later=later)
    after = next_of(setting) if found.up else None
    return found.lasting + (found.up * _lasting(after, None, at, later) if after else 0.0)
