"""Only people who look easy to treat are taken on.

What it is: one price for people who need little and people who need much, and a referral can be turned away.

Why it matters: those who are harder to help find nobody who will see them, or only the one who may not refuse.

Instead: prices that rise with what people need, decided by somebody else than the provider; and a duty to take people.

Exceptions: none where every kind of patient earns more than it costs, or none does.
"""

from __future__ import annotations

from carespec.incentives.episode.document import rejection_duties
from carespec.incentives.episode.terms import turns_away
from carespec.incentives.patterns import Case, Example

CATALOGUE = "P08"
TITLE = "taking only people who are easy to treat"
REWARDS = "turning away people who are harder to treat, and taking those who are easier"
FIELDS = ("pay …", "pay … for cluster N", "rejection-reason", "indicated-sessions")
STUDY = (("B2", "who will be cherry-picking the easy ones, to get the quick win"),)
WHO = "some-not-all"
EXAMPLE = Example(
    "indicated-sessions step-3: 8\npay step-3: £300.00 per course\n  50% only when recovered at last reading",
    {"verdict": "robust"},
    {
        "responders.easy": 0.7,
        "responders.hard": 0.25,
        "cost.session": 35,
        "dropout": 0.05,
        "hazard": 1 - 0.05 ** (1 / 14),
    },
    kind="hard",
)


def applies(case: Case) -> str | None:
    """It can show wherever anything is paid."""
    return None


departs = turns_away


def says(case: Case) -> str:
    """What it would cost to turn somebody away, as far as the document says."""
    return rejection_duties(case.contract.service)
