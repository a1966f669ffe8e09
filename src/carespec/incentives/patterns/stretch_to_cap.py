"""Treatment goes on for as long as sessions are paid for.

What it is: each session is paid more than it costs, up to a limit, and stopping earlier is worth nothing.

Why it matters: people who have recovered are kept coming until the sessions run out, and the slots that they take are
missing for those who wait.

Instead: a price for the course, or a price of a session that falls; or a reading that ends payment once it shows
recovery.

Exceptions: none where a session costs as much as it is paid, or where the slot would earn more with the next patient.
"""

from __future__ import annotations

from carespec.incentives.episode.actions import DISCHARGE, Moment
from carespec.incentives.episode.terms import goes_on, next_is_paid, session_prices
from carespec.incentives.patterns import Case, Example

CATALOGUE = "P02"
TITLE = "going on for as long as sessions are paid for"
REWARDS = "keeping people in treatment after the indicated end, for as long as sessions are paid"
FIELDS = ("pay … per session", "at most N per course", "stop-when", "indicated-sessions")
STUDY = (("B2", "healed in week 11 because payment stops in week 12"),)
EXAMPLE = Example(
    "indicated-sessions step-3: 12\npay step-3: £40.00 per session\n  at most 12 per course",
    {"verdict": "structural", "gain": "12.6973", "given-below": "40.00", "rewarded": "sessions 1 to 12, discharge"},
    {"cost.session": 35, "dropout": 0.05, "hazard": 1 - 0.05 ** (1 / 14), "responders": 0.5, "relapse": 0.02},
    horizon=20,
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    return None if session_prices(case.step) else "nothing is paid per session"


def departs(moment: Moment, indicated: int, taken: int) -> bool:
    """One more paid session where discharge is indicated."""
    return indicated == DISCHARGE and goes_on(moment, taken) and next_is_paid(moment.step, moment.session)
