"""Everybody must begin at the least intensive step, and that step pays.

What it is: people whose need is for a higher step are sent through the first one, whose provider is paid for it.

Why it matters: sessions that were never indicated are given, and some people leave before they reach what they need.

Instead: entry at the step that the assessment indicates.

Exceptions: where the first step loses money on such people.
"""

from __future__ import annotations

from carespec.incentives.patterns import Case, Example, Figure

CATALOGUE = "P19"
TITLE = "everybody put through the first step"
REWARDS = "giving a first-step course to people whose need is for a higher step"
FIELDS = ("least-intensive-first", "steps-offered", "pay step-2")
STUDY = (("B13", "to make people jump through hoops unnecessarily"),)
HARM = "over-treatment"
TEXT = True
EXAMPLE = Example(
    "steps-offered: step-2, step-3\nleast-intensive-first: everybody\nindicated-sessions step-2: 6\n"
    "stop-when: none\npay step-2: £40.00 per session\n  at most 6 per course",
    {"verdict": "structural", "gain": "26.4908"},
    {"cost.session": 35, "cost.assessment": 0, "cost.reading": 0, "dropout": 0.05, "dna": 0.0, "responders": 0.25},
    kind="hard",
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    if case.contract.service.stated("least-intensive-first") != "everybody":
        return "nothing makes everybody try the least intensive treatment first"
    names = [step.name for step in case.contract.steps]
    return None if case.step.name == names[0] else "it is not the first step"


def gain(case: Case, figure: Figure) -> tuple[float, float] | None:
    """Pounds that the indicated first-step course of a hard patient earns over its costs."""
    return case.value("hard") if case.value is not None else None
