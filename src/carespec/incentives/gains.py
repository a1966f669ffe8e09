"""How much a pattern gains, exactly, at many points, and bounds of it over boxes: one reading of a pattern for both.

Claims are what a verdict is about. A pattern that is there if one kind of patient shows it makes one claim a kind;
one that speaks of all kinds together makes a single claim.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from carespec.assumptions import Assumptions, of
from carespec.incentives.bounds import Span, gain_bounds, value_bounds, zero
from carespec.incentives.episode.contract import Contract
from carespec.incentives.episode.step import Step, Table, table_of
from carespec.incentives.episode.terms import turns_away
from carespec.incentives.figures import EVERYBODY, KINDS, SLOTS, WELL, Point, Ranges, positions, ranges_of
from carespec.incentives.patients import Box, Numbers, Patients
from carespec.incentives.patterns import Case, Pattern
from carespec.incentives.solver import KINDS as COMPONENTS
from carespec.incentives.solver import PROFIT, RECOVERIES, solve
from carespec.tuples import NamedTuple

_NOTHING = 1e-6
"""Pounds below this are rounding."""


class Setting(NamedTuple):
    """One step of a contract with what is assumed; `table` is the step's, `horizon` how far it is followed."""

    contract: Contract
    step: Step
    assumptions: Assumptions
    table: Table

    def draws(self, points: Sequence[Point], slots: Sequence[str] = SLOTS, kinds: Sequence[str] = KINDS) -> Patients:
        """Columns by slot price, kind and point."""
        which = np.repeat([_which(slot, kind) for slot in slots for kind in kinds], len(points))
        return self.ranges().at(np.tile(positions(points), len(slots) * len(kinds)), which)

    def ranges(self) -> Ranges:
        """What is assumed, by slot price and kind."""
        return ranges_of(self.assumptions, self.step)


def _which(slot: str, kind: str) -> int:
    return SLOTS.index(slot) * len(EVERYBODY) + EVERYBODY.index(kind)


class Boxes(NamedTuple):
    """Boxes of figures, each at a slot price and for a kind of patient: positions (field, box) of the low and of the
    high ends, and the places of its price in `SLOTS` and of its kind in `EVERYBODY`."""

    low: Numbers
    high: Numbers
    slot: NDArray[np.intp]
    kind: NDArray[np.intp]

    def at_slot(self, slot: str) -> Boxes:
        """The same boxes, all at one slot price."""
        return self._replace(slot=np.full_like(self.slot, SLOTS.index(slot)))

    def of_every_kind(self) -> Boxes:
        """The same boxes for each kind in turn."""
        count, kinds = len(self.kind), np.arange(len(KINDS))
        low, high = (np.tile(end, len(KINDS)) for end in self[:2])
        return Boxes(low, high, np.tile(self.slot, len(KINDS)), np.repeat(kinds, count))

    def under(self, setting: Setting) -> Box:
        """What is assumed in them."""
        return setting.ranges().box(self.low, self.high, self.slot * len(EVERYBODY) + self.kind)


def boxes(low: Numbers, high: Numbers, slot: str, kind: int) -> Boxes:
    """Boxes at one slot price, for one kind."""
    count = low.shape[1]
    return Boxes(low, high, np.full(count, SLOTS.index(slot)), np.full(count, kind))


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


def onward_at(
    setting: Setting, points: Sequence[Point], slots: Sequence[str], kinds: Sequence[str] = KINDS
) -> Numbers | None:
    """What a step up brings, as indicated there: to the patient always, in pounds only to the same provider."""
    after = next_of(setting)
    if after is None:
        return None
    found = indicated_at(after, points, slots, kinds).theirs.copy()
    if setting.step.onward == "other":
        keep = found[RECOVERIES].copy()
        found[:] = 0.0
        found[RECOVERIES] = keep
    return found


class Indicated(NamedTuple):
    """The indicated course at points: the draws, what a step up brings, and what it comes to, (component, draw)."""

    draws: Patients
    onward: Numbers | None
    theirs: Numbers


def indicated_at(
    setting: Setting, points: Sequence[Point], slots: Sequence[str] = SLOTS, kinds: Sequence[str] = KINDS
) -> Indicated:
    """The indicated course at those points."""
    draws, onward = setting.draws(points, slots, kinds), onward_at(setting, points, slots, kinds)
    return Indicated(draws, onward, solve(setting.table, draws, None, onward=onward).value)


class Exact(NamedTuple):
    """Gains at points: `gain[claim…]` as (slot price, kind, point), with what both courses come to, by component."""

    gain: Numbers
    rewarded: Numbers
    indicated: Numbers


class Tried(NamedTuple):
    """Points at which a step is tried, by slot price and by kind of patient, with its indicated course there."""

    points: Sequence[Point]
    slots: Sequence[str]
    kinds: Sequence[str]
    indicated: Indicated

    @property
    def shape(self) -> tuple[int, int, int]:
        """How many slot prices, kinds and points."""
        return len(self.slots), len(self.kinds), len(self.points)


def tried_at(
    setting: Setting, points: Sequence[Point], slots: Sequence[str] = SLOTS, kinds: Sequence[str] = KINDS
) -> Tried:
    """A step at those points: to be asked about every pattern."""
    return Tried(points, slots, kinds, indicated_at(setting, points, slots, kinds))


class Trials:
    """A step at the points that were asked for: what is the same for every pattern is worked out once."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self._known: dict[object, Tried] = {}

    def at(
        self, points: Sequence[Point], slots: Sequence[str] = SLOTS, kinds: Sequence[str] = KINDS
    ) -> Tried:  # fmt: skip
        """The step at those points."""
        asked = (tuple(tuple(point.items()) for point in points), tuple(slots), tuple(kinds))
        if asked not in self._known:
            self._known[asked] = tried_at(self.setting, points, slots, kinds)
        return self._known[asked]


def exact(setting: Setting, pattern: Pattern, points: Sequence[Point], slots: Sequence[str] = SLOTS) -> Exact:
    """The gain of the pattern's best course at each point, by slot price and kind of patient."""
    return exact_of(setting, pattern, tried_at(setting, points, slots))


def exact_of(setting: Setting, pattern: Pattern, tried: Tried) -> Exact:
    """The same, of what is to be tried. A pattern about all kinds together needs every kind in it."""
    return _only_waiting(setting, pattern, tried) if pattern.when == "waiting" else _exact(setting, pattern, tried)


def _only_waiting(setting: Setting, pattern: Pattern, tried: Tried) -> Exact:
    """A gain counts only where people wait, and only if idle slots show none at the same figures."""
    found = _exact(setting, pattern, tried)
    if "idle" in tried.slots and not any("slot" in point for point in tried.points):
        idle = found.gain[tried.slots.index("idle")]
    else:
        without = [{field: at for field, at in point.items() if field != "slot"} for point in tried.points]
        idle = _exact(setting, pattern, tried_at(setting, without, ("idle",), tried.kinds)).gain[0]
    gain = np.where(idle <= _NOTHING, found.gain, 0.0)
    gain[[number for number, slot in enumerate(tried.slots) if slot == "idle"]] = 0.0
    return found._replace(gain=gain)


def _exact(setting: Setting, pattern: Pattern, tried: Tried) -> Exact:
    seen = seen_by(setting, pattern)
    if seen is not setting:
        tried = tried_at(seen, tried.points, tried.slots, tried.kinds)
    theirs = tried.indicated.theirs
    ours = _best(seen, pattern, tried.indicated)
    gain = ours[PROFIT] - theirs[PROFIT]
    if pattern.relieved is not None or pattern.relieved_figures:
        gain = np.where(_relieved(setting, pattern, tried) <= 1e-9, gain, 0.0)
    gain = _spoken(gain.reshape(tried.shape), theirs[PROFIT].reshape(tried.shape), pattern)
    return Exact(gain, ours.reshape(COMPONENTS, *tried.shape), theirs.reshape(COMPONENTS, *tried.shape))


def _best(setting: Setting, pattern: Pattern, indicated: Indicated) -> Numbers:
    draws, onward, theirs = indicated
    if pattern.departs is not turns_away:
        return solve(setting.table, draws, pattern.departs, onward=onward).value
    instead = np.zeros_like(theirs)
    instead[PROFIT] = setting.table.referral - draws.rejection
    return np.where(instead[PROFIT] > theirs[PROFIT] + 1e-9, instead, theirs)


def _relieved(setting: Setting, pattern: Pattern, tried: Tried) -> Numbers:
    """What turning people away would gain without what the pattern is about."""
    relieved = _relief(setting, pattern)
    draws, _, theirs = indicated_at(relieved, tried.points, tried.slots, tried.kinds)
    return np.asarray(relieved.table.referral - draws.rejection - theirs[PROFIT])


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


def bounded(setting: Setting, pattern: Pattern, within: Boxes) -> Span:
    """Bounds of `exact(...).gain` in each box, of the kind it is for (or of all, where the pattern is about all)."""
    if pattern.when != "waiting":
        return _bounded(setting, pattern, within)
    idle, waiting = (_bounded(setting, pattern, within.at_slot(slot)) for slot in SLOTS)
    people_wait = within.slot == SLOTS.index("waiting")
    surely, perhaps = people_wait & (idle.high <= _NOTHING), people_wait & (idle.low <= _NOTHING)
    return Span(np.where(surely, waiting.low, 0.0), np.where(perhaps, waiting.high, 0.0))


def _bounded(setting: Setting, pattern: Pattern, within: Boxes) -> Span:
    assert pattern.departs is not None
    seen = seen_by(setting, pattern)
    every = within.of_every_kind() if pattern.who != "any" else within
    box, onward = every.under(seen), _onward_bounds(seen, every)
    if pattern.departs is turns_away:
        value = value_bounds(seen.table, box, onward)
        instead = seen.table.referral
        found = Span(instead - box.high.rejection - value.high, instead - box.low.rejection - value.low)
        found = Span(np.maximum(found.low, 0.0), np.maximum(found.high, 0.0))
    else:
        found = gain_bounds(seen.table, box, pattern.departs, onward)
    if pattern.relieved is not None or pattern.relieved_figures:
        found = _if_relieved(setting, pattern, found, every, None if pattern.relieved_figures else onward)
    return found if pattern.who == "any" else _spoken_bounds(found, seen, pattern, within, (box, onward))


def _onward_bounds(setting: Setting, within: Boxes) -> Span:
    after = next_of(setting)
    if after is None or setting.step.onward == "other":
        return zero()
    return value_bounds(after.table, within.under(after), _onward_bounds(after, within))


def _if_relieved(setting: Setting, pattern: Pattern, found: Span, within: Boxes, onward: Span | None) -> Span:
    """The lower bound holds only where relief certainly takes the loss away, the upper one where it might. `onward` is
    what a step up is worth, if relief does not change it."""
    relieved = _relief(setting, pattern)
    box = within.under(relieved)
    value = value_bounds(relieved.table, box, _onward_bounds(relieved, within) if onward is None else onward)
    surely = relieved.table.referral - box.low.rejection - value.low <= 0.0
    perhaps = relieved.table.referral - box.high.rejection - value.high <= 0.0
    return Span(np.where(surely, found.low, 0.0), np.where(perhaps, found.high, 0.0))


def _spoken_bounds(
    found: Span, setting: Setting, pattern: Pattern, within: Boxes, under: tuple[Box, Span]
) -> Span:  # fmt: skip
    """For a pattern about all kinds together, found for each kind in turn: of the kind that each box is for."""
    low, high = (end.reshape(len(KINDS), -1) for end in found)
    if pattern.who == "every":
        return Span(low.min(axis=0), high.min(axis=0))
    value = value_bounds(setting.table, *under)
    surely, perhaps = (end.reshape(low.shape).max(axis=0) > 0 for end in value)
    own = (within.kind, np.arange(low.shape[1]))
    return Span(np.where(surely, low[own], 0.0), np.where(perhaps, high[own], 0.0))


def cases_of(setting: Setting, low: Numbers, high: Numbers, slot: str) -> tuple[Case, ...]:
    """What a pattern with a `gain` of its own is shown in each box: bounds of what the indicated course earns, by kind.

    They are worked out for all boxes when a pattern first asks about a step.
    """
    known: dict[tuple[Step, bool], Span] = {}

    def earned(step: Step, well: bool) -> Span:
        if (step, well) not in known:
            other = setting if step == setting.step else setting_of(setting.contract, step, setting.assumptions)
            within = boxes(low, high, slot, EVERYBODY.index(WELL) if well else 0)
            every = within if well else within.of_every_kind()
            value = value_bounds(other.table, every.under(other), _onward_bounds(other, every))
            known[step, well] = Span(*(end.reshape(-1, low.shape[1]) for end in value))
        return known[step, well]

    return tuple(_case_of(setting, earned, number) for number in range(low.shape[1]))


def _case_of(setting: Setting, earned: Callable[[Step, bool], Span], number: int) -> Case:
    def beside(step: Step, kind: str) -> tuple[float, float]:
        is_well = kind == WELL
        place = 0 if is_well else KINDS.index(kind)
        low, high = (end[place, number] for end in earned(step, is_well))
        return float(low), float(high)

    def value(kind: str) -> tuple[float, float]:
        return beside(setting.step, kind)

    return Case(setting.contract, setting.step, value, beside)
