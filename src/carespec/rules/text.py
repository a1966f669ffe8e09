"""A condition about a service's own fields, from its text: for rules, and for the vocabulary's `expected` entries.

The text is read as the line `when TEXT` under a fact would be, so there is one grammar of conditions. Unknown names
are errors here, before anything is evaluated: a misspelt field must never make a condition hold.
"""

from __future__ import annotations

from functools import cache

from carespec.built import built
from carespec.model.conditions import Condition, Test, tests
from carespec.model.facts import Problem
from carespec.model.from_conditions import condition_of
from carespec.syntax.document import Line, LineParser
from carespec.syntax.driver import Failure, tables_from
from carespec.syntax.tree import Node, Tree
from carespec.vocabulary import PAY, PAYMENT, Field, Vocabulary, load, names, nearest

_LEAD = "  when "


def condition_from_text(text: str, vocabulary: Vocabulary, parse: LineParser | None = None) -> Condition:
    """The condition that a text gives about services of a vocabulary.

    `parse` is the run's own parser, if there is one; without it a parser is made once. What a text means is
    remembered. Raises ValueError, in words for its author, for a text that is no condition, names a field or a key
    that does not exist, or compares a field with something that it cannot be.
    """
    if vocabulary.name in names() and vocabulary is load(vocabulary.name):
        return _shipped(text, vocabulary.name, parse or _own_parser())
    return _read(text, vocabulary, parse or _own_parser())


def field_named(name: str, vocabulary: Vocabulary) -> Field | None:
    """The field of a service that a condition means, payments included; None if there is none."""
    return PAYMENT if name == PAY else vocabulary.fields.get(name)


@cache
def _own_parser() -> LineParser:
    return LineParser(tables_from(built()["grammar"]))


@cache
def _shipped(text: str, name: str, parse: LineParser) -> Condition:
    return _read(text, load(name), parse)


def _read(text: str, vocabulary: Vocabulary, parse: LineParser) -> Condition:
    tree = _tree(text, parse)
    condition = condition_of(tree, lambda field, key: field_named(field, vocabulary), vocabulary)
    for test in tests(condition):
        _refuse_unknown(test, vocabulary)
    return condition


def _tree(text: str, parse: LineParser) -> Tree:
    found = parse(_LEAD + text, "service_line")
    why = _because(text, found, parse) if isinstance(found, Failure) else ""
    if isinstance(found, Node) and len(found.children) > 1:
        why = "a source in square brackets is no part of one"
    if why or not isinstance(found, Node):
        raise ValueError(f"`{text}` cannot be read as a condition: {why}")
    return found.children[0]


def _because(text: str, failure: Failure, parse: LineParser) -> str:
    from carespec.syntax.mistakes import explain

    answer = explain(Line(1, _LEAD + text, None, failure), parse.tables, built()["mistakes"])
    return answer.message


def _refuse_unknown(test: Test, vocabulary: Vocabulary) -> None:
    """Raise ValueError for a test that names what does not exist, or that compares what cannot be compared."""
    problem = unknown_in(test, vocabulary)
    if problem is not None:
        raise ValueError(problem.message)


def unknown_in(test: Test, vocabulary: Vocabulary) -> Problem | None:
    """What is wrong with a test: a name that does not exist, or a comparison that cannot be made; None if nothing."""
    found = unknown_field(test.field, test.key, vocabulary, test.start, test.end)
    if found is None and isinstance(test.problem, Problem):
        return test.problem
    path = other_path(test)
    return found if found or path is None else unknown_field(*path, vocabulary, test.start, test.end)


def unknown_field(name: str, key: str | None, vocabulary: Vocabulary, start: int, end: int) -> Problem | None:
    """Why a field, or its key, is none that a service can have; None if it is one."""
    found = _unknown(name, key, vocabulary)
    if found is None:
        return None
    message, near = found
    fix = f"Write `{near}`." if near else "`carespec fields` lists what a service can say."
    return Problem("unknown-field", message + (f"; did you mean `{near}`?" if near else ""), fix, start, end)


def other_path(test: Test) -> tuple[str, str | None] | None:
    """The field and key that a test compares with, where it does not compare with a value."""
    operand = test.operand
    if type(operand) is not tuple or test.operator == "state":
        return None
    path = operand[1] if isinstance(operand[1], tuple) else operand
    return path[0], path[1]


def _unknown(name: str, key: str | None, vocabulary: Vocabulary) -> tuple[str, str | None] | None:
    """Why a field, or its key, is none that a service can have, and the nearest that is; None if it is one."""
    field = field_named(name, vocabulary)
    if field is None:
        return f"`{name}` is no field of a service", nearest(name, vocabulary.fields)
    if key is None or field.open_keys:
        return None
    if field is PAYMENT:
        if vocabulary.payment(key) is None:
            return f"`pay {key}` is no payment", nearest(key, vocabulary.payments)
    elif not field.keyed_by:
        return f"`{name}` stands alone: `{key}` cannot follow it", None
    elif key not in vocabulary.keys(field):
        return f"`{key}` cannot follow `{name}`", nearest(key, vocabulary.keys(field))
    return None
