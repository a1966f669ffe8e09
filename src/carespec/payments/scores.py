"""What is paid for a course without scores, as `unpaired-scores` says: nothing, a flat rate, or what a bad one brings.

A course is unpaired when no reading was taken in it: the first score is that of the assessment, which is not part of
the course. A price per session stays due, unless a share of it hangs on an outcome.
"""

from __future__ import annotations

from collections.abc import Sequence

from carespec.model.facts import Service
from carespec.payments.atoms import COURSE, Atom, LeftOut, place_of

UNPAIRED = "unpaired"
"""The payment for a course without scores: `pay unpaired: £60.00 per course`."""

_NEED_NO_SCORE = ("access", "assessment", "missed", "extension")


def scored(atom: Atom, has_shares: bool, service: Service) -> Atom:
    """The atom as the rule has it; `has_shares` if a share of its price hangs on an outcome."""
    name = atom.name.removeprefix("pay ")
    if name == UNPAIRED:
        return atom._replace(unpaired=True)
    of_course = atom.per == COURSE and name not in _NEED_NO_SCORE
    replaced = service.stated("unpaired-scores") in ("not-paid", "flat-rate")
    return atom._replace(needs_score=replaced and (has_shares or of_course))


def unpaired_left_out(service: Service, atoms: Sequence[Atom], has_payment: bool) -> tuple[LeftOut, ...]:
    """A flat rate without an amount (no payment for it), or an amount that nothing says when to pay."""
    rule, amount = service.fact("unpaired-scores"), next((atom for atom in atoms if atom.unpaired), None)
    is_flat = service.stated("unpaired-scores") == "flat-rate"
    if is_flat and rule is not None and not has_payment:
        fix = "Write how much, such as `pay unpaired: £60.00 per course`."
        return (
            LeftOut(place_of(rule), "a flat rate is paid where scores are missing, and nothing says how much", fix),
        )
    if amount is not None and not is_flat:
        fix = "Write `unpaired-scores: flat-rate`."
        return (
            LeftOut(amount.place, "nothing says that it is paid in place of the price where scores are missing", fix),
        )
    return ()
