"""A YAML file as nodes with places. No object is made of it, so no tag of a file can do anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from carespec.exchange.nodes import Entries, Items, Node, Place, Scalar, Unreadable, exact_place

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 12
"""No service is written deeper; an alias that contains itself would be bottomless."""

_WHY = (
    ("tab", "a tab stands where YAML takes only blanks", "Indent with blanks."),
    ("mapping values are not allowed", "a second colon stands on one line", "Put the text that holds it in quotes."),
    ("found character", "a text begins with a sign that means something in YAML", "Put the text in quotes."),
    ("quoted scalar", "a quote is opened and not closed", "Close the quote."),
    ("end of stream", "the file ends inside a quote or a bracket", "Close the quote or the bracket."),
    ("single document", "a second document begins here", "Put each service in a file of its own."),
    ("could not find expected ':'", "this line has no colon", "Write the key, a colon, a blank and the value."),
    ("alias", "this refers to something that the file does not name", "Write the value itself."),
    ("block end", "this line is not indented as the lines around it", "Indent lines that belong together equally."),
    ("block mapping", "this line is not indented as the lines around it", "Indent lines that belong together equally."),
    ("flow", "a bracket is opened and not closed, or a comma is missing", "Close the bracket, or part with commas."),
)


def read_yaml(lines: Sequence[str]) -> Node | None:
    """What the lines hold; None for nothing. Raises Unreadable."""
    try:
        root = yaml.compose("\n".join(lines) + "\n", Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        raise _unreadable(error) from None
    except yaml.YAMLError:
        raise Unreadable(1, 0, "a sign that YAML cannot hold stands in this file", "Save it as plain text.") from None
    return None if root is None else _Reader(lines).node(root)


def _unreadable(error: yaml.MarkedYAMLError) -> Unreadable:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column) if mark else (1, 0)
    said = f"{error.problem} {error.context}"
    for piece, message, fix in _WHY:
        if piece in said:
            return Unreadable(line, column, f"from here on the file cannot be read as YAML: {message}", fix)
    fix = "Look for a quote, a bracket or an indent that differs from the lines around it."
    return Unreadable(line, column, "from here on the file cannot be read as YAML", fix)


class _Reader:
    """Makes nodes of the parser's; what an alias repeats is made once, however often it stands in the file."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self._made: dict[int, Node] = {}

    def node(self, node: Any, depth: int = 0) -> Node:
        found = self._made.get(id(node))
        if found is None:
            found = self._made[id(node)] = self._new(node, depth)
        return found

    def _new(self, node: Any, depth: int) -> Node:
        place = _place(node, self.lines)
        if depth > _DEEPEST:
            message = "this stands deeper than a service has parts"
            raise Unreadable(place.line, place.start, message, "Write it flatter.")
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node, self.lines)
        if isinstance(node, yaml.SequenceNode):
            return Items(tuple(self.node(item, depth + 1) for item in node.value), place)
        items = ((_key(key, self.lines), self.node(value, depth + 1)) for key, value in node.value)
        return Entries(tuple(items), place)


def _scalar(node: Any, lines: Sequence[str]) -> Scalar:
    empty = node.style in (None, "") and node.tag.endswith(":null")
    return Scalar(node.value, exact_place(node.value, _place(node, lines), lines), empty)


def _key(node: Any, lines: Sequence[str]) -> Scalar:
    """A key; one that is itself a list or a mapping stands for nothing, and is taken as an empty one."""
    return _scalar(node, lines) if isinstance(node, yaml.ScalarNode) else Scalar("", _place(node, lines), True)


def _place(node: Any, lines: Sequence[str]) -> Place:
    """The place of a node. What ends at the beginning of a line ends on the one before."""
    start, end = node.start_mark, node.end_mark
    end_line, column = end.line, end.column
    while column == 0 and end_line > start.line:
        end_line -= 1
        column = len(lines[end_line].rstrip()) if end_line < len(lines) else 0
    return Place(start.line + 1, start.column, end_line + 1, column)
