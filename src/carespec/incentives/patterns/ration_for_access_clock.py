"""The last sessions of a course give way to first appointments that are paid for being on time.

What it is: starting people within a time brings money, the last indicated session little or none, and the slots are
full.

Why it matters: courses are cut short so that the next person starts on time; the figures on waiting look good.

Instead: judge waits and the length of courses together, or pay for the work that takes the slots.

Exceptions: it can only show where people wait for the slot.
"""

from __future__ import annotations

from carespec.incentives.episode.step import Step
from carespec.incentives.episode.terms import outcome_prices
from carespec.incentives.patterns import Case, Example, Figure
from carespec.incentives.portfolio import recovery_between
from carespec.payments.atoms import ASSESSMENT

CATALOGUE = "P06"
TITLE = "last sessions given up for the access clock"
REWARDS = "ending courses early so that somebody else starts within the time that is paid for"
FIELDS = ("pay access", "when waited …", "pay assessment", "indicated-sessions")
STUDY = (("B8", "making a decision very early on to maybe offer somebody just six"),)
WHEN = "waiting"
HARM = "under-treatment"
EXAMPLE = Example(
    "indicated-sessions step-2: 8\nstop-when: none\nwait step-2: within 28 calendar days of referral\n"
    "pay access: £20.00 per course\n  when waited step-2 is at most 28 calendar days\n"
    "pay recovery-step-2: £60.00 per course\n  when recovered at last reading",
    {"verdict": "robust", "gain": "19.0052"},
    {"cost.session": 35, "hazard": 1 - 0.05 ** (1 / 7), "responders": 0.5, "slot-price": 25},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    return None if any(atom.in_time for atom in case.step.machine.atoms) else "nothing is paid for starting in time"


def gain(case: Case, figure: Figure) -> tuple[float, float]:
    """Pounds by which a first appointment in time beats the last indicated session in the same slot; nothing where
    nobody waits for it, so that it has no price."""
    if figure("slot-price")[1] <= 0:
        return 0.0, 0.0
    keep, start = worth_of_last_session(case.step, figure), _start(case.step, figure)
    return start[0] - keep[1], start[1] - keep[0]


def worth_of_last_session(step: Step, figure: Figure) -> tuple[float, float]:
    """What the last indicated session brings over its cost, to somebody not recovered: r B + s - c, in pounds."""
    last = step.course.limit
    chance = recovery_between(last, figure(f"hazard.{step.name}"), figure("responders.middle"))
    outcome = float(sum(atom.amount for atom in outcome_prices(step)))
    amounts = step.machine.amounts()
    fee = sum(amounts[place] * number for place, number in step.machine.on_session(last))
    cost = figure(f"cost.session.{step.name}")
    return chance[0] * outcome + fee - cost[1], chance[1] * outcome + fee - cost[0]


def _start(step: Step, figure: Figure) -> tuple[float, float]:
    """What somebody's first appointment brings over its cost if it is in time."""
    assessed = float(sum(atom.amount for atom in step.machine.atoms if atom.per == ASSESSMENT and not atom.in_time))
    in_time = float(sum(atom.amount for atom in step.machine.atoms if atom.in_time))
    cost = figure("cost.assessment" if assessed else f"cost.session.{step.name}")
    amounts = step.machine.amounts()
    first = 0.0 if assessed else sum(amounts[place] * number for place, number in step.machine.on_session(1))
    return in_time + assessed + first - cost[1], in_time + assessed + first - cost[0]
