"""A dearer care cluster is recorded for the same person.

What it is: the price rises with the cluster, and whoever is paid says which cluster a person is in.

Why it matters: prices that were meant to make harder people welcome pay for calling easier ones hard.

Instead: clusters assigned by somebody else, or audits whose penalty outweighs the difference.

Exceptions: it changes records and not care, so it is looked for only when asked.
"""

from __future__ import annotations

from carespec.incentives.episode.step import Step
from carespec.incentives.patterns import Case, Example, Figure
from carespec.incentives.patterns.coach_the_score import audit
from carespec.payments.conditions import Events

CATALOGUE = "P26"
TITLE = "recording a dearer cluster"
REWARDS = "recording a dearer care cluster for the same person"
FIELDS = ("pay … for cluster N", "payment-basis", "audit-rate", "audit-penalty")
STUDY = (("introduction", "avoiding perverse incentives to 'cherry pick' less complex cases"),)
GAMING = True
TEXT = True
HARM = "misreporting"
EXAMPLE = Example(
    "indicated-sessions step-3: 8\npay cluster-2: £300.00 per course\n  50% only when recovered at last reading\n"
    "pay cluster-4: £664.00 per course\n  50% only when recovered at last reading",
    {"verdict": "structural", "every-path": "182.00 to 364.00"},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    if case.step.cluster is None:
        return "no price is for one cluster"
    return None if _others(case) else "no other cluster is priced"


def _others(case: Case) -> list[Step]:
    same = [step for step in case.contract.steps if step.name == case.step.name]
    return [step for step in same if step.cluster != case.step.cluster]


def gain(case: Case, figure: Figure) -> tuple[float, float]:
    """Least and greatest pounds, over every course of the same person, that the best other cluster pays beyond this
    one's, less the audit that is to be feared."""
    feared = audit(case.contract.service)
    ranges = [_beyond(case.step, other) for other in _others(case)]
    low, high = max(ranges, key=lambda found: (found[0], found[1]))
    return low - feared, high - feared


def _beyond(own: Step, other: Step) -> tuple[float, float]:
    needs = own.machine.needs.joined(other.machine.needs)
    own, other = (step._replace(machine=step.machine._replace(needs=needs)) for step in (own, other))
    found = []
    for sessions in range(1, own.course.limit + 1):
        for record in own.machine.records(sessions):
            found.append(_paid(other, sessions, record) - _paid(own, sessions, record))
    return min(found), max(found)


def _paid(step: Step, sessions: int, record: object) -> float:
    amounts = step.machine.amounts()
    events = Events(sessions, 0, record)  # type: ignore[arg-type]
    due = [unit for session in range(1, sessions + 1) for unit in step.machine.on_session(session)]
    return sum(amounts[place] * number for place, number in (*due, *step.machine.at_close(events)))
