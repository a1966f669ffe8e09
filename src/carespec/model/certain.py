"""What certainly follows from a document: what it says without ifs, and what it certainly does not say.

Checks that set one line against another, or that miss a line, may only speak where there is no other way to read the
document: not of a hedged value or one with exceptions, and not of a line that could not be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from carespec.model.facts import Except, Fact, Service, State, Value, When
from carespec.model.perhaps import may_mean
from carespec.quantities.sets import WordSet
from carespec.vocabulary import PAY

_NOT_HELD = ("reconstruction", "published-extract")


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
    return service.perhaps is not None


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
    return service.perhaps is None or may_mean(service.perhaps, name)


def all_read(service: Service) -> bool:
    """Whether the document is held to what it does not say, and every line of it was understood."""
    if not is_held(service) or service.damaged:
        return False
    vocabulary = service.vocabulary
    if not service.by_field.keys() <= {*vocabulary.fields, PAY}:
        return False
    payments = all(vocabulary.payment(fact.key or "") for fact in service.family(PAY))
    return payments and all(fact.value.state != State.UNFIT for fact in service.facts)
