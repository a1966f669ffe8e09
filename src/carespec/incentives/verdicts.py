"""How strong the proof is that a contract rewards a pattern: on every path, over a whole range, somewhere, nowhere.

`structural` comes from the text alone. Then points are tried, and where they all agree bounds over boxes have to prove
it for all between them; boxes that stay open are cut in two, and what is still open at the end is `undecided`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from carespec.assumptions import Parameter, of
from carespec.incentives.episode.step import Step
from carespec.incentives.figures import FREE, KINDS, SLOTS, Point, figures_of, sample
from carespec.incentives.gains import Exact, Setting, bounded, case_of, claims, exact
from carespec.incentives.patients import Numbers
from carespec.incentives.patterns import Pattern
from carespec.incentives.solver import PAID

STRUCTURAL, ROBUST, POSSIBLE, UNDECIDED, ABSENT = "structural", "robust", "possible", "undecided", "absent"
DOES_NOT_APPLY = "does-not-apply"
VERDICTS = (STRUCTURAL, ROBUST, POSSIBLE, UNDECIDED, ABSENT, DOES_NOT_APPLY)
"""From the strongest to the weakest."""

MATERIAL = 0.01
"""A gain counts from this share of what the indicated course is expected to be paid."""

EFFORT = 256
"""The most boxes that are looked at for one claim."""


class Decided(NamedTuple):
    """The verdict on one claim at one slot price: `kind` shows it best; `point` is where, if only somewhere.

    `gain` is in pounds at the likely figures (`there`: at that point), `material` what it must exceed, `between` the
    bounds over the whole range where they were worked out. `boxes` counts how many boxes it took; `is_open` if more of
    them might prove that it holds for every figure, or for none.
    """

    verdict: str
    kind: str
    gain: float
    material: float
    point: Mapping[str, float] | None = None
    between: tuple[float, float] | None = None
    boxes: int = 0
    there: float = 0.0
    is_open: bool = False


def decide(
    setting: Setting, pattern: Pattern, effort: int = EFFORT, share: float = MATERIAL, slots: Sequence[str] = SLOTS
) -> dict[str, Decided]:
    """The verdict from figures, by slot price: the strongest of the pattern's claims."""
    if pattern.gain is not None:
        return _closed(setting, pattern, share, slots)
    points = sample()
    tried = exact(setting, pattern, points)
    found = {}
    for slot in slots:
        # The second slot price is a remark beside the first: an eighth of the effort is spent on it.
        boxes = effort if slot == pattern.main_slot else effort // 8
        number = SLOTS.index(slot)
        verdicts = [_claim(setting, pattern, tried, points, number, kinds, boxes, share) for kinds in claims(pattern)]
        found[slot] = min(verdicts, key=lambda one: (VERDICTS.index(one.verdict), -one.gain))
    return found


def material_at(tried: Exact, slot: int, kinds: Sequence[int], share: float) -> float:
    """The least gain that counts, in pounds: a share of the expected pay of the indicated course, at least a penny."""
    return max(0.01, share * float(tried.indicated[PAID, slot, list(kinds), 0].max()))


def _claim(
    setting: Setting, pattern: Pattern, tried: Exact, points: Sequence[Point], slot: int, kinds: tuple[int, ...],
    effort: int, share: float,
) -> Decided:  # fmt: skip
    material = material_at(tried, slot, kinds, share)
    gains = tried.gain[slot, kinds[0]]
    best = max(kinds, key=lambda kind: tried.gain[slot, kind, 0])
    found = Decided(POSSIBLE, KINDS[best], float(gains[0]), material)
    holds = gains > material
    if holds.any() and not holds.all():
        if holds[0]:
            return found
        there = np.flatnonzero(holds).tolist()
        near = min(there, key=lambda number: (len(points[number]), _distance(setting, points[number])))
        return found._replace(point=points[near], there=float(gains[near]))
    return _prove(setting, pattern, kinds[0], SLOTS[slot], found, bool(holds.all()), effort)


def _distance(setting: Setting, point: Point) -> float:
    """How far a point is from the likely figures, each counted by its range."""
    figures = figures_of(setting.assumptions, setting.step, "middle", "idle").by_field
    total = 0.0
    for field, at in point.items():
        width = figures[field].high - figures[field].low
        likely = (figures[field].likely - figures[field].low) / width if width else at
        total += (at - likely) ** 2
    return total


def _prove(
    setting: Setting, pattern: Pattern, kind: int, slot: str, found: Decided, holds: bool, effort: int
) -> Decided:
    """Show for every box that the gain counts (or that it does not), cutting those that stay open."""
    # Each missed appointment that is told apart makes every box as dear as one more box.
    effort = max(1, effort // len(setting.table.close))
    weights: dict[str, float] | None = None
    open_boxes = [(dict.fromkeys(FREE, 0.0), dict.fromkeys(FREE, 1.0))]
    looked, least, greatest = 0, np.inf, -np.inf
    while open_boxes and looked + len(open_boxes) <= effort:
        lows, highs = [box[0] for box in open_boxes], [box[1] for box in open_boxes]
        low, high = bounded(setting, pattern, lows, highs, slot, kind)
        looked += len(open_boxes)
        proved = low > found.material if holds else high <= found.material
        denied = high <= found.material if holds else low > found.material
        if denied.any():
            # A part of the range that no point was tried in says otherwise: it holds somewhere, not everywhere.
            there = _middle(open_boxes[int(np.argmax(denied))])
            return found._replace(boxes=looked) if holds else _found_at(setting, pattern, kind, slot, found, there)
        least, greatest = _widened(least, greatest, low[proved], high[proved])
        left = [box for box, done in zip(open_boxes, proved, strict=True) if not done]
        if not left:
            verdict = ROBUST if holds else ABSENT
            return found._replace(verdict=verdict, between=(float(least), float(greatest)), boxes=looked)
        if weights is None:
            weights = _influence(setting, pattern, kind, slot, _varying(setting, slot))
        if not any(weights.values()) or looked + 2 * len(left) > effort:
            least, greatest = _widened(least, greatest, low[~proved], high[~proved])
            break
        open_boxes = [half for box in left for half in _halves(box, weights)]
    # What counts at every point that was tried is possible at least; only what counts at none may be absent.
    verdict = POSSIBLE if holds else UNDECIDED
    return found._replace(verdict=verdict, between=(float(least), float(greatest)), boxes=looked, is_open=True)


def _found_at(
    setting: Setting, pattern: Pattern, kind: int, slot: str, found: Decided, there: dict[str, float]
) -> Decided:
    gain = exact(setting, pattern, (there,)).gain[SLOTS.index(slot), kind, 0]
    return found._replace(verdict=POSSIBLE, point=there, there=float(gain))


def _widened(least: float, greatest: float, low: Numbers, high: Numbers) -> tuple[float, float]:
    if not len(low):
        return least, greatest
    return min(least, float(low.min())), max(greatest, float(high.max()))


def _varying(setting: Setting, slot: str) -> tuple[str, ...]:
    by_field = figures_of(setting.assumptions, setting.step, "middle", slot).by_field
    return tuple(field for field in FREE if by_field[field].high > by_field[field].low)


def _influence(setting: Setting, pattern: Pattern, kind: int, slot: str, varying: Sequence[str]) -> dict[str, float]:
    """How much of the gain's spread each figure makes by itself: the widest is cut first."""
    points = [{field: end} for field in varying for end in (0.0, 1.0)]
    if not points:
        return {}
    gains = exact(setting, pattern, points, (slot,)).gain[0, kind]
    spread = {field: abs(float(gains[2 * n + 1] - gains[2 * n])) for n, field in enumerate(varying)}
    most = max(spread.values()) or 1.0
    return {field: max(width, 0.02 * most) for field, width in spread.items()}


def _halves(
    box: tuple[dict[str, float], dict[str, float]], weights: Mapping[str, float]
) -> tuple[tuple[dict[str, float], dict[str, float]], ...]:
    low, high = box
    field = max(weights, key=lambda name: weights[name] * (high[name] - low[name]))
    middle = (low[field] + high[field]) / 2
    return (low, {**high, field: middle}), ({**low, field: middle}, high)


def _middle(box: tuple[dict[str, float], dict[str, float]]) -> dict[str, float]:
    return {field: (box[0][field] + box[1][field]) / 2 for field in box[0]}


def _closed(setting: Setting, pattern: Pattern, share: float, slots: Sequence[str]) -> dict[str, Decided]:
    """The verdict on a pattern that bounds its gain itself."""
    likely = exact_indicated(setting)
    found = {}
    for slot in slots:
        material = max(0.01, share * float(likely[PAID, SLOTS.index(slot)].max()))
        found[slot] = _closed_at(setting, pattern, slot, material)
    return found


def exact_indicated(setting: Setting) -> Numbers:
    """What the indicated course comes to at the likely figures: (component, slot price, kind)."""
    from carespec.incentives.gains import indicated_at

    points: tuple[Point, ...] = ({},)
    value = indicated_at(setting, setting.draws(points), points, SLOTS).value
    return np.asarray(value.reshape(len(value), len(SLOTS), len(KINDS)))


def _closed_at(setting: Setting, pattern: Pattern, slot: str, material: float) -> Decided:
    assert pattern.gain is not None
    low, high = [dict.fromkeys(FREE, 0.0)], [dict.fromkeys(FREE, 1.0)]
    wide, narrow = case_of(setting, low, high, slot), case_of(setting, [{}], [{}], slot)

    def whole(name: str) -> tuple[float, float]:
        found = _at_slot(of(setting.assumptions, name), slot)
        return found.low, found.high

    def likely(name: str) -> tuple[float, float]:
        found = _at_slot(of(setting.assumptions, name), slot)
        return found.likely, found.likely

    at, span = pattern.gain(narrow, likely), pattern.gain(wide, whole)
    if at is None or span is None:
        return Decided(UNDECIDED, "middle", 0.0, material)
    verdict = ROBUST if span[0] > material else ABSENT if span[1] <= material else UNDECIDED
    if verdict == UNDECIDED:
        return _closed_somewhere(setting, pattern, slot, Decided(verdict, "middle", at[1], material, between=span), at)
    return Decided(verdict, "middle", at[1], material, between=span, boxes=1)


def _closed_somewhere(
    setting: Setting, pattern: Pattern, slot: str, found: Decided, at: tuple[float, float]
) -> Decided:
    """Possible, if the gain counts at the likely figures, or with some figures about patients and costs at an end."""
    if at[0] > found.material:
        return found._replace(verdict=POSSIBLE)
    assert pattern.gain is not None

    def likely(name: str) -> tuple[float, float]:
        parameter = _at_slot(of(setting.assumptions, name), slot)
        return parameter.likely, parameter.likely

    for point in sample(0)[1:]:
        there = pattern.gain(case_of(setting, [point], [point], slot), likely)
        if there is not None and there[0] > found.material:
            return found._replace(verdict=POSSIBLE, point=point, there=there[0])
    return found


def figures_asked(setting: Setting, pattern: Pattern, slot: str) -> tuple[str, ...]:
    """The names in the assumptions that a pattern with a gain of its own asks for; every one that bears on a course, if
    it asks what the course is worth."""
    asked: dict[str, None] = {}

    def figure(name: str) -> tuple[float, float]:
        found = of(setting.assumptions, name)
        asked[found.name] = None
        return found.low, found.high

    case = case_of(setting, [{}], [{}], slot)

    def worth(step: Step, kind: str) -> tuple[float, float]:
        by_field = figures_of(setting.assumptions, step, kind, slot).by_field
        asked.update(dict.fromkeys(p.name for p in by_field.values() if p.high > p.low))
        return case.beside(step, kind) if case.beside else (0.0, 0.0)

    assert pattern.gain is not None
    pattern.gain(case._replace(value=lambda kind: worth(setting.step, kind), beside=worth), figure)
    return tuple(asked)


def _at_slot(parameter: Parameter, slot: str) -> Parameter:
    """A figure as it is at a slot price: only that price itself differs."""
    if parameter.name != "slot-price":
        return parameter
    price = parameter.low if slot == "idle" else parameter.high
    return parameter._replace(low=price, likely=price, high=price)
