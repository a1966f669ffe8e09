"""People are discharged as soon as they score as recovered, before a later reading can say otherwise.

What it is: much of the price hangs on the last reading, and once it says recovered, more sessions add cost and the
risk of a worse reading, and no pay.

Why it matters: the sessions that keep people well are not given, and nobody learns who falls ill again.

Instead: a price for those sessions, or payment on a run of readings or at a follow-up.

Exceptions: where discharge at the first reading that shows recovery is what the document indicates.
"""

from __future__ import annotations

from carespec.incentives.episode.actions import DISCHARGE, RECOVERED, Moment, treats
from carespec.incentives.episode.terms import outcome_prices
from carespec.incentives.patterns import Case, Example

CATALOGUE = "P11"
TITLE = "discharging people before a relapse can be recorded"
REWARDS = "discharging people at a reading that shows recovery, before the sessions indicated after it"
FIELDS = ("pay … when recovered at last reading", "N% only when recovered at last reading", "stop-when")
STUDY = (("B5", "pre-empt the outcome at point A, not wait for point B"),)
EXAMPLE = Example(
    "indicated-sessions step-3: 14\nstop-when: none\npay step-3: £160.00 per course\n"
    "pay recovery-step-3: £400.00 per course\n  when recovered at last reading",
    {"verdict": "structural", "gain": "386.3107"},
    {"cost.session": 35, "dropout": 0.0, "hazard": 1 - 0.05 ** (1 / 14), "responders": 1.0, "relapse": 0.05},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    if not any("at last reading" in atom.readings for atom in outcome_prices(case.step)):
        return "nothing that is paid hangs on the last reading"
    if case.step.course.stop == "at last reading":
        return "discharge at the first reading that shows recovery is what is indicated"
    return None


def departs(moment: Moment, indicated: int, taken: int) -> bool:
    """Discharging somebody who is on record as recovered, though more sessions are indicated."""
    recorded = moment.health == RECOVERED and moment.record.last is True
    return treats(indicated) and taken == DISCHARGE and recorded
