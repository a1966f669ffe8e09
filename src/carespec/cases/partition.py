"""Persons sorted into classes by the questions that are asked of them: people in one class get the same answers.

A factor is one part of a person's case: a case field, or one word of a set (to have the word, or not). Its classes are
made from the tests that documents ask of it, so every person falls into exactly one class of each factor, and all
persons of a class answer every test alike. Factors are never multiplied out here: only who evaluates a condition that
names several of them does that, and for those alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from carespec.cases.answers import CaseValue, answer
from carespec.cases.persons import Person
from carespec.cases.values import ANOTHER_WORD, values_to_try
from carespec.model.conditions import Test
from carespec.tuples import NamedTuple
from carespec.vocabulary import Field, Vocabulary

Factor: TypeAlias = tuple[str, str]
"""A case field, and a word of it where it is a set; else an empty text. `~a,b` stands for any word but a and b."""

_BUT = "~"

Signature: TypeAlias = tuple[bool | None, ...]


class Class(NamedTuple):
    """People who answer every test of a factor alike: one value that stands for them, and all that were tried.

    For a factor that is a word of a set the value is whether the person has it. None is a person without the field.
    """

    value: CaseValue | None
    values: tuple[CaseValue | None, ...]


class Partition(NamedTuple):
    """The classes of every factor, with the class of an ordinary person first."""

    vocabulary: Vocabulary
    tests: Mapping[Factor, tuple[Test, ...]]
    classes: Mapping[Factor, tuple[Class, ...]]
    ordinary: Person

    def place(self, factor: Factor, person: Person) -> int:
        """The number of the class that a person falls into."""
        name, word = factor
        value = person.values.get(name)
        if word:
            has = isinstance(value, frozenset) and bool(words_of(word, value))
            return next(number for number, one in enumerate(self.classes[factor]) if one.value == has)
        return self._by_signature(factor, value)

    def _by_signature(self, factor: Factor, value: CaseValue | None) -> int:
        found = self.classes[factor]
        for number, one in enumerate(found):
            if value in one.values:
                return number
        wanted = signature(self.tests[factor], value, self.vocabulary)
        same = (n for n, one in enumerate(found) if signature(self.tests[factor], one.value, self.vocabulary) == wanted)
        return next(same)


def words_of(word: str, words: frozenset[str]) -> frozenset[str]:
    """Those of a person's words that a factor is about."""
    return words - set(word[1:].split(",")) if word.startswith(_BUT) else words & {word}


def factors_of(tests: Sequence[Test], vocabulary: Vocabulary) -> tuple[Factor, ...]:
    """The factors that the answers depend on, each once; those of which an ordinary person knows nothing are left out.

    What an assessor has yet to judge is no factor: nobody falls into a class by it before the assessment.
    """
    found: dict[Factor, None] = {}
    for test in tests:
        field = vocabulary.case_fields.get(test.field)
        if field is None or test.key or not varies(field):
            continue
        if field.type != "set":
            found[(field.name, "")] = None
            continue
        named = _named(tests, field.name)
        found.update(((field.name, word), None) for word in named)
        if test.operator not in ("includes", "any of"):
            found[(field.name, _BUT + ",".join(named))] = None
    return tuple(found)


def _named(tests: Sequence[Test], name: str) -> tuple[str, ...]:
    """Every word of a set that some of the tests name."""
    return tuple(dict.fromkeys(w for t in tests if t.field == name for w in getattr(t.operand, "members", ())))


def varies(field: Field) -> bool:
    """Whether persons differ in the field for a partition: an ordinary person has a value, or may leave it open."""
    return (field.ordinary is not None or field.left_open) and not field.judged


def partition(asked: Iterable[Sequence[Test]], ordinary: Person, vocabulary: Vocabulary) -> Partition:
    """The classes that tests make of persons. Those that decide one thing together come together."""
    grouped: dict[Factor, dict[tuple[object, ...], Test]] = {}
    for tests in asked:
        for factor in factors_of(tests, vocabulary):
            found = grouped.setdefault(factor, {})
            for test in tests:
                if test.field == factor[0] and not test.key:
                    found.setdefault((test.operator, repr(test.operand)), test)
    by_factor = {factor: tuple(found.values()) for factor, found in grouped.items()}
    classes = {factor: _classes(factor, found, ordinary, vocabulary) for factor, found in by_factor.items()}
    return Partition(vocabulary, by_factor, classes, ordinary)


def _classes(factor: Factor, tests: Sequence[Test], ordinary: Person, vocabulary: Vocabulary) -> tuple[Class, ...]:
    name, word = factor
    usual = ordinary.values.get(name)
    if word:
        has = isinstance(usual, frozenset) and bool(words_of(word, usual))
        return (Class(has, (has,)), Class(not has, (not has,)))
    field = vocabulary.case_fields[name]
    tried = [usual, *values_to_try(tests, field, vocabulary).values]
    found: dict[Signature, list[CaseValue | None]] = {}
    for value in dict.fromkeys(tried):
        found.setdefault(signature(tests, value, vocabulary), []).append(value)
    return tuple(Class(values[0], tuple(values)) for values in found.values())


def signature(tests: Sequence[Test], value: CaseValue | None, vocabulary: Vocabulary) -> Signature:
    """How a value answers the tests; a person without the field answers none."""
    if value is None:
        return (None,) * (len(tests) + 1)
    return (True, *(answer(test, value, vocabulary.case_fields[test.field], vocabulary) for test in tests))


def changed(person: Person, choice: Mapping[Factor, Class]) -> Person:
    """The person, but in these classes of these factors."""
    values = dict(person.values)
    for (name, word), one in choice.items():
        if word:
            have = values.get(name)
            words = have if isinstance(have, frozenset) else frozenset()
            there = words_of(word, words)
            values[name] = (words if there else words | {_example(word)}) if one.value else words - there
        elif one.value is None:
            values.pop(name, None)
        else:
            values[name] = one.value
    return Person(values)


def _example(word: str) -> str:
    return ANOTHER_WORD if word.startswith(_BUT) else word
