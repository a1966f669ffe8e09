"""The shares of the price do not add up to all of it.

What it flags: `payment-share` lines whose percentages come to more than 100%; or to less, where nothing says what the
rest is paid for.

Why it matters: beyond 100% nobody can be paid what the contract promises; below it nobody can say what the rest of the
price is for, and the two sides will say different things in the first month.

Instead: shares that add up to 100%. What is paid whatever the outcome is a payment of its own, with
`N% only when …` for the part at risk.

Exceptions: fewer than two shares. Shares that come to less are left alone where a line is hedged, in words, unread or
could not be read, and where the price has other parts by `payment-basis`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from carespec.flags import Also, Flag, flag_value
from carespec.model.certain import all_read, always
from carespec.model.facts import Fact, Service
from carespec.quantities.percent import Percent
from carespec.quantities.sets import WordSet

TITLE = "shares of the price that do not add up to 100%"
SEVERITY = "should"
NEEDS_WHOLE = "document"
AFFECTS = "both sides of the contract: part of the price is promised twice, or for nothing that is named"
BAD = (
    "payment-share access: 15%\npayment-share clinical: 60%\npayment-share employment: 30%  #! `30%`",
    "payment-share access: 15%\npayment-share clinical: 50%  #! `50%`",
    "status: published-extract\npayment-share access: 60%\npayment-share clinical: 50%  #! `50%`",
)
GOOD = (
    "payment-share access: 15%\npayment-share clinical: 50%\npayment-share work-and-social-adjustment: 10%\n"
    "payment-share employment: 10%\npayment-share satisfaction-and-choice: 15%",
    "payment-share clinical: 50%",
    "payment-share access: 15%\npayment-share clinical: about 50%",
    "payment-share access: 15%\npayment-share clinical: 50%\npayment-basis: per-course, outcomes",
    "payment-share access: 15%\npayment-share clinical: 50%\npayment-share employment 35%",
    "status: published-extract\npayment-share access: 15%\npayment-share clinical: 50%",
)


def check(service: Service) -> Iterator[Flag]:
    """Flag the last of the shares where they come to more than all, or certainly to less."""
    family = {fact.path: fact for fact in reversed(service.family("payment-share")) if fact.key}
    facts = sorted(family.values(), key=lambda fact: fact.line)
    contents = [content for content in map(always, facts) if isinstance(content, Percent)]
    if len(contents) < 2:
        return
    total = sum((content.value for content in contents), Decimal(0))
    complete = len(contents) == len(facts) and all_read(service) and not _other_parts(service)
    if total > 100 or (total < 100 and complete):
        last = max((fact for fact in facts if isinstance(always(fact), Percent)), key=lambda fact: fact.line)
        yield _flag(last, [fact for fact in facts if fact is not last], total)


def _flag(last: Fact, others: list[Fact], total: Decimal) -> Flag:
    message = f"the shares of the price come to {Percent(total).show()}, not to 100%"
    fix = "Correct the shares so that they add up to 100%."
    if total < 100:
        message += ": nothing says what the rest is paid for"
        fix = "Correct the shares, or say in `payment-basis` what else is paid for."
    also = tuple(Also(fact.line, fact.value.start, fact.value.end, "another share") for fact in others)
    return flag_value(last, message, fix)._replace(also=also, severity="must" if total > 100 else "may")


def _other_parts(service: Service) -> bool:
    basis = service.fact("payment-basis")
    content = always(basis)
    return basis is not None and not (isinstance(content, WordSet) and set(content.members) == {"outcomes"})
