"""Letters and words apart from the language: whether two texts differ only in spelling, and a name made of any text."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")
_NEAR = 0.75
"""How much of two words must be the same; `minimm` and `minimum` have 0.92, `weeks` and `months` 0.36."""


def only_spelling(before: str, after: str) -> bool:
    """Whether every word stays, or is nearly the same, and no figure changes; marks and blanks count for nothing."""
    old, new = _WORD.findall(before.casefold()), _WORD.findall(after.casefold())
    return len(old) == len(new) > 0 and all(_near(a, b) for a, b in zip(old, new, strict=True))


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
