"""Data as written, with its places: what a YAML or a JSON file holds before anything is read as language.

Scalars stay text, as the file has them: `2012-08-17` is no date here and `no` no falsehood, for the language has
words of its own for both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from carespec.tuples import NamedTuple


class Place(NamedTuple):
    """Where something stands: lines from 1, offsets in them from 0, the end excluded.

    `exact` if the text of a scalar stands there letter by letter, so that a piece of it has a place of its own.
    """

    line: int
    start: int
    end_line: int
    end: int
    exact: bool = False


NOWHERE = Place(1, 0, 1, 0)


class Scalar(NamedTuple):
    """A text, a figure or a word; `empty` where the file has nothing or `null`."""

    text: str
    place: Place = NOWHERE
    empty: bool = False


class Entries(NamedTuple):
    """Keys with their values, in the order of the file; a key may come twice."""

    items: tuple[tuple[Scalar, Node], ...]
    place: Place = NOWHERE


class Items(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    place: Place = NOWHERE


Node: TypeAlias = Scalar | Entries | Items


class Unreadable(Exception):
    """A file that is not YAML, or not JSON: from where on, why, and what to do about it."""

    def __init__(self, line: int, column: int, message: str, fix: str) -> None:
        super().__init__(message)
        self.line, self.column, self.message, self.fix = line, column, message, fix


def exact_place(text: str, place: Place, lines: Sequence[str]) -> Place:
    """The place of a scalar's own text, without quotes, where it stands on one line as it is; else its whole place."""
    if place.line != place.end_line or place.line > len(lines):
        return place
    for start in (place.start, place.start + 1):
        if text and lines[place.line - 1].startswith(text, start) and start + len(text) <= place.end:
            return Place(place.line, start, place.line, start + len(text), True)
    return place


def from_plain(data: object) -> Node:
    """Mappings, lists, texts and figures as nodes without a place. Raises TypeError for anything else."""
    if isinstance(data, Mapping):
        return Entries(tuple((Scalar(str(key)), from_plain(value)) for key, value in data.items()))
    if isinstance(data, list | tuple):
        return Items(tuple(from_plain(item) for item in data))
    if data is None:
        return Scalar("", empty=True)
    if isinstance(data, str | int | float):
        return Scalar(_as_written(data))
    raise TypeError(f"a {type(data).__name__} is no part of a service's data")


def _as_written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
