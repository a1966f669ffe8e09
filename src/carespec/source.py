"""A file's text as lines, and places in it; what is wrong with the bytes before anything is read as language.

Text arrives from Word processors: with a byte order mark, Windows characters, hard spaces or other line ends. All of
it is read. What cannot be text is reported once, at its place, and loses nothing else.
"""

from __future__ import annotations

import os
import re

from carespec.tuples import NamedTuple

MARK = "\ufeff"
BLANKS = " \t\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u202f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))
"""What counts as a blank between words, as in the grammar: text from word processors has many kinds."""
_LINE_END = re.compile(r"\r\n|\n|\r")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


DATA_ENDINGS = (".care.yaml", ".care.yml", ".care.json")
"""Services written as YAML or JSON."""


class Position(NamedTuple):
    """A line and a column, both from 1; a column counts code points."""

    line: int
    column: int


class Span(NamedTuple):
    """A piece of a file; the end is the first position after it."""

    start: Position
    end: Position


class Trouble(NamedTuple):
    """Something in the bytes that is no text: where, what it is, and what to do about it."""

    name: str
    line: int
    start: int
    end: int
    message: str
    fix: str


class Source(NamedTuple):
    """A file as read: its path as given, its lines without their ends, and the troubles found while decoding."""

    path: str
    lines: tuple[str, ...]
    troubles: tuple[Trouble, ...] = ()
    newline: str = "\n"


def is_data(path: str) -> bool:
    """Whether a file is a service written as YAML or JSON."""
    return path.lower().endswith(DATA_ENDINGS)


def stem(path: str) -> str:
    """The name of a file without its folder and its ending."""
    name = os.path.basename(path)
    ending = next((ending for ending in DATA_ENDINGS if name.lower().endswith(ending)), "")
    return name[: -len(ending)] if ending else os.path.splitext(name)[0]


def span_of(line: int, start: int, end: int) -> Span:
    """The span of offsets `start` to `end` (from 0, end excluded) of a line."""
    return Span(Position(line, start + 1), Position(line, end + 1))


def read_bytes(path: str) -> bytes:
    """What a file holds. Raises OSError as `open` does."""
    with open(path, "rb") as file:
        return file.read()


def read_file(path: str) -> Source:
    """The source at that path. Raises OSError as `open` does."""
    return from_bytes(path, read_bytes(path))


def from_bytes(path: str, data: bytes) -> Source:
    """Decode a file: UTF-8 as a rule, UTF-16 with its mark, Windows-1252 line by line where it is not UTF-8."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _from_utf16(path, data, "utf-16")
    if len(data) > 3 and data[:400].count(0) * 3 > len(data[:400]):
        return _from_utf16(path, data, "utf-16-le" if data[1] == 0 else "utf-16-be")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _from_mixed(path, data)
    return from_text(path, text)


def from_text(path: str, text: str) -> Source:
    """The source of a text that is already decoded."""
    text = text.removeprefix(MARK)
    lines = tuple(_LINE_END.split(text)) if "\r" in text else tuple(text.split("\n"))
    found = _LINE_END.search(text) if "\r" in text else None
    unseen = _unseen(lines) if _UNSEEN.search(text) else ()
    return Source(path, lines, unseen, found.group() if found else "\n")


def _unseen(lines: tuple[str, ...]) -> tuple[Trouble, ...]:
    """One trouble for each line that holds control characters."""
    return tuple(
        Trouble(
            "unseen-character",
            number,
            match.start(),
            match.end(),
            f"this line holds a character that cannot be seen (number {ord(match.group())}), so it was not read",
            "Retype the line, or paste it again as plain text.",
        )
        for number, line in enumerate(lines, 1)
        if (match := _UNSEEN.search(line))
    )


def _from_utf16(path: str, data: bytes, encoding: str) -> Source:
    source = from_text(path, data.decode(encoding, errors="replace"))
    trouble = Trouble(
        "not-utf-8", 1, 0, 1, "this file is saved as UTF-16; it was read, but other programs will not read it",
        "Save the file as plain text in UTF-8.",
    )  # fmt: skip
    return source._replace(troubles=(trouble, *source.troubles))


def _from_mixed(path: str, data: bytes) -> Source:
    """Some lines are not UTF-8: read those as Windows-1252, and say so once if the whole file is of that kind."""
    lines, bad, others = [], [], 0
    for number, raw in enumerate(re.split(rb"\r\n|\n|\r", data), 1):
        try:
            line = raw.decode("utf-8")
            others += not line.isascii()
        except UnicodeDecodeError as error:
            line = raw.decode("cp1252", errors="replace")
            bad.append((number, error.start))
        lines.append(line)
    source = from_text(path, "\n".join(lines))
    unseen = {trouble.line for trouble in source.troubles}
    troubles = [_not_utf8(number, column) for number, column in bad if number not in unseen]
    return source._replace(troubles=(*(troubles if others else troubles[:1]), *source.troubles))


def _not_utf8(line: int, byte: int) -> Trouble:
    return Trouble(
        "not-utf-8", line, byte, byte + 1,
        "this file is not saved as UTF-8 from here on; characters such as £ and quotes may have been read wrongly",
        "Save the file as plain text in UTF-8.",
    )  # fmt: skip
