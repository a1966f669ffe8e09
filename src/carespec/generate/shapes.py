"""Trees of lines as they are commonly built, made beforehand: most lines of a first file are built like one of them.

To parse a line of a kind that was never met takes several times as long as to fill its words into a known tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from carespec.syntax.driver import Remembered, parse_line, tables_from
from carespec.vocabulary import Vocabulary

_START = "service_line"
_CITATION = "[contract 1]"


def shapes(
    grammar: Mapping[str, Any], vocabularies: Iterable[Vocabulary], mistakes: Mapping[str, Any]
) -> dict[tuple[str, ...], Remembered]:
    """What `Tables.remembered` knows once every example has been read, with and without a source beside it."""
    tables = tables_from(grammar)
    for line in (*_examples(vocabularies), *_mended(mistakes)):
        parse_line(tables, line, _START)
        parse_line(tables, f"{line} {_CITATION}", _START)
    return tables.remembered.all()


def _examples(vocabularies: Iterable[Vocabulary]) -> Iterator[str]:
    """A line for each example of each field."""
    for vocabulary in vocabularies:
        for field in vocabulary.fields.values():
            path = " ".join((field.name, *list(vocabulary.keys(field))[:1]))
            yield from (f"{path}: {example}" for example in field.examples)


def _mended(mistakes: Mapping[str, Any]) -> Iterator[str]:
    """What is written instead of the samples of mistakes."""
    for entry in mistakes["mistakes"]:
        yield from (sample["write"] for sample in entry["samples"] if sample.get("write"))
