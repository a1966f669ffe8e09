"""What a commissioner pays, in pounds, and for what: prices per different things are never compared."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from carespec.quantities.numbers import show_number
from carespec.tuples import NamedTuple

_ONE_DECIMAL = Decimal("0.1")


class Money(NamedTuple):
    """An amount of pounds.

    `per` is what one amount buys (`course`, `year`); None if the document does not say. `scope` is the words
    after `for` (`("all-providers",)`, `("cluster", "3")`). `in_total` marks a sum for the whole contract.
    """

    amount: Decimal
    per: str | None
    scope: tuple[str, ...] = ()
    in_total: bool = False

    def show(self) -> str:
        """`£185.00 per course`, `£1,800,000 per year for all-providers`, `£90,000.00 in total`."""
        words = [_pounds(self.amount)]
        if self.in_total:
            words.append("in total")
        if self.per is not None:
            words.append(f"per {self.per}")
        if self.scope:
            words.append(f"for {' '.join(self.scope)}")
        return " ".join(words)


def comparable(a: Money, b: Money) -> bool:
    """Whether the two pay for the same kind of thing, so that one can be called the higher."""
    return a.per == b.per and a.in_total == b.in_total


def ratio(high: Decimal, low: Decimal) -> Decimal | None:
    """How many times `low` goes into `high`, to one decimal, halves up; None if `low` is nothing.

    Halves go up because the study's Table 3 prints 37.00 / 20.00 = 1.85 as 1.9; rounding them to the even
    digit would print 1.8.
    """
    if low == 0:
        return None
    return (high / low).quantize(_ONE_DECIMAL, rounding=ROUND_HALF_UP)


def _pounds(amount: Decimal) -> str:
    exponent = amount.as_tuple().exponent
    if exponent == -1:
        # Half-written pence: £12.5 is £12.50 everywhere in print.
        return f"£{amount:,.2f}"
    return f"£{show_number(amount)}"
