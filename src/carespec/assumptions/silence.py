"""What is taken where a document is silent about a course: in words, for a report and for whoever checks a document.

`incentives.episode.course` takes it and lists it; a check says so beside the payment that it bears on.
"""

from __future__ import annotations

from carespec.assumptions import Assumptions, of

STOP_WHEN = "the first reading that shows recovery"
STEP_UP_WHEN = "no step up"
OUTCOME_MEASURE = "a reading in every session"


def sessions_indicated(assumptions: Assumptions, step: str) -> int:
    """How many sessions are taken to be indicated at a step. Raises KeyError where nothing is assumed about that."""
    return int(of(assumptions, f"indicated.{step}").likely)


def up_to(sessions: int) -> str:
    """A number of indicated sessions: `up to 7 sessions`."""
    return f"up to {sessions} sessions"
