"""What a document says about the field that a test asks about: every value that may answer, with its state.

One field may have several: a fact has its exceptions, a family its lines. Where no line exists, that is said too:
silent, unread, or lost with a line that could not be read.
"""

from __future__ import annotations

from typing import NamedTuple

from carespec.model.facts import Except, Fact, Service, State, Value, When
from carespec.quantities.dates import DateSpan
from carespec.quantities.waits import Wait
from carespec.vocabulary import PAY, Field

HEDGED = "hedged"
OPEN = "open"
"""Beside the states of a value: it is stated and can be applied, but leaves open what a test asks."""

_ONLY_SOMETIMES = "it holds only in some cases, and nothing is said about the others"


class Spoken(NamedTuple):
    """One thing that a document says about a field, or that it says nothing.

    `content` is the quantity where stated, the words where in words, elsewhere or local. `unsure` says why nothing
    certain follows although something stands there. `beyond` marks the cases that a fact with a `when` leaves out:
    they answer no test about the document, which does have a line.
    """

    path: str
    state: str
    content: object = None
    hedged: bool = False
    by: DateSpan | None = None
    unsure: str = ""
    beyond: bool = False


def is_family(field: Field, key: str | None) -> bool:
    """Whether a test without a key asks about all lines of a keyed field."""
    return key is None and (field.keyed_by is not None or field.name == PAY)


def spoken_about(service: Service, field: Field, key: str | None) -> tuple[Spoken, ...]:
    """Everything that a document says about a field and key, exceptions included; nothing if no line answers.

    A line that could not be read may have been one of those asked for, and is then among them as unfit.
    """
    family, lines = is_family(field, key), _lines(service, field, key)
    path = f"{field.name} {key}" if key else field.name
    spoken = tuple(one for fact in lines for one in _of_fact(fact, fact.path if family else path))
    if field.name in service.damaged_words and (family or not any(fact.key == key for fact in lines)):
        lost = f"a line that begins with `{field.name}` could not be read"
        return (*spoken, Spoken(path, State.UNFIT, unsure=lost))
    return spoken


def nothing_said(service: Service, path: str) -> Spoken:
    """What it means that no line answers."""
    return Spoken(path, State.UNREAD if service.read_in_part else State.SILENT)


def _lines(service: Service, field: Field, key: str | None) -> tuple[Fact, ...]:
    """The lines that answer for a field and key; for a family without a key all of its lines.

    A key without a line of its own is answered for by that of the key that the vocabulary lets stand for it (treatment
    for every step), and then by the line without a key.
    """
    lines = service.family(field.name)
    if is_family(field, key) or not lines:
        return lines
    keys = [key]
    if key is not None:
        speaks = service.vocabulary.speaks_for(field, key)
        keys += [speaks, None] if speaks else [None]
    found = (tuple(fact for fact in lines if fact.key == each) for each in keys)
    return next((facts for facts in found if facts), ())


def _of_fact(fact: Fact, path: str) -> tuple[Spoken, ...]:
    unsure = "" if fact.whole else "a line under it could not be read"
    values = [_of_value(fact.value, path, unsure)]
    values += [_of_value(under.value, path, unsure) for under in fact.under if isinstance(under, Except)]
    if any(isinstance(under, When) for under in fact.under) and not fact.is_payment:
        # A payment's `when` says when it falls due, not in which cases it has this amount.
        values.append(Spoken(path, OPEN, unsure=_ONLY_SOMETIMES, beyond=True))
    return tuple(values)


def _of_value(value: Value, path: str, unsure: str) -> Spoken:
    about = isinstance(value.content, Wait) and any(part.about for part in value.content.parts)
    return Spoken(path, value.state, value.content, about or value.hedge is not None, value.by, unsure)


def because(spoken: Spoken) -> str:
    """Why a value cannot be applied, for a reader: by its state."""
    if spoken.unsure:
        return spoken.unsure
    return _BECAUSE[spoken.state] + _words(spoken) + (f" by {spoken.by.show()}" if spoken.by else "")


_BECAUSE = {
    State.STATED: "stated",
    State.NONE: "none",
    State.IN_WORDS: "said only in words",
    State.LOCAL: "left to local agreement",
    State.TO_BE_CONFIRMED: "to be confirmed",
    State.ELSEWHERE: "said elsewhere",
    State.NOT_STATED: "written as not stated",
    State.SILENT: "nothing is said",
    State.UNREAD: "not in the parts of the document that were read",
    State.UNFIT: "what is written is nothing that the field can be",
}


def _words(spoken: Spoken) -> str:
    if not isinstance(spoken.content, str) or spoken.state in (State.STATED, State.NONE):
        return ""
    lead = {State.LOCAL: " with", State.ELSEWHERE: ", in"}.get(spoken.state, ":")
    return f'{lead} "{spoken.content}"'
