"""Something that some people need in order to come must be provided, and no price covers it.

What it is: a crèche, an interpreter or transport is required, and it is unfunded.

Why it matters: whoever needs it costs more than anybody else and brings the same, so they are not sought.

Instead: `required-input …: funded` with a price that covers it, or a `pay other-…` line of its own.

Exceptions: an input with a payment of its own name.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.incentives.episode.document import told_elsewhere
from carespec.incentives.patterns import Case, Example, Figure
from carespec.model.facts import State

CATALOGUE = "P34"
TITLE = "a requirement that no price covers"
REWARDS = "not taking on people who need something that is required and not paid for"
FIELDS = ("required-input", "pay other-…")
STUDY = (("B3", "accounted for crèche provisions, within the tariff, or not to a sufficient extent"),)
TEXT = True
OF_DOCUMENT = True
HARM = "exclusion"
EXAMPLE = Example(
    "required-input creche: unfunded\nindicated-sessions step-2: 6\npay step-2: £167.00 per course",
    {"verdict": "structural", "gain": "30.0000", "every-path": "30.00 to 30.00"},
    {"cost.session": 35, "cost.input": 30},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    if not tuple(_unfunded(case)):
        return "nothing that is required is said to be unfunded"
    return told_elsewhere(case.contract.steps, case.step)


def _unfunded(case: Case) -> Iterator[str]:
    service = case.contract.service
    for fact in service.family("required-input"):
        stated = fact.value.state == State.STATED and fact.value.content == "unfunded"
        if stated and fact.key and f"pay other-{fact.key}" not in service.by_path:
            yield fact.key


def gain(case: Case, figure: Figure) -> tuple[float, float]:
    """Pounds that somebody who needs the dearest of them costs beyond somebody who does not."""
    ends = [figure(f"cost.input.{name}") for name in _unfunded(case)]
    return max(low for low, _ in ends), max(high for _, high in ends)
