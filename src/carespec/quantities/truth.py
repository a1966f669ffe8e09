"""Three answers instead of two: a document may leave a comparison open, and open must never become a pass.

True, False and None (cannot tell) combine by the strong Kleene tables: an answer is definite as soon as the
known parts decide it, whatever the unknown parts turn out to be.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

Number = int | Decimal
Range = tuple[Number, Number]


def negate(value: bool | None) -> bool | None:
    """The opposite answer; cannot tell stays cannot tell."""
    return None if value is None else not value


def every(values: Iterable[bool | None]) -> bool | None:
    """False if any value is False, else None if any is None, else True (also for no values at all)."""
    answer: bool | None = True
    for value in values:
        if value is False:
            return False
        if value is None:
            answer = None
    return answer


def some(values: Iterable[bool | None]) -> bool | None:
    """True if any value is True, else None if any is None, else False (also for no values at all)."""
    return negate(every(negate(value) for value in values))


def range_at_most(a: Range | None, b: Range | None) -> bool | None:
    """Whether a number somewhere in `a` is at most a number somewhere in `b`, both ends included.

    True if that holds wherever the two numbers lie, False if it holds nowhere, else None. A range that is not
    known (None) decides nothing.
    """
    if a is None or b is None:
        return None
    if a[1] <= b[0]:
        return True
    return False if a[0] > b[1] else None
