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

STARTS = ("service_line", "pack_line", "rule_line", "register_line")
WHOLE_FILES = ("service_file", "guidance_file", "register_file")


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
    """Terminals, actions, gotos and rules as plain data; see `carespec.syntax.driver` for how they are read.

    Lark numbers states and rules differently from run to run; here they are numbered anew in a fixed order, so that the
    same grammar gives the same bytes.
    """
    parser = lark_parser()
    table = parser.parser.parser._parse_table
    rules = sorted(parser.rules, key=_rule_order)
    states = _states_in_order(table)
    rows = [table.states[state] for state in states]
    number, renamed = {rule: index for index, rule in enumerate(rules)}, {old: new for new, old in enumerate(states)}
    terminals = {terminal.name for terminal in parser.terminals} | {"$END"}
    return {
        "actions": [{n: _action(row[n], number, renamed) for n in sorted(row) if n in terminals} for row in rows],
        "gotos": [{n: renamed[row[n][1]] for n in sorted(row) if n not in terminals} for row in rows],
        "rules": [_rule(rule) for rule in rules],
        "starts": {start: renamed[table.start_states[start]] for start in STARTS},
        "ends": {start: renamed[table.end_states[start]] for start in STARTS},
        **_terminals(parser),
    }


def _rule_order(rule: Rule) -> tuple[str, list[str]]:
    return str(rule.origin.name), [str(symbol.name) for symbol in rule.expansion]


def _states_in_order(table: Any) -> list[int]:
    """Every state that can be reached, in the order in which a walk by name from the starts first meets it."""
    waiting = [table.start_states[start] for start in STARTS] + [table.end_states[start] for start in STARTS]
    order: dict[int, None] = {}
    while waiting:
        state = waiting.pop(0)
        if state not in order:
            order[state] = None
            row = table.states[state]
            waiting += [row[name][1] for name in sorted(row) if row[name][0].name == "Shift"]
    return list(order)


def _action(entry: tuple[Any, Any], number: dict[Rule, int], renamed: dict[int, int]) -> int:
    """A shift is the next state, a reduction is minus one minus the rule's number."""
    kind, argument = entry
    return renamed[argument] if kind.name == "Shift" else -1 - number[argument]


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
