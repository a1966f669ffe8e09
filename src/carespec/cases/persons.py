"""One person's case as data, and whether a condition holds in it: yes, no, or not to be told.

What a case does not hold is unknown, never no. What only an assessor can say is unknown in a way of its own: it is not
the document that leaves it open, nor whoever described the person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from carespec.cases.answers import CaseValue, answer
from carespec.model import conditions
from carespec.model.conditions import Condition, InWords, Not, Test
from carespec.quantities import truth
from carespec.tuples import NamedTuple
from carespec.vocabulary import Field, Vocabulary


class Person(NamedTuple):
    """What is so of one person: case field (with its key after a blank) to value. What is missing is unknown."""

    values: Mapping[str, CaseValue] = MappingProxyType({})

    def but(self, changes: Mapping[str, CaseValue]) -> Person:
        """The same person, but for these."""
        return Person({**self.values, **changes})


def completed(person: Person, vocabulary: Vocabulary) -> Person:
    """The person with what follows: a main problem is one of the problems, and one problem alone is the main one.

    A word that two sets have stands where the vocabulary puts it.
    """
    values = dict(person.values)
    for field in vocabulary.case_fields.values():
        for other in field.elsewhere:
            _move(values, field, vocabulary.case_fields[other], vocabulary)
        if field.within:
            _agree(values, field.name, field.within)
    return Person(values)


def _move(values: dict[str, CaseValue], field: Field, other: Field, vocabulary: Vocabulary) -> None:
    here = values.get(field.name)
    moved = here & frozenset(vocabulary.choices(other)) if isinstance(here, frozenset) else frozenset()
    if isinstance(here, frozenset) and moved:
        there = values.get(other.name)
        values[field.name] = here - moved
        values[other.name] = (there if isinstance(there, frozenset) else frozenset()) | moved


def _agree(values: dict[str, CaseValue], one: str, among: str) -> None:
    all_ = values.get(among)
    if one in values:
        values[among] = (all_ if isinstance(all_, frozenset) else frozenset()) | {str(values[one])}
    elif isinstance(all_, frozenset) and len(all_) == 1:
        values[one] = next(iter(all_))


def has(person: Person, field: str, word: str) -> bool | None:
    """Whether the person's set has the word; None if the set is unknown."""
    value = person.values.get(field)
    return word in value if isinstance(value, frozenset) else None


def holds(condition: Condition, person: Person, vocabulary: Vocabulary) -> bool | None:
    """Whether the condition holds for the person, by strong Kleene tables; None where that cannot be told."""
    if isinstance(condition, InWords):
        return None
    if isinstance(condition, Test):
        return _test(condition, person, vocabulary)
    if isinstance(condition, Not):
        return truth.negate(holds(condition.part, person, vocabulary))
    answers = (holds(part, person, vocabulary) for part in condition.parts)
    return truth.every(answers) if isinstance(condition, conditions.All) else truth.some(answers)


def _test(test: Test, person: Person, vocabulary: Vocabulary) -> bool | None:
    field = vocabulary.case_fields.get(test.field)
    value = person.values.get(path_of(test))
    if field is None or value is None:
        return None
    return answer(test, value, field, vocabulary)


def path_of(test: Test) -> str:
    """What a test asks about: the case field, and its key after a blank."""
    return f"{test.field} {test.key}" if test.key else test.field


def unknown_in(condition: Condition, person: Person, vocabulary: Vocabulary) -> tuple[Test | InWords, ...]:
    """The parts of a condition that cannot be told for the person, from left to right."""
    return tuple(_unknown(condition, person, vocabulary))


def _unknown(condition: Condition, person: Person, vocabulary: Vocabulary) -> Iterator[Test | InWords]:
    if isinstance(condition, InWords | Test):
        if holds(condition, person, vocabulary) is None:
            yield condition
    elif isinstance(condition, Not):
        yield from _unknown(condition.part, person, vocabulary)
    else:
        for part in condition.parts:
            yield from _unknown(part, person, vocabulary)


def is_left_to_judgement(unknown: tuple[Test | InWords, ...], person: Person, vocabulary: Vocabulary) -> bool:
    """Whether all that cannot be told is what an assessor has yet to judge."""
    return bool(unknown) and all(isinstance(part, Test) and _judged(part, person, vocabulary) for part in unknown)


def _judged(test: Test, person: Person, vocabulary: Vocabulary) -> bool:
    field = vocabulary.case_fields.get(test.field)
    return field is not None and field.judged and path_of(test) not in person.values
