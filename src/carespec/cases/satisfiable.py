"""Whether anybody can be in the case that a condition describes, and if so an example of such a person.

A condition is taken apart into alternatives; in each the case fields are looked at one by one, as if they had nothing
to do with each other. In the world some do (nobody attends more sessions than were booked): for such a pair the
answer may be yes where it is no.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import TypeAlias

from carespec.cases.answers import CaseValue, answer
from carespec.cases.values import values_to_try
from carespec.model.conditions import All, Condition, InWords, Not, Test
from carespec.quantities import truth
from carespec.quantities.ages import Age
from carespec.quantities.durations import Duration
from carespec.quantities.numbers import show_number
from carespec.tuples import NamedTuple
from carespec.vocabulary import Vocabulary

_MOST_ALTERNATIVES = 256
"""Beyond this nobody can tell: a condition of that size is no longer read by people either."""


class Possible(NamedTuple):
    """Whether a condition can hold for somebody; if it certainly can, what is so in the case of such a person."""

    answer: bool | None
    person: tuple[tuple[str, str], ...] = ()

    def show(self) -> str:
        """`education not-in-education, route gp`; nothing where no example is known."""
        return ", ".join(f"{field} {value}" for field, value in self.person)


class Literal(NamedTuple):
    """A test, or words, that must hold, or must not."""

    test: Test | InWords
    holds: bool


Alternative: TypeAlias = tuple[Literal, ...]


class _TooMany(Exception):
    pass


def satisfiable(condition: Condition, vocabulary: Vocabulary) -> Possible:
    """True with an example if somebody can be in that case, False if nobody can, None where that cannot be told."""
    try:
        found = [_together(each, vocabulary) for each in alternatives(condition)]
    except _TooMany:
        return Possible(None)
    certain = next((possible for possible in found if possible.answer), None)
    return certain or Possible(truth.some(possible.answer for possible in found))


def alternatives(condition: Condition, holds: bool = True) -> tuple[Alternative, ...]:
    """The ways in which a condition can hold (or not): in each, every literal does."""
    if isinstance(condition, Test | InWords):
        return ((Literal(condition, holds),),)
    if isinstance(condition, Not):
        return alternatives(condition.part, not holds)
    parts = [alternatives(part, holds) for part in condition.parts]
    if isinstance(condition, All) is not holds:
        return _not_too_many([each for part in parts for each in part])
    joined: tuple[Alternative, ...] = ((),)
    for part in parts:
        joined = _not_too_many([(*before, *each) for before, each in product(joined, part)])
    return joined


def _not_too_many(found: Sequence[Alternative]) -> tuple[Alternative, ...]:
    if len(found) > _MOST_ALTERNATIVES:
        raise _TooMany
    return tuple(found)


def _together(literals: Alternative, vocabulary: Vocabulary) -> Possible:
    """Whether one person can satisfy all of them: field by field."""
    answers: list[bool | None] = []
    person: list[tuple[str, str]] = []
    for path, asked in _by_field(literals):
        if path is None:
            answers.append(None)
            continue
        value, verdict = _one_field(asked, vocabulary)
        answers.append(verdict)
        if value is not None:
            person.append((path, show_value(value, vocabulary.case_fields[asked[0][0].field].type)))
    verdict = truth.every(answers)
    return Possible(verdict, tuple(person) if verdict else ())


def _by_field(literals: Alternative) -> Iterator[tuple[str | None, list[tuple[Test, bool]]]]:
    """The tests on each case field; None for words, and for what asks about no case field at all."""
    groups: dict[str, list[tuple[Test, bool]]] = {}
    for test, holds in literals:
        if isinstance(test, InWords) or test.problem is not None:
            yield None, []
        else:
            groups.setdefault(f"{test.field} {test.key}" if test.key else test.field, []).append((test, holds))
    yield from groups.items()


def _one_field(asked: list[tuple[Test, bool]], vocabulary: Vocabulary) -> tuple[CaseValue | None, bool | None]:
    """A value that answers every test as asked, with True; else without one whether there can be any."""
    field = vocabulary.case_fields.get(asked[0][0].field)
    if field is None:
        return None, None
    tried = values_to_try([test for test, _ in asked], field, vocabulary)
    verdicts: list[bool | None] = [] if tried.all_told else [None]
    for value in tried.values:
        got = (answer(test, value, field, vocabulary) for test, _ in asked)
        verdict = truth.every(a if holds else truth.negate(a) for a, (_, holds) in zip(got, asked, strict=True))
        if verdict:
            return value, True
        verdicts.append(verdict)
    return None, truth.some(verdicts)


def show_value(value: CaseValue, type_name: str) -> str:
    """A person's value in words: `17 years`, `not-in-education`, `depression, panic`."""
    if isinstance(value, bool):
        return "at every reading" if value else "at no reading"
    if type_name == "age" and isinstance(value, int):
        return Age(value, value % 12 == 0).show()
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "none"
    if isinstance(value, Duration):
        return Duration(tuple(part for part in value.parts if part[0])).show() or "no time"
    if isinstance(value, str):
        return value
    return f"{show_number(value)}%" if type_name == "percentage" else show_number(value)
