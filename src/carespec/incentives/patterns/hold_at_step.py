"""People are kept at a step that is not helping, because stepping them up ends or lowers the income.

What it is: the next step is another provider's, or earns less than holding on here; each session held is paid more
than it costs.

Why it matters: people who need more wait for it in sessions that do not help, and some leave on the way.

Instead: a payment for stepping up, prices of the steps that fit each other, and a limit on sessions without progress.

Exceptions: one provider for every step holds people too, unless the next step is worth more to it than holding.
"""

from __future__ import annotations

from carespec.incentives.episode.actions import STEP_UP, Moment
from carespec.incentives.episode.terms import goes_on
from carespec.incentives.patterns import Case, Example

CATALOGUE = "P18"
TITLE = "holding people at a step that is not helping"
REWARDS = "keeping people at a step when they should move up"
FIELDS = ("step-up-when", "steps-offered", "steps-each-provider-must-offer", "pay … per session")
STUDY = (("B15", "a lot of them hang on to people at Step 2 because they're getting paid"),)
EXAMPLE = Example(
    "steps-offered: step-2, step-3\nsteps-each-provider-must-offer: one-or-more\nindicated-sessions step-2: 6\n"
    "indicated-sessions step-3: 14\nstep-up-when: not recovered after 3 sessions\n"
    "pay step-2: £40.00 per session\n  at most 6 per course\n"
    "pay recovery-step-3: £525.00 per course\n  when recovered at last reading",
    {"verdict": "robust", "worth-there": "14.06", "parts-after": "3"},
    {"cost.session": 35, "dropout": 0.05, "hazard": 1 - 0.05 ** (1 / 7), "responders": 0.15},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    return None if case.step.onward else "nothing says when people should move up from this step"


def departs(moment: Moment, indicated: int, taken: int) -> bool:
    """One more session where stepping up is indicated."""
    return indicated == STEP_UP and goes_on(moment, taken)
