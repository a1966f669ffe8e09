"""Measures are left out because taking them costs time and earns nothing.

What it is: a reading takes minutes of a session or of somebody's day, and no payment depends on it.

Why it matters: nobody can tell whether people get better; those who do not are noticed late.

Instead: payment that needs a first and a last reading, or a price that covers the time.

Exceptions: where a missing reading costs more than taking it.
"""

from __future__ import annotations

from carespec.incentives.episode.actions import Moment
from carespec.incentives.episode.terms import same_but_unmeasured
from carespec.incentives.patterns import Case, Example

CATALOGUE = "P30"
TITLE = "leaving out measures that nobody pays for"
REWARDS = "giving sessions without the readings that are indicated"
FIELDS = ("outcome-measure", "unpaired-scores", "pay …")
STUDY = (("B4", "No administration time has been included in the tariff"),)
EXAMPLE = Example(
    "indicated-sessions step-2: 4\nstop-when: none\noutcome-measure phq-9: every-session\n"
    "pay step-2: £40.00 per session",
    {"verdict": "structural", "gain": "20.0000"},
    {"cost.session": 35, "cost.reading": 5, "dropout": 0.0, "hazard": 0.3, "responders": 0.5},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    if any(default.field == "outcome-measure" for default in case.step.course.defaults):
        return "nothing says in which sessions a measure must be taken"
    return None if case.step.course.measured else "no measure has to be taken"


def departs(moment: Moment, indicated: int, taken: int) -> bool:
    """A session without the reading that is indicated."""
    return same_but_unmeasured(indicated, taken)
