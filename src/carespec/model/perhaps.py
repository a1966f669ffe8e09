"""What a line that was not understood may have been about: the fields of which nobody can say that they are missing.

A damaged line, or one whose field does not exist, was meant to say something. Where a field resembles it, the
document may have spoken of that field, and nothing is concluded from its silence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from carespec.model.facts import Fact, Perhaps, State
from carespec.spelling import nearest
from carespec.syntax import first_words
from carespec.vocabulary import PAY

_DECIDES = ("status", "source")
"""What a document must have said for certain before it is held to completeness."""
_SAY_NOTHING = (first_words.HEADS | first_words.UNDER) - {"source"}
"""First words of lines that are about no field of their own."""


def perhaps_said(
    by_field: Mapping[str, tuple[Fact, ...]], damaged: Iterable[str], fields: Collection[str]
) -> Perhaps | None:
    """What the lines that were not understood may be about; None if that may be anything.

    `by_field` has the facts that were read, `damaged` the text of the lines that could not be read, `fields` the names
    that the vocabulary has.
    """
    if any(fact.value.state == State.UNFIT for fact in by_field.get("status", ())[:1]):
        return None
    unknown = [fact for name in by_field if name not in fields and name != PAY for fact in by_field[name]]
    named: set[str] = set()
    like = {word for fact in unknown for word in (fact.field, f"{fact.field}-{fact.key}")}
    for line in damaged:
        about = _about(line.lower(), (*fields, *_DECIDES))
        if about is None:
            return None
        named |= about.named
        like |= about.like
    found = Perhaps(frozenset(named), frozenset(like))
    return None if any(may_mean(found, name) for name in _DECIDES) else found


def may_mean(perhaps: Perhaps, name: str) -> bool:
    """Whether the field of that name is among what lines that were not understood may be about."""
    return name in perhaps.named or any(_resembles(word, name) for word in perhaps.like)


def _about(line: str, known: tuple[str, ...]) -> Perhaps | None:
    """The fields that a damaged line names, and the words that its field may have been.

    None for a line of which no word is left, or none that is like a field: it may have been about anything.
    """
    words = re.findall(r"[a-z0-9][a-z0-9-]*", line)
    named = frozenset(word for word in words if word in known)
    if not words:
        return None
    if words[0] in _SAY_NOTHING or re.match(r"\s*[\d.]+%", line):
        return Perhaps(named, frozenset())
    if words[0] in named:
        # A line may have been cut short: `rejection` may be all that is left of `rejection-advice`.
        return Perhaps(named.union(name for name in known if name.startswith(words[0])), frozenset())
    like = frozenset((words[0], "-".join(words[:2])))
    return Perhaps(named, like) if any(_resembles(word, name) for word in like for name in known) else None


@lru_cache(maxsize=4096)
def _resembles(word: str, name: str) -> bool:
    """Whether a word may have been the name of that field: rather too often, for silence must be certain."""
    if name.startswith(word) or word.startswith(name) or word in name.split("-"):
        return True
    return bool(nearest(word, (name,), cutoff=0.6))
