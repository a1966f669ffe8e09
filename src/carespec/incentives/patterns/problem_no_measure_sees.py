"""People are seen for problems whose recovery the paid measures cannot show.

What it is: pay hangs on recovery, and for a problem that is treated no measure is taken that would show it.

Why it matters: treating them well brings no payment, so they are not taken on, or treated for something else.

Instead: a measure for each problem (`measure-for`), or payment for the work.

Exceptions: a problem is taken to have no measure only where the document says so.
"""

from __future__ import annotations

from carespec.incentives.episode.step import Step
from carespec.incentives.episode.terms import outcome_prices, turns_away
from carespec.incentives.patterns import Case, Example
from carespec.model.facts import State

CATALOGUE = "P14"
TITLE = "problems whose recovery no paid measure shows"
REWARDS = "turning away people with problems that no paid measure sees"
FIELDS = ("measure-for", "outcome-measure", "pay … when recovered at …")
STUDY = (("C3", "do not pick up on all issues, e.g. low self-esteem and social anxiety"),)
EXAMPLE = Example(
    "problems: depression, ocd\nmeasure-for ocd: none\nindicated-sessions step-3: 10\nstop-when: none\n"
    "pay step-3: £400.00 per course\n  50% only when recovered at last reading",
    {"verdict": "robust", "gain": "150.0000"},
    {"cost.session": 35, "dropout": 0.0, "responders": 1.0, "hazard": 0.5},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    if not outcome_prices(case.step):
        return "nothing that is paid hangs on an outcome"
    measures = case.contract.service.family("measure-for")
    if any(fact.value.state == State.NONE for fact in measures):
        return None
    return "no problem is said to have no measure"


def paid_by(step: Step) -> Step:
    """What is paid for somebody whose recovery is never seen."""
    outcomes = outcome_prices(step)
    return step.paid_by(tuple(atom for atom in step.machine.atoms if atom not in outcomes))


departs = turns_away


def relieved(step: Step) -> Step:
    """What is paid for everybody else."""
    return step
