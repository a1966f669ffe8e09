"""A price does not say what one amount buys.

What it flags: an amount of a payment, or of an exception to it, without `per` and without `in total`.

Why it matters: £50 for an assessment may be paid once for a person or for each appointment. The provider invoices the
one and the commissioner budgeted the other, and the difference is taken from other people's treatment.

Instead: `£50.00 per assessment`, `£40.00 per session`, `£300.00 per course`; a sum for the whole contract is
`in total`.

Exceptions: reconstructions, published extracts and documents with a source that was read only in part, whose unit may
stand where nobody looked.

Source: study 4.9, Table 3, whose amounts for access and for improvement are printed without a unit.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Flag
from carespec.model.certain import is_held
from carespec.model.facts import Except, Fact, Service
from carespec.quantities.bounds import Bound
from carespec.quantities.money import Money
from carespec.vocabulary import PAY

TITLE = "a price that does not say what it is paid per"
SEVERITY = "may"
NEEDS_WHOLE = "document"
AFFECTS = "both sides of the contract: each may count another thing, and pay or invoice for that"
BAD = (
    "pay assessment: £50.00  #! `£50.00`",
    "pay step-2: £40.00 per session\n  except £50.00 when cluster is 4  #! `£50.00`",
    "pay access: about £20.00 for step-2  #! `about £20.00 for step-2`",
    "pay group: at most £60.00  #! `at most £60.00`",
)
GOOD = (
    "pay assessment: £50.00 per assessment",
    "pay performance-step-2: £90,000.00 in total",
    "pay missed: none\npay hourly: not stated",
    "pay access: £20.00 per course\n  differs £30.00",
    "status: reconstruction\npay access: £20.00",
    "status: published-extract\npay access: £20.00",
    'source page: "Home page", read in part\npay access: £20.00 [page]',
    "pay assesment: £50.00",
    "set-up-funding: £5,000.00",
)


def check(service: Service) -> Iterator[Flag]:
    """Flag every amount of a payment that buys nothing in particular."""
    if not is_held(service):
        return
    for fact in service.family(PAY):
        if service.vocabulary.payment(fact.key or "") is not None:
            places: tuple[Fact | Except, ...] = (fact, *fact.exceptions)
            for place in places:
                if _is_bare(place.value.content):
                    yield _flag(fact, place, service)


def _is_bare(content: object) -> bool:
    amount = content.limit if isinstance(content, Bound) else content
    return isinstance(amount, Money) and amount.per is None and not amount.in_total


def _flag(fact: Fact, place: Fact | Except, service: Service) -> Flag:
    value = place.value
    written = service.lines[place.line - 1][value.start : value.end]
    message = f"`{fact.path}` says `{written}`, and not what one such amount buys"
    fix = "Write `per` and what is counted after the amount, as in `£50.00 per assessment`, or `in total`."
    return Flag(message, fix, place.line, value.start, value.end, fact.path)
