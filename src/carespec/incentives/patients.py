"""Costs and chances as arrays, one column for each draw: what the solver and the bounds are given.

The chance of recovery in session n, of a patient never yet recovered, follows from two numbers: a share `responders`
can recover at this step, each with the same chance `hazard` in every session; whoever is still ill is more likely one
of the others.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from carespec.tuples import NamedTuple

Numbers = NDArray[np.float64]


class Patients(NamedTuple):
    """Draws of costs (pounds) and chances (shares of 1); every field is an array of one length.

    `session` is the cost of an attended session, `missed` that of a missed slot as a share of it, `reading` of taking
    the measures once, `slot` what a slot would earn elsewhere, `assessment` and `rejection` of those.
    """

    session: Numbers
    missed: Numbers
    reading: Numbers
    slot: Numbers
    assessment: Numbers
    rejection: Numbers
    dropout: Numbers
    relapse: Numbers
    dna: Numbers
    hazard: Numbers
    responders: Numbers

    def recovery(self, horizon: int) -> Numbers:
        """The chance of recovery in session 1, 2, … `horizon` of a patient never recovered: (horizon, draws)."""
        before = np.arange(horizon)[:, None]
        left = self.responders * (1 - self.hazard) ** before
        still = left + 1 - self.responders
        return np.asarray(self.hazard * left / np.where(still > 0, still, 1.0))

    def columns(self, chosen: slice | NDArray[np.intp]) -> Patients:
        """Some of the draws."""
        return Patients(*(field[chosen] for field in self))


class Box(NamedTuple):
    """Draws whose every field lies between two ends, independently of the others."""

    low: Patients
    high: Patients

    def recovery(self, horizon: int) -> tuple[Numbers, Numbers]:
        """Bounds of `Patients.recovery` over the box.

        More responders make recovery likelier. A higher hazard makes it likelier for a responder, and a responder
        likelier to have gone: each is taken at its own end, so the bounds hold and are closer in a smaller box.
        """
        before = np.arange(horizon)[:, None]
        low, high = self.low, self.high
        fewest = low.responders * (1 - high.hazard) ** before
        most = high.responders * (1 - low.hazard) ** before
        least, greatest = fewest + 1 - low.responders, most + 1 - high.responders
        return (
            np.asarray(low.hazard * fewest / np.where(least > 0, least, 1.0)),
            np.asarray(np.minimum(1.0, high.hazard * most / np.where(greatest > 0, greatest, 1.0))),
        )

    def columns(self, chosen: slice | NDArray[np.intp]) -> Box:
        """Some of the boxes."""
        return Box(self.low.columns(chosen), self.high.columns(chosen))


def patients(count: int = 1, **values: float | Numbers) -> Patients:
    """Draws with those values, and 0 for what is not named (`missed`: 1)."""
    start = {name: 1.0 if name == "missed" else 0.0 for name in Patients._fields}
    return Patients(*(np.broadcast_to(np.asarray(v, float), (count,)).copy() for v in {**start, **values}.values()))
