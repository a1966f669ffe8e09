"""How much a pattern gains, exactly, at many points, and bounds of it over boxes: one reading of a pattern for both.

Claims are what a verdict is about. A pattern that is there if one kind of patient shows it makes one claim a kind;
one that speaks of all kinds together makes a single claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from carespec.assumptions import Assumptions, of
from carespec.incentives.bounds import Span, gain_bounds, value_bounds, zero
from carespec.incentives.episode.contract import Contract
from carespec.incentives.episode.step import Step, Table, table_of
from carespec.incentives.episode.terms import turns_away
from carespec.incentives.figures import KINDS, SLOTS, Point, figures_of, joined, together
from carespec.incentives.patients import Box, Numbers, Patients
from carespec.incentives.patterns import Case, Pattern
from carespec.incentives.solver import KINDS as COMPONENTS
from carespec.incentives.solver import PROFIT, RECOVERIES, Solved, solve

_NOTHING = 1e-6
"""Pounds below this are rounding."""


class Setting(NamedTuple):
    """One step of a contract with what is assumed; `table` is the step's, `horizon` how far it is followed."""

    contract: Contract
    step: Step
    assumptions: Assumptions
    table: Table

    def draws(self, points: Sequence[Point], slots: Sequence[str] = SLOTS) -> Patients:
        """Columns by slot price, kind and point."""
        return together(
            [figures_of(self.assumptions, self.step, kind, slot).at(points) for slot in slots for kind in KINDS]
        )

    def boxes(self, low: Sequence[Point], high: Sequence[Point], slot: str, kinds: Sequence[str] = KINDS) -> Box:
        """Boxes by kind and point."""
        parts = [figures_of(self.assumptions, self.step, kind, slot).box(low, high) for kind in kinds]
        return joined(parts)


def setting_of(contract: Contract, step: Step, assumptions: Assumptions, horizon: int | None = None) -> Setting:
    """A step ready to be solved."""
    return Setting(contract, step, assumptions, table_of(step, horizon))


def next_of(setting: Setting) -> Setting | None:
    """The step that a step up leads to, if the contract pays for it."""
    if not setting.step.onward:
        return None
    names = [step.name for step in setting.contract.steps]
    later = [
        step for step in setting.contract.steps[names.index(setting.step.name) :]
        if step.name != setting.step.name and step.cluster == setting.step.cluster
    ]  # fmt: skip
    return setting_of(setting.contract, later[0], setting.assumptions) if later else None


def onward_at(setting: Setting, points: Sequence[Point], slots: Sequence[str]) -> Numbers | None:
    """What a step up brings, as indicated there: to the patient always, in pounds only to the same provider."""
    after = next_of(setting)
    if after is None:
        return None
    found = indicated_at(after, after.draws(points, slots), points, slots).value.copy()
    if setting.step.onward == "other":
        keep = found[RECOVERIES].copy()
        found[:] = 0.0
        found[RECOVERIES] = keep
    return found


def indicated_at(setting: Setting, draws: Patients, points: Sequence[Point], slots: Sequence[str]) -> Solved:
    """The indicated course at those points."""
    return solve(setting.table, draws, None, onward=onward_at(setting, points, slots))


class Exact(NamedTuple):
    """Gains at points: `gain[claim…]` as (slot price, kind, point), with what both courses come to, by component."""

    gain: Numbers
    rewarded: Numbers
    indicated: Numbers


def exact(setting: Setting, pattern: Pattern, points: Sequence[Point], slots: Sequence[str] = SLOTS) -> Exact:
    """The gain of the pattern's best course at each point, by slot price and kind of patient."""
    if pattern.when == "waiting":
        return _only_waiting(setting, pattern, points, slots)
    return _exact(setting, pattern, points, slots)


def _only_waiting(setting: Setting, pattern: Pattern, points: Sequence[Point], slots: Sequence[str]) -> Exact:
    """A gain counts only where people wait, and only if idle slots show none at the same figures."""
    found = _exact(setting, pattern, points, SLOTS)
    without = [{field: at for field, at in point.items() if field != "slot"} for point in points]
    idle, waiting = _exact(setting, pattern, without, ("idle",)).gain, found.gain[1:]
    both = {"idle": np.zeros_like(idle), "waiting": np.where(idle <= _NOTHING, waiting, 0.0)}
    places = [SLOTS.index(slot) for slot in slots]
    gain = np.concatenate([both[slot] for slot in slots])
    return Exact(gain, found.rewarded[:, places], found.indicated[:, places])


def _exact(setting: Setting, pattern: Pattern, points: Sequence[Point], slots: Sequence[str]) -> Exact:
    shape = (len(slots), len(KINDS), len(points))
    seen = seen_by(setting, pattern)
    onward = onward_at(seen, points, slots)
    draws = seen.draws(points, slots)
    theirs = solve(seen.table, draws, None, onward=onward).value
    ours = _best(seen, pattern, draws, onward, theirs)
    gain = ours[PROFIT] - theirs[PROFIT]
    if pattern.relieved is not None or pattern.relieved_figures:
        gain = np.where(_relieved(setting, pattern, points, slots) <= 1e-9, gain, 0.0)
    gain = _spoken(gain.reshape(shape), theirs[PROFIT].reshape(shape), pattern)
    return Exact(gain, ours.reshape(COMPONENTS, *shape), theirs.reshape(COMPONENTS, *shape))


def _best(setting: Setting, pattern: Pattern, draws: Patients, onward: Numbers | None, theirs: Numbers) -> Numbers:
    if pattern.departs is not turns_away:
        return solve(setting.table, draws, pattern.departs, onward=onward).value
    instead = np.zeros_like(theirs)
    instead[PROFIT] = setting.table.referral - draws.rejection
    return np.where(instead[PROFIT] > theirs[PROFIT] + 1e-9, instead, theirs)


def _relieved(setting: Setting, pattern: Pattern, points: Sequence[Point], slots: Sequence[str]) -> Numbers:
    """What turning people away would gain without what the pattern is about."""
    relieved = _relief(setting, pattern)
    draws = relieved.draws(points, slots)
    value = solve(relieved.table, draws, None, onward=onward_at(relieved, points, slots)).value
    return np.asarray(relieved.table.referral - draws.rejection - value[PROFIT])


def seen_by(setting: Setting, pattern: Pattern) -> Setting:
    """The step under the payments that the pattern looks at."""
    if pattern.paid_by is None:
        return setting
    step = pattern.paid_by(setting.step)
    return setting._replace(step=step, table=table_of(step, setting.table.horizon))


def _relief(setting: Setting, pattern: Pattern) -> Setting:
    assumptions = dict(setting.assumptions)
    for name, value in pattern.relieved_figures.items():
        assumptions[name] = of(assumptions, name)._replace(low=value, likely=value, high=value)
    step = pattern.relieved(setting.step) if pattern.relieved else setting.step
    return setting._replace(step=step, table=table_of(step, setting.table.horizon), assumptions=assumptions)


def _spoken(gain: Numbers, profit: Numbers, pattern: Pattern) -> Numbers:
    """For a pattern about all kinds together: the same number for each kind, nothing where it is not so."""
    if pattern.who == "every":
        return np.broadcast_to(gain.min(axis=1, keepdims=True), gain.shape).copy()
    if pattern.who == "some-not-all":
        return np.asarray(np.where(profit.max(axis=1, keepdims=True) > 1e-9, gain, 0.0))
    return gain


def claims(pattern: Pattern) -> tuple[tuple[int, ...], ...]:
    """The kinds that each claim is about, by their places in `KINDS`."""
    everybody = tuple(range(len(KINDS)))
    return (everybody,) if pattern.who == "every" else tuple((kind,) for kind in everybody)


def bounded(
    setting: Setting, pattern: Pattern, low: Sequence[Point], high: Sequence[Point], slot: str, kind: int
) -> Span:
    """Bounds of `exact(...).gain` over boxes, for one kind of patient (or for all, where the pattern is about all)."""
    if pattern.when != "waiting":
        return _bounded(setting, pattern, low, high, slot, kind)
    if slot == "idle":
        return Span(np.zeros(len(low)), np.zeros(len(low)))
    idle, waiting = (_bounded(setting, pattern, low, high, each, kind) for each in SLOTS)
    surely, perhaps = idle.high <= _NOTHING, idle.low <= _NOTHING
    return Span(np.where(surely, waiting.low, 0.0), np.where(perhaps, waiting.high, 0.0))


def _bounded(
    setting: Setting, pattern: Pattern, low: Sequence[Point], high: Sequence[Point], slot: str, kind: int
) -> Span:
    seen = seen_by(setting, pattern)
    kinds = KINDS if pattern.who != "any" else (KINDS[kind],)
    box = seen.boxes(low, high, slot, kinds)
    onward = _onward_bounds(seen, low, high, slot, kinds)
    assert pattern.departs is not None
    shape = (len(kinds), len(low))
    if pattern.departs is turns_away:
        value = value_bounds(seen.table, box, onward)
        instead = seen.table.referral
        found = Span(instead - box.high.rejection - value.high, instead - box.low.rejection - value.low)
        found = Span(np.maximum(found.low, 0.0), np.maximum(found.high, 0.0))
    else:
        found = gain_bounds(seen.table, box, pattern.departs, onward)
    if pattern.relieved is not None or pattern.relieved_figures:
        found = _if_relieved(setting, pattern, found, low, high, slot, kinds)
    found = Span(found.low.reshape(shape), found.high.reshape(shape))
    found = _spoken_bounds(found, seen, pattern, box, onward)
    place = kind if pattern.who != "any" else 0
    return Span(found.low[place], found.high[place])


def _onward_bounds(
    setting: Setting, low: Sequence[Point], high: Sequence[Point], slot: str, kinds: Sequence[str]
) -> Span:
    after = next_of(setting)
    if after is None or setting.step.onward == "other":
        return zero()
    further = _onward_bounds(after, low, high, slot, kinds)
    return value_bounds(after.table, after.boxes(low, high, slot, kinds), further)


def _if_relieved(
    setting: Setting, pattern: Pattern, found: Span, low: Sequence[Point], high: Sequence[Point], slot: str,
    kinds: Sequence[str],
) -> Span:  # fmt: skip
    """The lower bound holds only where relief certainly takes the loss away, the upper one where it might."""
    relieved = _relief(setting, pattern)
    box = relieved.boxes(low, high, slot, kinds)
    value = value_bounds(relieved.table, box, _onward_bounds(relieved, low, high, slot, kinds))
    surely = relieved.table.referral - box.low.rejection - value.low <= 0.0
    perhaps = relieved.table.referral - box.high.rejection - value.high <= 0.0
    return Span(np.where(surely, found.low, 0.0), np.where(perhaps, found.high, 0.0))


def _spoken_bounds(found: Span, setting: Setting, pattern: Pattern, box: Box, onward: Span | None) -> Span:
    if pattern.who == "every":
        return Span(*(np.broadcast_to(end.min(axis=0, keepdims=True), end.shape) for end in found))
    if pattern.who == "some-not-all":
        value = value_bounds(setting.table, box, onward)
        shape = found.low.shape
        surely = value.low.reshape(shape).max(axis=0, keepdims=True) > 0
        perhaps = value.high.reshape(shape).max(axis=0, keepdims=True) > 0
        return Span(np.where(surely, found.low, 0.0), np.where(perhaps, found.high, 0.0))
    return found


def case_of(setting: Setting, low: Sequence[Point], high: Sequence[Point], slot: str) -> Case:
    """What a pattern with a `gain` of its own is shown: bounds of what the indicated course earns, by kind."""

    def beside(step: Step, kind: str) -> tuple[float, float]:
        other = setting if step == setting.step else setting_of(setting.contract, step, setting.assumptions)
        box = figures_of(other.assumptions, step, kind, slot).box(low, high)
        found = value_bounds(other.table, box, _onward_bounds(other, low, high, slot, (kind,)))
        return float(found.low.min()), float(found.high.max())

    def value(kind: str) -> tuple[float, float]:
        return beside(setting.step, kind)

    return Case(setting.contract, setting.step, value, beside)
