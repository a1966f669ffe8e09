"""Treatment goes on until a price falls due.

What it is: a price is due only from a number of attended sessions that some people do not need.

Why it matters: people who are better are encouraged to keep coming until the session that earns the price.

Instead: a price by the session up to that number, or a threshold that recovery also meets.

Exceptions: where so many leave on the way that the sessions cost more than the price brings.
"""

from __future__ import annotations

from carespec.incentives.episode.actions import DISCHARGE, Moment
from carespec.incentives.episode.terms import due_at, goes_on
from carespec.incentives.patterns import Case, Example
from carespec.payments.atoms import COURSE

CATALOGUE = "P04"
TITLE = "going on until a price falls due"
REWARDS = "keeping people who have recovered until the session at which a price falls due"
FIELDS = ("pay … per course", "when sessions is at least N", "sessions-in-a-course", "stop-when")
STUDY = (("4.9", "therapist could be tempted to encourage the patient to keep coming"),)
EXAMPLE = Example(
    "indicated-sessions step-2: 8\npay step-2: £240.00 per course\n  when sessions is at least 6",
    {"verdict": "robust", "every-path": "-140.00 to 205.00"},
    {"cost.session": 35, "dropout": 0.05, "hazard": 1 - 0.05 ** (1 / 7), "responders": 0.5},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    if any(atom.per == COURSE and atom.minimum > 1 for atom in case.step.machine.atoms):
        return None
    return "no price asks for more than one session"


def departs(moment: Moment, indicated: int, taken: int) -> bool:
    """One more session where discharge is indicated, on the way to a price that is not yet due."""
    if indicated != DISCHARGE or not goes_on(moment, taken):
        return False
    return (due_at(moment.step) or 0) > moment.session
