"""Conditions as records: what stands after `when` in a service, and after `require` in a rule.

A condition speaks of fields by path; whether those are case fields of a person or facts of a service is for whoever
reads it. Operands are values as the grammar gives them, read by the type of the field they are compared with.
"""

from __future__ import annotations

from typing import TypeAlias

from carespec.tuples import NamedTuple


class Test(NamedTuple):
    """One question about one field.

    `operator` is `is`, `at least`, `at most`, `more than`, `less than`, `before`, `after`, `one of`, `includes`,
    `any of`, `meets`, `state` (the operand is the state asked for) or `reading`. `quantifier` is `every`, `some`,
    `no` or None. `problem` is filled when the operand is nothing that the field can be compared with.
    """

    field: str
    key: str | None
    operator: str
    operand: object
    quantifier: str | None
    start: int
    end: int
    problem: object = None


class InWords(NamedTuple):
    """A condition in the document's own words: unknown for everybody."""

    text: str
    start: int
    end: int


class Not(NamedTuple):
    """The opposite."""

    part: Condition


class All(NamedTuple):
    """Every part holds."""

    parts: tuple[Condition, ...]


class Any(NamedTuple):
    """At least one part holds."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = Test | InWords | Not | All | Any


def tests(condition: Condition) -> tuple[Test, ...]:
    """Every test in a condition, from left to right."""
    if isinstance(condition, Test):
        return (condition,)
    if isinstance(condition, InWords):
        return ()
    if isinstance(condition, Not):
        return tests(condition.part)
    return tuple(test for part in condition.parts for test in tests(part))


def in_words(condition: Condition | None) -> tuple[InWords, ...]:
    """The parts of a condition that are in the document's own words, from left to right."""
    if isinstance(condition, InWords):
        return (condition,)
    if isinstance(condition, Not):
        return in_words(condition.part)
    if isinstance(condition, All | Any):
        return tuple(words for part in condition.parts for words in in_words(part))
    return ()
