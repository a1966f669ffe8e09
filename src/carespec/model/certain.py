"""What certainly follows from a document: what it says without ifs, and what it certainly does not say.

Checks that set one line against another, or that miss a line, may only speak where there is no other way to read the
document: not of a hedged value or one with exceptions, and not of a line that could not be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from carespec.model.facts import Except, Fact, Service, State, Value, When
from carespec.quantities.sets import WordSet
from carespec.syntax import first_words

_NOT_HELD = ("reconstruction", "published-extract")
_DECIDES = ("status", "source")
"""What a document must have said for certain before it is held to completeness."""
_SAY_NOTHING = (first_words.HEADS | first_words.UNDER) - {"source"}
"""First words of lines that are about no field of their own."""


def always(fact: Fact | None) -> object:
    """What a fact says of everybody, at all times; None if there is no such: hedged, with exceptions, in words."""
    if fact is None or not fact.whole or fact.value.hedge is not None or fact.value.state != State.STATED:
        return None
    return None if _depends(fact) else fact.value.content


def never(fact: Fact | None) -> bool:
    """Whether a fact says `none`, of everybody and at all times."""
    return fact is not None and fact.whole and fact.value.state == State.NONE and not _depends(fact)


def _depends(fact: Fact) -> bool:
    return bool(fact.under) and any(isinstance(under, Except | When) for under in fact.under)


def exactly(fact: Fact | None) -> frozenset[str] | None:
    """The words of a list that is complete; None where it is not, or nobody can tell."""
    if never(fact):
        return frozenset()
    content = always(fact)
    return frozenset(content.members) if isinstance(content, WordSet) and not content.among_others else None


def includes(fact: Fact | None, word: str) -> bool:
    """Whether a list certainly has the word, for everybody."""
    content = always(fact)
    return isinstance(content, WordSet) and word in content.members


def piece(service: Service, line: int, value: Value, word: str) -> tuple[int, int]:
    """Where a word stands in a value; the whole value if it is only within a range, or not written out."""
    text = service.lines[line - 1][value.start : value.end]
    found = re.search(rf"(?<![\w-])(?<!to ){re.escape(word)}(?![\w-])(?! to )", text, re.IGNORECASE)
    return (value.start + found.start(), value.start + found.end()) if found else (value.start, value.end)


def is_held(service: Service) -> bool:
    """Whether what is missing here is the document's own silence, and not ours."""
    if service.status in _NOT_HELD or service.read_in_part or not (service.facts or service.name):
        return False
    return perhaps_said(service) is not None


def missing(service: Service, names: Iterable[str]) -> tuple[str, ...]:
    """Those of the fields about which the document certainly settles nothing: silent, or expressly `not stated`.

    A field that the vocabulary does not have is never missing.
    """
    if not is_held(service):
        return ()
    silent, unsettled = [], []
    for name in names:
        if name in service.vocabulary.fields:
            family = service.family(name)
            if not family:
                silent.append(name)
            elif all(fact.value.state == State.NOT_STATED for fact in family):
                unsettled.append(name)
    found = {*unsettled, *(name for name in silent if not may_say(service, name))}
    return tuple(name for name in names if name in found)


def may_say(service: Service, name: str) -> bool:
    """Whether a line that was not understood may be about the field."""
    perhaps = perhaps_said(service)
    return perhaps is None or name in perhaps


def all_read(service: Service) -> bool:
    """Whether the document is held to what it does not say, and every line of it was understood."""
    if not is_held(service) or service.damaged:
        return False
    vocabulary = service.vocabulary
    return all(
        fact.value.state != State.UNFIT
        and (vocabulary.payment(fact.key or "") if fact.is_payment else fact.field in vocabulary.fields)
        for fact in service.facts
    )


def perhaps_said(service: Service) -> frozenset[str] | None:
    """The fields that a line which was not understood may be about; None if it may be about anything."""
    status = service.fact("status")
    if status is not None and status.value.state == State.UNFIT:
        return None
    fields = service.vocabulary.fields
    found: set[str] = set()
    for fact in service.facts:
        if fact.field not in fields and not fact.is_payment:
            found |= _near(fact.field, service) | _near(f"{fact.field}-{fact.key}", service)
    for number in service.damaged:
        about = _about(service.lines[number - 1].lower(), service)
        if about is None:
            return None
        found |= about
    return None if found & set(_DECIDES) else frozenset(found)


def _about(line: str, service: Service) -> set[str] | None:
    """The fields that a damaged line may be about: those that it names, and those that its first word resembles.

    None for a line of which no word is left: it may have been about anything.
    """
    words = re.findall(r"[a-z0-9][a-z0-9-]*", line)
    named = {word for word in words if word in service.vocabulary.fields or word in _DECIDES}
    if not words:
        return None
    if words[0] in _SAY_NOTHING or re.match(r"\s*[\d.]+%", line):
        return named
    if words[0] in named:
        # A line may have been cut short: `rejection` may be all that is left of `rejection-advice`.
        return named | {name for name in service.vocabulary.fields if name.startswith(words[0])}
    near = _near(words[0], service) | _near("-".join(words[:2]), service)
    return named | near if near else None


def _near(word: str, service: Service) -> frozenset[str]:
    """The fields whose names a word resembles: more of them rather than fewer, for silence must be certain."""
    return _resembling(word, (*service.vocabulary.fields, *_DECIDES))


@lru_cache(maxsize=1024)
def _resembling(word: str, known: tuple[str, ...]) -> frozenset[str]:
    # Many checks ask about the same damaged lines.
    from difflib import get_close_matches

    parts = {n for n in known if n.startswith(word) or word.startswith(n) or word in n.split("-")}
    return frozenset(parts) | frozenset(get_close_matches(word, known, n=len(known), cutoff=0.6))
