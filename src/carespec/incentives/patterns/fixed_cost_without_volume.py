"""A provider must spend money before it sees anybody, and no volume of work is promised.

What it is: systems, staff and standards are required, and the contract guarantees nothing: a zero-value contract.

Why it matters: below a certain number of people the contract loses money, whatever the provider does well; small
providers withdraw, and people lose the choice that was the point.

Instead: help with starting (`set-up-funding`), a `volume-guarantee`, or systems that the commissioner pays for.

Exceptions: where the document names no cost that must be met, and no system that the provider pays for.
"""

from __future__ import annotations

from carespec.incentives.episode.document import fixed_costs, is_promised, told_elsewhere
from carespec.incentives.patterns import Case, Example, Figure

CATALOGUE = "P31"
TITLE = "fixed costs without a promised volume"
REWARDS = "withdrawing, where fewer people come than pay for what must be spent"
FIELDS = ("volume-guarantee", "required-system", "system-cost", "set-up-funding", "pay …")
STUDY = (("B1", "a zero value contract, no guarantee of any work at the end"),)
HARM = "insolvency"
EXAMPLE = Example(
    "volume-guarantee: none\nrequired-system iaptus: provider-pays\nsystem-cost iaptus: £1,500.00 in total\n"
    "indicated-sessions step-2: 6\nstop-when: none\npay step-2: £40.00 per session",
    {"verdict": "robust", "gain": "30.0000"},
    {"cost.session": 35, "dropout": 0.0, "volume": 25},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    service = case.contract.service
    if is_promised(service, "volume-guarantee"):
        return "a volume of work is guaranteed"
    total, unknown = fixed_costs(service)
    if not total and not unknown:
        return "the document names nothing that a provider must spend beforehand"
    return told_elsewhere(case.contract.steps, case.step)


def gain(case: Case, figure: Figure) -> tuple[float, float] | None:
    """Pounds lost on each person who comes: their part of the fixed cost, less what their course keeps."""
    if case.beside is None:
        return None
    low, high = fixed(case, figure)
    margin = case.beside(case.step, "middle")
    fewest, most = (max(1.0, people) for people in figure("volume"))
    return low / most - margin[1], high / fewest - margin[0]


def fixed(case: Case, figure: Figure) -> tuple[float, float]:
    """Bounds of what must be spent once: what the document names, else what is assumed for each system."""
    total, unknown = fixed_costs(case.contract.service)
    each = [figure(f"cost.fixed.{name}") for name in unknown]
    return total + sum(low for low, _ in each), total + sum(high for _, high in each)
