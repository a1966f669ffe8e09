"""Sums about several patients or providers at once: who is given to whom, a group that must hold together, volume.

They stand beside the model of one course. Allocations are compared, not strategies: the others in a network are taken
to go on as they do, so no game is solved.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from carespec.tuples import NamedTuple


class Allocation(NamedTuple):
    """What whoever shares people out keeps, in pounds: sharing evenly, keeping the easy ones; and what others keep."""

    neutral: float
    selective: float
    rivals_after: float

    @property
    def gain(self) -> float:
        """Pounds that keeping the easy ones is worth."""
        return self.selective - self.neutral


def allocation(easy: float, hard: float, referrals: int = 100, hard_share: float = 0.5, own: float = 0.5) -> Allocation:
    """Referrals shared between the one who assesses and others. `easy` and `hard` are what a course of each earns over
    its costs; `own` is the share of people that the assessor treats."""
    hard_ones = referrals * hard_share
    easy_ones, treated = referrals - hard_ones, referrals * own
    kept = min(treated, easy_ones)
    selective = kept * easy + (treated - kept) * hard
    everything = easy_ones * easy + hard_ones * hard
    return Allocation(own * everything, selective, everything - selective)


def completers(chances: Sequence[float]) -> tuple[float, ...]:
    """The chance that exactly 0, 1, 2, … of some people stay to the end, each with a chance of their own."""
    found = [1.0]
    for chance in chances:
        stay, leave = [0.0, *(p * chance for p in found)], [*(p * (1 - chance) for p in found), 0.0]
        found = [a + b for a, b in zip(stay, leave, strict=True)]
    return tuple(found)


def at_least(needed: int, chances: Sequence[float]) -> float:
    """The chance that `needed` or more of them stay."""
    return math.fsum(completers(chances)[max(0, needed) :])


def swap_gain(needed: int, others: Sequence[float], sure: float, unsure: float, pay: float) -> float:
    """Pounds that one place in a group earns by going to somebody who stays with chance `sure` in place of `unsure`,
    where `pay` falls due only if `needed` stay: it counts when the others are one short."""
    return completers(others)[needed - 1] * (sure - unsure) * pay if 0 < needed <= len(others) + 1 else 0.0


def needed_to_stay(size: int, dropout: float, strictly: bool = True) -> int:
    """How many of a group must stay for the share that leaves to be below `dropout` (else: at most that)."""
    stay = size * (1 - dropout)
    whole = round(stay)
    if abs(stay - whole) < 1e-9:
        return whole + 1 if strictly else whole
    return math.ceil(stay)


def break_even(fixed: float, margin: float) -> int | None:
    """How many units that each keep `margin` pounds cover `fixed` pounds; None if no number does."""
    if margin <= 0:
        return None if fixed > 0 else 0
    return math.ceil(fixed / margin - 1e-9)


def falls_short(expected: float, needed: int) -> float:
    """The chance that fewer than `needed` people come, where `expected` do on average and none waits for another
    (a Poisson number)."""
    if needed <= 0:
        return 0.0
    return (
        math.fsum(math.exp(k * math.log(expected) - expected - math.lgamma(k + 1)) for k in range(needed))
        if (expected > 0)
        else 1.0
    )


def recovery_in(session: int, hazard: float, responders: float) -> float:
    """The chance that session n brings recovery to somebody never recovered before, of whom a share can recover."""
    left = responders * (1 - hazard) ** (session - 1)
    still = left + 1 - responders
    return hazard * left / still if still > 0 else 0.0


def recovery_between(session: int, hazard: tuple[float, float], responders: tuple[float, float]) -> tuple[float, float]:
    """Bounds of `recovery_in` over two ranges: more responders raise it; a hazard raises it itself and lowers the share
    of responders left, so each of the two is taken at its own end."""
    fewest = responders[0] * (1 - hazard[1]) ** (session - 1)
    most = responders[1] * (1 - hazard[0]) ** (session - 1)
    low, high = fewest + 1 - responders[0], most + 1 - responders[1]
    return (
        hazard[0] * fewest / low if low > 0 else 0.0,
        min(1.0, hazard[1] * most / high if high > 0 else 1.0),
    )


def apart(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """Bounds of how far two amounts are apart, from bounds of each."""
    low, high = one[0] - other[1], one[1] - other[0]
    if low >= 0:
        return low, high
    return (-high, -low) if high <= 0 else (0.0, max(-low, high))
