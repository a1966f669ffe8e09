"""Pieces of a line, each held to the grammar by itself before they are put together.

A piece must be one thing and no more. A remark in it would hide what comes after it; a quote that it leaves open would
swallow its neighbour. So each is tried alone, in the shortest line that can hold it.
"""

from __future__ import annotations

from functools import cache

from carespec.built import built
from carespec.syntax.document import Line, LineParser
from carespec.syntax.driver import Failure, line_tokens, tables_from
from carespec.syntax.mistakes import explain
from carespec.syntax.tree import Node, Token, Tree, tokens
from carespec.tuples import NamedTuple

WITHOUT_A_VALUE = frozenset(("none", "not_stated", "in_words", "local", "to_be_confirmed", "elsewhere", "open_amount"))
_START = "service_line"


class Fault(NamedTuple):
    """What is wrong with a piece: where in it, the name of the mistake, what to say and what to do."""

    name: str
    message: str
    fix: str
    start: int
    end: int


@cache
def own_parser() -> LineParser:
    """A parser for who has none of a run's own."""
    return LineParser(tables_from(built()["grammar"]))


def fault_in(text: str, lead: str, parse: LineParser, tail: str = "") -> Fault | None:
    """What is wrong with a piece that stands between `lead` and `tail`; None if nothing is."""
    line = lead + text + tail
    found = parse(line, _START)
    if isinstance(found, Failure):
        return _explained(text, lead, Line(1, line, None, found), parse)
    if "#" in text and (end := _end_of_words(line, parse)) < len(line.rstrip()):
        at = end - len(lead)
        message = "`#` begins a remark, and what follows it here would be lost"
        return Fault("misplaced-data", message, "Write the value alone; YAML has remarks of its own.", at, len(text))
    cite = next((t for t in tokens(found) if t.kind == "CITE"), None) if "[" in text else None
    if cite is not None:
        message = f"`{cite.text}` is a source, and stands under `source`"
        fix = f"Write the value without it, and `source: {cite.text[1:-1].strip()}` beside it."
        return Fault("misplaced-data", message, fix, cite.start - len(lead), cite.end - len(lead))
    return None


def _explained(text: str, lead: str, line: Line, parse: LineParser) -> Fault:
    answer = explain(line, parse.tables, built()["mistakes"])
    start = min(max(0, answer.start - len(lead)), len(text))
    end = max(min(answer.end - len(lead), len(text)), start)
    write = (answer.write or "").strip()
    shown = write.removeprefix(lead.strip()).strip() if lead.strip() and write.startswith(lead.strip()) else ""
    fix = f"Write `{shown}`." if shown else f"`carespec explain {answer.name}` shows how to."
    return Fault(answer.name, answer.message, fix, start, end)


def _end_of_words(line: str, parse: LineParser) -> int:
    words = line_tokens(parse.tables, line, _START)
    return words[-1].end if words else 0


def quoted(text: str) -> str:
    """A text of the language: in straight quotes, a quote inside doubled."""
    return '"' + text.replace('"', '""') + '"'


def is_own_words(text: str, parse: LineParser) -> bool:
    """Whether what stands at a field of texts is a text as people write it, and no form of the language.

    A form of the language there is a text in its own quotes (`"none"`, as a title) or a way to have no value (`none`,
    `not stated`, `in words "…"` and so on).
    """
    found = parse(f"x: {text}", _START)
    value = value_in(found)
    if value is None:
        return not text.startswith(('"', "\u201c"))
    return value.kind not in WITHOUT_A_VALUE and not any(token.kind == "STRING" for token in tokens(value))


def value_in(found: Node | Failure) -> Tree | None:
    """What stands after the colon of a line that was parsed."""
    if not isinstance(found, Node) or found.kind not in ("fact", "payment"):
        return None
    return found.children[1]


def only_text(tree: Tree) -> Token | None:
    """The one text that a value is; None for any other value."""
    inner = tree.children[0] if isinstance(tree, Node) and tree.kind == "list" and len(tree.children) == 1 else tree
    return inner if isinstance(inner, Token) and inner.kind == "STRING" else None
