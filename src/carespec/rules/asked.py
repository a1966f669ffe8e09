"""What a document says about the field that a test asks about: every value that may answer, with its state.

One field may have several: a fact has its exceptions, a family its lines. Where no line exists, that is said too:
silent, unread, or lost with a line that could not be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from carespec.model.certain import is_held, may_say
from carespec.model.facts import NOTHING_ELSE, Except, Fact, Service, State, Value, When
from carespec.quantities.dates import DateSpan
from carespec.quantities.waits import Wait
from carespec.tuples import NamedTuple
from carespec.vocabulary import PAY, PAYMENT, Field, Vocabulary

if TYPE_CHECKING:
    from carespec.model.conditions import Test
    from carespec.rules.evaluate import Answer

HEDGED = "hedged"
OPEN = "open"
"""Beside the states of a value: it is stated and can be applied, but leaves open what a test asks."""

UNANALYSED = "not analysed"
"""The state of what only an engine could derive, and none has: it is no silence of the document."""

_UNANALYSED = "the payments were not analysed"
_ONLY_SOMETIMES = "it holds only in some cases, and nothing is said about the others"


class Spoken(NamedTuple):
    """One thing that a document says about a field, or that it says nothing.

    `content` is the quantity where stated, the words where in words, elsewhere or local. `unsure` says why nothing
    certain follows although something stands there. `beyond` marks the cases that a fact with a `when` leaves out:
    they answer no test about the document, which does have a line. `never` are words that it is known not to be,
    where nobody can tell which it is.
    """

    path: str
    state: str
    content: object = None
    hedged: bool = False
    by: DateSpan | None = None
    unsure: str = ""
    beyond: bool = False
    never: frozenset[str] = frozenset()


def is_family(field: Field, key: str | None) -> bool:
    """Whether a test without a key asks about all lines of a keyed field."""
    return key is None and (field.keyed_by is not None or field.name == PAY)


class Place(NamedTuple):
    """A field and key that a rule asks about, and its path ("wait step-3").

    `answering` are the paths whose line answers for it, the first of them that a document has; none for a family, which
    all of its lines answer for. `is_derived` if only an engine can; `by_state` if no more is asked than whether it
    is stated, or none.
    """

    path: str
    field: Field
    key: str | None
    answering: tuple[str, ...]
    is_derived: bool
    by_state: bool = False


def place_of(field: Field, key: str | None, vocabulary: Vocabulary, is_derived: bool, by_state: bool = False) -> Place:
    """What a rule asks about, in the vocabulary in which it was read."""
    path = f"{field.name} {key}" if key else field.name
    if is_family(field, key):
        return Place(path, field, key, (), is_derived)
    keys = answering_keys(field, key, vocabulary)
    paths = tuple(f"{field.name} {one}" if one else field.name for one in keys)
    return Place(path, field, key, paths, is_derived, by_state)


def answering_keys(field: Field, key: str | None, vocabulary: Vocabulary) -> tuple[str | None, ...]:
    """The keys of the lines that answer for a key: its own, that for treatment at every step, none at all."""
    if key is None:
        return (None,)
    speaks = vocabulary.speaks_for(field, key)
    return (key, speaks, None) if speaks else (key, None)


class Subject:
    """A service as conditions see it: what it says, what engines derived from it, and what a missing line means.

    `vocabulary` is that in which the conditions were read; without it the service's own. `derived` gives what is known
    of a path ("incentive stop-at-minimum") although no line says it. `absent` is the state of what no line is about;
    without it silent, or unread where a source was read only in part. `silent` are paths that are silent whatever
    `absent` is. Lines are looked up once, and `answers` holds what came of tests, by the identity of each.
    """

    __slots__ = (
        "_absent", "_held", "_lines", "_said", "answers", "derived", "service", "silent", "vocabulary",
    )  # fmt: skip

    def __init__(
        self,
        service: Service,
        vocabulary: Vocabulary | None = None,
        derived: Mapping[str, Spoken] | None = None,
        absent: str | None = None,
        silent: frozenset[str] = frozenset(),
    ) -> None:
        self.service = service
        self.vocabulary = vocabulary or service.vocabulary
        self.derived = derived or {}
        self.silent = silent
        self._absent = absent or (State.UNREAD if service.read_in_part else State.SILENT)
        self._said: dict[tuple[str, str | None], tuple[Spoken, ...]] = {}
        self.answers: dict[int, tuple[Test, list[tuple[Spoken, Answer]]]] = {}
        self._held: bool | None = None
        self._lines: dict[tuple[str, str | None], tuple[Fact, ...]] = {}

    def family(self, field: str) -> tuple[Fact, ...]:
        """The facts of a field, of whatever key, in the order of the document."""
        return self.service.family(field)

    def lines(self, field: Field, key: str | None) -> tuple[Fact, ...]:
        """The lines that answer for a field and key; for a family without a key all of its lines.

        A step without a line of its own is answered for by the line for treatment at every step, and any key by the
        line without a key.
        """
        lines = self.service.by_field.get(field.name, ())
        if not lines or (len(lines) == 1 and lines[0].key == key) or is_family(field, key):
            return lines
        known = self._lines.get((field.name, key))
        if known is None:
            known = self._lines[(field.name, key)] = self._answering(lines, field, key)
        return known

    def _answering(self, lines: tuple[Fact, ...], field: Field, key: str | None) -> tuple[Fact, ...]:
        for own in answering_keys(field, key, self.vocabulary):
            found = tuple([fact for fact in lines if fact.key == own])
            if found:
                return found
        return ()

    def said(self, field: Field, key: str | None) -> tuple[Spoken, ...]:
        """Everything that is said about a field and key, exceptions included; nothing if no line answers."""
        known = self._said.get((field.name, key))
        if known is None:
            known = self._said[(field.name, key)] = _said(self, field, key)
        return known

    @property
    def kind(self) -> tuple[object, ...]:
        """What of the whole document bears on every answer, beside the lines that are asked about."""
        return (self.is_held, self._absent, self.silent)

    def identities(self, asked: Iterable[Place]) -> list[object]:
        """For each field and key, what tells this service from others as far as it goes; itself where nothing does.

        Services of the same `kind` and identities give the same answers while `values` of one of them are kept.
        """
        service = self.service
        is_single = len(service.by_path) == len(service.facts)
        singles = self._singles() if is_single else {}
        is_quiet = is_single and service.perhaps == NOTHING_ELSE and not service.damaged_words
        found: list[object] = []
        for place in asked:
            for path in place.answering:
                if path in singles:
                    found.append((place.by_state and self._plain_state(path)) or singles[path])
                    break
            else:
                is_silent = is_quiet and place.answering and not place.is_derived
                found.append(False if is_silent else self._identity(place))
        return found

    def _singles(self) -> dict[str, object]:
        """By path, the identity of what each line says and of what was derived, where nothing was lost beside it."""
        damaged = self.service.damaged_words
        lines = {
            path: self._identity_of(fact) if fact.under or not fact.whole else id(fact.value)
            for path, fact in self.service.by_path.items()
            if fact.field not in damaged
        }
        return {**lines, **self.derived}

    def _plain_state(self, path: str) -> str | None:
        """The state of a line that says one definite thing, or none."""
        fact = self.service.by_path.get(path)
        if fact is None or fact.under or not fact.whole or fact.value.hedge is not None:
            return None
        return fact.value.state if fact.value.state in (State.STATED, State.NONE) else None

    def _identity(self, place: Place) -> object:
        if place.field.name in self.service.damaged_words:
            return self
        if place.is_derived:
            return self.said(place.field, place.key)
        lines = self.lines(place.field, place.key)
        if not lines:
            return self.service.perhaps != NOTHING_ELSE and may_say(self.service, place.field.name)
        each = tuple([self._identity_of(fact) for fact in lines])
        return self if self in each else each

    def _identity_of(self, fact: Fact) -> object:
        """A value is of one line's text alone, its field and key included, so only its identity is looked at.

        Lines under a fact mean what their words say, whatever is written about them elsewhere.
        """
        if not fact.under:
            return id(fact.value) if fact.whole else self
        lines = self.service.lines if fact.whole else ()
        if fact.under[-1].line > len(lines):
            return self
        return (id(fact.value), *[lines[under.line - 1].strip() for under in fact.under])

    def values(self, asked: tuple[Place, ...]) -> list[Value]:
        """The values of the lines that answer for these fields and keys."""
        return [fact.value for place in asked for fact in self.lines(place.field, place.key)]

    def is_silence(self, path: str) -> bool:
        """Whether that no line answers is the document's own silence: held to it, and every line was understood."""
        return self.is_held and not may_say(self.service, path.partition(" ")[0])

    @property
    def is_held(self) -> bool:
        """Whether the document is held to what it does not say."""
        if self._held is None:
            self._held = is_held(self.service)
        return self._held

    def is_derived(self, field: Field) -> bool:
        """Whether no line of a service can say it, so that only an engine's answer counts."""
        return field is not PAYMENT and field.name not in self.service.vocabulary.fields

    def nothing(self, path: str) -> Spoken:
        """What it means that no line answers."""
        return Spoken(path, State.SILENT if path in self.silent else self._absent)

    def has_none_of(self, path: str) -> bool:
        """Whether, where no line is about a family, that is all that it has: then `every` holds of nothing."""
        return path in self.silent or self._absent in (State.SILENT, State.UNREAD)


def _said(subject: Subject, field: Field, key: str | None) -> tuple[Spoken, ...]:
    """A line that could not be read may have been one of those asked for, and is then among them as unfit."""
    path = f"{field.name} {key}" if key else field.name
    if path in subject.derived:
        return (subject.derived[path],)
    family, lines = is_family(field, key), subject.lines(field, key)
    spoken = tuple(one for fact in lines for one in _of_fact(fact, fact.path if family else path))
    if subject.is_derived(field):
        spoken = tuple(one for one in spoken if one.state == State.STATED)
        if not family:
            return spoken or (Spoken(path, UNANALYSED, unsure=_UNANALYSED),)
    if family:
        spoken += tuple(one for name, one in subject.derived.items() if name.startswith(f"{field.name} "))
    if field.name in subject.service.damaged_words and (family or not any(fact.key == key for fact in lines)):
        lost = f"a line that begins with `{field.name}` could not be read"
        return (*spoken, Spoken(path, State.UNFIT, unsure=lost))
    return spoken


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
