"""The types that a field can have: how each is called in a message, an example, and its reader.

Adding a type is adding one entry to `TYPES`. A reader gets the tree of what stands after the colon and gives a
quantity, or raises `WrongType`, or `Unfit` with words of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from carespec.model import measures, words
from carespec.model.facts import Problem
from carespec.model.unfit import Unfit, WrongType, called
from carespec.syntax.tree import Tree
from carespec.vocabulary import Field, Vocabulary


class Type(NamedTuple):
    """How a type is called, an example of it, and its reader."""

    label: str
    example: str
    read: Callable[[Tree, Field, Vocabulary], object]


def read_typed(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    """The quantity that a tree gives for a field. Raises Unfit."""
    kind = TYPES[field.type]
    try:
        return kind.read(tree, field, vocabulary)
    except WrongType as wrong:
        raise Unfit(_problem(wrong, field, kind)) from None


def _problem(wrong: WrongType, field: Field, kind: Type) -> Problem:
    example = wrong.write or (field.examples[0] if field.examples else kind.example)
    message = f"`{field.name}` takes {kind.label}, and this is {called(wrong.tree)}{wrong.hint}"
    fix = f"Write {kind.label}, such as `{example}`."
    return Problem("wrong-type", message, fix, wrong.tree.start, wrong.tree.end, wrong.write)


TYPES: dict[str, Type] = {
    "age": Type("an age", "18 years", measures.read_age),
    "money": Type("an amount of money", "£40.00 per session", measures.read_money),
    "percentage": Type("a percentage", "95%", measures.read_percentage),
    "duration": Type("a length of time", "10 working days", measures.read_duration),
    "wait": Type("a wait", "within 28 calendar days of referral", measures.read_wait),
    "date": Type("a date", "17 August 2012", measures.read_date),
    "period": Type("a period", "from 1 April 2012 to 31 March 2014", measures.read_period),
    "set": Type("one word or a list of words", "gp, midwife", words.read_set),
    "choice": Type("one word", "allowed", words.read_choice),
    "scale": Type("a word on a scale, or a range of them", "mild to moderate", words.read_scale),
    "code": Type("a code", "5ZZ", words.read_code),
    "edition": Type("a name and a number", "psychological-therapies 1", words.read_edition),
    "count": Type("a number", "2", measures.read_count),
    "rate": Type("a number of something", "500 courses per year", measures.read_rate),
    "text": Type("a text in quotes", '"any text"', words.read_text),
    "reading": Type("what a measure shows at a reading", "recovered at 2 readings in a row", measures.read_reading),
}
