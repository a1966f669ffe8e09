"""One high reading lets people in, one low reading later earns the payment, and nothing has changed.

What it is: scores go up and down by chance. Where a single reading decides who enters, and a single one who has
recovered, people near the cut-off pass from one to the other without getting better.

Why it matters: payment goes to chance, and somebody at nine points on a good day is turned away.

Instead: two readings at entry (`entry-readings: 2`), and reliable change as a part of recovery.

Exceptions: where recovery also needs reliable change the chance is small, and is not told.
"""

from __future__ import annotations

from math import erf, sqrt

from carespec.incentives.episode.terms import outcome_prices
from carespec.incentives.patterns import Case, Example, Figure
from carespec.model.facts import State
from carespec.quantities.counts import Count

CATALOGUE = "P15"
TITLE = "entry and recovery decided by one reading each"
REWARDS = "admitting people at the cut-off on a bad day and recording them on a good one"
FIELDS = ("entry-readings", "caseness-required", "recovery-requires-reliable-change")
STUDY = (("B15", "sorry your score's only nine, but that's only today"),)
HARM = "misreporting"
EXAMPLE = Example(
    "entry-readings: 1\nindicated-sessions step-2: 6\npay recovery-step-2: £100.00 per course\n"
    "  when recovered at last reading",
    {"verdict": "robust", "gain": "40.8662"},
    {"measure-error": 6 / 1.96 / sqrt(2)},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    service = case.contract.service
    if not outcome_prices(case.step):
        return "nothing that is paid hangs on an outcome"
    if service.stated("recovery-requires-reliable-change") == "required":
        return "recovery needs reliable change too"
    content = service.stated("entry-readings")
    if isinstance(content, Count) and content.low > 1:
        return "more than one reading decides who enters"
    return None if content is not None or _requires_caseness(case) else "nothing says that a reading decides who enters"


def _requires_caseness(case: Case) -> bool:
    fact = case.contract.service.fact("caseness-required")
    return fact is not None and fact.value.state == State.STATED


def gain(case: Case, figure: Figure) -> tuple[float, float]:
    """Pounds expected for each person who is truly at the cut-off, has entered, and does not change.

    Scores are whole numbers about the true one: entering is a score of the cut-off or more, recovery one below it.
    """
    pay = float(sum(atom.amount for atom in outcome_prices(case.step)))
    low, high = (pay * _below(0.5, error) for error in figure("measure-error"))
    return min(low, high), max(low, high)


def _below(points: float, error: float) -> float:
    """The chance of reading more than so many points too low."""
    return 0.5 * (1 - erf(points / error / sqrt(2))) if error else 0.0
