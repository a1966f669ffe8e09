"""The clarification questions that a bidder would ask about a service, by section, in plain English.

A question is asked of every fact that is silent where something is expected, given only in words, open to two readings,
or not yet decided. What is silent, and what is open to two readings, the checks know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import fill

from carespec.checks import bare_days, expected_but_silent, over_age, wait_without_clock
from carespec.flags import tests_of
from carespec.model.conditions import in_words
from carespec.model.facts import Differs, Except, Fact, Service, ShareAtRisk, State, Value, When
from carespec.model.types import TYPES
from carespec.tuples import NamedTuple
from carespec.vocabulary import PAY, PAYMENT, Field, Vocabulary

_FEW = 6
_WIDTH = 96
_EXACTLY = {
    "age": "Which age is that, in years?",
    "wait": "Within how many working or calendar days is that, and counted from which event?",
    "duration": "How many working or calendar days, or hours, is that?",
    "money": "What amount is that, and what is it paid for?",
    "date": "Which date is that?",
    "period": "From which date to which is that?",
}
_FIGURES = ("percentage", "count", "rate")


class Question(NamedTuple):
    """One thing to ask: about which part (its title), which field, of which kind, in which words.

    `kind` is `silent`, `in words`, `ambiguous` or `undecided`. `line` is where the document speaks of it; None where it
    is silent. Numbers run through all sections.
    """

    number: int
    section: str
    field: str
    label: str
    kind: str
    text: str
    line: int | None


class _Asked(NamedTuple):
    """A question without its number and section."""

    kind: str
    text: str
    line: int | None


def questions(service: Service) -> tuple[Question, ...]:
    """Every question that the service leaves open: by section of the vocabulary, then as the document goes."""
    vocabulary = service.vocabulary
    found: dict[str, list[tuple[str, str, _Asked]]] = {section: [] for section in vocabulary.sections}
    for fact in service.facts:
        section = _section(fact.field, vocabulary)
        for asked in sorted(_of_fact(fact, service), key=lambda asked: asked.line or 0):
            found.setdefault(section, []).append((fact.path, vocabulary.label(fact.field, fact.key), asked))
    for field in _silent(service):
        text = f"The specification says nothing about this. {_state_it(field, vocabulary)}"
        found.setdefault(field.section or "", []).append((field.name, field.label, _Asked("silent", text, None)))
    numbered = enumerate(((section, *one) for section, all_ in found.items() for one in all_), 1)
    return tuple(
        Question(number, vocabulary.sections.get(section, "Other"), path, label, *asked)
        for number, (section, path, label, asked) in numbered
    )


def _section(field: str, vocabulary: Vocabulary) -> str:
    known = vocabulary.fields.get(field)
    return "payment" if field == PAY else (known.section if known else None) or ""


def _silent(service: Service) -> list[Field]:
    """The fields that are expected and of which no line says anything."""
    silent = {flag.field for flag in expected_but_silent.check(service)}
    return [field for field in service.vocabulary.fields.values() if field.name in silent]


# What a fact leaves open.


def _of_fact(fact: Fact, service: Service) -> Iterator[_Asked]:
    field = PAYMENT if fact.is_payment else service.vocabulary.fields.get(fact.field)
    if field is None:
        return
    yield from _of_value(fact.value, fact.line, field, service)
    for under in fact.under:
        if isinstance(under, Except):
            yield from _of_value(under.value, under.line, field, service)
        if isinstance(under, Differs):
            yield _differs(fact, under, service)
        condition = under.when if isinstance(under, Except) else None
        if isinstance(under, When | ShareAtRisk):
            condition = under.condition
        for words in in_words(condition):
            text = f'The specification says "{words.text}". How is it decided whether this holds?'
            yield _Asked("in words", text, under.line)
    yield from _ambiguous(fact, service)


def _of_value(value: Value, line: int, field: Field, service: Service) -> Iterator[_Asked]:
    """What the state of a value leaves open."""
    words = value.content if isinstance(value.content, str) else ""
    by = f" by {value.by.show()}" if value.by else ""
    if value.state == State.IN_WORDS:
        said = f'The specification says "{words}".' if words else "The specification gives this only in words."
        yield _Asked("in words", f"{said} {_exactly(words, field, service.vocabulary)}", line)
    elif value.state == State.NOT_STATED:
        yield _Asked("silent", f"The specification does not say. {_state_it(field, service.vocabulary)}", line)
    elif value.state == State.LOCAL:
        others = f" with {words}" if words else ""
        text = f"This is left to local agreement{others}{by}. Has it been agreed, and what does the agreement say?"
        yield _Asked("undecided", text, line)
    elif value.state == State.TO_BE_CONFIRMED:
        text = f"This is still to be confirmed{by}. What will it be, and when will bidders know?"
        yield _Asked("undecided", text, line)
    elif value.state == State.ELSEWHERE:
        named = f'"{words}"' if words else "another document"
        yield _Asked("undecided", f"The specification refers to {named}. What does it say on this?", line)
    elif value.problem is not None and value.problem.check == "placeholder":
        said = service.lines[line - 1][value.start : value.end].strip('"')
        yield _Asked("undecided", f'The specification has only "{said}" here. What will it be?', line)
    elif value.hedge:
        said = service.lines[line - 1][value.start : value.end]
        yield _Asked("ambiguous", f'The specification says "{said}". What may bidders rely on?', line)


def _differs(fact: Fact, under: Differs, service: Service) -> _Asked:
    here = _plain(service.lines[fact.line - 1][fact.value.start : fact.value.end])
    there = _plain(service.lines[under.line - 1][under.value.start : under.value.end])
    text = f"The specification says {here}, and another source says {there}. Which of the two holds?"
    return _Asked("ambiguous", text, under.line)


def _plain(said: str) -> str:
    return said if said.startswith('"') else f'"{said}"'


def _ambiguous(fact: Fact, service: Service) -> Iterator[_Asked]:
    """Where the figures of a fact can be read in two ways: as the checks of one fact find it."""
    if fact.value.content is None and not fact.exceptions and not any(tests_of(fact)):
        return
    events = _or(service.vocabulary.clocks)
    asked = (
        (over_age, "Are people of exactly that age included?"),
        (bare_days, "Are these working days or calendar days?"),
        (wait_without_clock, f"From which event is this counted: {events}?"),
    )
    for check, question in asked:
        for flag in check.check_fact(fact, service):
            said = service.lines[flag.line - 1][flag.start : flag.end]
            yield _Asked("ambiguous", f'The specification says "{said}". {question}', flag.line)


# How to ask.


def _exactly(words: str, field: Field, vocabulary: Vocabulary) -> str:
    """What to ask of words, so that the answer can be applied the same way twice."""
    gap = _gap(words, field, vocabulary)
    if field.type in _EXACTLY:
        return f"{_EXACTLY[field.type]}{gap}"
    if field.type in _FIGURES:
        return "What figure is that?"
    labels = _labels(field, vocabulary)
    return f"Which of these is meant: {'; '.join(labels)}?" if labels else "What exactly is meant?"


def _gap(words: str, field: Field, vocabulary: Vocabulary) -> str:
    """The people whom some readings of a phrase include and some do not."""
    phrase = vocabulary.phrases.get(words.lower())
    if phrase is None or phrase["type"] != "age" or field.type != "age":
        return ""
    first, below = phrase["certainly-includes"].get("from"), phrase["certainly-excludes"].get("below")
    if first is None or below is None or below >= first:
        return ""
    return f" For example, are people aged {below} to {first - 1} included?"


def _state_it(field: Field, vocabulary: Vocabulary) -> str:
    """What to state, with what stating none would mean."""
    none = f", or confirm that there is none ({field.none_means})" if field.none_means else ""
    labels = _labels(field, vocabulary)
    if labels:
        return f"Please state which applies ({'; '.join(labels)}){none}."
    kind = TYPES[field.type]
    if field.type in ("choice", "set", "scale"):
        return f"Please state what applies, such as {_example(field, vocabulary)}{none}."
    example = next((each for each in field.examples if each != "none"), kind.example).strip('"')
    what = "it in words" if field.type == "text" else kind.label
    return f"Please state {what}, such as {example}{none}."


def _example(field: Field, vocabulary: Vocabulary) -> str:
    """The field's first example, its words as people say them."""
    labels = vocabulary.words.get(field.of or "", {})
    example = next((each for each in field.examples if each != "none"), "")
    return ", ".join(labels.get(word.strip(), word.strip()) for word in example.split(","))


def _labels(field: Field, vocabulary: Vocabulary) -> list[str]:
    """The words of a choice or a set as people say them, where there are a few."""
    words = vocabulary.words.get(field.of or "", {}) if field.type in ("choice", "set") else {}
    return list(words.values()) if 1 < len(words) <= _FEW else []


def _or(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


# How to print.


def as_text(name: str, asked: Iterable[Question]) -> str:
    """The questions of one service for a letter or an e-mail."""
    lines = [f"Clarification questions about {name}"]
    section = ""
    for question in asked:
        if question.section != section:
            section = question.section
            lines += ["", section, ""]
        begin = f"{question.number:>3}. "
        lines.append(fill(f"{question.label}{_where(question)}. {question.text}", _WIDTH, initial_indent=begin,
                          subsequent_indent=" " * len(begin), break_on_hyphens=False))  # fmt: skip
    return "\n".join(lines if section else [*lines, "", "There is nothing to ask."]) + "\n"


def as_markdown(name: str, asked: Iterable[Question]) -> str:
    """The questions of one service as Markdown, numbered through all sections."""
    lines = [f"# Clarification questions about {name}"]
    section = ""
    for question in asked:
        if question.section != section:
            section = question.section
            lines += ["", f"## {section}", ""]
        lines.append(f"{question.number}. **{question.label}**{_where(question)}. {question.text}")
    return "\n".join(lines if section else [*lines, "", "There is nothing to ask."]) + "\n"


def _where(question: Question) -> str:
    return f" (line {question.line})" if question.line else ""
