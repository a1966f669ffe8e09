"""What is earned is paid late, and whoever waits for it carries the cost.

What it is: months pass between the work and the money: a course is paid for when it ends, and an invoice is paid after
that.

Why it matters: short courses bring money sooner, and small providers run dry while they wait for theirs.

Instead: `payment-terms` of at most 30 days, and part of the price when a course begins.

Exceptions: where sessions are paid for as they happen only the time to pay is counted.
"""

from __future__ import annotations

from carespec.incentives.episode.document import course_pay
from carespec.incentives.patterns import Case, Example, Figure
from carespec.model.facts import State
from carespec.quantities.durations import Duration, Unit

CATALOGUE = "P36"
TITLE = "money that comes late"
REWARDS = "short courses, and providers that can wait for their money"
FIELDS = ("payment-terms", "invoicing", "pay …")
STUDY = (("B6", "some of their contracts go bust, waiting for the money"),)
TEXT = True
HARM = "insolvency"
EXAMPLE = Example(
    "payment-terms: 90 calendar days\nindicated-sessions step-2: 6\npay step-2: £365.00 per course",
    {"verdict": "structural", "gain": "12.5000", "every-path": "9.00 to 12.50"},
    {"cost.session": 35, "cost-of-money": 0.1},
)

_USUAL = 30
"""Days to pay that are usual and are not counted as late."""

_DAYS = {
    Unit.DAY: 1.0, Unit.CALENDAR_DAY: 1.0, Unit.WORKING_DAY: 7 / 5, Unit.WEEK: 7.0, Unit.MONTH: 365 / 12,
    Unit.YEAR: 365.0,
}  # fmt: skip
"""How many days each unit is taken for; holidays are left aside."""


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    days = _days(case)
    if days is None:
        return "nothing is said about when money is paid"
    return f"money is paid within {_USUAL} days" if days <= _USUAL else None


def _days(case: Case) -> int | None:
    fact = case.contract.service.fact("payment-terms")
    if fact is None or fact.value.state != State.STATED or not isinstance(fact.value.content, Duration):
        return None
    return sum(round(float(count) * _DAYS.get(unit, 0.0)) for count, unit in fact.value.content.parts)


def gain(case: Case, figure: Figure) -> tuple[float, float]:
    """Pounds that waiting costs: for a course of one session, and for one of all that are indicated, a week apart, paid
    for when it ends."""
    days, (low, high) = _days(case) or 0, figure("cost-of-money")
    at_end = sum(float(atom.amount) for atom in case.step.machine.atoms if atom.at_end)
    weeks = 7 * (case.step.course.limit - 1) if at_end else 0
    most = course_pay(case.step)[1]
    return low * most * days / 365, high * most * (days + weeks) / 365
