"""What stands after a colon, as a `Value`: its state and, where something is stated, a quantity of the field's type."""

from __future__ import annotations

from carespec.model.facts import Problem, State, Value
from carespec.model.measures import date_from
from carespec.model.tokens import text_of
from carespec.model.types import read_typed
from carespec.model.unfit import Unfit, unknown_word
from carespec.quantities.dates import DateSpan
from carespec.syntax.tree import Node, Token, Tree
from carespec.vocabulary import Field, Vocabulary

_STATES = {
    "none": State.NONE,
    "not_stated": State.NOT_STATED,
    "in_words": State.IN_WORDS,
    "local": State.LOCAL,
    "to_be_confirmed": State.TO_BE_CONFIRMED,
    "elsewhere": State.ELSEWHERE,
}
_PLACEHOLDERS = frozenset(("tbc", "tba", "tbd", "na", "todo", "xx", "xxx", "pending", "unknown"))
_OPENINGS = ("insert ", "to be confirmed", "to be agreed", "to be decided")


def value_of(tree: Tree, field: Field | None, vocabulary: Vocabulary) -> Value:
    """The value that a tree gives for a field; without a field (an unknown one) what can be said without its type."""
    if tree.kind == "open_amount" and isinstance(tree, Node):
        return _open_amount(tree, vocabulary)
    state = _STATES.get(tree.kind)
    if state is not None and isinstance(tree, Node):
        return _not_a_value(tree, state)
    placeholder = _placeholder(tree)
    if placeholder is not None:
        return Value(State.UNFIT, None, tree.start, tree.end, problem=placeholder)
    if field is None:
        return Value(State.UNFIT, None, tree.start, tree.end)
    hedge, inner = _hedged(tree)
    try:
        content = read_typed(inner, field, vocabulary)
    except Unfit as unfit:
        return Value(State.UNFIT, None, tree.start, tree.end, problem=unfit.problem)
    return Value(State.STATED, content, tree.start, tree.end, hedge)


def _not_a_value(tree: Node, state: str) -> Value:
    """None, not stated, in words, local, to be confirmed, elsewhere: with the words and the date that belong to it."""
    words = next(
        (text_of(child) for child in tree.children if isinstance(child, Token) and child.kind == "STRING"), None
    )
    by: DateSpan | None = None
    by_date = tree.first("by_date")
    problem: Problem | None = None
    if isinstance(by_date, Node) and isinstance(by_date.children[0], Token):
        try:
            by = date_from(by_date.children[0])
        except Unfit as unfit:
            problem = unfit.problem
    return Value(state, words, tree.start, tree.end, by=by, problem=problem)


def _open_amount(tree: Node, vocabulary: Vocabulary) -> Value:
    """An amount that is not written here, with what it is per and for."""
    inner, per, scope = tree.children[0], tree.first("per"), tree.first("scope")
    assert isinstance(inner, Node) and isinstance(per, Node)
    value = _not_a_value(inner, _STATES[inner.kind])
    unit = (per.text_of("NAME") or "").lower()
    problem = value.problem
    if unit not in vocabulary.per:
        try:
            unknown_word(per, unit, vocabulary.per, "what an amount can be paid for")
        except Unfit as unfit:
            problem = unfit.problem
    words = tuple(t.text.lower() for t in scope.children if isinstance(t, Token)) if isinstance(scope, Node) else ()
    return value._replace(start=tree.start, end=tree.end, per=unit, scope=words, problem=problem)


def _hedged(tree: Tree) -> tuple[str | None, Tree]:
    if isinstance(tree, Node) and tree.kind == "hedged":
        hedge, inner = tree.children
        assert isinstance(hedge, Node) and isinstance(hedge.children[0], Token)
        return hedge.children[0].text.lower(), inner
    return None, tree


def _placeholder(tree: Tree) -> Problem | None:
    """A word that stands for a value that nobody has written yet."""
    if not isinstance(tree, Node) or tree.kind != "list" or len(tree.children) != 1:
        return None
    only = tree.children[0]
    if not isinstance(only, Token):
        return None
    word = text_of(only) if only.kind == "STRING" else only.text
    if not is_placeholder(word):
        return None
    said = f"`{word}`" if word.strip() else "an empty text"
    message = f"{said} says neither what holds nor when it will be decided"
    fix = "Write `to be confirmed by` and a date, or `not stated`, or `none` where there is none."
    return Problem("placeholder", message, fix, only.start, only.end, "to be confirmed")


def is_placeholder(text: str) -> bool:
    """Whether a text only stands for one that nobody has written yet; an empty one does too."""
    plain = text.strip().strip("[]<>.").lower().replace("/", "").replace(".", "")
    return not plain or plain in _PLACEHOLDERS or plain.startswith(_OPENINGS)
