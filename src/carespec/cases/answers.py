"""What a test says of one person's value for a case field.

A value is what the person's case holds, not what a document says: an `int` of months for an age, a word for a choice
or a scale, a frozen set of words for a set, a number for a count, a `Decimal` for a percentage, a `Duration`, and for
a reading whether every reading shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeAlias

from carespec.model.conditions import Test
from carespec.quantities import bounds, durations, sets
from carespec.quantities.ages import Age
from carespec.quantities.bounds import Bound
from carespec.quantities.counts import Count
from carespec.quantities.durations import Duration, DurationRange
from carespec.quantities.percent import Percent
from carespec.quantities.readings import ScaleRange
from carespec.quantities.sets import WordSet
from carespec.quantities.truth import Number
from carespec.vocabulary import Field, Vocabulary, working_days

CaseValue: TypeAlias = int | Decimal | str | bool | frozenset[str] | Duration


def answer(test: Test, value: CaseValue, field: Field, vocabulary: Vocabulary) -> bool | None:
    """Whether the test holds for a person with that value; None where the words leave it open, or ask no such thing."""
    ask = _ASK.get(field.type)
    if ask is None or test.problem is not None:
        return None
    return ask(test, value, field, vocabulary)


def _age(test: Test, value: CaseValue, field: Field, vocabulary: Vocabulary) -> bool | None:
    operand = test.operand
    if isinstance(operand, Bound):
        interval = bounds.ages(operand)
        return interval.holds(int(value)) if interval and isinstance(value, int) else None
    if not isinstance(operand, Age) or not isinstance(value, int):
        return None
    return _among(test.operator, value, operand.first_month, operand.last_month)


def _among(operator: str, value: Number, first: Number, last: Number) -> bool | None:
    """Where a number lies against all that an operand covers: an age in years alone covers twelve months."""
    if operator == "is":
        return first <= value <= last
    if operator == "at least":
        return value >= first
    if operator == "at most":
        return value <= last
    if operator == "more than":
        return value > last
    return value < first if operator == "less than" else None


def _count(test: Test, value: CaseValue, field: Field, vocabulary: Vocabulary) -> bool | None:
    operand = test.operand
    if isinstance(operand, Bound):
        interval = bounds.counts(operand)
        return interval.holds(int(value)) if interval and isinstance(value, int) else None
    if not isinstance(operand, Count) or not isinstance(value, int):
        return None
    return _among(test.operator, value, operand.low, operand.high)


def _percentage(test: Test, value: CaseValue, field: Field, vocabulary: Vocabulary) -> bool | None:
    operator, operand = _plain(test)
    if not isinstance(operand, Percent) or not isinstance(value, int | Decimal):
        return None
    if operator == "over":
        return None if value == operand.value else value > operand.value
    return _among(operator, value, operand.value, operand.value)


def _plain(test: Test) -> tuple[str, object]:
    """The operator and the figure of a test: `is over 44%` asks for more than 44%, and leaves 44% itself open."""
    operand = test.operand
    return (_AS_OPERATOR[operand.relation], operand.limit) if isinstance(operand, Bound) else (test.operator, operand)


_AS_OPERATOR = {
    "over": "over",
    "under": "less than",
    "up to": "at most",
    "at least": "at least",
    "at most": "at most",
}


def _duration(test: Test, value: CaseValue, field: Field, vocabulary: Vocabulary) -> bool | None:
    operator, operand = _plain(test)
    compare = _COMPARE_DURATIONS.get("more than" if operator == "over" else operator)
    if compare is None or not isinstance(operand, Duration | DurationRange) or not isinstance(value, Duration):
        return None
    return compare(value, operand, working_days())


_COMPARE_DURATIONS = {
    "is": durations.equal,
    "at least": durations.at_least,
    "at most": durations.at_most,
    "more than": durations.more_than,
    "less than": durations.less_than,
}


def _choice(test: Test, value: CaseValue, field: Field, vocabulary: Vocabulary) -> bool | None:
    if test.operator == "one of" and isinstance(test.operand, WordSet):
        return sets.includes(test.operand, WordSet((str(value),)))
    if not isinstance(test.operand, str):
        return None
    if test.operator == "is":
        return value == test.operand
    return _in_order(test.operator, str(value), test.operand, vocabulary.choices(field)) if field.numbers else None


def _in_order(operator: str, value: str, operand: str, order: Sequence[str]) -> bool | None:
    """Words that are figures compare as figures: `cluster is at least 4`."""
    if value not in order or operand not in order:
        return None
    place = order.index(operand)
    return _among(operator, order.index(value), place, place)


def _scale(test: Test, value: CaseValue, field: Field, vocabulary: Vocabulary) -> bool | None:
    order, operand = vocabulary.choices(field), test.operand
    if test.operator == "one of" and isinstance(operand, WordSet):
        return sets.includes(operand, WordSet((str(value),)))
    if not isinstance(operand, ScaleRange) or value not in order:
        return None
    low, high = order.index(operand.low), order.index(operand.high)
    place = order.index(str(value))
    return _among(test.operator, place, low, high)


def _set(test: Test, value: CaseValue, field: Field, vocabulary: Vocabulary) -> bool | None:
    compare = _COMPARE_SETS.get(test.operator)
    if compare is None or not isinstance(test.operand, WordSet) or not isinstance(value, frozenset):
        return None
    return compare(WordSet(tuple(sorted(value))), test.operand)


_COMPARE_SETS = {
    "is": sets.equal,
    "one of": sets.one_of,
    "includes": sets.includes,
    "any of": sets.includes_any,
}


def _reading(test: Test, value: CaseValue, field: Field, vocabulary: Vocabulary) -> bool | None:
    return bool(value) if test.operator == "reading" else None


_ASK: dict[str, Callable[[Test, CaseValue, Field, Vocabulary], bool | None]] = {
    "age": _age,
    "count": _count,
    "percentage": _percentage,
    "duration": _duration,
    "choice": _choice,
    "scale": _scale,
    "set": _set,
    "reading": _reading,
}
