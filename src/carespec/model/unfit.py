"""How a reader says that a value is not what its field takes, in words for the author."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NoReturn

from carespec.model.facts import Problem
from carespec.syntax.tree import Node, Token, Tree
from carespec.vocabulary import Field, nearest


class Unfit(Exception):
    """A value that its field cannot take."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class WrongType(Exception):
    """A value of another type than its field's.

    `write` is what was probably meant, `hint` ends the sentence, and `fix` says what to write where that is no one
    thing.
    """

    def __init__(self, tree: Tree, write: str | None = None, hint: str = "", fix: str = "") -> None:
        super().__init__(hint)
        self.tree, self.write, self.hint, self.fix = tree, write, hint, fix


def unfit(check: str, tree: Tree, message: str, fix: str, write: str | None = None) -> NoReturn:
    """Raise Unfit for a piece of a value; `check` is the name of the check that will report it."""
    raise Unfit(Problem(check, message, fix, tree.start, tree.end, write))


def unknown_word(tree: Tree, word: str, known: Iterable[str], what: str, field: Field | None = None) -> NoReturn:
    """Raise Unfit for a word that is none of those known, with the one that was probably meant.

    `field` is given where the word is the field's whole value, for which `none` could stand.
    """
    words = list(known)
    if field is not None and says_none(word, field, words):
        refuse_no(tree, word, field)
    near = nearest(word, words)
    listed = ", ".join(f"`{w}`" for w in (words if len(words) <= 8 else words[:7]))
    more = "" if len(words) <= 8 else f" and {len(words) - 7} more"
    none = f", or `none`, which means: {field.none_means}" if field is not None and field.none_means else ""
    fix = f"Write `{near}`." if near else f"Write one of {listed}{more}{none}."
    asked = f"; did you mean `{near}`?" if near else ""
    unfit("unknown-word", tree, f"`{word}` is not a word for {what}{asked}", fix, near)


_NO = "no|nil|never|nothing|nobody|no-one|nowhere|neither|(no|not|non)-[a-z-]+"
_NOT_YET = "(no|not|non)-(stated|known|sure|yet|agreed|decided|confirmed|applicable|specified|said|clear).*"
_NO_LIMIT = ("unlimited", "limitless", "endless", "open-ended", "any")


def says_none(word: str, field: Field, known: Iterable[str] = ()) -> bool:
    """Whether a word is another way to say what the field's `none` says.

    Nobody can tell where some known word begins with `not-` itself: `exclusion psychosis: no` may be meant either way.
    """
    if not field.none_means or re.fullmatch(_NOT_YET, word) or any(w.startswith(("no-", "not-")) for w in known):
        return False
    if field.none_is == "no-limit" and word in _NO_LIMIT:
        return True
    return re.fullmatch(_NO, word) is not None or (field.type == "money" and word == "free")


def refuse_no(tree: Tree, word: str, field: Field) -> NoReturn:
    """Raise Unfit for a word where the language has `none`."""
    message = f"`{word}` is not a word for what `{field.name}` can be: the definite answer is `none`"
    # That no list limits whom a service sees, and that it sees nobody, may both have been written `no`.
    sure = field.type not in ("set", "scale", "text", "code", "wait")
    fix = f"Write `none`{'' if sure else ', if that is meant'}, which means: {field.none_means}."
    unfit("unknown-word", tree, message, fix, "none" if sure else None)


def called(tree: Tree) -> str:
    """What a piece of a value is called in a message."""
    if isinstance(tree, Node) and tree.kind == "list":
        if len(tree.children) > 1:
            return "a list"
        return called(tree.children[0])
    return _CALLED.get(tree.kind, "something else")


_CALLED = {
    "STRING": "a text", "NAME": "a word", "CODE": "a figure joined to letters", "NUMBER": "a figure without a unit",
    "DATE": "a date", "PERCENT": "a percentage", "duration": "a length of time", "money": "an amount of money",
    "range": "a range", "waits": "a wait", "period": "a period", "ending": "a period", "rate": "a number of something",
    "reading": "a reading of a measure", "bound": "a limit", "edition": "a name with a number",
}  # fmt: skip


def single_token(tree: Tree) -> Token | None:
    """The one word or mark that a value holds, if that is all."""
    while isinstance(tree, Node) and tree.kind == "list" and len(tree.children) == 1:
        tree = tree.children[0]
    return tree if isinstance(tree, Token) else None


def single(tree: Tree) -> Tree:
    """The one thing that a value holds; a list of several is the wrong type."""
    if isinstance(tree, Node) and tree.kind == "list":
        if len(tree.children) != 1:
            raise WrongType(tree)
        return tree.children[0]
    return tree
