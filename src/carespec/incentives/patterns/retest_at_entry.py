"""Somebody who scores too low to be taken on is measured again, until a score is high enough.

What it is: whoever is paid also takes the reading that decides who enters. People below the cut-off who are measured
often enough score above it once, by chance; the first reading in treatment shows them well again.

Why it matters: places and pay go to people who need no treatment, and records show recoveries that never were.

Instead: readings at entry taken by somebody else, or a rule that the first one counts, with audits of how many were
taken.

Exceptions: it changes records and not care, so it is looked for only when asked. The study tells of people turned away
for a score of one day; nobody in it tells of measuring again.
"""

from __future__ import annotations

from carespec.incentives.episode.entry import worth_of_retests
from carespec.incentives.episode.step import Step
from carespec.incentives.patterns import Case, Example, Figure
from carespec.incentives.patterns.coach_the_score import audit
from carespec.model.facts import Service, State
from carespec.payments.atoms import ASSESSMENT, REFERRAL
from carespec.quantities.counts import Count

CATALOGUE = ""
TITLE = "measuring again at entry until the score is high enough"
REWARDS = "measuring people again who score too low to be taken on, until one reading lets them in"
FIELDS = ("entry-readings", "caseness-required", "measured-by", "audit-rate", "audit-penalty", "pay …")
STUDY = (("B15", "sorry your score's only nine, but that's only today"),)
GAMING = True
HARM = "misreporting"
EXAMPLE = Example(
    "entry-readings: 1\nindicated-sessions step-2: 6\npay step-2: £300.00 per course\n"
    "  50% only when recovered at last reading",
    {"verdict": "robust", "gain": "84.6000"},
    {"cost.session": 35, "cost.reading": 5, "false-caseness": 0.2, "retests": 2},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    service = case.contract.service
    by = service.stated("measured-by")
    if by not in (None, "provider"):
        return f"the measures are taken by: {by}"
    return None if _readings(service) else "nothing says that a reading decides who enters"


def _readings(service: Service) -> int:
    """How many high readings let somebody in; 0 where no reading decides."""
    content = service.stated("entry-readings")
    if isinstance(content, Count):
        return int(content.low)
    return int(service.state_of("caseness-required") == State.STATED)


def gain(case: Case, figure: Figure) -> tuple[float, float]:
    """Pounds expected for each person who is below the cut-off, and whose first reading showed it."""
    assert case.beside is not None
    service = case.contract.service
    low, high = (
        worth + refused - audit(service)
        for worth, refused in zip(
            case.beside(_let_in(case.step, service), "well"), figure("cost.rejection"), strict=True
        )
    )
    least, most = (int(number) for number in figure("retests"))
    (rare, often), (cheap, dear), needed = figure("false-caseness"), figure("cost.reading"), _readings(service)
    return worth_of_retests(low, rare, dear, needed, least), worth_of_retests(high, often, cheap, needed, most)


def _let_in(step: Step, service: Service) -> Step:
    """The step as it pays for somebody who does not change, after what is paid whether or not that person is let in.

    Where recovery needs reliable change, such a person never shows it.
    """
    unchanged = service.stated("recovery-requires-reliable-change") == "required"
    atoms = (atom for atom in step.machine.atoms if atom.per not in (REFERRAL, ASSESSMENT))
    return step.paid_by(tuple(atom for atom in atoms if not (unchanged and atom.on_outcome)))
