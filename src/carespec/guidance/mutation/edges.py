"""What a service can say about the fields of a rule where the rule changes its answer: limits, what lies beside them,
and the states in which nothing is said that could be applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from carespec.guidance.model import Rule
from carespec.guidance.mutation.neighbours import neighbours
from carespec.model.conditions import Condition, Test, tests
from carespec.model.facts import State, Value
from carespec.model.types import example_of
from carespec.quantities.durations import Duration, DurationRange
from carespec.quantities.readings import ScaleRange, Text
from carespec.quantities.sets import WordSet
from carespec.quantities.waits import Wait, WaitPart
from carespec.rules.asked import HEDGED
from carespec.rules.text import condition_from_text, field_named, other_path
from carespec.vocabulary import Field, Vocabulary

_WORDS: Final = "as appropriate"
_ALWAYS: Final = (State.NONE, State.IN_WORDS, State.NOT_STATED)

Path = tuple[str, str | None]


def edges(rules: Iterable[Rule], vocabulary: Vocabulary) -> dict[Path, tuple[Value, ...]]:
    """For each field and key that the rules ask about, every value and state at which an answer can change.

    The values that their examples suppose are among them.
    """
    found: dict[Path, list[Value]] = {}
    for rule in rules:
        for condition in conditions_of(rule):
            for test in tests(condition):
                _add(found, test, vocabulary)
        for example in rule.examples:
            for one in example.supposed:
                if (one.field, one.key) in found:
                    _put(found[(one.field, one.key)], [one.value._replace(start=0, end=0)])
    return {path: tuple(values) for path, values in found.items()}


def conditions_of(rule: Rule) -> Iterator[Condition]:
    """All that a rule asks, whatever for."""
    for clause in (*rule.applies, *rule.unless, *rule.requires):
        yield clause.condition


def _add(found: dict[Path, list[Value]], test: Test, vocabulary: Vocabulary) -> None:
    field, other = field_named(test.field, vocabulary), other_path(test)
    if field is None:
        return
    values = found.setdefault((test.field, test.key), [])
    if other is not None:
        _put(found.setdefault(other, []), _in_states())
    elif test.operator == "state":
        _put(values, _asked_for(test, field, vocabulary))
    else:
        contents = list(_contents(test.operand, field))
        contents += [near for content in tuple(contents) for near in neighbours(content, field, vocabulary)]
        _put(values, [_stated(content) for content in contents])
    _put(values, _in_states())


def _put(values: list[Value], more: Iterable[Value]) -> None:
    values += [value for value in dict.fromkeys(more) if value not in values]


def _stated(content: object) -> Value:
    return Value(State.STATED, content, 0, 0)


def _in_states() -> list[Value]:
    return [Value(state, _WORDS if state == State.IN_WORDS else None, 0, 0) for state in _ALWAYS]


def _asked_for(test: Test, field: Field, vocabulary: Vocabulary) -> Iterator[Value]:
    """The state that a test asks for, and something stated, which is the opposite of most."""
    operand: tuple[str, str | None] = test.operand  # type: ignore[assignment]
    state, words = operand
    some = _some(f"{test.field} {test.key}" if test.key else test.field, field, vocabulary)
    if state == HEDGED:
        yield Value(State.STATED, some, 0, 0, hedge="about")
    elif state != State.STATED:
        yield Value(state, words or (_WORDS if state != State.NONE else None), 0, 0)
    yield _stated(some)


def _some(path: str, field: Field, vocabulary: Vocabulary) -> object:
    """Anything that the field can say, where it does not matter what: an example of its own, else of its type."""
    for example in (*field.examples, example_of(field._replace(examples=()), vocabulary)):
        try:
            asked = condition_from_text(f"{path} is {example}", vocabulary)
        except ValueError:
            continue
        if isinstance(asked, Test) and asked.operator == "is":
            return asked.operand
    return Text(_WORDS)


def _contents(operand: object, field: Field) -> Iterator[object]:
    """What a fact would say that is just what a test compares it with."""
    if isinstance(operand, Duration | DurationRange) and field.type == "wait":
        yield Wait((WaitPart(operand, False, "referral", None, None, False),))
    elif isinstance(operand, WordSet) and field.type == "scale":
        yield from (ScaleRange(member, member) for member in operand.members)
    elif isinstance(operand, WordSet) and field.type != "set":
        yield from operand.members
    elif isinstance(operand, WordSet):
        yield operand
        yield from (WordSet((member,)) for member in operand.members)
        yield operand._replace(among_others=True)
    elif isinstance(operand, str) and field.type == "set":
        yield WordSet((operand,))
    elif isinstance(operand, int | Decimal):
        return
    else:
        yield operand
