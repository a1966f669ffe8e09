"""What whoever is paid may do, how well a patient is, and what a pattern is shown of a moment in a course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carespec.payments.readings import Readings
from carespec.tuples import NamedTuple

if TYPE_CHECKING:
    from carespec.incentives.episode.step import Step

DISCHARGE, TREAT, TREAT_UNMEASURED, STEP_UP = 0, 1, 2, 3
"""End the course; one more session with a reading; one without; hand over to the next step."""

ACCEPT, REJECT = 4, 5
"""What there is to choose at referral."""

ACTIONS = ("discharge", "treat and measure", "treat without measuring", "step up", "accept", "reject")

ILL, RECOVERED, RELAPSED = 0, 1, 2
"""Never recovered yet, recovered, ill again. Only whoever was never recovered tells by that how likely recovery is."""

HEALTHS = ("still ill", "recovered", "ill again")


class Moment(NamedTuple):
    """A state in which a choice is made: `session` attended sessions so far, health, the record of readings.

    At referral `session` is -1.
    """

    step: Step
    session: int
    health: int
    record: Readings

    @property
    def is_ill(self) -> bool:
        """Whether the patient is ill, never recovered or again."""
        return self.health != RECOVERED


def treats(action: int) -> bool:
    """Whether the action is one more session."""
    return action in (TREAT, TREAT_UNMEASURED)
