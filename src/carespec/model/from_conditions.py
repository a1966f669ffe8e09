"""From the tree of a condition to its record, operands read by the type of the field that they are compared with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from carespec.model import conditions
from carespec.model.conditions import Condition, InWords, Test
from carespec.model.facts import Problem, State
from carespec.model.measures import reading_of
from carespec.model.tokens import number_of, text_of
from carespec.model.types import read_typed
from carespec.model.unfit import Unfit
from carespec.quantities.readings import Reading
from carespec.syntax.tree import Node, Token, Tree
from carespec.vocabulary import Field, Vocabulary

Find: TypeAlias = Callable[[str, str | None], Field | None]
"""The field that a path in a condition names: a case field under `except`, a service's field in a rule."""

_STATES = {
    "stated": State.STATED, "silent": State.SILENT, "is_hedged": "hedged", "none": State.NONE,
    "in_words": State.IN_WORDS, "local": State.LOCAL, "to_be_confirmed": State.TO_BE_CONFIRMED,
    "elsewhere": State.ELSEWHERE,
}  # fmt: skip


def condition_of(tree: Tree, find: Find, vocabulary: Vocabulary) -> Condition:
    """The record of a condition's tree. `find` answers which field a path names, None for one that does not exist."""
    assert isinstance(tree, Node)
    if tree.kind in ("all_of", "any_of"):
        parts = tuple(condition_of(child, find, vocabulary) for child in tree.children)
        return conditions.All(parts) if tree.kind == "all_of" else conditions.Any(parts)
    if tree.kind == "negation":
        return conditions.Not(condition_of(tree.children[0], find, vocabulary))
    return _test(tree, find, vocabulary)


def _test(tree: Node, find: Find, vocabulary: Vocabulary) -> Condition:
    words = tree.first("in_words")
    if isinstance(words, Node):
        return InWords(next((text_of(t) for t in words.children if isinstance(t, Token)), ""), tree.start, tree.end)
    path, check = tree.first("path"), tree.children[-1]
    assert isinstance(path, Node) and isinstance(check, Node)
    field, key = path_of(path)
    known = find(field, key)
    quantifier = tree.first("quantifier")
    test = Test(field, key, "is", None, _only_word(quantifier), tree.start, tree.end)
    if known is None:
        problem = Problem(
            "unknown-field", f"`{field}` is nothing that a condition can ask about here", "", path.start, path.end
        )
        return test._replace(problem=problem)
    asked = _asked(check, known, vocabulary, test)
    return _denied(asked) if check.kind == "is_not" else asked


def _denied(asked: Test) -> Condition:
    """`every F is not X` says of each value that it is not X: that none is, and not that some is not."""
    if asked.quantifier == "no":
        return asked._replace(quantifier="every")
    turned = {"every": "some", "some": "every"}
    return conditions.Not(asked._replace(quantifier=turned.get(asked.quantifier or "")))


def path_of(path: Node) -> tuple[str, str | None]:
    """Field and key of a path; `pay step-3` is a key of the family of payments."""
    inner = path.children[0]
    if isinstance(inner, Node):
        return "pay", _only_word(inner)
    words = [child.text.lower() for child in path.children if isinstance(child, Token)]
    return words[0], words[1] if len(words) > 1 else None


def _only_word(tree: Tree | None) -> str | None:
    if not isinstance(tree, Node) or not isinstance(tree.children[0], Token):
        return None
    return tree.children[0].text.lower()


def _asked(check: Node, field: Field, vocabulary: Vocabulary, test: Test) -> Test:
    """The operator and operand of a test: what is asked of the field."""
    try:
        operator, operand = _question(check, field, vocabulary)
    except Unfit as unfit:
        return test._replace(problem=unfit.problem)
    return test._replace(operator=operator, operand=operand)


def _question(check: Node, field: Field, vocabulary: Vocabulary) -> tuple[str, object]:
    if check.kind == "at_reading":
        return "reading", Reading(field.name, False, reading_of(check).at)
    if check.kind == "includes":
        several = check.first("any_of_these") is not None
        return ("any of" if several else "includes"), read_typed(
            check.children[-1], field._replace(type="set"), vocabulary
        )
    if check.kind == "meets":
        return "meets", read_typed(check.children[-1], field, vocabulary)
    claim = check.children[0]
    assert isinstance(claim, Node)
    if claim.kind in _STATES:
        words = next((text_of(t) for t in claim.children if isinstance(t, Token) and t.kind == "STRING"), None)
        return "state", (_STATES[claim.kind], words)
    if claim.kind == "one_of":
        return "one of", read_typed(claim.children[0], field._replace(type="set"), vocabulary)
    if claim.kind == "compared":
        return _comparison(claim, field, vocabulary)
    return "is", read_typed(_as_bound(claim), field, vocabulary)


def _as_bound(claim: Node) -> Node:
    return claim._replace(kind="bound") if claim.kind == "open_bound" else claim


def _comparison(claim: Node, field: Field, vocabulary: Vocabulary) -> tuple[str, object]:
    comparator, operand = claim.children
    operator = " ".join(t.text.lower() for t in comparator.children if isinstance(t, Token))  # type: ignore[union-attr]
    if isinstance(operand, Node) and operand.kind == "path" and field.type != "scale":
        return operator, path_of(operand)
    if isinstance(operand, Node) and operand.kind == "times":
        number, path = operand.children
        assert isinstance(number, Token) and isinstance(path, Node)
        return operator, (number_of(number), path_of(path))
    if isinstance(operand, Node) and operand.kind == "path" and len(operand.children) == 1:
        operand = operand.children[0]
    kind = "duration" if field.type == "wait" else field.type
    return operator, read_typed(operand, field._replace(type=kind), vocabulary)
