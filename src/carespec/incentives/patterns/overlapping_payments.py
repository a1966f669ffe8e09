"""Two prices fit the same course, and whoever is paid can choose the dearer.

What it is: two prices of treatment that one course can both meet, and no word on which of them is due.

Why it matters: the same work is billed under the line that brings more, and nobody can say that it is wrong.

Instead: a `for` or `when` under each that keeps them apart, or `overlapping-payments: highest-only`.

Exceptions: payments for recovery, access or assessment are meant to stand beside the price of treatment.
"""

from __future__ import annotations

from itertools import combinations

from carespec.incentives.patterns import Case, Example, Figure
from carespec.payments.atoms import Atom
from carespec.payments.compile import plain_prices
from carespec.payments.conditions import Events, Person

CATALOGUE = "P37"
TITLE = "two prices for one course"
REWARDS = "billing the dearer of two prices that fit the same course"
FIELDS = ("pay …", "overlapping-payments")
STUDY = (("4.9", "one had 14 tariffs and one had 28 tariffs"),)
TEXT = True
OF_DOCUMENT = True
HARM = "misreporting"
EXAMPLE = Example(
    "indicated-sessions step-2: 6\npay treatment: £367.29 per course\npay step-2: £240.00 per course\n"
    "pay recovery-step-2: £60.00 per course\n  when recovered at last reading",
    {"verdict": "structural", "gain": "127.2900", "every-path": "127.29 to 127.29"},
    {"cost.session": 35},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    if case.contract.service.stated("overlapping-payments") is not None:
        return "the document says which of two payments is due"
    return None if len(_priced(case)) > 1 else "no two prices fit the same course"


def _priced(case: Case) -> tuple[tuple[Atom, ...], ...]:
    return plain_prices(case.contract.service, case.step.name, Person(case.step.cluster))


def gain(case: Case, figure: Figure) -> tuple[float, float]:
    """Pounds that the dearer of two prices brings beyond the other, over every number of sessions indicated."""
    found = []
    for number in range(1, case.step.course.limit + 1):
        due = [_due(case, atoms, number) for atoms in _priced(case)]
        found.append(max(abs(one - other) for one, other in combinations(due, 2)))
    return min(found), max(found)


def _due(case: Case, atoms: tuple[Atom, ...], sessions: int) -> float:
    """What a price pays for so many sessions, bar what hangs on a reading."""
    machine = case.step.machine._replace(atoms=tuple(atom for atom in atoms if not atom.on_outcome))
    units = [unit for number in range(1, sessions + 1) for unit in machine.on_session(number)]
    units += machine.at_close(Events(sessions, 0, machine.needs.start()))
    amounts = machine.amounts()
    return sum(amounts[place] * number for place, number in units)
