"""The price of a whole group hangs on how many stay.

What it is: nothing is paid for a group unless fewer than a share of it leave, so one person more or less decides all.

Why it matters: places go to people who are sure to stay. Whoever has a chaotic life, small children or a long journey
is a risk to everybody's pay.

Instead: a price for each person who comes, or shares of it that fall step by step.

Exceptions: who would stay is taken to be known beforehand.
"""

from __future__ import annotations

from carespec.incentives.episode.document import GroupPrice, group_price, number_of, told_elsewhere
from carespec.incentives.patterns import Case, Example, Figure
from carespec.incentives.portfolio import needed_to_stay, swap_gain

CATALOGUE = "P33"
TITLE = "a group's whole price at one threshold"
REWARDS = "giving places in a group only to people who are sure to stay"
FIELDS = ("pay group", "group-size", "pay … when group-dropout is less than …")
STUDY = (("B2", "on having a less than 44% dropout rate"),)
TEXT = True
HARM = "exclusion"
EXAMPLE = Example(
    "groups step-2: may-be-offered\ngroup-size: 10\npay group: £167.00 per person\n"
    "  when group-dropout is less than 44%\npay step-2: £40.00 per session",
    {"verdict": "structural", "gain": "173.7392"},
    {"cost.session": 35, "completion": 0.56, "completion.sure": 0.8, "completion.unsure": 0.4},
)

_USUAL = 10
"""People in a group, where no size is written."""


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    price = group_price(case.contract.service)
    if price is None or price.dropout is None:
        return "no price of a group hangs on how many leave it"
    return told_elsewhere(case.contract.steps, case.step)


def gain(case: Case, figure: Figure) -> tuple[float, float]:
    """Pounds that one place earns by going to somebody sure to stay in place of somebody who is not.

    The chance that the others are one short is highest where as many are expected, and falls to either side.
    """
    price = group_price(case.contract.service)
    assert price is not None and price.dropout is not None
    size = number_of(case.contract.service, "group-size") or _USUAL
    needed = needed_to_stay(size, price.dropout, price.strictly)
    low, high = figure("completion")
    peak = min(max((needed - 1) / max(1, size - 1), low), high)
    sure, unsure = figure("completion.sure"), figure("completion.unsure")
    return (
        min(_swap(price, size, needed, chance, sure[0], unsure[1]) for chance in (low, high)),
        _swap(price, size, needed, peak, sure[1], unsure[0]),
    )


def _swap(price: GroupPrice, size: int, needed: int, chance: float, sure: float, unsure: float) -> float:
    return swap_gain(needed, [chance] * (size - 1), sure, unsure, price.amount * size)
