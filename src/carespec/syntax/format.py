"""The one way to write a file, so that two authors of the same facts give the same text.

Lines are written again from their words, never from their trees: a tree leaves out words, and knows no
comments. A line that cannot be read is left exactly as it is. What was written is then read again: if a
comment or a word were lost, the original comes back, with the names of what would have been lost.

The formatter knows no fields, so it cannot tell an organisation code (`QNQ`) from a word in capitals. A name
of up to six capitals and figures keeps them where a value can stand; any other name is put in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import zip_longest

from carespec.quantities.dates import DateSpan, make_day, make_financial_year, make_month, month_number
from carespec.source import BLANKS, MARK, Source, from_text
from carespec.syntax.document import STARTS, UNDER, LineParser, kind_of
from carespec.syntax.driver import line_tokens
from carespec.syntax.tree import Node, Token
from carespec.tuples import NamedTuple

COMMENT = "#"
UNREAD = "unread"
_INNER_BLANKS = re.compile("[ \t\u00a0]+")
_NEVER_TEXT = "\ufffd"
"""Stands where bytes could not be decoded: writing the file would lose those bytes for good."""

_APART = frozenset(("section", "rule", "comparison"))
_PARTS = frozenset(("applies", "unless", "require", "flag", "measures", "text", "quote", "example", "detail"))
"""What stands inside a rule or a comparison."""

_NO_BLANK_BEFORE = frozenset(("COLON", "COMMA", "RPAR"))
_VALUE_AFTER = frozenset(("COLON", "COMMA", "TO", "IS", "NOT", "OF", "INCLUDES", "EXCEPT", "DIFFERS"))
"""After these a name may be an organisation code."""

_CODE = re.compile("[A-Z0-9]{1,6}")
_DAY = re.compile(r"([0-9]{1,2}) ([A-Za-z]+) ([0-9]{4})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MONTH = re.compile(r"([A-Za-z]+) ([0-9]{4})")
_FINANCIAL_YEAR = re.compile(r"([0-9]{4})/([0-9]{2})")


class Formatted(NamedTuple):
    """A file as it should be written.

    `changed` compares with the source's lines and line ends; a source does not know its file's byte order
    mark, encoding or mixed line ends. `unread` are the numbers, from 1, of the lines that could not be read
    and were left as they are. `lost` says, one sentence a loss, what writing the file would lose: then `text`
    is the original, and nothing may be written.
    """

    text: str
    changed: bool
    unread: tuple[int, ...] = ()
    lost: tuple[str, ...] = ()


class _Row(NamedTuple):
    """A line that is not blank: where it stood, what it is, and how it is written without its indent.

    `kind` is the grammar's name for it, COMMENT, or UNREAD. `words` are its tokens as read.
    """

    number: int
    kind: str
    text: str
    comment: str
    words: tuple[Token, ...]
    after_blank: bool


def format_source(source: Source, parse: LineParser, kind: str | None = None) -> Formatted:
    """Write a source the one way; `kind` is a key of `STARTS`, else its name or first line decides."""
    original = source.newline.join(source.lines)
    plain = from_text(source.path, "\n".join(source.lines).lstrip(MARK))
    kind = kind or kind_of(plain)
    rows = _rows(plain, parse, kind)
    unread = tuple(row.number for row in rows if row.kind == UNREAD)
    text = "".join(f"{line}\n" for line in _laid_out(rows)).lstrip(MARK)
    lost = _undecoded(source)
    if text != "\n".join(plain.lines):
        again = from_text(source.path, text)
        lost += _lost(plain, rows, _rows(again, parse, kind))
    if lost:
        return Formatted(original, False, unread, lost)
    return Formatted(text, text != original, unread)


def _rows(source: Source, parse: LineParser, kind: str) -> list[_Row]:
    """The lines that are not blank, each rewritten; in a pack the first section or rule changes the start."""
    start = STARTS[kind]
    unseen = {trouble.line for trouble in source.troubles}
    rows: list[_Row] = []
    after_blank = False
    for number, line in enumerate(source.lines, 1):
        stripped = line.strip(BLANKS)
        if stripped:
            row = _row(number, line, stripped, parse, "" if number in unseen else start)
            rows.append(row._replace(after_blank=after_blank))
            if start == "pack_line" and row.kind in _APART:
                start = "rule_line"
        after_blank = not stripped
    return rows


def _row(number: int, line: str, stripped: str, parse: LineParser, start: str) -> _Row:
    """One line; without a `start` it holds characters that cannot be seen, and only a comment may."""
    if stripped.startswith("#"):
        return _Row(number, COMMENT, "", stripped, (), False)
    tree = parse(line, start) if start else None
    words = line_tokens(parse.tables, line, start) if isinstance(tree, Node) else None
    if not words or not isinstance(tree, Node):
        return _Row(number, UNREAD, line, "", (), False)
    comment = line[words[-1].end :].strip(BLANKS)
    return _Row(number, tree.kind, _written(words), comment, tuple(words), False)


# Layout: indents and blank lines.


def _laid_out(rows: list[_Row]) -> Iterator[str]:
    for row, gap, indent in zip(rows, _gaps(rows), _indents(rows), strict=True):
        if gap:
            yield ""
        if row.kind == UNREAD:
            yield row.text
        else:
            yield indent + "  ".join(part for part in (row.text, row.comment) if part)


def _gaps(rows: list[_Row]) -> list[bool]:
    """Whether a blank line stands before each row."""
    gaps = [row.after_blank for row in rows]
    for index, row in enumerate(rows):
        if row.kind in _APART:
            gaps[_top(rows, index)] = True
        if index and rows[index - 1].kind == "section":
            gaps[index] = True
    if gaps:
        gaps[0] = False
    return gaps


def _top(rows: list[_Row], index: int) -> int:
    """Where the comments right above a row begin: a blank line would part them from what they explain."""
    while index and rows[index - 1].kind == COMMENT and not rows[index].after_blank:
        index -= 1
    return index


def _indents(rows: list[_Row]) -> list[str]:
    """Two blanks for what stands under something; a comment stands as the line that it comes before."""
    indents: list[str] = []
    below = ""
    for row in reversed(rows):
        if row.kind == UNREAD:
            below = "  " if row.text[0] in BLANKS else ""
        elif row.kind != COMMENT:
            below = "  " if row.kind in UNDER or row.kind in _PARTS else ""
        indents.append(below)
    return indents[::-1]


# Words.


def _written(words: list[Token]) -> str:
    """A line from its words and marks, without indent and comment."""
    parts: list[str] = []
    before = Token("LPAR", "", 0, 0)
    for token in words:
        if before.kind != "LPAR" and token.kind not in _NO_BLANK_BEFORE:
            parts.append(" ")
        parts.append(_word(token, before))
        before = token
    return "".join(parts)


def _word(token: Token, before: Token) -> str:
    """How a token is written, given the one before it."""
    if token.kind == "UNIT":
        return _unit(token.text, before.text)
    if token.kind == "NAME":
        if before.kind in _VALUE_AFTER and _CODE.fullmatch(token.text):
            return token.text
        return _lower(token.text)
    write = _WRITE.get(token.kind)
    return _lower(token.text) if write is None else write(token.text)


def _lower(text: str) -> str:
    """Letters beyond ASCII may have no lower case that is a name: they stay."""
    return text.lower() if text.isascii() else text


def _as_is(text: str) -> str:
    return text


def _string(text: str) -> str:
    return text if text[0] == '"' else '"' + text[1:-1].replace('"', '""') + '"'


def _quoted(text: str) -> str:
    """A line of quotation keeps its own blanks, except at its end; at least one parts it from its mark."""
    quote = text[1:].rstrip(BLANKS)
    return f"|{quote}" if not quote or quote[0] in BLANKS else f"| {quote}"


def _cite(text: str) -> str:
    inside = _one_blank(text[1:-1])
    return f"[{inside}]" if inside else text


def _one_blank(text: str) -> str:
    return _INNER_BLANKS.sub(" ", text).strip(" ")


def _number(text: str) -> str:
    """With separators, and never another value: `1234.5` has no form with separators that can be read.

    What may be a year is left as written: `until 2022`.
    """
    digits = text.replace(",", "")
    if not digits.isdigit() or digits[0] == "0" or (len(text) == 4 and "1900" <= text < "2100"):
        return text
    first = len(digits) % 3
    groups = [digits[:first]] if first else []
    groups += [digits[at : at + 3] for at in range(first, len(digits), 3)]
    return ",".join(groups)


def _money(text: str) -> str:
    pounds, point, pence = text[1:].partition(".")
    return f"£{_number(pounds)}{point}{pence}"


def _unit(text: str, count: str) -> str:
    unit = _lower(_one_blank(text))
    if not unit.isascii():
        return unit
    return unit.removesuffix("s") if count == "1" else unit.removesuffix("s") + "s"


def _date(text: str) -> str:
    """`17 August 2012`, `July 2011`, `2026/27`; a date that does not exist is left as it was written."""
    written = _one_blank(text)
    found = _date_span(written)
    return written if found is None else found.show()


def _date_span(text: str) -> DateSpan | None:
    if match := _DAY.fullmatch(text):
        month = month_number(match[2])
        return None if month is None else make_day(int(match[3]), month, int(match[1]))
    if match := _ISO_DAY.fullmatch(text):
        return make_day(int(match[1]), int(match[2]), int(match[3]))
    if match := _MONTH.fullmatch(text):
        month = month_number(match[1])
        return None if month is None else make_month(int(match[2]), month)
    match = _FINANCIAL_YEAR.fullmatch(text)
    return None if match is None else make_financial_year(int(match[1]), int(match[2]))


_WRITE: dict[str, Callable[[str], str]] = {
    "CODE": _as_is,
    "STRING": _string,
    "QUOTED": _quoted,
    "CITE": _cite,
    "NUMBER": _number,
    "MONEY": _money,
    "DATE": _date,
}


# Safety: what was read before and after.


def _undecoded(source: Source) -> tuple[str, ...]:
    if not any(trouble.name == "not-utf-8" for trouble in source.troubles):
        return ()
    return tuple(
        f"line {number} holds characters that could not be read, and they would be lost"
        for number, line in enumerate(source.lines, 1)
        if _NEVER_TEXT in line
    )


def _lost(source: Source, before: list[_Row], after: list[_Row]) -> tuple[str, ...]:
    """One sentence for each line whose words or comment are not the same in both."""
    lost: list[str] = []
    for old, new in zip_longest(before, after):
        if old is None:
            lost.append(f"a line would be added: {new.text or new.comment}")
        elif new is None or _meaning(old) != _meaning(new):
            lost.append(f"line {old.number} would no longer say: {source.lines[old.number - 1].strip(BLANKS)}")
        elif old.comment != new.comment:
            lost.append(f"line {old.number} would lose its comment: {old.comment}")
    return tuple(lost)


def _meaning(row: _Row) -> tuple[str, object]:
    """What a line says, however it is written."""
    if row.kind == UNREAD:
        return row.kind, row.text.lstrip(MARK)
    return row.kind, tuple((token.kind, _same(token)) for token in row.words)


def _same(token: Token) -> object:
    """Equal for two ways to write the same word; worked out apart from how words are written."""
    kind, text = token.kind, token.text
    if kind == "DATE":
        return _date_span(_one_blank(text)) or text.split()
    if kind == "STRING":
        return text[1:-1].replace('""', '"') if text[0] == '"' else text[1:-1]
    if kind in ("NUMBER", "MONEY"):
        return text.replace(",", "")
    if kind == "UNIT":
        return [word.rstrip("s") for word in text.lower().split()]
    if kind == "QUOTED":
        return text[1:].strip(BLANKS)
    if kind == "CITE":
        return _INNER_BLANKS.split(text[1:-1].strip(" \t\u00a0"))
    return text if kind == "CODE" else text.lower()
