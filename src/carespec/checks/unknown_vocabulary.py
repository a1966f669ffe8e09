"""The file says that it was written with a vocabulary that is not here.

What it flags: a `vocabulary` line with a name that does not ship, or another version of one that does.

Why it matters: the same words can mean something else in another list of fields; what is then reported about the
document would be about a document that nobody wrote.

Instead: the name and version of a vocabulary that ships with this version of carespec, once the file has been read
through with it; or the version of carespec that the file was written for.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Flag, flag_value
from carespec.model.facts import Fact, Service
from carespec.quantities.readings import Edition
from carespec.vocabulary import load, names, nearest

TITLE = "a vocabulary that is not here"
SEVERITY = "must"
CONCERNS = (Edition,)
AFFECTS = "everyone who relies on what is reported about this document"
BAD = (
    "vocabulary: psychological-therapy 1  #! `psychological-therapy 1`",
    "vocabulary: cardiology 1  #! `cardiology 1`",
    "vocabulary: psychological-therapies 99  #! `psychological-therapies 99`",
)
GOOD = ("vocabulary: psychological-therapies 1", "vocabulary: not stated")


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag the vocabulary that a file names if it is not the one that reads it."""
    edition = fact.value.content
    if fact.field != "vocabulary" or not isinstance(edition, Edition):
        return
    here = names()
    if edition.name not in here:
        near = nearest(edition.name, here)
        asked = f"; did you mean `{near}`?" if near else ""
        shipped = near or service.vocabulary.name
        write = f"{shipped} {load(shipped).version}"
        read_with = service.vocabulary.name
        message = f"there is no vocabulary `{edition.name}` here, so the file is read with `{read_with}`{asked}"
        yield flag_value(fact, message, f"Write `{write}`.", write if near else None)
    elif edition.number != str(load(edition.name).version):
        write = f"{edition.name} {load(edition.name).version}"
        message = f"version {edition.number} of `{edition.name}` is not here, so the file is read with `{write}`"
        fix = f"Read the file through with `{write}` and then write that, or use the carespec that it was written for."
        yield flag_value(fact, message, fix)
