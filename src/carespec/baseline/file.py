"""A baseline as a file: one entry a line, sorted, so that two branches that change it can be joined."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from carespec.baseline import Entry
from carespec.records import SEVERITIES

_VERSION = 1
_KEYS = frozenset(Entry._fields)


class Damaged(Exception):
    """A file that is no baseline, with a sentence that says why."""


def written(entries: Iterable[Entry]) -> str:
    """The text of a baseline."""
    lines = [json.dumps(entry._asdict(), ensure_ascii=False) for entry in sorted(entries)]
    inside = "\n" + ",\n".join(f"    {line}" for line in lines) + "\n  " if lines else ""
    return f'{{\n  "carespec-baseline": {_VERSION},\n  "findings": [{inside}]\n}}\n'


def parsed(text: str) -> tuple[Entry, ...]:
    """The entries of a baseline. Raises Damaged."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise Damaged(f"it is not written as JSON: {error}") from None
    if not isinstance(data, dict) or "carespec-baseline" not in data:
        raise Damaged("it is no baseline of carespec")
    if data["carespec-baseline"] != _VERSION:
        raise Damaged("it was written by another version of carespec; `carespec baseline create` writes a new one")
    found = data.get("findings")
    if not isinstance(found, list):
        raise Damaged("it has no list of findings")
    return tuple(_entry(each, number) for number, each in enumerate(found, 1))


def _entry(data: Any, number: int) -> Entry:
    known = isinstance(data, dict) and set(data) == _KEYS and all(isinstance(value, str) for value in data.values())
    if not known or data["severity"] not in SEVERITIES:
        raise Damaged(f"its entry {number} does not have an `id`, what the document `says`, and a `severity`")
    return Entry(**data)
