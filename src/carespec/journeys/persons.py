"""Persons from words, and in words: `17 years` and `full-time` as a condition would write them.

The values are read by the grammar of conditions itself, so that whatever a document can ask about a person can be said
of one, with the same answers to mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from carespec.built import built
from carespec.cases.answers import CaseValue
from carespec.cases.persons import Person, completed
from carespec.cases.satisfiable import show_value
from carespec.cases.values import NEVER
from carespec.model.conditions import Test
from carespec.model.from_conditions import condition_of
from carespec.quantities.ages import Age
from carespec.quantities.counts import Count
from carespec.quantities.durations import Duration
from carespec.quantities.percent import Percent
from carespec.quantities.readings import ScaleRange
from carespec.quantities.sets import WordSet
from carespec.syntax.document import LineParser
from carespec.syntax.driver import Failure, tables_from
from carespec.vocabulary import Field, Vocabulary, load, names, nearest

DESCRIBED = ("age", "choice", "scale", "set", "count", "duration", "percentage")
"""Types of case fields of which a person can be said to have a value."""


def value_from_text(field: Field, text: str, vocabulary: Vocabulary) -> CaseValue:
    """The value of a case field, as a condition writes it after `is`. Raises ValueError, in words for its author."""
    text = " ".join(text.split())
    if field.type == "set" and text.lower() == "none":
        return frozenset()
    if field.type == "duration" and text.lower() == "never":
        return NEVER
    if field.type == "age" and re.fullmatch(r"\d{1,3}", text):
        text = f"{text} years"
    content = _operand(field, text, vocabulary)
    value = _value(content, field)
    if value is None:
        raise ValueError(f"`{text}` is more than one value: a person has one {field.label.removeprefix('the ')}")
    return value


def _operand(field: Field, text: str, vocabulary: Vocabulary) -> object:
    _refuse_unknown(field, text, vocabulary)
    key = next(iter(vocabulary.keys(field)), "")
    path = f"{field.name} {key}" if key else field.name
    tree = _parser()(f"  when {path} is {text}", "service_line")
    if isinstance(tree, Failure):
        raise ValueError(f"`{text}` cannot be read{_such_as(field, vocabulary)}")
    condition = condition_of(tree.children[0], lambda name, _: vocabulary.case_fields.get(name), vocabulary)
    problem = getattr(condition, "problem", None)
    if problem is not None:
        raise ValueError(problem.message)
    if not isinstance(condition, Test) or condition.operator not in ("is", "one of"):
        raise ValueError(f"`{text}` cannot be read{_such_as(field, vocabulary)}")
    return condition.operand


def _refuse_unknown(field: Field, text: str, vocabulary: Vocabulary) -> None:
    """A misspelt word gets the nearest one."""
    known = vocabulary.choices(field)
    for word in re.split(r"\s*,\s*", text.lower()) if known and not field.numbers else ():
        if word not in known:
            near = nearest(word, known)
            listed = f"; there are {', '.join(known)}" if len(known) <= 12 else f", such as {known[0]}"
            raise ValueError(
                f"`{word}` is not one of the words for it" + (f": did you mean `{near}`?" if near else listed)
            )


def _such_as(field: Field, vocabulary: Vocabulary) -> str:
    example = {"age": "17 years", "duration": "6 months", "count": "2", "percentage": "40%"}.get(field.type)
    example = example or next(iter(vocabulary.choices(field)), "")
    return f"; write for example `{example}`" if example else ""


@cache
def _parser() -> LineParser:
    return LineParser(tables_from(built()["grammar"]))


def _value(content: object, field: Field) -> CaseValue | None:
    """What an operand says of one person; None for what leaves it open."""
    if isinstance(content, Age):
        return content.months
    if isinstance(content, Count):
        return int(content.low) if content.low == content.high else None
    if isinstance(content, Percent):
        return content.value
    if isinstance(content, ScaleRange):
        return content.low if content.low == content.high else None
    if isinstance(content, WordSet):
        words = frozenset(content.members)
        return words if field.type == "set" else next(iter(words)) if len(words) == 1 else None
    if field.type == "set" and isinstance(content, str):
        return frozenset((content,))
    return content if isinstance(content, str | Duration) else None


def ordinary(vocabulary: Vocabulary) -> Person:
    """An ordinary person, as the vocabulary has it: differences are told from there outwards."""
    texts = tuple((f.name, f.ordinary) for f in vocabulary.case_fields.values() if f.ordinary is not None)
    known = vocabulary.name in names() and vocabulary is load(vocabulary.name)
    return _shipped(vocabulary.name, texts) if known else _ordinary(texts, vocabulary)


@cache
def _shipped(name: str, texts: tuple[tuple[str, str], ...]) -> Person:
    return _ordinary(texts, load(name))


def _ordinary(texts: tuple[tuple[str, str], ...], vocabulary: Vocabulary) -> Person:
    return Person({name: value_from_text(vocabulary.case_fields[name], text, vocabulary) for name, text in texts})


def person_from_texts(texts: Mapping[str, str], vocabulary: Vocabulary) -> Person:
    """An ordinary person but for what is described: case field to text. Raises ValueError, naming the field.

    Where a problem is described and no main one, that of an ordinary person is not taken for granted.
    """
    given: dict[str, CaseValue] = {}
    for name, text in texts.items():
        try:
            given[name] = value_from_text(vocabulary.case_fields[name], text, vocabulary)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
    usual = dict(ordinary(vocabulary).values)
    for field in vocabulary.case_fields.values():
        if field.within and (field.name in given or field.within in given):
            usual.pop(field.name, None)
            usual.pop(field.within, None)
    return completed(Person({**usual, **given}), vocabulary)


def show_field(name: str, value: CaseValue, vocabulary: Vocabulary) -> str:
    """A value in the words in which it is written."""
    return "never" if value == NEVER else show_value(value, vocabulary.case_fields[name.split(" ")[0]].type)


def shown(person: Person, vocabulary: Vocabulary, only: Iterable[str] | None = None) -> tuple[tuple[str, str], ...]:
    """A person's values in words, in the order of the vocabulary; only those fields, if any are named."""
    wanted = None if only is None else set(only)
    order = {name: number for number, name in enumerate(vocabulary.case_fields)}
    names = sorted(person.values, key=lambda name: (order[name.split(" ")[0]], name))
    chosen = (name for name in names if wanted is None or name in wanted)
    return tuple((name, show_field(name, person.values[name], vocabulary)) for name in chosen)
