"""From data to the lines of the language that say the same.

An entry of the data is a line: its key is what stands before the colon, its value what follows. Where more belongs to
it, its value is a group: `value`, `source`, and an entry for each line that stands under it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from carespec.exchange import parts
from carespec.exchange.groups import FACT, UNDER, each, entry, stranger
from carespec.exchange.nodes import Entries, Items, Node, Scalar, from_plain
from carespec.exchange.pieces import own_parser
from carespec.exchange.writer import Misplaced, Part, Writer
from carespec.syntax.document import LineParser
from carespec.vocabulary import DEFAULT, Vocabulary, load, names, nearest

_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*( [a-z][a-z0-9]*([.-][a-z0-9]+)*)?", re.IGNORECASE)
_APART = ("service", "sections", "$schema")
_MOST_LINES = 10_000
"""Aliases of YAML can make a short file say very much; no service is as long as this."""


def from_data(data: Mapping[str, Any], parse: LineParser | None = None) -> str:
    """A service's data, as `to_data` gives it, as text in the language.

    Raises ValueError, in words for its author, for data that no lines can say.
    """
    written = write_lines(from_plain(data), "service", parse or own_parser())
    if written.troubles:
        raise ValueError("; ".join(trouble.message for trouble in written.troubles))
    return "\n".join(written.lines) + "\n"


def write_lines(root: Node, name: str, parse: LineParser) -> Writer:
    """The lines that a file's data stands for; `name` is the service's where the data gives none."""
    writer = Writer()
    if isinstance(root, Entries):
        try:
            _Service(writer, _vocabulary(root), parse).write(root, name)
        except _TooLong:
            message = "this file says more than any service does, and was not read to its end"
            writer.unread("?", Misplaced(message, "Write it without aliases, or in parts.", root.place))
    else:
        writer.write([Part(f"service {name}", root.place)])
        message = "a service is written as keys with values, and this is something else"
        writer.unread("?", Misplaced(message, f"Begin with `service: {name}`.", root.place))
    return writer


def _vocabulary(root: Entries) -> Vocabulary:
    """The vocabulary that the data names, if it ships."""
    for key, node in root.items:
        if key.text.lower() == "vocabulary":
            inner = _value_of(node) if isinstance(node, Entries) else node
            words = inner.text.lower().split() if isinstance(inner, Scalar) else []
            if words and words[0] in names():
                return load(words[0])
    return load(DEFAULT)


def _value_of(group: Entries) -> Node | None:
    return next((node for key, node in group.items if key.text == "value"), None)


class _TooLong(Exception):
    """There are more lines than a service can have."""


class _Service:
    """One service being written, entry by entry."""

    def __init__(self, writer: Writer, vocabulary: Vocabulary, parse: LineParser) -> None:
        self.writer, self.vocabulary, self.parse = writer, vocabulary, parse

    def write(self, root: Entries, name: str) -> None:
        """All of it: the header, what stands before the first section, the sections."""
        self._header(root, name)
        self._entries(root, _APART)
        for key, node in root.items:
            if key.text == "sections":
                self._sections(node)

    def _at(self, key: Scalar | None = None) -> parts.Context:
        return parts.Context(self.parse, self.vocabulary, key.text if key else "")

    def _header(self, root: Entries, name: str) -> None:
        found = [(key, node) for key, node in root.items if key.text == "service"]
        if not found:
            self.writer.write([Part(f"service {name}", root.place)])
            message = f"nothing names the service: it is read as `{name}`"
            self.writer.unread("  service:", Misplaced(message, f"Write `service: {name}` first.", root.place))
        for _, node in found:
            self._line("service:", lambda node=node: parts.header(node, self._at()))  # type: ignore[misc]
        self.writer.blank()

    def _sections(self, node: Node) -> None:
        for part in each(node):
            self.writer.blank()
            title = next((inner for key, inner in _items(part) if key.text == "section"), None)
            if title is None:
                message = "this part of the service has no `section` with its heading"
                self.writer.unread("section", Misplaced(message, "Write `section:` and the heading first.", part.place))
            else:
                self._line("section", lambda title=title: parts.section(title))  # type: ignore[misc]
            self.writer.blank()
            if isinstance(part, Entries):
                self._entries(part, ("section",))

    def _entries(self, group: Entries, apart: tuple[str, ...]) -> None:
        for key, node in group.items:
            if key.text not in apart:
                self._entry(key, node)

    def _entry(self, key: Scalar, node: Node) -> None:
        """One line, or several where the value is a list of them."""
        if not _KEY.fullmatch(key.text):
            self.writer.unread("?", self._no_key(key))
            return
        make = parts.LINE_PARTS.get(key.text.split()[0].lower())
        several = not isinstance(node, Items) or not parts.is_list_of_members(key.text, node, self.vocabulary)
        for one in each(node) if several else (node,):
            if make is not None:
                self._line(f"{key.text}:", lambda one=one, make=make: make(key, one, self._at(key)))  # type: ignore[misc]
            else:
                self._fact(key, one)

    def _no_key(self, key: Scalar) -> Misplaced:
        """A key that no line begins with, with the field that was probably meant."""
        near = nearest("-".join(re.findall("[a-z0-9]+", key.text.lower())), self.vocabulary.fields)
        fix = f"Write `{near}`." if near else "Write the name of a field: `carespec fields` lists them."
        asked = f"; did you mean `{near}`?" if near else ""
        return Misplaced(f"`{key.text}` is no name of a field{asked}", fix, key.place)

    def _fact(self, key: Scalar, node: Node) -> None:
        """A fact or a payment with the lines under it."""
        group = node if isinstance(node, Entries) else None
        self._line(f"{key.text}:", lambda: self._head(key, node, group))
        for name, inner in _items(node):
            if name.text in UNDER:
                make = parts.UNDER_PARTS[name.text]
                for one in each(inner):
                    self._line(
                        f"  {name.text}:",
                        lambda name=name, one=one, make=make: [Part("  "), *make(name, one, self._at(key))],  # type: ignore[misc]
                    )
            elif name.text not in FACT:
                self.writer.unread(f"  {name.text}:", stranger(name, FACT))

    def _head(self, key: Scalar, node: Node, group: Entries | None) -> list[Part]:
        value = entry(group, "value") if group else node
        if value is None:
            fix = "Write `value:` and what holds, or `not stated`."
            raise Misplaced(f"`{key.text}` has no `value`", fix, key.place)
        return parts.fact(key, value, group, self._at(key))

    def _line(self, instead: str, make: Callable[[], list[Part]]) -> None:
        """Write the line that `make` gives, or, if it cannot be put together, one that is not read."""
        try:
            line = make()
        except Misplaced as wrong:
            self.writer.unread(instead, wrong)
            return
        self.writer.write(line)
        if len(self.writer.lines) > _MOST_LINES:
            raise _TooLong


def _items(node: Node) -> tuple[tuple[Scalar, Node], ...]:
    return node.items if isinstance(node, Entries) else ()
