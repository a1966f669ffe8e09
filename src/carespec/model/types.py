"""The types that a field can have: how each is called in a message, an example, and its reader.

Adding a type is adding one entry to `TYPES`. A reader gets the tree of what stands after the colon and gives a
quantity, or raises `WrongType`, or `Unfit` with words of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from carespec.model import measures, words
from carespec.model.facts import Problem
from carespec.model.unfit import Unfit, WrongType, called, refuse_no, says_none, single_token
from carespec.syntax.tree import Token, Tree
from carespec.tuples import NamedTuple
from carespec.vocabulary import Field, Vocabulary


class Type(NamedTuple):
    """How a type is called, an example of it, its reader, and whether one value of it can be more than another."""

    label: str
    example: str
    read: Callable[[Tree, Field, Vocabulary], object]
    ordered: bool = True


def read_typed(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    """The quantity that a tree gives for a field. Raises Unfit."""
    kind = TYPES[field.type]
    try:
        return kind.read(tree, field, vocabulary)
    except WrongType as wrong:
        raise Unfit(_problem(wrong, tree, field, vocabulary)) from None


def is_ordered(field: Field) -> bool:
    """Whether one value of the field can be more, or later, than another."""
    return TYPES[field.type].ordered or (field.type == "choice" and field.numbers is not None)


def label_of(field: Field) -> str:
    """What the field takes, in words: "an age", "numbers from 0 to 21"."""
    if field.numbers is None:
        return TYPES[field.type].label
    low, high, _ = field.numbers
    return f"numbers from {low} to {high}" if field.type == "set" else f"a number from {low} to {high}"


def example_of(field: Field, vocabulary: Vocabulary) -> str:
    """An example of the field's own: from its entry, else from its words, else of its type."""
    if field.example:
        return field.example
    if field.type == "reading":
        return f"{field.name} at last reading"
    words = vocabulary.choices(field)
    if field.type == "set":
        return ", ".join(words[:2]) or TYPES["set"].example
    return words[0] if words else TYPES[field.type].example


def _problem(wrong: WrongType, whole: Tree, field: Field, vocabulary: Vocabulary) -> Problem:
    """Why the value does not fit and what to write instead, from the author's own figures where it has any."""
    from carespec.model.figures import Meant, meant, misspelt_unit  # few documents have a value of the wrong type

    tree, unit = wrong.tree, misspelt_unit(wrong.tree, field)
    if unit is not None:
        return unit
    no = tree if isinstance(tree, Token) else single_token(tree)
    if no is not None and no.kind == "NAME" and says_none(no.text.lower(), field) and _is_all(no, whole):
        refuse_no(no, no.text.lower(), field)
    label, found = label_of(field), meant(tree, field, vocabulary) or Meant(())
    message = f"`{field.name}` takes {label}, and {found.told or f'this is {called(tree)}'}{wrong.hint}"
    write = wrong.write or (found.write[0] if found.certain else None)
    proposed = (wrong.write,) if wrong.write else found.write
    quoted = f", or `in words {no.text}`" if no is not None and no.kind == "STRING" and _is_all(no, whole) else ""
    fix = wrong.fix or f"Write {_instead(proposed, label, field, vocabulary)}{quoted}."
    return Problem("wrong-type", message, fix, tree.start, tree.end, write)


def _instead(proposed: tuple[str, ...], label: str, field: Field, vocabulary: Vocabulary) -> str:
    if proposed:
        return " or ".join(f"`{one}`" for one in proposed)
    example = example_of(field, vocabulary)
    if field.type in _OF_WORDS:
        return f"{label}, such as `{example}`"
    return f"{label} with your own figure, as in `{example}`"


def _is_all(token: Token, whole: Tree) -> bool:
    return (token.start, token.end) == (whole.start, whole.end)


_OF_WORDS = ("set", "choice", "scale", "code", "text", "edition", "reading")

TYPES: dict[str, Type] = {
    "age": Type("an age", "18 years", measures.read_age),
    "money": Type("an amount of money", "£40.00 per session", measures.read_money),
    "percentage": Type("a percentage", "95%", measures.read_percentage),
    "duration": Type("a length of time", "10 working days", measures.read_duration),
    "wait": Type("a wait", "within 28 calendar days of referral", measures.read_wait),
    "date": Type("a date", "17 August 2012", measures.read_date),
    "period": Type("a period", "from 1 April 2012 to 31 March 2014", measures.read_period),
    "set": Type("one word or a list of words", "gp, midwife", words.read_set, ordered=False),
    "choice": Type("one word", "allowed", words.read_choice, ordered=False),
    "scale": Type("a word on a scale, or a range of them", "mild to moderate", words.read_scale),
    "code": Type("a code", "5ZZ", words.read_code, ordered=False),
    "edition": Type("a name and a number", "psychological-therapies 1", words.read_edition, ordered=False),
    "count": Type("a number", "2", measures.read_count),
    "rate": Type("a number of something", "500 courses per year", measures.read_rate),
    "text": Type("a text in quotes", '"any text"', words.read_text, ordered=False),
    "reading": Type(
        "what a measure shows at a reading", "recovered at 2 readings in a row", measures.read_reading, False
    ),
}
