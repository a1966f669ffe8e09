"""Whoever assesses people also treats them, and decides who goes where.

What it is: the entry point provides steps itself, and nothing binds it in sharing people out among providers.

Why it matters: whoever costs less than they bring can stay, and whoever costs more can be passed on; the others are
left with the people who are harder to help, at the same prices.

Instead: `allocation: patient-choice` or `rota`, published shares, or an entry point that treats nobody.

Exceptions: where every course earns the same, there is nothing to choose between.
"""

from __future__ import annotations

from carespec.incentives.episode.document import is_shared_out_freely, words
from carespec.incentives.patterns import Case, Example, Figure
from carespec.incentives.portfolio import apart

CATALOGUE = "P16"
TITLE = "an assessor who keeps the easier people"
REWARDS = "keeping the people who earn more than they cost, and passing the others to other providers"
FIELDS = ("entry-point-provides", "allocation", "pay …")
STUDY = (("B13", "Level 1 contractor is a provider of Levels 2 and 3 activity"),)
TEXT = True
HARM = "exclusion"
EXAMPLE = Example(
    "entry-point-provides: step-3\nindicated-sessions step-3: 8\nstop-when: recovered at last reading\n"
    "pay step-3: £300.00 per course\n  50% only when recovered at last reading",
    {"verdict": "structural", "gain": "322.5000", "every-path": "0.00 to 430.00"},
    {"cost.session": 40, "dropout": 0.0, "responders.easy": 1.0, "responders.hard": 0.25, "hazard": 1.0},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    service = case.contract.service
    if case.step.name not in words(service, "entry-point-provides"):
        return "nothing says that the entry point provides this step"
    return None if is_shared_out_freely(service) else "something binds who is given which person"


def gain(case: Case, figure: Figure) -> tuple[float, float] | None:
    """Pounds that an easy person's course earns beyond a hard one's, or the reverse: what each exchange is worth."""
    return apart(case.value("easy"), case.value("hard")) if case.value is not None else None
