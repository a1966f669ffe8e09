"""The youngest age seen is above the oldest.

What it flags: a minimum age above the maximum age, as stated or through exceptions that can hold for one person.

Why it matters: nobody can be seen; or, through an exception, nobody of the very group that it was written for.

Instead: the two ages the right way round.

Exceptions: ages that hold only for a time are not compared, nor those that the document hedges, nor what depends on a
condition in words.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Also, Flag
from carespec.model.conditions import All, Condition, Not
from carespec.model.facts import Fact, Service, State, Value, When
from carespec.quantities import bounds
from carespec.quantities.ages import Age
from carespec.quantities.bounds import Bound
from carespec.quantities.numbers import shown
from carespec.tuples import NamedTuple

TITLE = "a minimum age above the maximum age"
SEVERITY = "must"
AFFECTS = "everyone of the group: none of them can be seen"
BAD = (
    "minimum-age: 65 years\nmaximum-age: 18 years  #! `18 years`",
    "maximum-age: 17 years 6 months\nminimum-age: 17 years 9 months  #! `17 years 9 months`",
    "minimum-age: over 65 years\nmaximum-age: under 65 years  #! `under 65 years`",
    "minimum-age: 18 years\nmaximum-age: 65 years\n  except 17 years when education is full-time  #! `17 years`",
    "minimum-age: 18 years\n  except 70 years when route is gp\n"
    "maximum-age: none\n  except 65 years when cluster is 4  #! `65 years`",
)
GOOD = (
    "minimum-age: 18 years\nmaximum-age: 65 years",
    "minimum-age: 18 years\nmaximum-age: none",
    "minimum-age: 65 years\nmaximum-age: 65 years",
    "minimum-age: 18 years\n  except 70 years when cluster is 3\n"
    "maximum-age: none\n  except 65 years when cluster is 4",
    "minimum-age: 18 years\n  except 16 years when education is full-time\n"
    "maximum-age: none\n  except 17 years when education is full-time",
    "minimum-age: about 65 years\nmaximum-age: 60 years",
    "minimum-age: 65 years\nmaximum-age: usually 60 years",
    'minimum-age: 18 years\n  except 70 years when in words "older"\n'
    "maximum-age: 65 years\n  except none when route is gp",
)


class _Case(NamedTuple):
    """One value of a fact, and for whom it holds (None: for everybody)."""

    value: Value
    line: int
    when: Condition | None


def check(service: Service) -> Iterator[Flag]:
    """Flag the later of a minimum and a maximum age that leave nobody between them."""
    low, high = service.fact("minimum-age"), service.fact("maximum-age")
    if low is None or high is None or not (low.whole and high.whole):
        return
    if not (low.under or high.under) and high.value.state != State.STATED:
        return
    for youngest in _cases(low):
        for oldest in _cases(high):
            if _above(youngest.value, oldest.value) and _meet(youngest, oldest, service):
                yield _flag(low, high, youngest, oldest)


def _cases(fact: Fact) -> Iterator[_Case]:
    """The values of a fact with their conditions; the fact's own value holds where no exception does."""
    conditions = [exception.when for exception in fact.exceptions if exception.when is not None]
    limits = [under.condition for under in fact.under if isinstance(under, When)]
    others = (*limits, *(Not(condition) for condition in conditions))
    yield _Case(fact.value, fact.line, All(others) if others else None)
    for exception in fact.exceptions:
        if exception.when is not None:
            yield _Case(exception.value, exception.line, exception.when)


def _above(youngest: Value, oldest: Value) -> bool:
    """Whether even the lowest reading of the one is above the highest of the other; a hedge leaves that open."""
    if youngest.hedge is not None or oldest.hedge is not None:
        return False
    lowest, highest = _lowest(youngest.content), _highest(oldest.content)
    return lowest is not None and highest is not None and lowest > highest


def _lowest(content: object) -> int | None:
    if isinstance(content, Age):
        return content.first_month
    interval = bounds.ages(content) if isinstance(content, Bound) else None
    return interval.first[0] if interval and interval.first else None


def _highest(content: object) -> int | None:
    if isinstance(content, Age):
        return content.last_month
    interval = bounds.ages(content) if isinstance(content, Bound) else None
    return interval.last[1] if interval and interval.last else None


def _meet(youngest: _Case, oldest: _Case, service: Service) -> bool:
    conditions = tuple(case.when for case in (youngest, oldest) if case.when is not None)
    from carespec.cases.satisfiable import satisfiable  # hardly ever wanted: the ages are crossed already

    return not conditions or satisfiable(All(conditions), service.vocabulary).answer is True


def _flag(low: Fact, high: Fact, youngest: _Case, oldest: _Case) -> Flag:
    first, second = sorted((youngest, oldest), key=lambda case: case.line)
    by_exception = (youngest.line, oldest.line) != (low.line, high.line)
    of_group = " of the group that the exception is for" if by_exception else ""
    message = (
        f"nobody{of_group} can be seen: the youngest age, {shown(youngest.value.content)}, "
        f"is above the oldest, {shown(oldest.value.content)}"
    )
    also = (Also(first.line, first.value.start, first.value.end, "the other of the two ages"),)
    path = low.path if second is youngest else high.path
    fix = "Exchange the two ages, or correct the one that is wrong."
    return Flag(message, fix, second.line, second.value.start, second.value.end, path, also=also)
