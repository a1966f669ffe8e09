"""Where the answers of a gate change: the tests that a partition of persons must tell apart."""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import tests_of
from carespec.journeys.bearing import Gate
from carespec.journeys.verdicts import OPERATORS, phrase_of
from carespec.model.conditions import Test
from carespec.model.facts import Differs, Except, Fact, State, Value
from carespec.quantities.ages import Age
from carespec.quantities.sets import WordSet
from carespec.vocabulary import Field, Vocabulary


def tests_at(gate: Gate, vocabulary: Vocabulary) -> tuple[Test, ...]:
    """Every test that the answer of a gate depends on: at its own values, and in the conditions of its lines."""
    return (*_edges_of(gate, vocabulary), *(test for fact in gate.lines for test, _ in tests_of(fact)))


def _edges_of(gate: Gate, vocabulary: Vocabulary) -> Iterator[Test]:
    """The tests at which the gate's own values change their answer: what a partition of persons must tell apart."""
    field = vocabulary.case_fields[gate.case]
    for name, words in gate.bears.when:
        yield Test(name, None, "one of", WordSet(words), None, 0, 0)
    if field.left_open:
        # Even a document that says nothing answers those who seek something otherwise than those who do not.
        yield Test(field.name, None, "one of", WordSet(vocabulary.choices(field)), None, 0, 0)
    if gate.word is not None:
        yield Test(field.name, None, "includes", WordSet((gate.word,)), None, 0, 0)
        return
    if gate.bears.kind in ("excluded", "required"):
        yield Test(field.name, None, "is", "yes", None, 0, 0)
        return
    if gate.bears.kind == "allowed":
        yield from (Test(field.name, None, "is", fact.key, None, 0, 0) for fact in gate.facts if fact.key)
        return
    for fact in gate.lines:
        for value in _values(fact):
            yield from _edges(value, gate, field, vocabulary)


def _values(fact: Fact) -> Iterator[Value]:
    yield fact.value
    yield from (under.value for under in fact.under if isinstance(under, Except | Differs))


def _edges(value: Value, gate: Gate, field: Field, vocabulary: Vocabulary) -> Iterator[Test]:
    operator = OPERATORS.get(gate.bears.kind, {}).get(field.type)
    if operator is None:
        return
    if value.state == State.STATED:
        one_word = isinstance(value.content, str)
        yield Test(field.name, None, "is" if one_word else operator, value.content, None, 0, 0)
    if value.state == State.IN_WORDS:
        phrase = phrase_of(value, field, vocabulary) or {}
        numbers = sorted({number for part in phrase.values() if isinstance(part, dict) for number in part.values()})
        for number in numbers:
            operand = Age(12 * number, True) if field.type == "age" else str(number)
            yield from (Test(field.name, None, each, operand, None, 0, 0) for each in ("at least", "more than"))
