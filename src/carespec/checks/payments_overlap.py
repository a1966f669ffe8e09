"""Two payments fall due for the same course of treatment, and nothing says which is paid.

What it flags: two prices for the treatment itself, one for any step and one for a step, or one by care cluster and one
by step, that hold for the same person without a condition or `for` to tell them apart.

Why it matters: the provider may invoice both, the commissioner means one, and nobody finds out before the first
quarter's bill. The money for somebody else's treatment is then gone.

Instead: `overlapping-payments: highest-only` or one of its other words; or `for` and the step, under each.

Exceptions: payments for recovery, access, assessment and the like are meant to be paid beside the price of treatment,
as are those called `other-…`. Payments under a condition are not compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from carespec.flags import Also, Flag, flag_name
from carespec.model.certain import missing
from carespec.model.facts import Fact, OnlyFor, Service, State, When
from carespec.quantities.bounds import Bound
from carespec.quantities.money import Money
from carespec.vocabulary import PAY

TITLE = "two payments for the same treatment"
SEVERITY = "should"
NEEDS_WHOLE = "document"
AFFECTS = "the commissioner, who may pay twice, and the people for whom the money is then missing"
BAD = (
    "pay treatment: £367.29 per course\npay step-2: £40.00 per session  #! `pay step-2`",
    "pay step-3: £300.00 per course\npay cluster-3: £320.00 per course  #! `pay cluster-3`",
    "pay cluster-2: £320.00 per course\npay treatment: £40.00 per session  #! `pay treatment`\n"
    "overlapping-payments: not stated",
    "pay treatment: £367.29 per course for step-2\npay step-2: £40.00 per session  #! `pay step-2`",
)
GOOD = (
    "pay step-2: £40.00 per session\npay step-3: £300.00 per course",
    "pay cluster-2: £250.00 per course\npay cluster-3: £320.00 per course",
    "pay treatment: £367.29 per course\npay step-2: £40.00 per session\noverlapping-payments: highest-only",
    "pay treatment: £367.29 per course for step-3\npay step-2: £40.00 per session",
    "pay treatment: £367.29 per course\n  when cluster is 3\npay step-2: £40.00 per session",
    "pay treatment: £367.29 per course\npay recovery-step-2: £50.00 per course\npay assessment: £30.00 per assessment",
    "pay treatment: £367.29 per course\npay step-2: none",
    "pay treatment: £367.29 per course\npay step-2: £40.00 per session\noverlaping-payments: highest-only",
    "pay step-2: £40.00 per session\npay step-2: £45.00 per session",
    "status: reconstruction\npay treatment: £367.29 per course\npay step-2: £40.00 per session",
)
_STEPS = frozenset(("step-2", "step-3", "step-3-plus"))


def check(service: Service) -> Iterator[Flag]:
    """Flag the later of every two prices of treatment that nothing keeps apart."""
    prices = [(fact, covered) for fact in service.family(PAY) if (covered := _covers(fact))]
    pairs = [
        (one, other)
        for (one, mine), (other, theirs) in combinations(prices, 2)
        if mine & theirs and one.path != other.path and not (_by_cluster(one) and _by_cluster(other))
    ]
    if not pairs or not missing(service, ("overlapping-payments",)):
        return
    for one, other in pairs:
        yield _flag(one, other)


def _covers(fact: Fact) -> frozenset[str]:
    """The steps whose treatment a payment certainly pays for, by itself and without a condition."""
    if not fact.whole or fact.value.state != State.STATED or any(isinstance(under, When) for under in fact.under):
        return frozenset()
    if fact.key in _STEPS:
        return frozenset((fact.key,))
    if fact.key != "treatment" and not _by_cluster(fact):
        return frozenset()
    content = fact.value.content.limit if isinstance(fact.value.content, Bound) else fact.value.content
    scope = {*(content.scope if isinstance(content, Money) else ()), *_only_for(fact)}
    if not scope:
        return _STEPS
    return frozenset(scope & _STEPS)


def _only_for(fact: Fact) -> Iterator[str]:
    for under in fact.under:
        if isinstance(under, OnlyFor):
            yield from under.scope


def _by_cluster(fact: Fact) -> bool:
    return (fact.key or "").startswith("cluster-")


def _flag(one: Fact, other: Fact) -> Flag:
    message = f"this and `{one.path}` both pay for the same treatment, and nothing says which of them is due"
    fix = "Write `overlapping-payments:` with what is paid then, or say under each payment what it is `for`."
    also = (Also(one.line, one.start, one.name_end, "the other payment"),)
    return flag_name(other, message, fix)._replace(also=also)
