"""Qualifying obliges a provider to nothing: the place can be held without ever seeing anybody.

What it is: no least activity is asked, no volume is promised, and nothing has to be spent to stay on the list.

Why it matters: the list looks long, and people who choose from it find nobody at home. What loses money can be left
undone for as long as it does.

Instead: `minimum-activity`, and removal from the list without it.

Exceptions: a system that must be paid for makes holding a place cost something; that is told apart.
"""

from __future__ import annotations

from carespec.incentives.episode.document import fixed_costs, is_promised
from carespec.incentives.patterns import Case, Example, Figure
from carespec.model.facts import Service, State

CATALOGUE = "P32"
TITLE = "a qualified provider that sees nobody"
REWARDS = "holding a place on the list and seeing nobody for as long as treating people loses money"
FIELDS = ("minimum-activity", "volume-guarantee", "scheme")
STUDY = (("B15", "But how many are actually seeing people?"),)
HARM = "exclusion"
EXAMPLE = Example(
    "scheme: any-qualified-provider\nminimum-activity: none\nindicated-sessions step-2: 6\nstop-when: none\n"
    "pay step-2: £30.00 per session",
    {"verdict": "robust", "gain": "30.0000"},
    {"cost.session": 35, "dropout": 0.0},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    service = case.contract.service
    if service.stated("scheme") != "any-qualified-provider" and not _promises_nothing(service):
        return "nothing says that qualified providers are promised no work"
    if is_promised(service, "minimum-activity"):
        return "a least activity is required"
    total, unknown = fixed_costs(service)
    return "staying on the list costs something" if total or unknown else None


def _promises_nothing(service: Service) -> bool:
    return service.state_of("volume-guarantee") in (State.NONE, State.STATED) and not is_promised(
        service, "volume-guarantee"
    )


def gain(case: Case, figure: Figure) -> tuple[float, float] | None:
    """Pounds a person that seeing nobody saves: what the indicated course loses, nothing where it earns."""
    if case.beside is None:
        return None
    low, high = case.beside(case.step, "middle")
    return max(0.0, -high), max(0.0, -low)
