"""What a line that was not understood may have been about: the fields of which nobody can say that they are missing.

A damaged line, or one whose field does not exist, was meant to say something. Where a field resembles it, the
document may have spoken of that field, and nothing is concluded from its silence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from carespec.model.facts import Fact, State
from carespec.vocabulary import PAY

_DECIDES = ("status", "source")
"""What a document must have said for certain before it is held to completeness."""
_SAY_NOTHING = frozenset(
    ("section", "pay", "define", "waive", "except", "when", "at", "in", "for", "doubt", "differs", "service")
)
"""First words of lines that are about no field of their own."""


def perhaps_said(
    by_field: Mapping[str, tuple[Fact, ...]], damaged: Iterable[str], fields: Collection[str]
) -> frozenset[str] | None:
    """Which of the vocabulary's `fields` a line that was not understood may be about; None if any.

    `by_field` has the facts that were read, `damaged` the text of the lines that could not be read.
    """
    if any(fact.value.state == State.UNFIT for fact in by_field.get("status", ())[:1]):
        return None
    known = (*fields, *_DECIDES)
    found: set[str] = set()
    for name in by_field.keys() - {*fields, PAY}:
        for fact in by_field[name]:
            found |= _resembling(name, known) | _resembling(f"{name}-{fact.key}", known)
    for line in damaged:
        about = _about(line.lower(), known)
        if about is None:
            return None
        found |= about
    return None if found & {*_DECIDES} else frozenset(found)


def _about(line: str, known: tuple[str, ...]) -> set[str] | None:
    """The fields that a damaged line may be about: those that it names, and those that its first word resembles.

    None for a line of which no word is left: it may have been about anything.
    """
    words = re.findall(r"[a-z0-9][a-z0-9-]*", line)
    named = {word for word in words if word in known}
    if not words:
        return None
    if words[0] in _SAY_NOTHING or re.match(r"\s*[\d.]+%", line):
        return named
    if words[0] in named:
        # A line may have been cut short: `rejection` may be all that is left of `rejection-advice`.
        return named | {name for name in known if name.startswith(words[0])}
    near = _resembling(words[0], known) | _resembling("-".join(words[:2]), known)
    return named | near if near else None


@lru_cache(maxsize=1024)
def _resembling(word: str, known: tuple[str, ...]) -> frozenset[str]:
    """The fields whose names a word resembles: more of them rather than fewer, for silence must be certain."""
    from difflib import get_close_matches

    parts = {n for n in known if n.startswith(word) or word.startswith(n) or word in n.split("-")}
    return frozenset(parts) | frozenset(get_close_matches(word, known, n=len(known), cutoff=0.6))
