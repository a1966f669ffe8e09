"""From assumptions to columns: every point at which a contract is tried, as the draws that the solver takes.

Columns are laid out by slot price (idle, waiting), by kind of patient, and by point; a point gives every figure that
is left, from its low end to its high one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from carespec.assumptions import Assumptions, Parameter, of
from carespec.incentives.episode.step import Step
from carespec.incentives.episode.terms import is_assessed
from carespec.incentives.patients import Box, Numbers, Patients
from carespec.tuples import NamedTuple

KINDS = ("easy", "middle", "hard")
"""The kinds of patient that are told apart; what differs is the share of them who can recover."""

WELL = "well"
"""Somebody who is not ill: the first session shows it for certain. Only patterns about the entry ask about them."""

EVERYBODY = (*KINDS, WELL)

SLOTS = ("idle", "waiting")
"""Slots stand idle, or others wait for them: the two ends of what a slot would earn elsewhere."""

_NAMES = {  # in the order of the fields of `Patients`
    "session": "cost.session.{step}", "missed": "cost.missed-slot", "reading": "cost.reading", "slot": "slot-price",
    "assessment": "cost.assessment", "rejection": "cost.rejection", "dropout": "dropout", "relapse": "relapse",
    "dna": "dna", "hazard": "hazard.{step}", "responders": "responders.{kind}",
}  # fmt: skip
WORDS = {
    "session": "the cost of a session",
    "missed": "the cost of a missed appointment",
    "reading": "the cost of a reading",
    "slot": "what a slot would earn",
    "assessment": "the cost of an assessment",
    "rejection": "the cost of a rejection",
    "dropout": "the chance of leaving",
    "relapse": "the chance of a relapse",
    "dna": "the chance of missing appointments",
    "hazard": "the chance of recovery in a session",
    "responders": "the share who can recover",
}
"""What each figure is called in a sentence."""

FREE = tuple(name for name in _NAMES if name != "slot")
"""The figures that vary within a slot price."""

Point = Mapping[str, float]
"""Where between low (0) and high (1) each figure lies; one that is not named is at its likely value. A point may name
`slot` too, in place of either slot price."""


class Figures(NamedTuple):
    """What is assumed about the patients of one kind at one step, by field of `Patients`."""

    step: str
    kind: str
    slot: float
    by_field: Mapping[str, Parameter]

    def at(self, points: Sequence[Point]) -> Patients:
        """The draws at those points."""
        low, likely, high = np.array([[p.low, p.likely, p.high] for p in self.by_field.values()]).T[:, :, None]
        likely[list(self.by_field).index("slot")] = self.slot
        return Ranges(low, likely, high).at(positions(points), np.zeros(len(points), np.intp))


class Ranges(NamedTuple):
    """The figures of several kinds, or at several slot prices, side by side: arrays (field of `Patients`, which)."""

    low: Numbers
    likely: Numbers
    high: Numbers

    def at(self, where: Numbers, which: NDArray[np.intp]) -> Patients:
        """The draws at those positions (field, draw), each with the figures that `which` says."""
        low, likely, high = (end[:, which] for end in self)
        return Patients(*np.where(np.isnan(where), likely, low + where * (high - low)))

    def box(self, low: Numbers, high: Numbers, which: NDArray[np.intp]) -> Box:
        """The boxes between two rows of positions."""
        return Box(self.at(low, which), self.at(high, which))


def positions(points: Sequence[Point]) -> Numbers:
    """Points as an array (field of `Patients`, point): from 0 to 1, NaN where a figure is at its likely value."""
    return np.array([[point.get(field, np.nan) for point in points] for field in Patients._fields], float)


def whole() -> tuple[Numbers, Numbers]:
    """The box of every figure from its low end to its high one, as two columns of positions."""
    return positions([dict.fromkeys(FREE, 0.0)]), positions([dict.fromkeys(FREE, 1.0)])


def figures_of(assumptions: Assumptions, step: Step, kind: str, slot: str) -> Figures:
    """The figures for patients of a kind at a step, at a slot price."""
    ill = KINDS[0] if kind == WELL else kind
    found = {field: of(assumptions, name.format(step=step.name, kind=ill)) for field, name in _NAMES.items()}
    if not is_assessed(step):
        # Where no assessment is paid for, the first session is it.
        found["assessment"] = found["assessment"]._replace(low=0.0, likely=0.0, high=0.0)
    price = found["slot"].low if slot == "idle" else found["slot"].high
    if kind == WELL:
        found["hazard"] = found["responders"] = _CERTAIN
    return Figures(step.name, kind, price, found)


def bearing(assumptions: Assumptions, step: Step) -> frozenset[str]:
    """The names of the assumptions that bear on what a course at a step brings, costs and does."""
    found = [p for kind in KINDS for p in figures_of(assumptions, step, kind, SLOTS[0]).by_field.values()]
    if any(default.field.startswith("indicated-sessions") for default in step.course.defaults):
        found.append(of(assumptions, f"indicated.{step.name}"))
    return frozenset(p.name for p in found) - ({"cost.assessment"} if not is_assessed(step) else set())


_CERTAIN = Parameter("", "", "share", 1.0, 1.0, 1.0, "contract", "")


def ranges_of(assumptions: Assumptions, step: Step) -> Ranges:
    """The figures of everybody at every slot price: by slot price, then by kind. Nothing else differs by those."""
    base = figures_of(assumptions, step, KINDS[0], "idle").by_field
    ends = np.array([[p.low, p.likely, p.high] for p in base.values()]).T
    low, likely, high = np.repeat(ends[:, :, None], len(SLOTS) * len(EVERYBODY), axis=2)
    likely[list(base).index("slot")] = np.repeat([base["slot"].low, base["slot"].high], len(EVERYBODY))
    kinds = [*(of(assumptions, f"responders.{kind}") for kind in KINDS), _CERTAIN] * len(SLOTS)
    place = list(base).index("responders")
    low[place], likely[place], high[place] = zip(*((p.low, p.likely, p.high) for p in kinds), strict=True)
    place, well = list(base).index("hazard"), EVERYBODY.index(WELL)
    for end in (low, likely, high):
        end[place, well :: len(EVERYBODY)] = 1.0
    return Ranges(low, likely, high)


def sample(count: int = 32) -> tuple[Point, ...]:
    """The likely point, the ends of each figure alone, the two outermost points, and points spread evenly over every
    figure: always the same ones."""
    spread = _spread(count)
    return (
        {},
        *({field: end} for field in FREE for end in (0.0, 1.0)),
        dict.fromkeys(FREE, 0.0),
        dict.fromkeys(FREE, 1.0),
        *({field: float(row[number]) for number, field in enumerate(FREE)} for row in spread),
    )


def _spread(count: int) -> Numbers:
    """Points of which each figure takes evenly spaced values, in an order of its own (a Latin square)."""
    mixed = np.random.default_rng(20120401)
    return np.stack([(mixed.permutation(count) + 0.5) / count for _ in FREE], axis=1)
