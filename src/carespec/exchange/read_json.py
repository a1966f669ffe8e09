"""A JSON file as nodes with places, which the standard reader does not keep."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from json import JSONDecodeError, JSONDecoder

from carespec.exchange.nodes import Entries, Items, Node, Place, Scalar, Unreadable, exact_place

_BLANKS = re.compile(r"[ \t\r\n]*")
_BARE = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?|true|false|null")
_TEXT = JSONDecoder(strict=False)
_DEEPEST = 12


def read_json(lines: Sequence[str]) -> Node | None:
    """What the lines hold; None for nothing. Raises Unreadable."""
    reader = _Reader(lines)
    if reader.next() == "":
        return None
    root = reader.node(0)
    if reader.next() != "":
        raise reader.unreadable("something follows where the service ends", "Put each service in a file of its own.")
    return root


class _Reader:
    """A place in the text, moving forward."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines, self.text, self.at = lines, "\n".join(lines), 0
        self.begins = [0]
        for line in lines:
            self.begins.append(self.begins[-1] + len(line) + 1)

    def next(self) -> str:
        """The next sign that is not blank; nothing at the end."""
        found = _BLANKS.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def node(self, depth: int) -> Node:
        if depth > _DEEPEST:
            raise self.unreadable("this stands deeper than a service has parts", "Write it flatter.")
        sign = self.next()
        if sign == "{":
            return self._entries(depth)
        return self._items(depth) if sign == "[" else self._scalar()

    def _entries(self, depth: int) -> Entries:
        begin = self._pass()
        items: list[tuple[Scalar, Node]] = []
        while self._goes_on("}", bool(items)):
            if self.next() != '"':
                raise self.unreadable("a key in double quotes is missing here", "Write the key in double quotes.")
            key = self._scalar()
            if self.next() != ":":
                raise self.unreadable("a colon is missing here", "Write a colon between the key and its value.")
            self._pass()
            items.append((key, self.node(depth + 1)))
        return Entries(tuple(items), self._place(begin))

    def _items(self, depth: int) -> Items:
        begin = self._pass()
        items: list[Node] = []
        while self._goes_on("]", bool(items)):
            items.append(self.node(depth + 1))
        return Items(tuple(items), self._place(begin))

    def _goes_on(self, closing: str, any_yet: bool) -> bool:
        """Whether another member follows; passes the comma before it, or the closing bracket."""
        sign = self.next()
        if sign == closing:
            self._pass()
            return False
        if sign == "":
            raise self.unreadable(f"the file ends before `{closing}`", f"Write `{closing}` where this part ends.")
        if any_yet:
            if sign != ",":
                raise self.unreadable("a comma is missing before this", "Part the members by commas.")
            self._pass()
            if self.next() == closing:
                raise self.unreadable("nothing follows the last comma", "Delete the comma.")
        return True

    def _pass(self) -> int:
        self.at += 1
        return self.at - 1

    def _scalar(self) -> Scalar:
        begin = self.at
        if self.next() == '"':
            try:
                text, self.at = _TEXT.raw_decode(self.text, begin)
            except JSONDecodeError:
                raise self.unreadable("a text in quotes is not closed, or holds `\\` alone", "Close it.") from None
            return Scalar(text, exact_place(text, self._place(begin), self.lines))
        bare = _BARE.match(self.text, begin)
        if bare is None:
            raise self.unreadable("neither a text in double quotes nor a figure", "Write the value in double quotes.")
        self.at = bare.end()
        return Scalar(bare[0], exact_place(bare[0], self._place(begin), self.lines), bare[0] == "null")

    def _place(self, begin: int) -> Place:
        line, end_line = bisect_right(self.begins, begin), bisect_right(self.begins, self.at - 1)
        return Place(line, begin - self.begins[line - 1], end_line, self.at - self.begins[end_line - 1])

    def unreadable(self, why: str, fix: str) -> Unreadable:
        line = min(bisect_right(self.begins, self.at), len(self.lines))
        column = self.at - self.begins[line - 1]
        return Unreadable(line, column, f"from here on the file cannot be read as JSON: {why}", fix)
