"""Readers for what is said in words: choices, sets, scales, codes, texts."""

from __future__ import annotations

from typing import NoReturn

from carespec.model.tokens import number_of, text_of
from carespec.model.unfit import WrongType, single, unfit, unknown_word
from carespec.quantities.readings import Edition, ScaleRange, Text
from carespec.quantities.sets import WordSet
from carespec.syntax.tree import Node, Token, Tree
from carespec.vocabulary import Field, Vocabulary


def read_set(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    """Words or figures, ranges of them spelt out."""
    if not isinstance(tree, Node) or tree.kind != "list":
        raise WrongType(tree)
    members: list[str] = []
    whole = len(tree.children) == 1
    for child in tree.children:
        if child.kind != "among_others":
            members.extend(_members(child, field, vocabulary, whole))
    return WordSet(tuple(members), tree.first("among_others") is not None)


def _members(tree: Tree, field: Field, vocabulary: Vocabulary, whole: bool = False) -> list[str]:
    """The words of one item of a list: a word, or a range of figures or of words in the vocabulary's order."""
    if isinstance(tree, Token):
        return [_choice_word(tree, field, vocabulary, whole)]
    if tree.kind != "range":
        raise WrongType(tree)
    ends = [child for child in tree.children if isinstance(child, Token)]
    if len(ends) != 2:
        raise WrongType(tree)
    known = vocabulary.choices(field)
    if field.numbers is not None and any(end.kind != "NUMBER" for end in ends):
        raise WrongType(tree)
    low, high = (_place(end, known, field, vocabulary) for end in ends)
    if low > high:
        message = f"this range runs backwards: `{ends[0].text}` comes after `{ends[1].text}`"
        unfit(
            "out-of-range",
            tree,
            message,
            f"Write `{ends[1].text} to {ends[0].text}`.",
            f"{ends[1].text} to {ends[0].text}",
        )
    return list(known[low : high + 1])


def _place(end: Token, known: tuple[str, ...], field: Field, vocabulary: Vocabulary) -> int:
    """Where one end of a range stands in the vocabulary's order; a field that takes any word has none."""
    word = _choice_word(end, field, vocabulary)
    if word not in known:
        raise WrongType(end)
    return known.index(word)


def read_choice(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    """One of the words that the field may have."""
    one = single(tree)
    if not isinstance(one, Token):
        raise WrongType(one)
    return _choice_word(one, field, vocabulary, whole=True)


def _choice_word(token: Token, field: Field, vocabulary: Vocabulary, whole: bool = False) -> str:
    """The word, if it is one that the field may have; `whole` if it is all of the value, so that `none` could be."""
    known, numeric = vocabulary.choices(field), field.numbers is not None
    if token.kind not in (("NUMBER",) if numeric else ("NAME", "CODE")):
        raise WrongType(token)
    word = token.text.lower()
    if not known or word in known:
        return word
    if field.numbers is not None:
        _out_of_numbers(token, field.numbers)
    unknown_word(token, word, known, f"what `{field.name}` can be", field if whole else None)


def _out_of_numbers(token: Token, numbers: tuple[int, int, tuple[int, ...]]) -> NoReturn:
    low, high, never = numbers
    if token.text in (str(number) for number in never):
        message = f"{token.text} exists in the list of codes and must not be used"
    else:
        message = f"{token.text} is none of the numbers in use, {low} to {high}"
    left_out = ", ".join(str(number) for number in never)
    unfit(
        "out-of-range",
        token,
        message,
        f"Write numbers from {low} to {high}" + (f" without {left_out}." if never else "."),
    )


def read_scale(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    """One word of a scale, or a range of them."""
    one = single(tree)
    if isinstance(one, Node) and one.kind == "range":
        words = _members(one, field, vocabulary)
        return ScaleRange(words[0], words[-1])
    if not isinstance(one, Token):
        raise WrongType(one)
    word = _choice_word(one, field, vocabulary, whole=True)
    return ScaleRange(word, word)


def read_code(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    """A code as written, with its capitals."""
    one = single(tree)
    if not isinstance(one, Token) or one.kind not in ("STRING", "NAME", "CODE", "NUMBER"):
        raise WrongType(one)
    return text_of(one) if one.kind == "STRING" else one.text


def read_edition(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    """A name and the number of its edition."""
    if not isinstance(tree, Node) or tree.kind != "edition":
        raise WrongType(tree)
    name, number = (child for child in tree.children if isinstance(child, Token))
    return Edition(name.text.lower(), str(number_of(number)))


def read_text(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    """Words in quotes."""
    one = single(tree)
    if not isinstance(one, Token) or one.kind != "STRING":
        written = f'"{one.text}"' if isinstance(one, Token) else None
        raise WrongType(one, written, ": a text stands in quotes")
    return Text(text_of(one))
