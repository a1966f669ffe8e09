"""How a reader says that a value is not what its field takes, in words for the author."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from carespec.model.facts import Problem
from carespec.syntax.tree import Node, Tree
from carespec.vocabulary import nearest


class Unfit(Exception):
    """A value that its field cannot take."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class WrongType(Exception):
    """A value of another type than its field's; `write` is what was probably meant, `hint` ends the sentence."""

    def __init__(self, tree: Tree, write: str | None = None, hint: str = "") -> None:
        super().__init__(hint)
        self.tree, self.write, self.hint = tree, write, hint


def unfit(check: str, tree: Tree, message: str, fix: str, write: str | None = None) -> NoReturn:
    """Raise Unfit for a piece of a value; `check` is the name of the check that will report it."""
    raise Unfit(Problem(check, message, fix, tree.start, tree.end, write))


def unknown_word(tree: Tree, word: str, known: Iterable[str], what: str) -> NoReturn:
    """Raise Unfit for a word that is none of those known, with the one that was probably meant."""
    words = list(known)
    near = nearest(word, words)
    listed = ", ".join(f"`{w}`" for w in (words if len(words) <= 8 else words[:7]))
    more = "" if len(words) <= 8 else f" and {len(words) - 7} more"
    fix = f"Write `{near}`." if near else f"Write one of {listed}{more}."
    asked = f"; did you mean `{near}`?" if near else ""
    unfit("unknown-word", tree, f"`{word}` is not a word for {what}{asked}", fix, near)


def called(tree: Tree) -> str:
    """What a piece of a value is called in a message."""
    if isinstance(tree, Node) and tree.kind == "list":
        if len(tree.children) > 1:
            return "a list"
        return called(tree.children[0])
    return _CALLED.get(tree.kind, "something else")


_CALLED = {
    "STRING": "a text", "NAME": "a word", "CODE": "a code", "NUMBER": "a figure without a unit", "DATE": "a date",
    "PERCENT": "a percentage", "duration": "a length of time", "money": "an amount of money", "range": "a range",
    "waits": "a wait", "period": "a period", "rate": "a number of something", "reading": "a reading of a measure",
    "bound": "a limit", "edition": "a name with a number",
}  # fmt: skip


def single(tree: Tree) -> Tree:
    """The one thing that a value holds; a list of several is the wrong type."""
    if isinstance(tree, Node) and tree.kind == "list":
        if len(tree.children) != 1:
            raise WrongType(tree)
        return tree.children[0]
    return tree
