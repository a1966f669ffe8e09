"""Runs the tables that Lark made over one line of text.

Lark decides what the language is; this module only follows its tables, because importing Lark costs more than
checking a file. A test proves that the trees are equal to Lark's own on every file of `specs/` and `tests/`.

A keyword is a name that the grammar expects at that point: whole words only, upper or lower case.

Most lines are built like a line that was read before, from other words: `pay step-2: £60.00 per course` is built like
`pay step-3: £80.00 per person`. What the tables make of such a row of words is remembered (`Shape`) and filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, TypeAlias

from carespec.memory import Memory
from carespec.syntax.tree import Node, Token, Tree
from carespec.tuples import NamedTuple

END = "$END"
STRAY = "stray"
"""The kind of a character that begins no word or mark of the language."""

_DEEPEST = 120
"""Symbols waiting on the stack: brackets and `not` nest no deeper than a reader can follow."""

_LONGEST_REMEMBERED = 40
"""Words and marks in a line: longer ones are hardly ever built alike, and would only fill memory."""


class Failure(NamedTuple):
    """Where a line stops making sense: what stands there, what could have stood there, by which rule it was read."""

    got: Token
    accepted: frozenset[str]
    too_deep: bool = False
    start: str = ""


Shape: TypeAlias = "tuple[str, tuple[Shape | int, ...], int, int]"
"""A node but for its words: its kind, its parts (shapes, or the numbers of tokens), its first and its last token."""

Remembered: TypeAlias = tuple[tuple[str, ...], Shape]
"""What the tables made of a row of words: each one's kind, and how the tree is built from them."""


class Tables(NamedTuple):
    """Lark's tables, ready to run. Rules match at least one symbol.

    `remembered` holds what they make of rows of words, each behind its start: of common ones beforehand, of others as
    lines are read.
    """

    actions: tuple[Mapping[str, int], ...]
    gotos: tuple[Mapping[str, int], ...]
    rules: tuple[tuple[str, str | None, bool, tuple[int, ...]], ...]
    starts: Mapping[str, int]
    ends: Mapping[str, int]
    keywords: Mapping[str, str]
    marks: Mapping[str, str]
    patterns: tuple[tuple[str, str], ...]
    scanner: re.Pattern[str]
    remembered: Memory[tuple[str, ...], Remembered]


def tables_from(data: Mapping[str, Any]) -> Tables:
    """The tables from the plain data that `carespec.generate` made.

    Raises ValueError for a rule that matches nothing: a node needs a word to have a place.
    """
    if not all(kept for _, _, _, kept in data["rules"]):
        raise ValueError("a rule of the grammar matches nothing")
    fields = {name: data[name] for name in Tables._fields if name in data}
    fields["scanner"] = _scanner(dict(data["patterns"]), data["marks"])
    fields["remembered"] = Memory(known=data.get("remembered"))
    return Tables(**fields)


def _scanner(patterns: dict[str, str], marks: Iterable[str]) -> re.Pattern[str]:
    """One expression for the blanks before a word or a mark and then for any of these, in Lark's order but for marks:
    nothing else begins with their characters. It matches nothing where only blanks are left.
    """
    blank = patterns.pop("BLANK")
    kinds = {"mark": "|".join(map(re.escape, marks)), **patterns, "COMMENT": "#.*", STRAY: "(?s:.)"}
    return re.compile(f"(?:{blank})?+(?:{'|'.join(f'(?P<{name}>{pattern})' for name, pattern in kinds.items())})")


def parse_line(tables: Tables, line: str, start: str) -> Node | Failure:
    """The tree of one line (no line break in it), or where and why it stops.

    `start` is one of the grammar's line rules: "service_line", "pack_line", "rule_line", "register_line".
    """
    kinds, pieces = _pieces(tables, line)
    if len(kinds) > _LONGEST_REMEMBERED:
        return _parse(tables, line, start)
    known = tables.remembered.get((start, *kinds))
    if known is None:
        passed: list[Token] = []
        found = _parse(tables, line, start, passed)
        if isinstance(found, Failure) or not _as_scanned(tables, passed, kinds, pieces):
            return found
        known = _remember(found, passed)
        tables.remembered.put((start, *kinds), known)
    kinds_read, shape = known
    return _fill(shape, kinds_read, pieces)


def _pieces(tables: Tables, line: str) -> tuple[list[str], list[tuple[str, int, int]]]:
    """What each word and mark of a line is taken for where any keyword may stand anywhere, and its text and place.

    A word of letters that is no name by itself, such as `year`, may be one elsewhere: it stands for itself. Of a line
    too long to be remembered only as many as show that it is.
    """
    kinds: list[str] = []
    pieces: list[tuple[str, int, int]] = []
    for match in tables.scanner.finditer(line):
        kind = match.lastgroup or STRAY
        if kind == "COMMENT" or len(kinds) > _LONGEST_REMEMBERED:
            break
        text, end = match[kind], match.end()
        pieces.append((text, end - len(text), end))
        if kind == "NAME":
            kind = tables.keywords.get(text.lower(), "NAME")
        elif kind == "mark":
            kind = tables.marks[text]
        elif text.isalpha():
            kind = text.lower()
        kinds.append(kind)
    return kinds, pieces


def _as_scanned(tables: Tables, passed: list[Token], kinds: list[str], pieces: list[tuple[str, int, int]]) -> bool:
    """Whether the parser read the same words, each as scanned, or as a name where that keyword cannot stand.

    Where it read otherwise, that hung on the letters of a word; then only a line with that word can be built alike.
    """
    if [(token.start, token.end) for token in passed] != [(start, end) for _, start, end in pieces]:
        return False
    keywords = tables.keywords.values()
    pairs = zip(passed, kinds, strict=True)
    return all(
        token.kind == kind or (token.kind == "NAME" and kind in keywords) or kind == token.text.lower()
        for token, kind in pairs
    )


def _remember(tree: Node, passed: list[Token]) -> Remembered:
    number = {token.start: index for index, token in enumerate(passed)}
    ending = {token.end: index for index, token in enumerate(passed)}
    return tuple(token.kind for token in passed), _shape(tree, number, ending)


def _shape(node: Node, number: Mapping[int, int], ending: Mapping[int, int]) -> Shape:
    """A node with numbers in place of its tokens, by the offsets at which tokens start and end."""
    parts = (number[part.start] if isinstance(part, Token) else _shape(part, number, ending) for part in node.children)
    return node.kind, tuple(parts), number[node.start], ending[node.end]


def _fill(shape: Shape, kinds: tuple[str, ...], pieces: list[tuple[str, int, int]]) -> Node:
    kind, parts, first, last = shape
    children = tuple(
        [Token(kinds[part], *pieces[part]) if isinstance(part, int) else _fill(part, kinds, pieces) for part in parts]
    )
    return Node(kind, children, pieces[first][1], pieces[last][2])


def _parse(tables: Tables, line: str, start: str, passed: list[Token] | None = None) -> Node | Failure:
    """Parse with the tables; `passed` collects every token that was taken."""
    found = _run(tables, line, start, passed=passed)
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
            _reduce(tables, -1 - action, states, values, starts, last_end)
        if len(states) > _DEEPEST:
            return Failure(token, frozenset(), too_deep=True, start=start)
        states.append(action)
        values.append(token)
        starts.append(token.start)
        last_end = token.end
        if passed is not None:
            passed.append(token)


def _reduce(tables: Tables, rule: int, states: list[int], values: list[Any], starts: list[int], last_end: int) -> None:
    """Replace the symbols that a rule matched by its node, or by the list of its children."""
    origin, kind, expand_one, kept = tables.rules[rule]
    size = len(kept)
    begin = starts[-size]
    children = _children(values[-size:], kept)
    del states[-size:], values[-size:], starts[-size:]
    if kind is None:
        value: Any = children
    elif expand_one and len(children) == 1:
        value = children[0]
    else:
        value = Node(kind, tuple(children), begin, last_end)
    states.append(tables.gotos[states[-1]][origin])
    values.append(value)
    starts.append(begin)


def _children(symbols: list[Any], kept: tuple[int, ...]) -> list[Tree]:
    """What the symbols give to the node above. A list that grows at its end is not copied at every member."""
    grows = kept[0] == 2
    children: list[Tree] = symbols[0] if grows else []
    for symbol, keep in zip(symbols[grows:], kept[grows:], strict=True):
        if keep == 1:
            children.append(symbol)
        elif keep == 2:
            children.extend(symbol)
    return children


def _next_token(tables: Tables, line: str, position: int, expected: Mapping[str, int]) -> Token:
    """The next word or mark, read as the state expects it; blanks and a comment are passed over."""
    match = tables.scanner.match(line, position)
    if match is None:
        return Token(END, "", len(line), len(line))
    kind = match.lastgroup or STRAY
    text, (start, end) = match[kind], match.span(kind)
    if kind == "COMMENT":
        return Token(END, "", start, start)
    if kind == "NAME":
        kind = _keyword_or_name(tables, text, expected)
    elif kind == "mark":
        kind = tables.marks[text]
    elif kind != STRAY and kind not in expected:
        return _read_otherwise(tables, line, Token(kind, text, start, end), expected)
    return Token(kind, text, start, end)


def _keyword_or_name(tables: Tables, text: str, expected: Mapping[str, int]) -> str:
    keyword = tables.keywords.get(text.lower())
    return keyword if keyword is not None and keyword in expected else "NAME"


def _read_otherwise(tables: Tables, line: str, first: Token, expected: Mapping[str, int]) -> Token:
    """What the state does expect here, where the first reading is none of it: `days` may be a unit or a name."""
    position = first.start
    for name, pattern in tables.patterns:
        if name not in expected and name != "NAME":
            continue
        match = _compiled(pattern).match(line, position)
        if match is None:
            continue
        kind = _keyword_or_name(tables, match.group(), expected) if name == "NAME" else name
        if kind in expected:
            return Token(kind, match.group(), position, match.end())
    return first


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
        del states[-len(kept) :]
        states.append(tables.gotos[states[-1]][origin])
