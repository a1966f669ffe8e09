"""Treatment stops where payment for sessions stops, though more is indicated.

What it is: sessions are paid for up to a number that is lower than the number indicated, and nothing is paid beyond.

Why it matters: people who need a longer course are discharged when the money ends, in the middle of treatment.

Instead: a limit of at least the sessions indicated, or a payment for an extension that covers its cost.

Exceptions: a recovery in the next session that is itself worth more than the session costs.
"""

from __future__ import annotations

from carespec.incentives.episode.actions import DISCHARGE, Moment, treats
from carespec.incentives.episode.terms import next_is_paid, session_prices
from carespec.incentives.patterns import Case, Example

CATALOGUE = "P03"
TITLE = "stopping where payment for sessions stops"
REWARDS = "discharging people who are still ill when the last paid session has been given"
FIELDS = ("pay … per session", "at most N per course", "pay extension", "indicated-sessions")
STUDY = (("B15", "the service for people needing longer than 20 sessions"),)
EXAMPLE = Example(
    "indicated-sessions step-3: 20\npay step-3: £40.00 per session\n  at most 12 per course",
    {"verdict": "structural", "worth-there": "35.00", "parts-after": "12"},
    {"cost.session": 35, "dropout": 0.05, "hazard": 1 - 0.05 ** (1 / 14), "responders": 0.5, "relapse": 0.02},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    if not session_prices(case.step):
        return "nothing is paid per session"
    limit = case.step.course.limit
    if all(next_is_paid(case.step, session) for session in range(limit)):
        return "every indicated session is paid for"
    return None


def departs(moment: Moment, indicated: int, taken: int) -> bool:
    """Discharging somebody still ill when the next session is not paid for, though it is indicated."""
    if taken != DISCHARGE or not treats(indicated) or not moment.is_ill or moment.session < 1:
        return False
    return bool(session_prices(moment.step)) and not next_is_paid(moment.step, moment.session)
