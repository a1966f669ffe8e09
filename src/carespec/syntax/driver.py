"""Runs the tables that Lark made over one line of text.

Lark decides what the language is; this module only follows its tables, because importing Lark costs more than
checking a file. A test proves that the trees are equal to Lark's own on every file of `specs/` and `tests/`.

A keyword is a name that the grammar expects at that point: whole words only, upper or lower case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from carespec.syntax.tree import Node, Token, Tree

END = "$END"
STRAY = "stray"
"""The kind of a character that begins no word or mark of the language."""

_DEEPEST = 120
"""Symbols waiting on the stack: brackets and `not` nest no deeper than a reader can follow."""


class Failure(NamedTuple):
    """Where a line stops making sense: what stands there, what could have stood there, and by which rule it was read."""

    got: Token
    accepted: frozenset[str]
    too_deep: bool = False
    start: str = ""


class Tables(NamedTuple):
    """Lark's tables, ready to run."""

    actions: tuple[Mapping[str, int], ...]
    gotos: tuple[Mapping[str, int], ...]
    rules: tuple[tuple[str, str | None, bool, tuple[int, ...]], ...]
    starts: Mapping[str, int]
    ends: Mapping[str, int]
    keywords: Mapping[str, str]
    marks: Mapping[str, str]
    patterns: tuple[tuple[str, str], ...]
    scanner: re.Pattern[str]


def tables_from(data: Mapping[str, Any]) -> Tables:
    """The tables from the plain data that `carespec.generate.grammar_tables` made."""
    alternatives = [f"(?P<{name}>{pattern})" for name, pattern in data["patterns"]]
    alternatives.append("(?P<mark>" + "|".join(re.escape(mark) for mark in data["marks"]) + ")")
    alternatives.append("(?P<COMMENT>#.*)")
    fields = {name: data[name] for name in Tables._fields if name in data}
    return Tables(**fields, scanner=re.compile("|".join(alternatives)))


def parse_line(tables: Tables, line: str, start: str) -> Node | Failure:
    """The tree of one line (no line break in it), or where and why it stops.

    `start` is one of the grammar's line rules: "service_line", "pack_line", "rule_line".
    """
    found = _run(tables, line, start)
    if isinstance(found, Failure):
        # Reductions on the way to the failure have hidden what the grammar expected; go there again and look.
        waiting = _run(tables, line, start, found.got.start)
        if isinstance(waiting, list):
            return found._replace(accepted=_accepted(tables, waiting, tables.ends[start]), start=start)
    return found  # type: ignore[return-value]


def line_tokens(tables: Tables, line: str, start: str) -> list[Token] | None:
    """Every word and mark of a line, also those that the tree leaves out; None if the line does not parse.

    A comment is not among them: it begins at or after the end of the last one.
    """
    passed: list[Token] = []
    found = _run(tables, line, start, passed=passed)
    return passed if isinstance(found, Node) else None


def _run(
    tables: Tables, line: str, start: str, until: int = -1, passed: list[Token] | None = None
) -> Node | Failure | list[int]:
    """Parse; or, with `until`, stop before the token that stands there and give the states of that moment."""
    states = [tables.starts[start]]
    values: list[Any] = []
    starts: list[int] = []
    actions, position, last_end = tables.actions, 0, 0
    final = tables.ends[start]
    while True:
        token = _next_token(tables, line, position, actions[states[-1]])
        if token.start == until:
            return states
        position = token.end
        kind = token.kind
        while True:
            if kind == END and states[-1] == final:
                return values[-1]  # type: ignore[no-any-return]
            action = actions[states[-1]].get(kind)
            if action is None:
                return Failure(token, frozenset(), start=start)
            if action >= 0:
                break
            _reduce(tables, -1 - action, states, values, starts, token.start, last_end)
        if len(states) > _DEEPEST:
            return Failure(token, frozenset(), too_deep=True, start=start)
        states.append(action)
        values.append(token)
        starts.append(token.start)
        last_end = token.end
        if passed is not None:
            passed.append(token)


def _reduce(
    tables: Tables, rule: int, states: list[int], values: list[Any], starts: list[int], here: int, last_end: int
) -> None:
    """Replace the symbols that a rule matched by its node, or by the list of its children."""
    origin, kind, expand_one, kept = tables.rules[rule]
    size = len(kept)
    if size:
        begin = starts[-size]
        children = _children(values[-size:], kept)
        del states[-size:], values[-size:], starts[-size:]
    else:
        begin, children = here, []
    if kind is None:
        value: Any = children
    elif expand_one and len(children) == 1:
        value = children[0]
    else:
        value = Node(kind, tuple(children), begin, last_end if size else here)
    states.append(tables.gotos[states[-1]][origin])
    values.append(value)
    starts.append(begin)


def _children(symbols: list[Any], kept: tuple[int, ...]) -> list[Tree]:
    children: list[Tree] = []
    for symbol, keep in zip(symbols, kept, strict=True):
        if keep == 1:
            children.append(symbol)
        elif keep == 2:
            children.extend(symbol)
    return children


def _next_token(tables: Tables, line: str, position: int, expected: Mapping[str, int]) -> Token:
    """The next word or mark, read as the state expects it; blanks and a comment are passed over."""
    size = len(line)
    while position < size:
        match = tables.scanner.match(line, position)
        if match is None:
            return Token(STRAY, line[position], position, position + 1)
        kind = match.lastgroup or STRAY
        if kind == "BLANK":
            position = match.end()
            continue
        if kind == "COMMENT":
            break
        text = match.group()
        if kind == "NAME":
            kind = _keyword_or_name(tables, text, expected)
        elif kind == "mark":
            kind = tables.marks[text]
        elif kind not in expected:
            return _read_otherwise(tables, line, match, expected)
        return Token(kind, text, position, match.end())
    return Token(END, "", position, position)


def _keyword_or_name(tables: Tables, text: str, expected: Mapping[str, int]) -> str:
    keyword = tables.keywords.get(text.lower())
    return keyword if keyword is not None and keyword in expected else "NAME"


def _read_otherwise(
    tables: Tables, line: str, first: re.Match[str], expected: Mapping[str, int]
) -> Token:
    """What the state does expect here, where the first reading is none of it: `days` may be a unit or a name."""
    position = first.start()
    for name, pattern in tables.patterns:
        if name not in expected and name != "NAME":
            continue
        match = _compiled(pattern).match(line, position)
        if match is None:
            continue
        kind = _keyword_or_name(tables, match.group(), expected) if name == "NAME" else name
        if kind in expected:
            return Token(kind, match.group(), position, match.end())
    return Token(first.lastgroup or STRAY, first.group(), position, first.end())


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _accepted(tables: Tables, states: list[int], final: int) -> frozenset[str]:
    """The terminals that could really stand here: those whose reductions end in a shift, or in the end of the line."""
    return frozenset(name for name in tables.actions[states[-1]] if _leads_on(tables, list(states), name, final))


def _leads_on(tables: Tables, states: list[int], terminal: str, final: int) -> bool:
    while True:
        if terminal == END and states[-1] == final:
            return True
        action = tables.actions[states[-1]].get(terminal)
        if action is None:
            return False
        if action >= 0:
            return True
        origin, _, _, kept = tables.rules[-1 - action]
        if kept:
            del states[-len(kept) :]
        states.append(tables.gotos[states[-1]][origin])
