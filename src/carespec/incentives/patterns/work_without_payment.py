"""Everything that is paid for treatment hangs on an outcome, and much of the work has none.

What it is: nothing is paid for sessions or courses as such. Whoever leaves early, or ends without recovery on record,
brings nothing.

Why it matters: the work with those people is done at the provider's cost, or not at all.

Instead: a price for the work beside the price for the outcome.

Exceptions: outcomes that pay enough to cover the work that has none.
"""

from __future__ import annotations

from carespec.incentives.episode.step import Step
from carespec.incentives.episode.terms import outcome_prices, paid_regardless, turns_away
from carespec.incentives.patterns import Case, Example
from carespec.payments.atoms import COURSE, SESSION

CATALOGUE = "P10"
TITLE = "work that brings nothing unless people recover"
REWARDS = "not treating people of whom too few will be on record as recovered"
FIELDS = ("pay … when recovered at …", "unpaired-scores")
STUDY = (("5.3.1", "there is no payment for patients admitted and discharged at caseness"),)
EXAMPLE = Example(
    "indicated-sessions step-3: 14\npay recovery-step-3: £525.00 per course\n  when recovered at last reading",
    {"verdict": "robust", "gain": "243.4012", "recoveries-lost": "0.2016"},
    {"cost.session": 40, "dropout": 0.05, "hazard": 1 - 0.05 ** (1 / 14), "responders": 0.25},
    kind="hard",
    horizon=20,
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    paid = [atom for atom in case.step.machine.atoms if atom.per in (SESSION, COURSE)]
    if not outcome_prices(case.step):
        return "nothing that is paid hangs on an outcome"
    return None if all(atom.on_outcome for atom in paid) else "some of the work is paid whatever comes of it"


departs = turns_away


def relieved(step: Step) -> Step:
    """Were the same amounts paid whatever comes of the course."""
    return paid_regardless(step, outcome_prices(step))
