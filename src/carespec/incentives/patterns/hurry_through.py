"""Treatment is cut short because the next patient in the slot is worth more.

What it is: a course or an outcome is paid once, slots are scarce, and whoever comes next brings more than this
patient's next session.

Why it matters: where people wait, those in treatment are hurried through. Where slots stand idle the same contract
keeps them to the end.

Instead: a price per session that is above what the slot earns with an assessment.

Exceptions: it is looked for only where people wait, and told only if idle slots would not show it too.
"""

from __future__ import annotations

from carespec.incentives.episode.actions import DISCHARGE, Moment, treats
from carespec.incentives.patterns import Case, Example

CATALOGUE = "P05"
TITLE = "hurrying people through while others wait"
REWARDS = "discharging people early where others wait for the slot"
FIELDS = ("pay …", "pay assessment", "indicated-sessions")
STUDY = (("B5", "try and force the patients through the system too quickly"),)
WHEN = "waiting"
EXAMPLE = Example(
    "indicated-sessions step-3: 12\npay step-3: £40.00 per session\n  at most 12 per course",
    {"verdict": "robust", "break-even slot-price": "5.00"},
    {"slot-price": (0, 0, 25), "cost.session": 35, "dropout": 0.05, "hazard": 1 - 0.05 ** (1 / 14), "responders": 0.5},
    horizon=12,
)


def applies(case: Case) -> str | None:
    """It can show wherever anything is paid."""
    return None


def departs(moment: Moment, indicated: int, taken: int) -> bool:
    """Discharging somebody still ill though another session is indicated."""
    return treats(indicated) and taken == DISCHARGE and moment.is_ill and moment.session >= 0
