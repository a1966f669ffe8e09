"""How strong the proof is that a contract rewards a pattern: on every path, over a whole range, somewhere, nowhere.

`structural` comes from the text alone. Then points are tried, and where they all agree bounds over boxes have to prove
it for all between them; boxes that stay open are cut in two, and what is still open at the end is `undecided`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from carespec.assumptions import Parameter, of
from carespec.incentives.episode.step import Step
from carespec.incentives.figures import FREE, KINDS, SLOTS, Point, figures_of, positions, sample, whole
from carespec.incentives.gains import Exact, Setting, Trials, cases_of, claims, exact_of, indicated_at
from carespec.incentives.patients import Numbers
from carespec.incentives.patterns import Pattern
from carespec.incentives.proofs import DENIED, OPEN, PROVED, Asked, Question, look
from carespec.incentives.solver import PAID
from carespec.tuples import NamedTuple

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
    setting: Setting, pattern: Pattern, effort: int = EFFORT, share: float = MATERIAL, trials: Trials | None = None,
    slots: Sequence[str] = SLOTS,
) -> dict[str, Decided]:  # fmt: skip
    """The verdict from figures, by slot price: the strongest of the pattern's claims.

    `trials` are the step's own; `slots` are the slot prices that are asked about.
    """
    if pattern.gain is not None:
        return _closed(setting, pattern, share, slots)
    tried = (trials or Trials(setting)).at(sample())
    gains = exact_of(setting, pattern, tried)
    found = []
    for slot in slots:
        # The second slot price is a remark beside the first: an eighth of the effort is spent on it.
        boxes = effort if slot == pattern.main_slot else effort // 8
        number = SLOTS.index(slot)
        found += [_claim(setting, gains, tried.points, number, kinds, boxes, share) for kinds in claims(pattern)]
    _settle(setting, pattern, found)
    settled = [one for one in found if one.asked is None]
    return {slot: min((one for one in settled if one.slot == slot), key=_strength).decided for slot in slots}


class _Claim:
    """A claim with its verdict so far, and what is still asked about it; `surest` is the strongest that it can get."""

    def __init__(self, slot: str, decided: Decided, question: Question | None) -> None:
        self.slot, self.decided = slot, decided
        self.asked = Asked(question) if question else None
        self.surest = decided.verdict if question is None else ROBUST if question.holds else POSSIBLE


def _strength(claim: _Claim) -> tuple[int, float]:
    """The strongest verdict first, then the largest gain; kinds that gain the same are told apart by no rounding."""
    return VERDICTS.index(claim.surest), -round(claim.decided.gain, 6)


def _settle(setting: Setting, pattern: Pattern, found: Sequence[_Claim]) -> None:
    """Ask about the claims that are open, all at once, as long as any may still be the strongest at its slot price."""
    while waiting := [one for slot in SLOTS for one in _open([each for each in found if each.slot == slot])]:
        look(setting, pattern, [one.asked for one in waiting if one.asked])
        for one in waiting:
            _hear(one)


def _open(found: Sequence[_Claim]) -> list[_Claim]:
    """The claims that may still come out stronger than every one that is settled."""
    best = min((_strength(one) for one in found if one.asked is None), default=(len(VERDICTS), 0.0))
    return [one for one in found if one.asked is not None and _strength(one) <= best]


def _hear(claim: _Claim) -> None:
    """Take over the answer to what was asked, if there is one."""
    assert claim.asked is not None
    answer, holds = claim.asked.answer, claim.asked.question.holds
    if answer is None:
        return
    # What counts at every point that was tried is possible at least; only what counts at none may be absent.
    still = POSSIBLE if holds else UNDECIDED
    verdict = {PROVED: ROBUST if holds else ABSENT, DENIED: POSSIBLE, OPEN: still}[answer.outcome]
    claim.decided = claim.decided._replace(
        verdict=verdict, point=None if holds else answer.point, between=answer.between, boxes=answer.boxes,
        is_open=answer.outcome == OPEN,
    )  # fmt: skip
    claim.surest, claim.asked = verdict, None


def material_at(tried: Exact, slot: int, kinds: Sequence[int], share: float) -> float:
    """The least gain that counts, in pounds: a share of the expected pay of the indicated course, at least a penny."""
    return max(0.01, share * float(tried.indicated[PAID, slot, list(kinds), 0].max()))


def _claim(
    setting: Setting, tried: Exact, points: Sequence[Point], slot: int, kinds: tuple[int, ...], effort: int,
    share: float,
) -> _Claim:  # fmt: skip
    material = material_at(tried, slot, kinds, share)
    gains = tried.gain[slot, kinds[0]]
    best = max(kinds, key=lambda kind: tried.gain[slot, kind, 0])
    found = Decided(POSSIBLE, KINDS[best], float(gains[0]), material)
    holds = gains > material
    if holds.any() and not holds.all():
        if holds[0]:
            return _Claim(SLOTS[slot], found, None)
        there = np.flatnonzero(holds).tolist()
        near = min(there, key=lambda number: (len(points[number]), _distance(setting, points[number])))
        return _Claim(SLOTS[slot], found._replace(point=points[near], there=float(gains[near])), None)
    # Each missed appointment that is told apart makes every box as dear as one more box.
    effort = max(1, effort // len(setting.table.close))
    weights = _influence(setting, points, gains, SLOTS[slot])
    return _Claim(SLOTS[slot], found, Question(SLOTS[slot], kinds[0], material, bool(holds.all()), weights, effort))


def _distance(setting: Setting, point: Point) -> float:
    """How far a point is from the likely figures, each counted by its range."""
    figures = figures_of(setting.assumptions, setting.step, "middle", "idle").by_field
    total = 0.0
    for field, at in point.items():
        width = figures[field].high - figures[field].low
        likely = (figures[field].likely - figures[field].low) / width if width else at
        total += (at - likely) ** 2
    return total


def _influence(setting: Setting, points: Sequence[Point], gains: Numbers, slot: str) -> tuple[float, ...]:
    """How much of the gain's spread each figure makes by itself, of those that vary: the points that were tried have
    its two ends."""
    by_field = figures_of(setting.assumptions, setting.step, "middle", slot).by_field
    varying = {field for field in FREE if by_field[field].high > by_field[field].low}
    ends = {(*point.items(),): float(gain) for point, gain in zip(points, gains, strict=True) if len(point) == 1}
    spread = [abs(ends[((field, 1.0),)] - ends[((field, 0.0),)]) if field in varying else 0.0 for field in FREE]
    least = 0.02 * (max(spread) or 1.0)
    return tuple(max(width, least) if field in varying else 0.0 for field, width in zip(FREE, spread, strict=True))


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
    value = indicated_at(setting, ({},)).theirs
    return np.asarray(value.reshape(len(value), len(SLOTS), len(KINDS)))


def _closed_at(setting: Setting, pattern: Pattern, slot: str, material: float) -> Decided:
    assert pattern.gain is not None
    points = positions(sample(0))
    low, high = (np.concatenate([end, points], axis=1) for end in whole())
    wide, narrow, *somewhere = cases_of(setting, low, high, slot)

    def range_of(name: str) -> tuple[float, float]:
        found = _at_slot(of(setting.assumptions, name), slot)
        return found.low, found.high

    def likely(name: str) -> tuple[float, float]:
        found = _at_slot(of(setting.assumptions, name), slot)
        return found.likely, found.likely

    at, span = pattern.gain(narrow, likely), pattern.gain(wide, range_of)
    if at is None or span is None:
        return Decided(UNDECIDED, "middle", 0.0, material)
    verdict = ROBUST if span[0] > material else ABSENT if span[1] <= material else UNDECIDED
    found = Decided(verdict, "middle", at[1], material, between=span, boxes=1)
    if verdict != UNDECIDED:
        return found
    gains = (pattern.gain(case, likely) for case in somewhere)
    return _closed_somewhere(found._replace(boxes=0), at, gains)


def _closed_somewhere(found: Decided, at: tuple[float, float], gains: Iterable[tuple[float, float] | None]) -> Decided:
    """Possible, if the gain counts at the likely figures, or with some figures about patients and costs at an end."""
    if at[0] > found.material:
        return found._replace(verdict=POSSIBLE)
    for point, there in zip(sample(0)[1:], gains, strict=False):
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

    likely = positions(({},))
    case = cases_of(setting, likely, likely, slot)[0]

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
