"""A provider with people of its own upstream can keep the easier ones, and refer the others on.

What it is: several providers are paid alike, people should be able to choose, and nothing shows whether they could.

Why it matters: whoever needs many sessions is handed over, and the others get only those people.

Instead: `allocation-published`, shares by provider and severity, and a choice that somebody else explains.

Exceptions: an entry point that decides is told as such, and not here.
"""

from __future__ import annotations

from carespec.incentives.episode.document import is_shared_out_freely, words
from carespec.incentives.patterns import Case, Example, Figure
from carespec.incentives.portfolio import apart
from carespec.model.facts import State

CATALOGUE = "P17"
TITLE = "a dominant provider that keeps the easier people"
REWARDS = "keeping one's own people whose courses earn most, and referring the others on"
FIELDS = ("scheme", "allocation", "allocation-published", "pay …")
STUDY = (("B13", "these are going to be 20+ sessions who are going to cost them"),)
TEXT = True
HARM = "exclusion"
EXAMPLE = Example(
    "scheme: any-qualified-provider\nindicated-sessions step-3: 8\nstop-when: recovered at last reading\n"
    "pay step-3: £300.00 per course\n  50% only when recovered at last reading",
    {"verdict": "structural", "gain": "322.5000"},
    {"cost.session": 40, "dropout": 0.0, "responders.easy": 1.0, "responders.hard": 0.25, "hazard": 1.0},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    service = case.contract.service
    if service.stated("scheme") != "any-qualified-provider" and service.fact("providers-to-choose-from") is None:
        return "nothing says that there are several providers"
    if case.step.name in words(service, "entry-point-provides"):
        return "whoever assesses people provides this step, which is told apart"
    if not is_shared_out_freely(service):
        return "something binds who is given which person"
    watched = service.state_of("allocation-published") == State.STATED
    return "who is given to whom is published" if watched else None


def gain(case: Case, figure: Figure) -> tuple[float, float] | None:
    """Pounds that an easy person's course earns beyond a hard one's, or the reverse: what each exchange is worth."""
    return apart(case.value("easy"), case.value("hard")) if case.value is not None else None
