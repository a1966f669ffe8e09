"""Measuring stops at the first reading that shows recovery.

What it is: pay hangs on the last recorded reading, and a session can be given without recording one.

Why it matters: whoever falls ill again in treatment is on record as recovered. The figures by which services are
compared, and money is paid, are too good.

Instead: payment only if there is a reading from the last session; or readings taken by somebody else.

Exceptions: where sessions end with the first reading that shows recovery there is nothing left to measure.
"""

from __future__ import annotations

from carespec.incentives.episode.actions import Moment
from carespec.incentives.episode.terms import outcome_prices, same_but_unmeasured
from carespec.incentives.patterns import Case, Example

CATALOGUE = "P22"
TITLE = "measuring no more once recovery is on record"
REWARDS = "going on without measuring once a reading has shown recovery"
FIELDS = ("pay … when recovered at last reading", "outcome-measure", "measured-by", "stop-when")
STUDY = (("C4", "they take the measures until they go into recovery"),)
EXAMPLE = Example(
    "indicated-sessions step-2: 8\nstop-when: none\noutcome-measure phq-9: every-session\n"
    "pay step-2: £160.00 per course\npay recovery-step-2: £400.00 per course\n  when recovered at last reading",
    {"verdict": "structural", "every-path": "0.00 to 400.00"},
    {"cost.session": 35, "dropout": 0.05, "hazard": 1 - 0.05 ** (1 / 7), "responders": 0.5, "relapse": 0.05},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    if not any("at last reading" in atom.readings for atom in outcome_prices(case.step)):
        return "nothing that is paid hangs on the last reading"
    if case.step.course.stop == "at last reading":
        return "treatment ends at the first reading that shows recovery, so there is nothing left to measure"
    return None


def departs(moment: Moment, indicated: int, taken: int) -> bool:
    """A session without the reading that is indicated, when the last one showed recovery."""
    return same_but_unmeasured(indicated, taken) and moment.record.last is True
