"""A payment hangs on something that cannot happen.

What it flags: a payment, or a share of one, whose conditions nobody can meet: because they exclude each other, or
because the document sees nobody of that age or care cluster, or gives nobody so many sessions.

Why it matters: the price is in the contract, the board believes that the work is paid for, and no invoice for it can
ever be right. The provider stops offering what the payment was meant to reward.

Instead: a condition that somebody whom the service sees can meet.

Exceptions: conditions in words; limits that have exceptions by case are taken at their widest.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Also, Flag
from carespec.model.certain import always, exactly, may_say, never
from carespec.model.conditions import All, Condition, Test, tests
from carespec.model.facts import Fact, Service, ShareAtRisk, State, When
from carespec.quantities.ages import Age
from carespec.quantities.counts import Count
from carespec.quantities.sets import WordSet
from carespec.vocabulary import PAY

TITLE = "a payment that nobody can earn"
SEVERITY = "must"
NEEDS_WHOLE = "file"
AFFECTS = "providers, who are promised the money, and the people whose treatment it was to pay for"
BAD = (
    "clusters: 1 to 4\npay step-3: £300.00 per course\n  when cluster is 6  #! `when cluster is 6`",
    "maximum-age: 65 years\npay other-older: £300.00 per course\n  when age is at least 70 years"
    "  #! `when age is at least 70 years`",
    "minimum-age: 18 years\n  except 17 years when route is gp\npay other-young: £90.00 per course\n"
    "  when age is at most 15 years  #! `when age is at most 15 years`",
    "session-cap step-2: 6\npay step-2: £300.00 per course\n  when sessions is at least 8"
    "  #! `when sessions is at least 8`",
    "pay step-2: £300.00 per course\n  when sessions is at least 4\n  when sessions is at most 2"
    "  #! `when sessions is at most 2`",
    "clusters: 1 to 4\npay step-3: £300.00 per course\n  50% only when cluster is at least 7"
    "  #! `50% only when cluster is at least 7`",
)
GOOD = (
    "clusters: 1 to 4\npay step-3: £300.00 per course\n  when cluster is 4",
    "clusters: 1 to 4\nclusters-considered: 6\npay step-3: £300.00 per course\n  when cluster is 6",
    'clusters: in words "mild"\npay step-3: £300.00 per course\n  when cluster is 6',
    "minimum-age: 18 years\n  except 16 years when route is gp\npay other-young: £90.00 per course\n"
    "  when age is at most 17 years",
    "maximum-age: 65 years\npay other-older: £300.00 per course\n  when age is at least 65 years",
    "session-cap step-2: 6\nsession-extension step-2: 4\npay step-2: £300.00 per course\n  when sessions is at least 8",
    "pay step-2: £300.00 per course\n  when sessions is at least 2\n  50% only when recovered at last reading",
    'pay step-2: £300.00 per course\n  when in words "moving to recovery"',
)


def check(service: Service) -> Iterator[Flag]:
    """Flag each payment, and each share of one, that hangs on what nobody whom the document sees can meet."""
    for fact in service.family(PAY):
        if fact.under and fact.value.state != State.NONE:
            yield from _of_payment(fact, service)


def _of_payment(fact: Fact, service: Service) -> Iterator[Flag]:
    so_far: tuple[Condition, ...] = ()
    for under in fact.under:
        if not isinstance(under, When | ShareAtRisk):
            continue
        together = (*so_far, under.condition)
        found = _impossible(together, fact, service)
        if found is not None:
            yield _flag(fact, under, found[0])
            return
        if isinstance(under, When):
            so_far = together


def _impossible(conditions: tuple[Condition, ...], fact: Fact, service: Service) -> tuple[Fact | None] | None:
    """Why nobody can meet them: the line that rules it out, or None for the conditions themselves."""
    asked = [test.field for condition in conditions for test in tests(condition)]
    if len(asked) != len(set(asked)) and _nobody(conditions, service):
        return (None,)
    for limit, line in _limits(set(asked), fact, service):
        if _nobody((*conditions, limit), service):
            return (line,)
    return None


def _nobody(conditions: tuple[Condition, ...], service: Service) -> bool:
    from carespec.cases.satisfiable import satisfiable  # few payments come this far

    return satisfiable(All(conditions), service.vocabulary).answer is False


def _limits(asked: set[str], fact: Fact, service: Service) -> Iterator[tuple[Test, Fact]]:
    """What is certainly so of everybody whom the document sees, as far as the conditions ask about it."""
    if "cluster" in asked:
        yield from _clusters(service)
    if "age" in asked:
        yield from _ages(service)
    if "sessions" in asked:
        yield from _sessions(fact, service)


def _clusters(service: Service) -> Iterator[tuple[Test, Fact]]:
    seen, more = service.fact("clusters"), service.fact("clusters-considered")
    clusters, considered = exactly(seen), exactly(more) if more else frozenset[str]()
    if seen is not None and clusters and considered is not None and not may_say(service, "clusters-considered"):
        yield _test("cluster", "one of", WordSet(tuple(sorted(clusters | considered)))), seen


def _ages(service: Service) -> Iterator[tuple[Test, Fact]]:
    for field, operator, widest in (("minimum-age", "at least", min), ("maximum-age", "at most", max)):
        fact = service.fact(field)
        if fact is None or not fact.whole:
            continue
        values = (fact.value, *(exception.value for exception in fact.exceptions))
        ages = [None if value.hedge else value.content for value in values]
        known = [age for age in ages if isinstance(age, Age)]
        if len(known) == len(ages):
            yield _test("age", operator, widest(known, key=lambda age: age.months)), fact


def _sessions(fact: Fact, service: Service) -> Iterator[tuple[Test, Fact]]:
    cap = service.fact("session-cap", fact.key) if fact.key else None
    more = service.fact("session-extension", fact.key) or service.fact("session-extension")
    most = always(cap)
    closed = never(more) if more is not None else not may_say(service, "session-extension")
    if cap is not None and isinstance(most, Count) and closed:
        yield _test("sessions", "at most", Count(most.high, most.high)), cap


def _test(field: str, operator: str, operand: object) -> Test:
    return Test(field, None, operator, operand, None, 0, 0)


def _flag(fact: Fact, under: When | ShareAtRisk, limit: Fact | None) -> Flag:
    if limit is None:
        message = f"no case can meet all the conditions of `{fact.path}`, so it is never due"
        also: tuple[Also, ...] = ()
    else:
        message = f"nobody whom the document sees can meet this: `{limit.path}` on line {limit.line} rules it out"
        also = (Also(limit.line, limit.start, limit.end, "what rules it out"),)
    fix = "Write a condition that somebody whom the service sees can meet, or delete the payment."
    return Flag(message, fix, under.line, under.start, under.end, fact.path, also=also)
