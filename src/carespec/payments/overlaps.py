"""Which of several prices for the same treatment is due, as `overlapping-payments` says; without it, none is taken.

Where the rule singles one out beforehand the others go. Where that depends on the course they become rivals, and the
machine pays one of them when the course ends.
"""

from __future__ import annotations

from collections.abc import Sequence

from carespec.model.facts import Fact, Service, When
from carespec.payments.atoms import COURSE, REFERRAL, SESSION, Atom, LeftOut, Rival, place_of

Price = tuple[Fact, tuple[Atom, ...]]
Settled = tuple[tuple[Atom, ...], tuple[LeftOut, ...]]

_BESIDE = (
    "recovery-", "performance-", "improvement", "access", "assessment", "missed", "extension", "unpaired", "other-",
)  # fmt: skip
"""Payments that are meant to be paid beside the price of treatment, or in its place by a rule of their own."""


def settled(prices: Sequence[Price], service: Service) -> Settled:
    """The atoms that are due, and the prices that had to be left out since nothing usable says which is."""
    atoms = tuple(atom for _, found in prices for atom in found)
    rule = service.stated("overlapping-payments")
    if rule == "all-are-paid":
        return atoms, ()
    priced = [price for price in prices if price[1] and (is_for_treatment if rule else is_plain)(price[0])]
    if len(priced) < 2:
        return atoms, ()
    if rule == "highest-only":
        kept, left = _highest(priced)
    elif rule == "first-only":
        kept, left = _first(priced)
    else:
        kept, left = (), _contradiction(priced, "nothing says which of them is due")
    rivals = [atom for _, found in priced for atom in found]
    return (*(atom for atom in atoms if atom not in rivals), *kept), left


def is_for_treatment(fact: Fact) -> bool:
    """Whether it prices the treatment itself, not something beside it."""
    return not (fact.key or "").startswith(_BESIDE)


def is_plain(fact: Fact) -> bool:
    """Whether it prices the treatment itself, of whoever has it, without a condition to tell it from another."""
    return is_for_treatment(fact) and not any(isinstance(under, When) for under in fact.under)


def _highest(priced: Sequence[Price]) -> Settled:
    """One price where one is always the highest, else all as rivals."""
    alone = [found[0] for _, found in priced if len(found) == 1]
    if len(alone) == len(priced) and len({(a.per, a.condition, a.most, a.needs_score) for a in alone}) == 1:
        return (max(alone, key=lambda atom: atom.amount),), ()
    return _as_rivals(priced, first=False)


def _first(priced: Sequence[Price]) -> Settled:
    """The price that falls due first, where it always does; else all as rivals, the earliest first."""
    moments = [_due(found) for _, found in priced]
    if len(set(moments)) < len(moments):
        return (), _contradiction(priced, "they fall due at the same moment, so none of them is the first")
    order = sorted(priced, key=lambda price: _due(price[1]))
    if _due(order[0][1]) <= 1 and any(atom.condition is None for atom in order[0][1]):
        return order[0][1], ()
    return _as_rivals(order, first=True)


def _due(found: Sequence[Atom]) -> int:
    """The attended session at which a price falls due; one that hangs on an outcome alone does so at the end."""
    ends = 1_000_000
    return min(ends if atom.on_outcome else 0 if atom.per == REFERRAL else atom.minimum for atom in found)


def _as_rivals(priced: Sequence[Price], first: bool) -> Settled:
    """Rivals are paid when a course ends, which what is paid per session or course can be."""
    other = next((atom for _, found in priced for atom in found if atom.per not in (SESSION, COURSE)), None)
    if other is not None:
        return (), _contradiction(
            priced, f"one is a price per {other.per}, of which the rule for overlaps is not followed"
        )
    rivals = (atom._replace(rival=Rival(n, first)) for n, (_, found) in enumerate(priced, 1) for atom in found)
    return tuple(rivals), ()


def _contradiction(priced: Sequence[Price], because: str) -> tuple[LeftOut, ...]:
    paths = tuple(dict.fromkeys(fact.path for fact, _ in priced))
    names = " and ".join(f"`{path}`" for path in paths) if len(paths) > 1 else f"several lines `{paths[0]}`"
    fix = "Write `overlapping-payments: highest-only`, or under each `for` and what it is for."
    return tuple(
        LeftOut(place_of(fact), f"{names} pay for the same treatment, and {because}", fix, True) for fact, _ in priced
    )
