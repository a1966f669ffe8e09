"""Figures of a rule that leave open what they are: a wait from no event, days of no kind, a price per nothing.

A service may say `within 6 weeks` or `£40.00`, and is read as it stands. A rule that does so can be held to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.guidance.loading.tried import path_of
from carespec.guidance.model import Clause, PackProblem, Rule
from carespec.model.conditions import Test, tests
from carespec.quantities.bounds import Bound
from carespec.quantities.durations import Duration, DurationRange, at_most
from carespec.quantities.money import Money
from carespec.quantities.waits import Wait
from carespec.tuples import NamedTuple
from carespec.vocabulary import PAY, working_days


class _Open(NamedTuple):
    """What is left open: by which name that goes, a message and a fix."""

    name: str
    message: str
    fix: str
    severity: str = "must"


def open_operands(rule: Rule) -> Iterator[PackProblem]:
    """Each value in the conditions of a rule that says too little, or the impossible, for anything to be held to it."""
    for clause in (*rule.applies, *rule.unless, *rule.requires):
        for test in tests(clause.condition):
            for found in _left_open(test):
                yield _problem(found, test, clause, rule)


def _problem(found: _Open, test: Test, clause: Clause, rule: Rule) -> PackProblem:
    place = clause.line, test.start, test.end
    return PackProblem(found.name, found.message, found.fix, *place, about=rule.name, severity=found.severity)


def _left_open(test: Test) -> Iterator[_Open]:
    operand = test.operand.limit if isinstance(test.operand, Bound) else test.operand
    if isinstance(operand, Wait):
        yield from _of_wait(operand, test)
    elif isinstance(operand, Duration | DurationRange):
        yield from _of_spans([operand], test)
    elif isinstance(operand, Money) and test.field == PAY and operand.per is None and not operand.in_total:
        yield _of_price(operand, test)


def _of_wait(wait: Wait, test: Test) -> Iterator[_Open]:
    for part in wait.parts:
        if part.clock is None:
            message = f"`{part.show()}` does not say what it is counted from, so nobody can tell which waits meet it"
            example = part._replace(clock="referral").show()
            fix = f"Write the event: `{example}`, or `of decision`, `of assessment` and the like."
            yield _Open("wait-without-clock", message, fix)
    yield from _of_spans([part.within for part in wait.parts if part.within is not None], test)


def _of_spans(spans: list[Duration | DurationRange], test: Test) -> Iterator[_Open]:
    path = path_of(test.field, test.key)
    for span in spans:
        if span.is_bare_days:
            message = (
                f"`{span.show()}` may be working or calendar days, so of many services nobody can tell if they meet it"
            )
            yield _Open("bare-days", message, "Write `working days` or `calendar days`.", "should")
        if isinstance(span, DurationRange) and at_most(span.low, span.high, working_days()) is False:
            message = f"`{span.show()}` runs backwards, and nothing that `{path}` can be lies in it"
            yield _Open("out-of-range", message, "Write the smaller figure first.")


def _of_price(price: Money, test: Test) -> _Open:
    path = path_of(test.field, test.key)
    message = f"`{price.show()}` does not say what it is paid per, so no price of `{path}` compares with it"
    fix = f"Write `per` and what is counted, as in `{price.show()} per session`."
    return _Open("price-per-nothing", message, fix)
