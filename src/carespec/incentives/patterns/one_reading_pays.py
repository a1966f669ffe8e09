"""A single reading decides payment, and readings go up and down by chance.

What it is: an outcome is paid on any, the first or the last reading. Of people who never recover, some score as
recovered at a reading.

Why it matters: payment goes to good days; ending a course on one is rewarded.

Instead: `recovered at 2 readings in a row`, or a follow-up.

Exceptions: none; the chance is printed, and what two readings in a row would make of it.
"""

from __future__ import annotations

from carespec.incentives.episode.step import Step
from carespec.incentives.episode.terms import outcome_prices
from carespec.incentives.patterns import Case, Example, Figure
from carespec.payments.conditions import Events
from carespec.payments.readings import Readings, read

CATALOGUE = "P23"
TITLE = "payment on a single reading"
REWARDS = "ending treatment on a reading that shows recovery by chance"
FIELDS = ("pay … when recovered at …", "indicated-sessions")
STUDY = (("5.1.10", "declare the patient recovered on the basis of one outcome measurement"),)
HARM = "misreporting"
EXAMPLE = Example(
    "indicated-sessions step-3: 12\nstop-when: none\npay recovery-step-3: £100.00 per course\n"
    "  when recovered at any reading",
    {"verdict": "robust", "gain": "45.9640"},
    {"false-recovery": 0.05},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    asked = [at for atom in outcome_prices(case.step) for at in atom.readings]
    if not asked:
        return "nothing that is paid hangs on an outcome"
    return None if any("in a row" not in at for at in asked) else "more than one reading decides"


def gain(case: Case, figure: Figure) -> tuple[float, float]:
    """Pounds paid for outcomes, expected for each person who never recovers and has every indicated session."""
    low, high = (falsely_paid(case.step, chance, case.step.course.limit) for chance in figure("false-recovery"))
    return low, high


def falsely_paid(step: Step, chance: float, readings: int) -> float:
    """Pounds expected from so many readings, each of which falsely shows recovery with that chance."""
    needs, on_record = step.machine.needs, {step.machine.needs.start(): 1.0}
    for session in range(1, readings + 1):
        after: dict[Readings, float] = {}
        for record, likely in on_record.items():
            for shows, share in ((True, chance), (False, 1 - chance)):
                then = read(record, needs, session, shows)
                after[then] = after.get(then, 0.0) + likely * share
        on_record = after
    atoms, amounts = step.machine.atoms, step.machine.amounts()
    return sum(
        likely * amounts[place] * number
        for record, likely in on_record.items()
        for place, number in step.machine.at_close(Events(readings, 0, record))
        if atoms[place].on_outcome
    )
