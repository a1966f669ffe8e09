"""How large an incentive is and what it does: pounds, harm on separate axes, the price of doing what is indicated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from carespec.assumptions import GRADES
from carespec.incentives.figures import FREE, KINDS, SLOTS, Point, figures_of
from carespec.incentives.gains import Setting, Trials, exact_of, onward_at, seen_by
from carespec.incentives.lasting import lasting_lost
from carespec.incentives.patients import Numbers
from carespec.incentives.patterns import Pattern
from carespec.incentives.solver import MISRECORDED, PAID, PROFIT, RECOVERIES, SESSIONS, solve
from carespec.tuples import NamedTuple

LOST_RECOVERIES, WASTED_SESSIONS = 0.01, 0.5
"""From how many recoveries lost, and how many sessions more, a person, a harm is told."""

HARMS = ("exclusion", "under-treatment", "over-treatment", "misreporting", "insolvency")

_DEAREST, _SUMS = 1e6, 257
"""The most pounds a recovery that is looked at as the price of compliance, and how many sums are tried at once."""


class Size(NamedTuple):
    """What the rewarded course does beside the indicated one, for each person of one kind at the likely figures.

    `gain` and `extra_spend` are pounds, `recoveries_lost` and `misrecorded` chances, `extra_sessions` sessions.
    `harms` are those of `HARMS` that apply. `compliance` is how many pounds a recovery must be worth to whoever is
    paid before the indicated care is given; None where no sum makes it so, or recovery is not what is lost.
    `lasting_lost` is how many recoveries fewer last a year; None where that is not modelled.
    """

    gain: float
    recoveries_lost: float
    extra_sessions: float
    extra_spend: float
    misrecorded: float
    rejected: bool
    profit_indicated: float
    recovered_indicated: float
    sessions_indicated: float
    paid_indicated: float
    harms: tuple[str, ...]
    compliance: float | None = None
    lasting_lost: float | None = None

    @property
    def per_recovery(self) -> float | None:
        """Pounds gained for each recovery lost."""
        is_lost = "under-treatment" in self.harms and self.recoveries_lost > LOST_RECOVERIES
        return self.gain / self.recoveries_lost if is_lost else None

    @property
    def per_session(self) -> float | None:
        """Pounds gained for each session beyond those indicated."""
        return self.gain / self.extra_sessions if "over-treatment" in self.harms else None


def size(
    setting: Setting, pattern: Pattern, kind: str, point: Point, slot: str = "idle", trials: Trials | None = None
) -> Size:  # fmt: skip
    """The size of a pattern of departures for a kind of patient at a point."""
    found = exact_of(setting, pattern, (trials or Trials(setting)).at((point,)))
    at = (SLOTS.index(slot), KINDS.index(kind), 0)
    ours, theirs = found.rewarded[:, at[0], at[1], 0], found.indicated[:, at[0], at[1], 0]
    rejected = bool(ours[SESSIONS] == 0 and theirs[SESSIONS] > 0 and _turns_away(pattern))
    lost = float(theirs[RECOVERIES] - ours[RECOVERIES])
    more = float(ours[SESSIONS] - theirs[SESSIONS])
    wrong = float(ours[MISRECORDED] - theirs[MISRECORDED])
    later = lasting_lost(setting, pattern, kind, point, slot)
    harms = _harms(max(lost, later or 0.0), more, wrong, rejected, float(theirs[PROFIT]))
    compliance = None
    if "under-treatment" in harms and lost > LOST_RECOVERIES:
        compliance = price_of_compliance(seen_by(setting, pattern), pattern, kind, point, slot)
    return Size(
        float(found.gain[at]), lost, more, float(ours[PAID] - theirs[PAID]), wrong, rejected, float(theirs[PROFIT]),
        float(theirs[RECOVERIES]), float(theirs[SESSIONS]), float(theirs[PAID]), harms, compliance, later,
    )  # fmt: skip


def _turns_away(pattern: Pattern) -> bool:
    from carespec.incentives.episode.terms import turns_away

    return pattern.departs is turns_away


def _harms(lost: float, more: float, wrong: float, rejected: bool, profit: float) -> tuple[str, ...]:
    told = {
        "exclusion": rejected,
        "under-treatment": lost > LOST_RECOVERIES and more <= 0 and not rejected,
        "over-treatment": more > WASTED_SESSIONS,
        "misreporting": wrong > 1e-6,
        "insolvency": rejected and profit < 0,
    }
    return tuple(name for name in HARMS if told[name])


def price_of_compliance(setting: Setting, pattern: Pattern, kind: str, point: Point, slot: str) -> float | None:
    """The least that a recovery must be worth, in pounds, for a course that serves the patient as well as indicated.

    Found by trying many sums at once between the last that was too little and the first that was enough.
    """
    points = (point,) * _SUMS
    draws = setting.draws(points, (slot,), (kind,))
    further = onward_at(setting, points, (slot,), (kind,))
    wanted = float(solve(setting.table, draws, None, onward=further).value[RECOVERIES, 0]) - 1e-9
    low, high = 0.0, _DEAREST
    while high - low > 1e-5:
        sums = np.linspace(low, high, _SUMS)
        found = solve(setting.table, draws, pattern.departs, onward=further, altruism=sums).value[RECOVERIES]
        enough = np.flatnonzero(found >= wanted)
        if not len(enough):
            return None
        first = int(enough[0])
        low, high = float(sums[max(0, first - 1)]), float(sums[first])
    return high


class BreakEven(NamedTuple):
    """Where a figure makes the gain appear or vanish, the others at their likely values, by its name and its label in
    the assumptions. `above`: the gain is there above it, else below; `likely` is the figure assumed, `grade` its
    source's.
    """

    name: str
    at: float
    above: bool
    likely: float
    unit: str
    grade: str
    label: str

    @property
    def holds_at_likely(self) -> bool:
        """On which side the likely figure lies."""
        return (self.likely > self.at) == self.above


_GRIDS = (9, 65, 65, 65)
"""Into how many points a range is cut, and then in turn the piece of it that holds a sign change."""


def break_evens(
    setting: Setting, pattern: Pattern, kind: str, point: Point, slot: str = "idle", trials: Trials | None = None
) -> tuple[BreakEven, ...]:
    """For every figure whose range contains a sign change of the gain, where that is (the first, from below)."""
    by_field = figures_of(setting.assumptions, setting.step, kind, slot).by_field
    varying = [field for field in (*FREE, "slot") if by_field[field].high > by_field[field].low]
    ends = dict.fromkeys(varying, (0.0, 1.0))
    rising: dict[str, bool] = {}
    kinds, trials = (kind,) if pattern.who == "any" else KINDS, trials or Trials(setting)
    for grid in _GRIDS:
        rows = [(field, x) for field, (low, high) in ends.items() for x in np.linspace(low, high, grid).tolist()]
        if not rows:
            break
        tried = trials.at([{**point, field: x} for field, x in rows], (slot,), kinds)
        ends = _narrowed(rows, exact_of(setting, pattern, tried).gain[0, kinds.index(kind)], rising)
    return tuple(
        _break_even(by_field[field], setting, (low + high) / 2, rising[field], field, kind)
        for field, (low, high) in ends.items()
    )


def _narrowed(
    rows: Sequence[tuple[str, float]], gains: Numbers, rising: dict[str, bool]
) -> dict[str, tuple[float, float]]:
    """The first piece of each figure's range in which the gain changes between something and nothing."""
    found: dict[str, tuple[float, float]] = {}
    there = gains > 1e-7
    for number in range(len(rows) - 1):
        (field, low), (other, high) = rows[number], rows[number + 1]
        if field == other and field not in found and there[number] != there[number + 1]:
            found[field] = (low, high)
            rising[field] = bool(there[number + 1])
    return found


def _break_even(parameter: object, setting: Setting, at: float, above: bool, field: str, kind: str) -> BreakEven:
    from carespec.assumptions import Parameter

    assert isinstance(parameter, Parameter)
    value = parameter.low + at * (parameter.high - parameter.low)
    return BreakEven(
        parameter.name, value, above, parameter.likely, parameter.unit, parameter.grade, parameter.label
    )  # fmt: skip


def weakest_grade(grades: Sequence[str]) -> str:
    """The least good of the sources on which a sign depends; the contract itself where it depends on none."""
    return max(grades, key=GRADES.index, default="contract")


def grades_of(setting: Setting, kind: str) -> Mapping[str, str]:
    """The grade of the source of every figure that varies, by its name in the assumptions."""
    by_field = figures_of(setting.assumptions, setting.step, kind, "idle").by_field
    return {p.name: p.grade for p in by_field.values() if p.high > p.low}
