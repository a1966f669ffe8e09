"""Lark reads `grammar/*.lark` and makes the tables that the small driver in `syntax` runs.

Importing Lark and building a parser costs more than checking a file (see docs/decisions/0002). So Lark works once,
when the wheel is built or when a checkout's grammar has changed, and what it made is kept as plain data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carespec.resources import read_folder

if TYPE_CHECKING:
    from lark import Lark
    from lark.grammar import Rule

STARTS = ("service_line", "pack_line", "rule_line")
WHOLE_FILES = ("service_file", "guidance_file")


def grammar_text() -> str:
    """All files of `grammar/` joined to one text: `%import` would copy rules and make more states."""
    return "\n".join(text for _, text in read_folder("grammar", ".lark"))


def lark_parser(starts: tuple[str, ...] = STARTS, *, strict: bool = False) -> Lark:
    """Lark's own parser for the language; `strict` needs interegular and refuses ambiguous terminals."""
    from lark import Lark

    return Lark(
        grammar_text(),
        parser="lalr",
        lexer="contextual",
        start=list(starts),
        strict=strict,
        maybe_placeholders=True,
        propagate_positions=True,
    )


def grammar_tables() -> dict[str, Any]:
    """Terminals, actions, gotos and rules as plain data; see `carespec.syntax.driver` for how they are read."""
    parser = lark_parser()
    table = parser.parser.parser._parse_table
    rules = list(parser.rules)
    number = {rule: index for index, rule in enumerate(rules)}
    actions, gotos = [], []
    terminals = {terminal.name for terminal in parser.terminals} | {"$END"}
    for state in sorted(table.states):
        row = table.states[state]
        actions.append({name: _action(*row[name], number) for name in sorted(row) if name in terminals})
        gotos.append({name: row[name][1] for name in sorted(row) if name not in terminals})
    return {
        "actions": actions,
        "gotos": gotos,
        "rules": [_rule(rule) for rule in rules],
        "starts": dict(table.start_states),
        "ends": dict(table.end_states),
        **_terminals(parser),
    }


def _action(kind: Any, argument: Any, number: dict[Rule, int]) -> int:
    """A shift is the next state, a reduction is minus one minus the rule's number."""
    return int(argument) if kind.name == "Shift" else -1 - number[argument]


def _rule(rule: Rule) -> tuple[str, str | None, bool, tuple[int, ...]]:
    """Origin, the node's kind (None: its children go to the parent), whether one child stands for it, what to keep.

    What to keep is a number for each symbol: 0 drop, 1 keep, 2 spread its children.
    """
    origin = str(rule.origin.name)
    keep_all = rule.options.keep_all_tokens
    kept = tuple(_kept(symbol, keep_all) for symbol in rule.expansion)
    kind = None if origin.startswith("_") else rule.alias or origin
    return origin, kind, bool(rule.options.expand1), kept


def _kept(symbol: Any, keep_all: bool) -> int:
    if symbol.is_term:
        return 1 if keep_all or not symbol.filter_out else 0
    return 2 if symbol.name.startswith("_") else 1


def _terminals(parser: Lark) -> dict[str, Any]:
    """Patterns in the order in which Lark tries them; keywords apart, since they are names that the state expects."""
    ordered = sorted(
        parser.terminals,
        key=lambda t: (-t.priority, -t.pattern.max_width, -len(t.pattern.value), t.name),
    )
    patterns, keywords, marks = [], {}, {}
    for terminal in ordered:
        if terminal.name == "_NL":
            continue
        if terminal.pattern.type == "re":
            patterns.append((terminal.name, terminal.pattern.to_regexp()))
        elif terminal.pattern.value[0].isalpha():
            keywords[terminal.pattern.value.lower()] = terminal.name
        else:
            marks[terminal.pattern.value] = terminal.name
    return {"patterns": patterns, "keywords": keywords, "marks": marks, "ignored": ["BLANK"]}
