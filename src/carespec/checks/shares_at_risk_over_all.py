"""More than the whole price of a payment hangs on conditions.

What it flags: lines `N% only when …` under one payment that come to more than 100%, where some person's case meets all
of those conditions, or fails them all.

Why it matters: nobody can be paid, or have withheld, more than the price. For that person the two sides will compute
two sums, and the provider learns for whom it pays to stop early.

Instead: shares that come to 100% at most; or conditions of which one holds exactly when the other does not.

Exceptions: conditions in words, of which nobody can tell whether they hold together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from carespec.flags import Also, Flag
from carespec.model.conditions import All, Condition, Not
from carespec.model.facts import Fact, Service, ShareAtRisk

TITLE = "shares of one payment that come to more than all of it"
SEVERITY = "must"
CONCERNS = (ShareAtRisk,)
AFFECTS = "providers, and the people whose treatment ends where it stops being paid"
BAD = (
    "pay step-3: £300.00 per course\n  60% only when recovered at last reading\n"
    "  50% only when reliably-improved at last reading  #! `50% only when reliably-improved at last reading`",
    "pay step-3: £300.00 per course\n  40% only when sessions is at least 2\n"
    "  40% only when recovered at last reading\n"
    "  40% only when waited step-3 is at most 28 calendar days"
    "  #! `40% only when waited step-3 is at most 28 calendar days`",
    "pay step-3: £300.00 per course\n  60% only when cluster is 3\n  60% only when cluster is 4"
    "  #! `60% only when cluster is 4`",
)
GOOD = (
    "pay step-3: £300.00 per course\n  50% only when recovered at last reading\n"
    "  50% only when reliably-improved at last reading",
    "pay step-3: £300.00 per course\n  60% only when cluster is at most 3\n  60% only when cluster is more than 3",
    'pay step-3: £300.00 per course\n  60% only when in words "recovery"\n  60% only when in words "a good end"',
    "pay step-3: £300.00 per course\n  150% only when recovered at last reading",
    "pay step-2: £300.00 per course\n  60% only when recovered at last reading\n"
    "pay step-3: £300.00 per course\n  60% only when recovered at last reading",
)
_MOST = 6
"""More shares than these under one payment are taken all together, not in every choice of them."""


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag the last of those shares that come to more than all for somebody."""
    if len(fact.under) < 2 or not fact.is_payment:
        return
    shares = [under for under in fact.under if isinstance(under, ShareAtRisk) and under.problem is None]
    if _total(shares) > 100:
        found = next((some for some in _choices(shares) if _total(some) > 100 and _meet(some, service)), None)
        if found is not None:
            yield _flag(fact, found)


def _total(shares: Sequence[ShareAtRisk]) -> Decimal:
    return sum((share.share.value for share in shares), Decimal(0))


def _choices(shares: list[ShareAtRisk]) -> Iterator[tuple[ShareAtRisk, ...]]:
    """The fewest shares first."""
    for size in range(2 if len(shares) <= _MOST else len(shares), len(shares) + 1):
        yield from combinations(shares, size)


def _meet(shares: Sequence[ShareAtRisk], service: Service) -> bool:
    """Whether one person's case certainly can meet all the conditions, or fail them all."""
    from carespec.cases.satisfiable import satisfiable  # few payments have two shares at risk

    conditions: tuple[Condition, ...] = tuple(share.condition for share in shares)
    denied: tuple[Condition, ...] = tuple(Not(condition) for condition in conditions)
    return any(satisfiable(All(parts), service.vocabulary).answer for parts in (conditions, denied))


def _flag(fact: Fact, shares: tuple[ShareAtRisk, ...]) -> Flag:
    *others, last = shares
    message = f"{_total(shares):f}% of `{fact.path}` hangs on conditions, which is more than all of it"
    fix = "Correct a percentage, so that the shares of one payment come to 100% at most."
    also = tuple(Also(other.line, other.start, other.end, "another of these shares") for other in others)
    return Flag(message, fix, last.line, last.start, last.end, fact.path, also=also)
