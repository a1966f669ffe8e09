"""Whether two pieces of text are the same words, of which some are misspelt: then the author meant nothing else."""

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
