"""Lines of the language as they are put together, each knowing where its pieces come from."""

from __future__ import annotations

import re

from carespec.exchange.nodes import Node, Place, Scalar
from carespec.exchange.pieces import Fault
from carespec.exchange.places import Piece
from carespec.source import Trouble
from carespec.tuples import NamedTuple

MISPLACED = "misplaced-data"
_BREAKS = re.compile(r"\s*[\r\n\x0b\x0c\x85\u2028\u2029]\s*")


class Misplaced(Exception):
    """Something that cannot stand where it stands: why, what to do, and where."""

    def __init__(self, message: str, fix: str, place: Place, name: str = MISPLACED) -> None:
        super().__init__(message)
        self.name, self.message, self.fix, self.place = name, message, fix, place


class Part(NamedTuple):
    """A piece of a line to be: its text, where it comes from (None for what the writer adds), what is wrong with it."""

    text: str
    place: Place | None = None
    fault: Fault | None = None


class Writer:
    """The lines so far, with the pieces of each and the troubles found."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.pieces: list[tuple[Piece, ...]] = []
        self.troubles: list[Trouble] = []

    def write(self, parts: list[Part]) -> None:
        """Add a line; it will not be read if one of its parts is at fault."""
        number, at = len(self.lines) + 1, 0
        pieces: list[Piece] = []
        faulty = False
        for part in parts:
            if part.place is not None:
                pieces.append(Piece(at, at + len(part.text), part.place))
            if part.fault is not None and not faulty:
                name, message, fix, start, end = part.fault
                self.troubles.append(Trouble(name, number, at + start, at + end, message, fix))
                faulty = True
            at += len(part.text)
        self.lines.append("".join(part.text for part in parts))
        self.pieces.append(tuple(pieces))

    def unread(self, text: str, wrong: Misplaced) -> None:
        """Add a line that stands for what cannot be read."""
        text = text if text.strip() else f"{text}?"
        place = wrong.place._replace(exact=False)
        self.write([Part(text, place, Fault(wrong.name, wrong.message, wrong.fix, 0, len(text)))])

    def blank(self) -> None:
        """Add an empty line, which says nothing."""
        self.lines.append("")
        self.pieces.append(())


def text_at(node: Node, what: str) -> Scalar:
    """The scalar that must stand there, on one line. Raises Misplaced for a list, a mapping, or nothing."""
    if not isinstance(node, Scalar):
        raise Misplaced(f"{what} is one text, and no list or group of entries", f"Write {what} as a text.", node.place)
    text = one_line(node.text)
    if node.empty or not text:
        message = f"{what} is left empty, which says neither that there is none nor that nobody has decided"
        raise Misplaced(message, "Write `none`, `not stated`, or what holds.", node.place)
    return node._replace(text=text)


def one_line(text: str) -> str:
    """A text of several lines as one: a line of the language has no end but its own."""
    return _BREAKS.sub(" ", text.strip("\r\n"))
