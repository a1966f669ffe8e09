"""A YAML or JSON file as a source in the language, with the way back."""

from __future__ import annotations

import re

from carespec.exchange.from_data import write_lines
from carespec.exchange.nodes import Node, Unreadable
from carespec.exchange.pieces import own_parser
from carespec.exchange.places import Places
from carespec.source import Source, Trouble, from_text, stem
from carespec.syntax.document import LineParser
from carespec.tuples import NamedTuple

UNREADABLE = "unreadable-data"


class DataFile(NamedTuple):
    """What a data file says, in the language: a source to be read as any other, and the way back from its places."""

    source: Source
    places: Places


class Unread(NamedTuple):
    """A file that is no YAML or JSON, with the troubles that make it so, in its own lines."""

    troubles: tuple[Trouble, ...]


def read_data(file: Source, parse: LineParser | None = None) -> DataFile | Unread:
    """The lines that a `.care.yaml` or `.care.json` file stands for."""
    unseen = tuple(trouble for trouble in file.troubles if trouble.name == "unseen-character")
    if unseen:
        return Unread(unseen)
    try:
        root = _root(file)
    except Unreadable as error:
        return Unread((_trouble(file, error),))
    writer = write_lines(root, _name(file.path), parse or own_parser())
    source = from_text(file.path, "\n".join(writer.lines))
    troubles = (*writer.troubles, *source.troubles)
    return DataFile(source._replace(troubles=troubles), Places(tuple(writer.pieces), file.lines))


def _root(file: Source) -> Node:
    """What the file holds. The reader of YAML is loaded only for a file that needs it."""
    if file.path.lower().endswith(".json"):
        from carespec.exchange.read_json import read_json

        root = read_json(file.lines)
    else:
        from carespec.exchange.read_yaml import read_yaml

        root = read_yaml(file.lines)
    if root is None:
        raise Unreadable(1, 0, "this file is empty", f"Write `service: {_name(file.path)}` and what it offers.")
    return root


def _name(path: str) -> str:
    """A name for a service that has none."""
    found = "-".join(re.findall("[a-z0-9]+", stem(path).lower())).lstrip("0123456789-")
    return "northshire" if path.startswith("<") else found or "northshire"


def _trouble(file: Source, error: Unreadable) -> Trouble:
    line = min(max(error.line, 1), len(file.lines))
    end = len(file.lines[line - 1].rstrip())
    start = min(error.column, max(end - 1, 0))
    return Trouble(UNREADABLE, line, start, max(end, start + 1), error.message, error.fix)
