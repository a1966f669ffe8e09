"""Treatment stops when recovery no longer looks likely enough to be worth another session.

What it is: pay hangs on recovery, and the chance of it falls from session to session for those who have not recovered.

Why it matters: people who respond slowly are given up before the number of sessions that is indicated for them.

Instead: a price per session or per course beside the price of recovery, so that the next session is paid for.

Exceptions: none; the break-even says how high the price of recovery would have to be.
"""

from __future__ import annotations

from carespec.incentives.episode.actions import DISCHARGE, Moment, treats
from carespec.incentives.episode.terms import next_is_paid, outcome_prices
from carespec.incentives.patterns import Case, Example

CATALOGUE = "P07"
TITLE = "giving up on people who respond slowly"
REWARDS = "discharging people who are still ill, before the indicated number of sessions"
FIELDS = ("pay … when recovered at …", "N% only when recovered at …", "indicated-sessions")
STUDY = (("B5", "when you become despondent about a client, and you're not going to get paid"),)
EXAMPLE = Example(
    "indicated-sessions step-3: 14\npay recovery-step-3: £525.00 per course\n  when recovered at last reading",
    {"verdict": "robust", "gain": "91.9542", "recoveries-lost": "0.2331", "parts-after": "2"},
    {"cost.session": 40, "dropout": 0.05, "hazard": 1 - 0.05 ** (1 / 14), "responders": 0.5},
    horizon=20,
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    return None if outcome_prices(case.step) else "nothing that is paid hangs on an outcome"


def departs(moment: Moment, indicated: int, taken: int) -> bool:
    """Discharging somebody still ill while an outcome could yet be earned, though another session is indicated."""
    if taken != DISCHARGE or not treats(indicated) or not moment.is_ill or moment.session < 0:
        return False
    return bool(outcome_prices(moment.step)) and not next_is_paid(moment.step, moment.session)
