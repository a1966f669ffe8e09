"""A step of treatment is offered, and no payment pays for it.

What it flags: a step in `steps-offered` that no `pay` line can pay for, in a document that prices the others.

Why it matters: a provider that has to give it does so at a loss, and one that may choose does not give it. People who
need the step wait for somebody who is paid for something else.

Instead: a `pay` line for the step, or the step left out of `steps-offered`.

Exceptions: contracts that pay a fixed sum, by the hour or by care cluster, or have more tariffs than `pay` lines; steps
that are a way in (level 1) or belong to others (step 4).
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Also, Flag
from carespec.model.certain import all_read, always, exactly, piece
from carespec.model.facts import Fact, OnlyFor, Service, State
from carespec.quantities.counts import Count
from carespec.quantities.money import Money
from carespec.quantities.sets import WordSet

TITLE = "a step that nothing pays for"
SEVERITY = "should"
NEEDS_WHOLE = "document"
AFFECTS = "people who need the step: nobody is paid to offer it"
BAD = (
    "steps-offered: step-2, step-3  #! `step-3`\npay step-2: £40.00 per session",
    "steps-offered: step-2, step-3, step-3-plus  #! `step-3-plus`\npay step-2: £40.00 per session\n"
    "pay recovery-step-3: £525.00 per course\npay assessment: £30.00 per assessment",
    "steps-offered: step-2, step-3  #! `step-3`\npay step-2: £40.00 per session\npay step-3: none",
    "steps-offered: step-2, step-3  #! `step-3`\npay treatment: £40.00 per session for step-2",
)
GOOD = (
    "steps-offered: step-2, step-3\npay step-2: £40.00 per session\npay step-3: £300.00 per course",
    "steps-offered: step-2, step-3\npay treatment: £367.29 per course",
    "steps-offered: step-2, step-3\npay step-2: £40.00 per session\npay other-cbt: £60.00 per session",
    "steps-offered: step-2, step-3\npay other-cbt: £60.00 per session for step-3\npay step-2: £40.00 per session",
    "steps-offered: step-2, step-3\npay step-2: £40.00 per session\npayment-basis: block, per-session",
    "steps-offered: step-2, step-3\npay step-2: £40.00 per session\nnumber-of-tariffs: 4",
    "steps-offered: step-2, step-3\npay step-2: £40.00 per session\npay step-3 £300.00 per course",
    'steps-offered: step-2, step-3\npay step-2: £40.00 per session\npay step-3: elsewhere in "Schedule 3"',
    "status: published-extract\nsteps-offered: step-2, step-3\npay step-2: £40.00 per session",
    "steps-offered: step-2, step-3",
)
_JUDGED = frozenset(("step-2", "step-3", "step-3-plus", "counselling"))
_BESIDE = frozenset(("assessment", "access", "missed", "improvement", "extension", "level-1"))
"""Payments that are for something else than the treatment at a step."""
_FIXED = frozenset(("block", "cost-and-volume", "hourly-rate", "per-cluster"))


def check(service: Service) -> Iterator[Flag]:
    """Flag each step offered that the payments, all of them known, leave out."""
    offered = service.fact("steps-offered")
    steps = exactly(offered)
    payments = service.family("pay")
    if offered is None or not steps or not payments or _paid_otherwise(service, payments):
        return
    paid = frozenset[str]().union(*map(_pays, payments))
    unpaid = steps & _JUDGED - paid
    if paid and unpaid and all_read(service):
        for step in service.vocabulary.words.get("step", {}):
            if step in unpaid:
                yield _flag(step, offered, payments[0], service)


def _paid_otherwise(service: Service, payments: tuple[Fact, ...]) -> bool:
    """Whether money comes by another way than by the `pay` lines, or not all of them are here."""
    basis, tariffs, value = map(service.fact, ("payment-basis", "number-of-tariffs", "contract-value"))
    if value is not None and value.value.state not in (State.NONE, State.NOT_STATED):
        return True
    if basis is not None and (not isinstance(always(basis), WordSet) or _FIXED & {*_members(basis)}):
        return True
    number = always(tariffs)
    return tariffs is not None and not (isinstance(number, Count) and number.high <= len(payments))


def _members(fact: Fact) -> tuple[str, ...]:
    content = fact.value.content
    return content.members if isinstance(content, WordSet) else ()


def _pays(fact: Fact) -> frozenset[str]:
    """The steps that a payment may pay for: all, where its name does not say."""
    if fact.value.state == State.NONE or fact.key in _BESIDE:
        return frozenset()
    content = fact.value.content
    scope = {*(content.scope if isinstance(content, Money) else fact.value.scope)}
    scope |= {word for under in fact.under if isinstance(under, OnlyFor) for word in under.scope}
    named = (fact.key or "").removeprefix("recovery-").removeprefix("performance-")
    if named in _JUDGED:
        return frozenset((named,))
    return frozenset(scope) & _JUDGED or _JUDGED


def _flag(step: str, offered: Fact, first: Fact, service: Service) -> Flag:
    message = f"`{step}` is offered, and no payment pays for it"
    fix = f"Write a `pay {step}` line, or leave `{step}` out of `steps-offered`."
    also = (Also(first.line, first.start, first.name_end, "the first of the payments"),)
    span = piece(service, offered.line, offered.value, step)
    return Flag(message, fix, offered.line, *span, offered.path, also=also)
