"""Treatment as indicated costs more than it earns, whoever the patient is.

What it is: the price leaves out what a session costs beside the therapist's hour, or supposes that everybody comes.

Why it matters: a provider who does what the document says loses money on every person, and leaves, or does less.

Instead: a price worked out from the whole cost of the indicated sessions at the attendance that there is.

Exceptions: none; look at the break-even cost, since published costs differ widely.
"""

from __future__ import annotations

from carespec.incentives.episode.terms import turns_away
from carespec.incentives.patterns import Case, Example

CATALOGUE = "P29"
TITLE = "prices below the cost of the indicated treatment"
REWARDS = "not providing the service at all, whoever the patient is"
FIELDS = ("pay …", "indicated-sessions", "session-cap")
STUDY = (("B4", "The tariff only covers the basic staffing cost"),)
WHO = "every"
EXAMPLE = Example(
    "indicated-sessions step-2: 5\nstop-when: none\npay step-2: £167.00 per course",
    {"verdict": "possible", "break-even cost.session.step-2": "33.40"},
    {"cost.session": (20, 35, 99), "dropout": 0.0},
)


def applies(case: Case) -> str | None:
    """It can show wherever anything is paid."""
    return None


departs = turns_away
