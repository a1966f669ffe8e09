"""An age limit leaves open whether people of that very age are seen.

What it flags: `over 18 years` and `up to 25 years`, as a limit and in the conditions of exceptions.

Why it matters: some write "over 18" for 18 and older, others for 19 and older. Someone of 18 is then seen by one
provider and refused by the next, and the referrer cannot know which.

Instead: the age at which people begin, or cease, to be seen: `18 years`, `at least 18 years`, `under 25 years`. Authors
who know what they mean by `over` can say it once, for all their documents or for some: with `over = "including"` in the
configuration, or `--over including`, `carespec check --fix` makes `18 years` of `over 18 years`, and with `excluding`
it makes `19 years`. `up-to` does the same for `up to`.

Exceptions: `under`, `at least` and `at most` have one reading. What another source says (`differs`) is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from carespec.flags import Flag, Meant, tests_of
from carespec.model.facts import Except, Fact, Service
from carespec.quantities.ages import Age
from carespec.quantities.bounds import Bound

TITLE = "an age limit that is open at its edge"
SEVERITY = "should"
CONCERNS = (Bound,)
AFFECTS = "people of exactly that age"
BAD = (
    "minimum-age: over 18 years  #! `over 18 years`",
    "maximum-age: up to 25 years  #! `up to 25 years`",
    "minimum-age: over 17 years 9 months  #! `over 17 years 9 months`",
    "minimum-age: 18 years\n  except over 16 years when cluster is 4  #! `over 16 years`",
    "maximum-age: none\n  except 65 years when age is over 64 years and cluster is 4  #! `over 64 years`",
)
GOOD = (
    "minimum-age: 18 years",
    "minimum-age: at least 18 years",
    "maximum-age: under 65 years",
    "reported-wait step-2: over 6 months",
    "maximum-age: at most 65 years",
    "minimum-age: 18 years\n  differs over 17 years",
)
_OPEN = ("over", "up to")


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag every age of a fact, and of its conditions, that is open at its edge."""
    if not fact.under and not isinstance(fact.value.content, Bound):
        return
    places: tuple[Fact | Except, ...] = (fact, *fact.exceptions)
    for place in places:
        if _is_open(place.value.content):
            yield _flag(fact, place.value.content, place.line, place.value.start, service)
    for test, line in tests_of(fact):
        if _is_open(test.operand):
            yield _flag(fact, test.operand, line, test.start, service, "at least ", "at most ")


def _is_open(content: object) -> bool:
    return isinstance(content, Bound) and content.relation in _OPEN and isinstance(content.limit, Age)


def _flag(fact: Fact, bound: object, line: int, start: int, service: Service, least: str = "", most: str = "") -> Flag:
    assert isinstance(bound, Bound) and isinstance(bound.limit, Age)
    relation, age = bound.relation.replace(" ", r"\s+"), bound.limit
    pattern = re.compile(rf"\b{relation}\s+[\d\s\u00a0]*(years?|months?)(\s+\d+\s+months?)?", re.IGNORECASE)
    found = pattern.search(service.lines[line - 1], start)
    span = found.span() if found else (start, start + 1)
    seen, not_seen = _meanings(bound.relation, age, least, most)
    message = f"`{bound.show()}` does not say whether someone of {age.show()} is seen"
    fix = f"Write `{seen}` if people of that age are seen, `{not_seen}` if they are not."
    setting = bound.relation.replace(" ", "-")
    meant = (Meant(setting, "including", seen), Meant(setting, "excluding", not_seen)) if found else ()
    return Flag(message, fix, line, *span, fact.path, readings=meant)


def _meanings(relation: str, age: Age, least: str, most: str) -> tuple[str, str]:
    """What to write with people of that very age, and without; `least` and `most` are words that a condition needs."""
    if relation == "over":
        next_age = Age(age.months + (12 if age.whole_years else 1), age.whole_years)
        return f"{least}{age.show()}", f"{least}{next_age.show()}"
    return f"{most}{age.show()}", f"under {age.show()}"
