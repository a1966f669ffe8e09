"""A missing reading pays more than one that shows no recovery.

What it is: when scores are missing, more is due than when the last one shows that the person is still ill.

Why it matters: readings of those who do badly are left out, and the rates that are published look better.

Instead: pay the same for a missing reading as for one that shows no recovery.

Exceptions: none.
"""

from __future__ import annotations

from carespec.incentives.episode.actions import Moment
from carespec.incentives.episode.terms import same_but_unmeasured
from carespec.incentives.patterns import Case, Example
from carespec.payments.conditions import Events

CATALOGUE = "P24"
TITLE = "leaving out readings that would show no recovery"
REWARDS = "leaving out the readings of people who are still ill"
FIELDS = ("unpaired-scores", "pay unpaired", "pay … when …", "outcome-measure")
STUDY = (("5.3.2", "Less than half of patients in the study had a first and last clinical score"),)
EXAMPLE = Example(
    "indicated-sessions step-2: 4\nstop-when: none\noutcome-measure phq-9: every-session\n"
    "pay step-2: £300.00 per course\n  50% only when recovered at last reading\n"
    "unpaired-scores: flat-rate\npay unpaired: £200.00 per course",
    {"verdict": "robust", "gain": "25.8575"},
    {"cost.session": 35, "dropout": 0.0, "hazard": 0.3, "responders": 0.5},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it: what the end of a course pays, without a reading and with a bad one."""
    machine = case.step.machine
    for session in range(1, case.step.course.limit + 1):
        none = _paid(case, session, machine.needs.start())
        bad = _paid(case, session, machine.needs.start()._replace(first=False, last=False))
        if none > bad + 0.005:
            return None
    return "a missing reading pays no more than one that shows no recovery"


def _paid(case: Case, session: int, record: object) -> float:
    amounts = case.step.machine.amounts()
    events = Events(session, 0, record)  # type: ignore[arg-type]
    return sum(amounts[place] * number for place, number in case.step.machine.at_close(events))


def departs(moment: Moment, indicated: int, taken: int) -> bool:
    """A session without a reading, given to somebody who is still ill."""
    return same_but_unmeasured(indicated, taken) and moment.is_ill and moment.record.last is not True
