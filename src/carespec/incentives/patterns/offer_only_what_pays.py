"""Some of the treatments priced earn money and others lose it, and nobody has to offer them all.

What it is: the margins of the steps differ in sign, and a provider may choose which to offer.

Why it matters: what loses money is not to be had, and people are given what there is instead.

Instead: `steps-each-provider-must-offer: all`, or prices whose margins are alike.

Exceptions: none where every step earns more than it costs, or none does.
"""

from __future__ import annotations

from carespec.incentives.patterns import Case, Example, Figure

CATALOGUE = "P20"
TITLE = "prices that decide which treatment is offered"
REWARDS = "offering other treatments than this one, which costs more than it brings"
FIELDS = ("pay …", "steps-offered", "steps-each-provider-must-offer")
STUDY = (("B4", "it did dictate also what intervention we would offer"),)
HARM = "exclusion"
EXAMPLE = Example(
    "steps-offered: step-2, step-3\nindicated-sessions step-2: 6\nindicated-sessions step-3: 6\nstop-when: none\n"
    "pay step-2: £30.00 per session\npay step-3: £40.00 per session",
    {"verdict": "robust", "gain": "30.0000"},
    {"cost.session": 35, "dropout": 0.0},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    if case.contract.service.stated("steps-each-provider-must-offer") == "all":
        return "every provider must offer every step"
    return None if len({step.name for step in case.contract.steps}) > 1 else "only one step is paid for"


def gain(case: Case, figure: Figure) -> tuple[float, float] | None:
    """Pounds that a course at this step loses, if a course at another earns something."""
    if case.beside is None:
        return None
    low, high = case.beside(case.step, "middle")
    others = [case.beside(step, "middle") for step in case.contract.steps if step.name != case.step.name]
    surely, perhaps = any(least > 0 for least, _ in others), any(most > 0 for _, most in others)
    return max(0.0, -high) if surely else 0.0, max(0.0, -low) if perhaps else 0.0
