"""Treatment stops as soon as the course is paid for.

What it is: the whole price of a course falls due at a low number of attended sessions, and nothing depends on what
comes after. Every further session only costs.

Why it matters: people who are still ill are discharged after two sessions instead of six or eight. Those who would
have recovered later do not.

Instead: a price that grows with the sessions given, up to the number indicated; or a threshold at the dose at which
people recover, with the shares of those who leave early paid by the session.

Exceptions: where the next session is itself paid for, or where recovery in it earns more than it costs.
"""

from __future__ import annotations

from carespec.incentives.episode.actions import DISCHARGE, Moment, treats
from carespec.incentives.episode.terms import course_prices, earned_at, next_is_paid
from carespec.incentives.patterns import Case, Example

CATALOGUE = "P01"
TITLE = "stopping as soon as the course is paid for"
REWARDS = "discharging people who are still ill as soon as the price of the course is earned"
FIELDS = ("pay … per course", "when sessions is at least N", "sessions-in-a-course", "indicated-sessions")
STUDY = (("B4", "considered completed and therefore the provider can claim a flat rate"),)
EXAMPLE = Example(
    "indicated-sessions step-2: 8\npay step-2: £367.29 per course\n  when sessions is at least 2",
    {"verdict": "structural", "gain": "100.3085", "compliance": "2111.0762"},
    {"cost.session": 35, "dropout": 0.05, "hazard": 1 - 0.05 ** (1 / 7), "responders": 0.5},
    horizon=8,
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    if not course_prices(case.step):
        return "no price of a course is paid whatever comes of it"
    earned = earned_at(case.step) or 1
    if earned >= case.step.course.limit:
        return f"the price of a course is earned only at session {earned}, which is no earlier than indicated"
    return None


def departs(moment: Moment, indicated: int, taken: int) -> bool:
    """Discharging somebody still ill, once the course is earned, though another session is indicated."""
    if taken != DISCHARGE or not treats(indicated) or not moment.is_ill:
        return False
    earned = earned_at(moment.step)
    return earned is not None and moment.session >= earned and not next_is_paid(moment.step, moment.session)
