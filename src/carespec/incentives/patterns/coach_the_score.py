"""Whoever is paid by the score also takes it.

What it is: an outcome is paid for, and the one who is paid asks the questions. Some people answer as they feel they
should.

Why it matters: people are pressed to say that they are well, and records no longer tell who is.

Instead: readings taken by the person alone or by somebody else, and audits whose penalty outweighs the gain.

Exceptions: it changes records and not care, so it is looked for only when asked.
"""

from __future__ import annotations

from carespec.incentives.episode.terms import outcome_prices
from carespec.incentives.patterns import Case, Example, Figure
from carespec.model.facts import Service
from carespec.quantities.bounds import Bound
from carespec.quantities.money import Money
from carespec.quantities.percent import Percent

CATALOGUE = "P21"
TITLE = "pressing people to score as recovered"
REWARDS = "leading people who have not recovered to answer as if they had"
FIELDS = ("measured-by", "audit-rate", "audit-penalty", "pay … when recovered at …")
STUDY = (("B5", "jiggle the data, or to lean on clients to fill in their recovery forms"),)
GAMING = True
TEXT = True
HARM = "misreporting"
EXAMPLE = Example(
    "measured-by: provider\nindicated-sessions step-3: 14\npay recovery-step-3: £100.00 per course\n"
    "  when recovered at last reading",
    {"verdict": "structural", "gain": "30.0000"},
    {"coachable": 0.3},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    if not outcome_prices(case.step):
        return "nothing that is paid hangs on an outcome"
    by = case.contract.service.stated("measured-by")
    return None if by in (None, "provider") else f"the measures are taken by: {by}"


def gain(case: Case, figure: Figure) -> tuple[float, float]:
    """Pounds for each person who has not recovered: the share who would follow, less the audit that is to be feared."""
    pay = float(sum(atom.amount for atom in outcome_prices(case.step)))
    feared = audit(case.contract.service)
    low, high = (share * pay - feared for share in figure("coachable"))
    return low, high


def audit(service: Service) -> float:
    """The pounds of penalty that a wrong record must expect; nothing where no rate or no penalty is stated."""
    rate, penalty = service.stated("audit-rate"), service.stated("audit-penalty")
    rate = rate.limit if isinstance(rate, Bound) else rate
    if not isinstance(rate, Percent) or not isinstance(penalty, Money):
        return 0.0
    return float(rate.value) / 100 * float(penalty.amount)
