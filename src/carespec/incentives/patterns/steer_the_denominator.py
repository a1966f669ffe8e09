"""A share of the payment hangs on a rate, and whoever is paid decides whom the rate counts.

What it is: a rate of those who completed, or who answered, where the provider says who completed and whom it asks.

Why it matters: the rate rises when people who do badly are not counted, and nobody is better for it.

Instead: rates of everybody referred or everybody who entered treatment, with missing answers counted as such.

Exceptions: a rate that counts estimated need or everybody referred.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.incentives.episode.document import course_pay
from carespec.incentives.patterns import Case, Example, Figure
from carespec.model.facts import Fact, State
from carespec.quantities.percent import Percent

CATALOGUE = "P27"
TITLE = "rates that depend on whom they count"
REWARDS = "choosing whom a paid rate counts, with nobody treated differently"
FIELDS = ("payment-share", "rate-counts")
STUDY = (("5.3.2", "Only 15% of patients completing “at least one” patient experience questionnaire"),)
TEXT = True
HARM = "misreporting"
EXAMPLE = Example(
    "payment-share satisfaction-and-choice: 15%\nindicated-sessions step-2: 6\npay step-2: £200.00 per course",
    {"verdict": "structural", "gain": "3.0000", "every-path": "3.00 to 3.00"},
    {"cost.session": 35, "rate-moved": 0.1},
)

_FIXED = ("estimated-need", "referred")

_TARGETS = {"access": "access-rate", "clinical": "recovery-rate", "satisfaction-and-choice": "satisfaction-rate"}
"""The rate that a domain is judged by; the others have none that a document can say more about."""


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    because = "no share of the payment hangs on a rate whose people the provider chooses"
    return None if tuple(_steered(case)) else because


def _steered(case: Case) -> Iterator[tuple[Fact, float]]:
    """The shares of payment whose rates count people that the provider chooses. A share for access counts everybody
    who comes, and is left aside unless its rate says otherwise."""
    service = case.contract.service
    for fact in service.family("payment-share"):
        content = fact.value.content
        if fact.value.state != State.STATED or not isinstance(content, Percent) or not fact.key:
            continue
        counted = service.fact("rate-counts", _TARGETS.get(fact.key))
        whom = counted.value.content if counted and counted.value.state == State.STATED else None
        if whom not in _FIXED and (fact.key != "access" or whom is not None):
            yield fact, float(content.value) / 100


def gain(case: Case, figure: Figure) -> tuple[float, float]:
    """Pounds a course for moving each such rate: its share of the payment, by how far it moves."""
    low, high = figure("rate-moved")
    share = sum(share for _, share in _steered(case))
    most = course_pay(case.step)[1]
    return share * low * most, share * high * most
