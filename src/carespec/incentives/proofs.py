"""Proofs for a whole range of figures: bounds over boxes, which are cut in two as long as they leave a question open.

Every question about one pattern, for each slot price and each kind of patient, is asked side by side, since a pass over
many boxes takes little longer than one over few.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from carespec.incentives.figures import FREE, whole
from carespec.incentives.gains import Boxes, Setting, bounded, boxes
from carespec.incentives.patients import Numbers, Patients
from carespec.incentives.patterns import Pattern
from carespec.tuples import NamedTuple

PROVED, DENIED, OPEN = "proved", "denied", "open"
"""Shown for every box; shown not to be so in one; still open when the effort is spent."""

_PLACES = [Patients._fields.index(field) for field in FREE]


class Question(NamedTuple):
    """Whether the gain passes `material` (or `holds` not to) everywhere in the range, at a slot price and for a kind.

    `weights` says how much of the gain's spread each figure of `FREE` makes by itself, 0 for one that does not vary:
    the widest is cut first. `effort` is how many boxes may be looked at.
    """

    slot: str
    kind: int
    material: float
    holds: bool
    weights: Sequence[float]
    effort: int


class Answer(NamedTuple):
    """What came out, the boxes that it took, the bounds over the range, and the middle of a box that denies it."""

    outcome: str
    boxes: int
    between: tuple[float, float] | None = None
    point: Mapping[str, float] | None = None


class Asked:
    """A question on its way: the boxes that are still to be looked at."""

    def __init__(self, question: Question) -> None:
        self.question, self.answer = question, None
        self.looked, self.least, self.greatest = 0, np.inf, -np.inf
        low, high = whole()
        self.within = boxes(low, high, question.slot, question.kind)

    answer: Answer | None

    def look(self, low: Numbers, high: Numbers) -> None:
        """Take in the bounds of every box, and cut those that leave it open, or answer."""
        material, holds = self.question.material, self.question.holds
        self.looked += len(low)
        proved = low > material if holds else high <= material
        denied = high <= material if holds else low > material
        if denied.any():
            self.answer = Answer(DENIED, self.looked, point=self._middle(int(np.argmax(denied))))
            return
        self._widen(low[proved], high[proved])
        if proved.all():
            self.answer = Answer(PROVED, self.looked, (self.least, self.greatest))
            return
        left = ~proved
        if not any(self.question.weights) or self.looked + 2 * int(left.sum()) > self.question.effort:
            self._widen(low[left], high[left])
            self.answer = Answer(OPEN, self.looked, (self.least, self.greatest))
            return
        self._cut(left)

    def _widen(self, low: Numbers, high: Numbers) -> None:
        if len(low):
            self.least, self.greatest = min(self.least, float(low.min())), max(self.greatest, float(high.max()))

    def _middle(self, number: int) -> dict[str, float]:
        middle = (self.within.low[:, number] + self.within.high[:, number]) / 2
        return {field: float(middle[place]) for field, place in zip(FREE, _PLACES, strict=True)}

    def _cut(self, left: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> None:
        """Halve, where they lie widest, the boxes that are left."""
        low, high = (np.repeat(end[:, left], 2, axis=1) for end in self.within[:2])
        weights = np.array(self.question.weights)[:, None]
        widest = np.array(_PLACES)[(weights * (high - low)[_PLACES]).argmax(axis=0)]
        column = np.arange(low.shape[1])
        middle = (low[widest, column] + high[widest, column]) / 2
        first = column % 2 == 0
        high[widest[first], column[first]] = middle[first]
        low[widest[~first], column[~first]] = middle[~first]
        self.within = boxes(low, high, self.question.slot, self.question.kind)


def look(setting: Setting, pattern: Pattern, asked: Sequence[Asked]) -> None:
    """Bounds over the boxes of every question, in one pass."""
    parts = [one.within for one in asked]
    together = Boxes(*(np.concatenate([part[place] for part in parts], axis=-1) for place in range(4)))
    low, high = bounded(setting, pattern, together)
    ends = np.cumsum([len(part.kind) for part in parts])
    for one, start, end in zip(asked, (0, *ends), ends, strict=False):
        one.look(low[start:end], high[start:end])
