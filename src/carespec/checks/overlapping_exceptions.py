"""Two exceptions can both hold, and they say different things.

What it flags: two `except` lines of one fact that can hold for the same person at the same time and give different
values. The message gives an example of such a person.

Why it matters: for that person the document says two things, and whoever answers the telephone decides which.

Instead: conditions of which only one can hold: add what sets the two apart, with `and … is not …`.

Exceptions: conditions `in words` are nobody's to compare, and are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from carespec.flags import Also, Flag
from carespec.model.conditions import All, Condition
from carespec.model.facts import Except, Fact, Service, State

if TYPE_CHECKING:
    from carespec.cases.satisfiable import Possible

TITLE = "two exceptions that can both hold"
SEVERITY = "must"
CONCERNS = (Except,)
AFFECTS = "a person to whom both apply"
BAD = (
    "minimum-age: 18 years\n"
    "  except 16 years when education is not full-time\n"
    "  except 17 years when route is gp  #! `except 17 years when route is gp`",
    "minimum-age: 18 years\n"
    "  except 16 years until 31 March 2013\n"
    "  except 17 years from 1 January 2013  #! `except 17 years from 1 January 2013`",
    "minimum-age: 18 years\n"
    "  except 16 years when cluster is at most 3\n"
    "  except 17 years until 31 March 2013  #! `except 17 years until 31 March 2013`",
    "exclusion psychosis: secondary-care\n"
    "  except none when severity is mild to moderate\n"
    "  except gp when severity is at least moderate  #! `except gp when severity is at least moderate`",
)
GOOD = (
    "minimum-age: 18 years\n"
    "  except 16 years when education is not full-time\n"
    "  except 17 years when education is full-time",
    "minimum-age: 18 years\n  except 16 years until 31 March 2013\n  except 17 years from 1 April 2013",
    "minimum-age: 18 years\n  except 16 years when route is gp\n  except 16 years when education is not full-time",
    'minimum-age: 18 years\n  except 16 years when in words "urgent"\n  except 17 years when route is gp',
    "minimum-age: 18 years\n  except 16 years when cluster is at most 3\n  except 17 years when cluster is more than 3",
)


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag the later of every two exceptions that can both hold and differ."""
    if len(fact.under) < 2 or not fact.whole:
        return
    for first, second in combinations(fact.exceptions, 2):
        if _differ(first, second):
            both = _both(first, second, service)
            if both.answer:
                yield _flag(fact, first, second, both)


def _differ(first: Except, second: Except) -> bool:
    a, b = first.value, second.value
    if State.UNFIT in (a.state, b.state):
        return False
    return (a.state, a.content, a.hedge) != (b.state, b.content, b.hedge)


def _both(first: Except, second: Except, service: Service) -> Possible:
    """Whether there can be a person and a day for whom both hold."""
    from carespec.cases.satisfiable import Possible, satisfiable  # few documents have two exceptions of one fact

    conditions: list[Condition] = []
    for exception in (first, second):
        if exception.when is not None:
            conditions.append(exception.when)
        elif exception.until is None and exception.since is None:
            return Possible(None)
    return satisfiable(All(tuple(conditions)), service.vocabulary) if _same_time(first, second) else Possible(False)


def _same_time(first: Except, second: Except) -> bool:
    """Whether the two have a day in common; `until` and `from` both include the day they name."""
    ends = [exception.until.last for exception in (first, second) if exception.until]
    starts = [exception.since.first for exception in (first, second) if exception.since]
    return not ends or not starts or min(ends) >= max(starts)


def _flag(fact: Fact, first: Except, second: Except, both: Possible) -> Flag:
    example = f", as in a case with {both.show()}" if both.person else ""
    message = f"this and the exception on line {first.line} can both hold{example}, and they say different things"
    fix = "Add to one of the two what sets it apart, such as `and route is not gp`."
    if not both.person:
        fix = "Let one of the two end before the other begins."
    also = (Also(first.line, first.start, first.end, "the other exception"),)
    return Flag(message, fix, second.line, second.start, second.end, fact.path, also=also)
