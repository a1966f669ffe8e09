"""A file as statements: each a head line with the lines under it, parsed line by line.

A mistake cannot leave its line, so every damaged line is reported once and every other line keeps its meaning.
Lines that are equal but for the place that they cite are parsed once (`LineParser` remembers them): specifications
repeat most of their lines.
"""

from __future__ import annotations

import re

from carespec.memory import Memory
from carespec.source import BLANKS, Source
from carespec.syntax import first_words
from carespec.syntax.driver import Failure, Tables, parse_line
from carespec.syntax.tree import Node, Token
from carespec.tuples import NamedTuple

UNDER = frozenset(
    ("exception", "only_when", "phrase", "cap", "allowance", "share_at_risk", "only_for", "doubt", "differs")
)
HEADERS = {"service_header": "service", "guidance_header": "guidance", "register_header": "waivers"}
STARTS = {"service": "service_line", "guidance": "pack_line", "waivers": "register_line"}
"""The rule of the grammar by which the lines of each kind of document are parsed, up to a pack's first rule."""

_BODY = frozenset(("section", "rule", "comparison"))
_REGISTER = re.compile(r"waivers(?!\S)")


class Line(NamedTuple):
    """A line that holds something: its number from 1, its text, and its tree (None when it is damaged)."""

    number: int
    text: str
    node: Node | None
    failure: Failure | None = None

    @property
    def first_word(self) -> str:
        """The word that the line begins with, in lower case and without its colon."""
        words = self.text.strip(BLANKS).split(maxsplit=1)
        return words[0].rstrip(":").lower() if words else ""


class Statement(NamedTuple):
    """A head line and the lines under it; `whole` is false when a line under it could not be read."""

    head: Line
    under: tuple[Line, ...] = ()
    whole: bool = True


class Document(NamedTuple):
    """A file as parsed: what kind it is, its statements in order, and the lines that could not be read.

    `header` is None when no line names the document; `orphans` are lines that stand under nothing, `below_damage` those
    that stand under a line that could not be read.
    """

    source: Source
    kind: str
    header: Line | None
    statements: tuple[Statement, ...]
    damaged: tuple[Line, ...]
    orphans: tuple[Line, ...]
    repeated_headers: tuple[Line, ...]
    below_damage: tuple[Line, ...] = ()


class LineParser:
    """Parses lines and remembers them; one for a run, so that equal lines of many files cost one parse.

    Of a line that ends in a citation, what stands before it is remembered, with the tree of a line that cites another
    place: a citation is one word to the grammar, whatever stands in it.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._known: dict[str, Memory[str, Node | Failure]] = {}
        self._cited: Memory[tuple[str, str], Node] = Memory()

    def __call__(self, text: str, start: str) -> Node | Failure:
        """The tree of a line, or where it stops making sense."""
        return self.known(start).get(text) or self.learn(text, start)

    def known(self, start: str) -> Memory[str, Node | Failure]:
        """The trees of lines, by their text, that are known as parsed from that rule of the grammar."""
        return self._known.setdefault(start, Memory())

    def learn(self, text: str, start: str) -> Node | Failure:
        """What a line gives of which the text is not known."""
        cited = _CITED.fullmatch(text) if text[-1:] == "]" else None
        other = self._cited.get((start, cited[1])) if cited is not None else None
        if cited is not None and other is not None:
            return _citing(other, cited[2], cited.start(2))
        found = parse_line(self.tables, text, start)
        if cited is not None and isinstance(found, Node) and _ends_in_citation(found):
            self._cited.put((start, cited[1]), found)
        else:
            self.known(start).put(text, found)
        return found


_CITED = re.compile(r"([^\[]*)(\[[^\[\]]+\])")
"""A line with one citation, at its end; in quotes or in a remark it is none, and then no tree ends in it."""


def _ends_in_citation(tree: Node) -> bool:
    """Whether the last thing that a line is made of is a citation."""
    return tree.children[-1].kind == "CITE"


def _citing(tree: Node, cite: str, begins: int) -> Node:
    """The tree of the line that has another citation at its end."""
    ends = begins + len(cite)
    return Node(tree.kind, (*tree.children[:-1], Token("CITE", cite, begins, ends)), tree.start, ends)


def read_document(source: Source, parse: LineParser, kind: str | None = None) -> Document:
    """Parse a whole source. `kind` is a key of `STARTS`; without it the name and the first line decide."""
    kind = kind or kind_of(source)
    return _assembled(source, kind, _lines(source, parse, STARTS[kind]))


def _assembled(source: Source, kind: str, lines: list[Line]) -> Document:
    """The document of lines: heads with the lines under them, and what stands under nothing or under a damaged head.

    Of what stands under a damaged head the mistakes are still reported, and nothing else follows. A damaged line under
    a fact leaves the fact unsure; so does one below it of which no letter is left, which may have stood under it.
    """
    gathered: list[tuple[Line, list[Line]]] = []
    unsure: set[int] = set()
    headers: list[Line] = []
    damaged: list[Line] = []
    orphans: list[Line] = []
    lost: list[Line] = []
    below_damage = False
    for line in lines:
        node = line.node
        if node is None:
            damaged.append(line)
            is_torn = not any(mark.isalnum() for mark in line.text)
            if gathered and not below_damage and (is_torn or _looks_under(line)):
                unsure.add(gathered[-1][0].number)
            below_damage = below_damage or is_torn or not _looks_under(line)
        elif node.kind in UNDER:
            (lost if below_damage else gathered[-1][1] if gathered else orphans).append(line)
        elif node.kind in HEADERS:
            headers.append(line)
        else:
            gathered.append((line, []))
            below_damage = False
    if not headers and lines and lines[0].node is None:
        headers = lines[:1]  # it may have been meant as one
    statements = tuple([Statement(head, tuple(under), head.number not in unsure) for head, under in gathered])
    return Document(
        source, kind, headers[0] if headers else None, statements, tuple(damaged), tuple(orphans), tuple(headers[1:]),
        tuple(lost),
    )  # fmt: skip


def kind_of(source: Source) -> str:
    """ "guidance" by the file's ending or its first word, "waivers" by its first word, else "service"."""
    ending = source.path.lower()
    if ending.endswith(".guidance"):
        return "guidance"
    first = next((line.strip(BLANKS).lower() for line in source.lines if _holds_something(line)), "")
    if _REGISTER.match(first):
        return "waivers"
    return "guidance" if first.startswith("guidance") and not ending.endswith(".care") else "service"


def _holds_something(line: str) -> bool:
    stripped = line.lstrip(BLANKS)
    return bool(stripped) and stripped[0] != "#"


def _lines(source: Source, parse: LineParser, start: str) -> list[Line]:
    """The lines that hold something, parsed; in a pack the first section, rule or comparison changes the start."""
    troubled = {trouble.line for trouble in source.troubles if trouble.name != "not-utf-8"}
    known = parse.known(start)
    lines: list[Line] = []
    for number, text in enumerate(source.lines, 1):
        found = known.get(text)
        if not isinstance(found, Node) and not _holds_something(text):
            continue
        if number in troubled:
            lines.append(Line(number, text, None))
            continue
        found = found or parse.learn(text, start)
        line = Line(number, text, None, found) if isinstance(found, Failure) else Line(number, text, found)
        lines.append(line)
        if start == "pack_line" and (line.node.kind if line.node else line.first_word) in _BODY:
            start, known = "rule_line", parse.known("rule_line")
    return lines


def _looks_under(line: Line) -> bool:
    """A damaged line that is indented, or begins as a line under a fact does, is taken as one."""
    first = line.first_word
    return line.text[:1] in BLANKS or first in first_words.UNDER or (first[:1].isdigit() and first.endswith("%"))
