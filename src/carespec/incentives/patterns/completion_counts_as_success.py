"""A course counts as a success once it is recorded as completed, whether or not anybody is better.

What it is: success is a code that whoever is paid writes down, and no measure is asked.

Why it matters: the record can show success where nobody recovered, and the money follows the record.

Instead: `success-means: recovered` or `reliably-improved`, at readings that are named.

Exceptions: prices that hang on a reading are not counted in.
"""

from __future__ import annotations

from carespec.incentives.patterns import Case, Example, Figure
from carespec.payments.atoms import COURSE

CATALOGUE = "P25"
TITLE = "completing a course counted as success"
REWARDS = "recording courses as completed, whether or not people are better"
FIELDS = ("success-means", "pay …", "payment-share clinical")
STUDY = (("5.3.2", "was taken as a successful outcome"),)
TEXT = True
HARM = "misreporting"
EXAMPLE = Example(
    "success-means: completed\nindicated-sessions step-2: 6\npay step-2: £200.00 per course\n"
    "  when sessions is at least 2",
    {"verdict": "structural", "gain": "200.0000", "every-path": "0.00 to 200.00"},
    {"cost.session": 35},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    if case.contract.service.stated("success-means") != "completed":
        return "success is not said to be a completed course"
    return None if _priced(case) else "no price of a course falls due without a reading"


def _priced(case: Case) -> float:
    atoms = case.step.machine.atoms
    return float(sum(atom.amount for atom in atoms if atom.per == COURSE and not atom.on_outcome))


def gain(case: Case, figure: Figure) -> tuple[float, float]:
    """Pounds that the code brings: all that falls due for a completed course, nothing where it was completed anyway."""
    return 0.0, _priced(case)
