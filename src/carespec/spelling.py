"""Letters and words apart from the language: which words are nearly the same, and a name made of any text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = r"[^\W_]+"
_NEAR = 0.75
"""How much of two words must be the same; `minimm` and `minimum` have 0.92, `weeks` and `months` 0.36."""


def only_spelling(before: str, after: str) -> bool:
    """Whether every word stays, or is nearly the same, and no figure changes; marks and blanks count for nothing."""
    old, new = re.findall(_WORD, before.casefold()), re.findall(_WORD, after.casefold())
    return len(old) == len(new) > 0 and all(_near(a, b) for a, b in zip(old, new, strict=True))


def nearest(word: str, known: Iterable[str], cutoff: float, most: int = 1) -> list[str]:
    """Those of the known words that are most like it, at most so many, as `difflib.get_close_matches` finds them."""
    likely = [one for one in known if _may_be_close(one, word, cutoff)]
    if not likely:
        return []
    from difflib import get_close_matches  # slow to load and to run, and seldom needed

    return get_close_matches(word, likely, n=most, cutoff=cutoff)


def _may_be_close(one: str, other: str, cutoff: float) -> bool:
    """Whether the letters that two words have in common, and then their order, could make them so much alike."""
    length = len(one) + len(other)
    if not length or 2.0 * min(len(one), len(other)) / length < cutoff:
        return not length
    if 2.0 * len(_letters(one) & _letters(other)) / length < cutoff:
        return False
    return 2.0 * _in_order(one, other) / length >= cutoff


def _in_order(one: str, other: str) -> int:
    """The most letters that two words have in common in the same order, so as many as `difflib` matches or more.

    Each letter of `one` is a bit, and the bits that are still set at the end are of those that nothing matches.
    """
    letters: dict[str, int] = {}
    for place, letter in enumerate(one):
        letters[letter] = letters.get(letter, 0) | 1 << place
    every = left = (1 << len(one)) - 1
    for letter in other:
        met = left & letters.get(letter, 0)
        left = (left + met) | (left - met)
    return len(one) - (left & every).bit_count()


@lru_cache(maxsize=4096)
def _letters(word: str) -> frozenset[tuple[str, int]]:
    """The letters of a word, each with how often it stood before, so that two words share as many as both have."""
    return frozenset((letter, word.count(letter, 0, place)) for place, letter in enumerate(word))


def _near(one: str, other: str) -> bool:
    if one == other:
        return True
    if any(char.isdigit() for char in one + other):
        return False
    from difflib import SequenceMatcher  # only where something is misspelt

    return SequenceMatcher(None, one, other).ratio() >= _NEAR


def as_name(text: str, otherwise: str) -> str:
    """The nearest name that a document can have, of letters a to z, figures and hyphens: `Zürich 2`, `zurich-2`."""
    from unicodedata import normalize  # only where something has no name that can be read

    plain = normalize("NFKD", text.lower().replace("ß", "ss").replace("æ", "ae").replace("ø", "o").replace("œ", "oe"))
    kept = "".join(char for char in plain if char.isascii() and char not in "'`")
    return "-".join(re.findall("[a-z0-9]+", kept)).lstrip("0123456789-") or otherwise
