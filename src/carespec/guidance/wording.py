"""A rule's message with the values found in it: `{FIELD}`, `{FIELD KEY}`, `{standard}` and what engines work out.

The list of placeholders is closed: `unknown_placeholders` finds the others, when a pack is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from carespec.guidance.blame import Blame, facts_of
from carespec.guidance.derived import INCENTIVE
from carespec.model.facts import Except, Fact, Service, State, Value
from carespec.quantities.numbers import shown
from carespec.rules.asked import Subject
from carespec.rules.text import unknown_field
from carespec.vocabulary import Vocabulary

STANDARD: Final = "standard"
OF_COMPARISONS: Final = (
    "count", "lowest", "highest", "median", "ratio", "lowest-service", "highest-service",
)  # fmt: skip
OF_INCENTIVES: Final = ("gain", "given", "sessions-due")
"""What the engine of incentives works out; "a sum that was not worked out" where it has not."""

_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
_LEAD: Final = re.compile(
    r"(?:(?:every|some|no)\s+)?[\w-]+(?:\s+[\w-]+)?\s+"
    r"(?:meets|includes\s+any\s+of|includes|is\s+not\s+one\s+of|is\s+one\s+of|is\s+not|is)\s+",
    re.IGNORECASE,
)


def placeholders(text: str) -> list[str]:
    """What stands in curly brackets in a message, in order."""
    return [" ".join(found.lower().split()) for found in _PLACEHOLDER.findall(text)]


def unknown_placeholders(text: str, known: tuple[str, ...], vocabulary: Vocabulary) -> list[str]:
    """Those that are neither `known` nor a field, with or without its key."""
    return [name for name in placeholders(text) if name not in known and not _is_field(name, vocabulary)]


def _is_field(name: str, vocabulary: Vocabulary) -> bool:
    field, _, key = name.partition(" ")
    return field != INCENTIVE and unknown_field(field, key or None, vocabulary, 0, 0) is None


def filled(text: str, subject: Subject, found: Blame | None, figures: Mapping[str, str]) -> str:
    """A message with every placeholder replaced by what the document, the rule or an engine says."""

    def value(match: re.Match[str]) -> str:
        name = " ".join(match.group(1).lower().split())
        if name == STANDARD:
            return standard(found)
        if name in OF_INCENTIVES:
            return figures.get(name, "an amount that was not worked out")
        return value_in_words(name, subject)

    return _PLACEHOLDER.sub(value, text)


def standard(found: Blame | None) -> str:
    """What the rule asks for, as its author wrote it: "within 28 calendar days of referral"."""
    if found is None:
        return "what the rule asks"
    start = found.clause.start
    written = found.clause.text[found.test.start - start : found.test.end - start]
    return _LEAD.sub("", written, count=1) or written


def value_in_words(path: str, subject: Subject) -> str:
    """What the document says about a path, with its exceptions; "not stated" where it says nothing."""
    facts = facts_of(path, subject)
    if not facts:
        return "not stated"
    if len(facts) == 1:
        return _said(facts[0], subject.service)
    return "; ".join(f"{fact.key or fact.field}: {_said(fact, subject.service)}" for fact in facts)


def _said(fact: Fact, service: Service) -> str:
    words = _written(fact.value, fact.line, service)
    exceptions = [under for under in fact.under if isinstance(under, Except)]
    if not exceptions:
        return words
    others = [_except_in_words(one, service) for one in exceptions]
    return f"{words} ({'; '.join(others)})"


def _except_in_words(one: Except, service: Service) -> str:
    text = service.lines[one.line - 1] if one.line <= len(service.lines) else ""
    return " ".join(text[one.start : one.end].split("[", 1)[0].split())


def _written(value: Value, line: int, service: Service) -> str:
    """A value as the document writes it."""
    if value.state in (State.NOT_STATED, State.SILENT):
        return "not stated"
    if value.state == State.IN_WORDS and isinstance(value.content, str):
        return f"“{value.content}”"
    text = service.lines[line - 1][value.start : value.end] if line <= len(service.lines) else ""
    if text.strip():
        return " ".join(text.split())
    if value.content is None or isinstance(value.content, str):
        return value.content or value.state
    return shown(value.content)
