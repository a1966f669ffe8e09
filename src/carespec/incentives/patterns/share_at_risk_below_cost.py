"""The share of a price that hangs on recovery turns a price that covers the work into one that does not.

What it is: a share of the price is paid only on recovery. The whole of it would cover the cost of the course; what can
be expected of it does not.

Why it matters: whoever treats everybody as indicated loses money on it, and closes, or chooses whom to treat.

Instead: a smaller share, or a price at which the share that can be expected covers the cost.

Exceptions: a price that would not cover the cost even in full is told as that instead.
"""

from __future__ import annotations

from carespec.incentives.episode.step import Step
from carespec.incentives.episode.terms import paid_regardless, turns_away
from carespec.incentives.patterns import Case, Example
from carespec.payments.atoms import Atom

CATALOGUE = "P09"
TITLE = "a share at risk that makes treatment a loss"
REWARDS = "not treating people for whom the share at risk cannot be expected"
FIELDS = ("pay … per course", "N% only when …")
STUDY = (("B4", "if the patient recovered, they would get the full £300"),)
EXAMPLE = Example(
    "indicated-sessions step-3: 6\nstop-when: none\npay step-3: £300.00 per course\n"
    "  50% only when recovered at last reading",
    {"verdict": "possible", "break-even responders.easy": "0.6000"},
    {"cost.session": 40, "dropout": 0.0, "hazard": 1.0, "responders": (0.4, 0.5, 0.8)},
)


def _at_risk(step: Step) -> tuple[Atom, ...]:
    return tuple(atom for atom in step.machine.atoms if atom.at_risk and atom.on_outcome)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    return None if _at_risk(case.step) else "no share of a price is at risk"


departs = turns_away


def relieved(step: Step) -> Step:
    """Were the share paid in full."""
    return paid_regardless(step, _at_risk(step))
