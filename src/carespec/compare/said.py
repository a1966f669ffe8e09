"""What a fact says, as one text that is the same for every way of writing it: what services are sorted by.

Layout, case, the order of a list and of exceptions, doubts and citations make no difference; units and conditions do.
"""

from __future__ import annotations

import re

from carespec.model.facts import (
    Allowance,
    Cap,
    Except,
    Fact,
    OnlyFor,
    Service,
    ShareAtRisk,
    State,
    Under,
    Value,
    When,
)
from carespec.quantities.numbers import shown
from carespec.quantities.sets import WordSet
from carespec.vocabulary import PAY, Field, Vocabulary

BOUND_TOGETHER = (Except, When, Cap, Allowance, ShareAtRisk, OnlyFor)
"""The lines under a fact without which its value is only half of what is said."""

_WORDS = re.compile(r'("(?:[^"]|"")*")|\s+')
_LEADS = {
    State.NONE: "none",
    State.IN_WORDS: "in words",
    State.LOCAL: "by local agreement",
    State.TO_BE_CONFIRMED: "to be confirmed",
    State.ELSEWHERE: "elsewhere",
    State.NOT_STATED: "not stated",
    State.UNFIT: "cannot be read",
}
_JOINS = {State.LOCAL: " with", State.ELSEWHERE: " in"}


def said(fact: Fact, service: Service) -> str:
    """The value of a fact with what limits it: `18 years; 16 years when education is not full-time`."""
    value = said_of_value(fact.value, field_of(fact, service.vocabulary), service.vocabulary)
    return limited(value, fact, service)


def limited(value: str, fact: Fact, service: Service) -> str:
    """The text of a fact's value with what limits it."""
    if not fact.under:
        return value
    return "; ".join((value, *sorted(_under(line, service) for line in fact.under if isinstance(line, BOUND_TOGETHER))))


def said_of_value(value: Value, field: Field | None, vocabulary: Vocabulary) -> str:
    """A value alone, with its hedge: `about 1,200,000`, `in words "adults"`, `none`."""
    if value.state == State.STATED:
        text = _stated(value.content, field, vocabulary)
        return f"{value.hedge} {text}" if value.hedge else text
    words = f'{_JOINS.get(value.state, "")} "{value.content}"' if isinstance(value.content, str) else ""
    by = f" by {value.by.show()}" if value.by else ""
    per = f" per {value.per}" if value.per else ""
    scope = f" for {' '.join(value.scope)}" if value.scope else ""
    return f"{_LEADS[value.state]}{words}{by}{per}{scope}"


def field_of(fact: Fact, vocabulary: Vocabulary) -> Field | None:
    """The vocabulary's entry for a fact; None for a payment and for an unknown field."""
    return None if fact.field == PAY else vocabulary.fields.get(fact.field)


def _stated(content: object, field: Field | None, vocabulary: Vocabulary) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, WordSet) and field is not None:
        return _in_order(content, vocabulary.choices(field)).show()
    return shown(content)


def _in_order(content: WordSet, order: tuple[str, ...]) -> WordSet:
    """The words in the order of the vocabulary, which a document need not keep; unknown ones last."""
    places = {word: place for place, word in enumerate(order)}
    members = sorted(dict.fromkeys(content.members), key=lambda word: (places.get(word, len(order)), word))
    return content._replace(members=tuple(members))


def _under(line: Under, service: Service) -> str:
    """A line under a fact as it is written, without its sources, blanks and capitals."""
    text = service.lines[line.line - 1]
    cites = getattr(line, "cites", ())
    end = min((cite.start for cite in cites), default=line.end)
    return plain(text[line.start : end]).removeprefix("except ")


def plain(text: str) -> str:
    """A piece of a line in lower case with single blanks; what stands in quotes keeps its own."""
    straight = text.replace("\u201c", '"').replace("\u201d", '"')
    pieces = _WORDS.split(straight)
    kept = [piece if piece.startswith('"') else piece.lower() for piece in pieces if piece]
    joined = " ".join(" ".join(piece.split()) if not piece.startswith('"') else piece for piece in kept)
    return joined.strip()
