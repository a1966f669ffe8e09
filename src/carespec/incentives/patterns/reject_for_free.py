"""Turning a referral away costs nothing, and treating it does.

What it is: for some people the indicated treatment earns less than it costs, and a referral can be rejected without a
consequence.

Why it matters: they are turned away, or told that the list is full, and somebody else's budget takes them.

Instead: a duty to give reasons and to recommend an alternative, a price that covers the treatment, and rejections that
are reported.

Exceptions: none; which duties are written down is printed with the finding. What they cost is `cost.rejection`.
"""

from __future__ import annotations

from carespec.incentives.episode.document import rejection_duties
from carespec.incentives.episode.terms import turns_away
from carespec.incentives.patterns import Case, Example

CATALOGUE = "P12"
TITLE = "turning referrals away at no cost"
REWARDS = "turning away people whose indicated treatment earns less than it costs"
FIELDS = (
    "pay …", "rejection-reason", "rejection-discussion", "rejection-recommendation", "rejections-reported",
    "rejection-transfer",
)  # fmt: skip
STUDY = (("B5", "tell them we're full up at the moment"),)
EXAMPLE = Example(
    "indicated-sessions step-3: 8\npay recovery-step-3: £150.00 per course\n  when recovered at last reading",
    {"verdict": "structural", "every-path": "27.00 to 1416.00"},
    {"cost.session": 177, "dropout": 0.05, "hazard": 1 - 0.05 ** (1 / 14)},
    kind="hard",
)


def applies(case: Case) -> str | None:
    """It can show wherever anything is paid."""
    return None


departs = turns_away


def says(case: Case) -> str:
    """What it would cost to turn somebody away, as far as the document says."""
    return rejection_duties(case.contract.service)
