"""A payment is named for one step or cluster, and is said to be for another.

What it flags: a payment whose name ends in a step or a cluster, with another of the same kind after `for`, on its line,
in an exception or in a `for` line under it.

Why it matters: the price is compared under its name and paid under its `for`. A comparison of areas shows a price that
nobody pays, and the step that it is really for looks as if it had none.

Instead: the payment under the name of what it pays for, without `for`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from carespec.flags import Flag
from carespec.model.facts import Fact, OnlyFor, Service, Value
from carespec.quantities.bounds import Bound
from carespec.quantities.money import Money

TITLE = "a payment for something else than its name says"
SEVERITY = "must"
AFFECTS = "payers who compare prices, and whoever invoices this one"
BAD = (
    "pay step-2: £40.00 per session for step-3  #! `step-3`",
    "pay recovery-step-3: £525.00 per course for step-3-plus  #! `step-3-plus`",
    "pay cluster-3: £320.00 per course\n  for cluster 4  #! `cluster 4`",
    'pay step-2: in words "the usual rate" per session for step-3  #! `step-3`',
    "pay step-2: £40.00 per session\n  except £50.00 per session for step-3 when cluster is 4  #! `step-3`",
)
GOOD = (
    "pay step-2: £40.00 per session for step-2",
    "pay recovery-step-3-plus: £525.00 per course for step-3-plus",
    "pay step-2: £40.00 per session for cluster 3",
    "pay treatment: £40.00 per session for step-2",
    "pay cluster-3: £320.00 per course\n  for cluster 3",
    "pay step-2: £40.00 per session for each-provider",
)


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag every `for` of a payment that names another step, or another cluster, than the payment does."""
    if not fact.is_payment or fact.key is None:
        return
    named = re.search(r"(?:^|-)((step|level|cluster)-\d+(?:-plus)?)$", fact.key)
    if named is None:
        return
    for scope, line, start in chain(_own(fact), _below(fact)):
        other = "-".join(scope)
        if other.startswith(f"{named[2]}-") and other != named[1]:
            yield _flag(fact, named[1], scope, line, start, service)


def _own(fact: Fact) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """What the amounts are for, with the line and where to look for it."""
    for value, line in ((fact.value, fact.line), *((each.value, each.line) for each in fact.exceptions)):
        yield _scope(value), line, value.start


def _scope(value: Value) -> tuple[str, ...]:
    content = value.content.limit if isinstance(value.content, Bound) else value.content
    return content.scope if isinstance(content, Money) else value.scope


def _below(fact: Fact) -> Iterator[tuple[tuple[str, ...], int, int]]:
    for under in fact.under:
        if isinstance(under, OnlyFor):
            yield under.scope, under.line, under.start


def _flag(fact: Fact, named: str, scope: tuple[str, ...], line: int, start: int, service: Service) -> Flag:
    words = r"\s+".join(map(re.escape, scope))
    found = re.compile(rf"\bfor\s+({words})(?![\w-])", re.IGNORECASE).search(service.lines[line - 1], start)
    span = found.span(1) if found else (start, start + 1)
    message = f"`{fact.path}` is named for `{named}`, and this says that it is for `{' '.join(scope)}`"
    own = re.sub(rf"{re.escape(named)}$", "-".join(scope), fact.key or "")
    fix = f"Write `pay {own}`, if that is what it pays for; else delete `for {' '.join(scope)}`."
    return Flag(message, fix, line, *span, fact.path)
