"""Missed appointments turn treatment into a loss.

What it is: a slot costs money whether or not the person comes, and only attendance is paid.

Why it matters: people who miss appointments, often because of what they need treatment for, are pressed or avoided.

Instead: a payment for some missed appointments, or a price that allows for the attendance that there is.

Exceptions: a price that would be a loss even if everybody came is told as that instead; therapists who are not paid
for missed appointments bear the cost themselves.
"""

from __future__ import annotations

from carespec.incentives.episode.terms import turns_away
from carespec.incentives.patterns import Case, Example
from carespec.payments.atoms import MISSED

CATALOGUE = "P13"
TITLE = "missed appointments that nobody pays for"
REWARDS = "not treating people who are likely to miss appointments"
FIELDS = ("pay missed", "at most N per M booked", "dna-limit")
STUDY = (("B4", "there's no DNA [Did not Attend] paid, no cancellation fee paid"),)
RELIEVED = {"dna": 0.0}
EXAMPLE = Example(
    "indicated-sessions step-2: 6\nstop-when: none\npay step-2: £40.00 per session\npay missed: none",
    {"verdict": "possible", "break-even dna": "0.1250"},
    {"cost.session": 35, "dropout": 0.0, "dna": (0.05, 0.089, 0.35)},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    missed = [atom for atom in case.step.machine.atoms if atom.per == MISSED]
    return "every missed appointment is paid for" if any(not a.most and not a.allowed for a in missed) else None


departs = turns_away
