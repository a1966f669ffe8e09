"""The records of the model: facts in every state, payments with their limits, and the document around them.

Plain frozen data. Every record keeps its line (from 1) and its offsets in that line, so that whatever is said about
it can point at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from carespec.model.conditions import Condition
from carespec.quantities.dates import DateSpan, Period
from carespec.quantities.percent import Percent
from carespec.quantities.truth import Number
from carespec.tuples import NamedTuple
from carespec.vocabulary import PAY, Vocabulary


class State:
    """The ways in which a document says something about a field, or does not. No two are equal."""

    STATED = "stated"
    NONE = "none"
    IN_WORDS = "in words"
    LOCAL = "by local agreement"
    TO_BE_CONFIRMED = "to be confirmed"
    ELSEWHERE = "elsewhere"
    NOT_STATED = "not stated"
    SILENT = "silent"
    UNREAD = "unread"
    UNFIT = "unfit"
    """Something is written that the field cannot take; a finding says what, and nothing is concluded from it."""


class Problem(NamedTuple):
    """Why a value cannot be what the field takes: which check reports it, in which words, what to write instead."""

    check: str
    message: str
    fix: str
    start: int
    end: int
    write: str | None = None


class Value(NamedTuple):
    """What stands after a colon. `content` is a quantity where stated, the words where in words, elsewhere or local.

    `per` and `scope` say what an open amount is paid for: `pay hourly: in words "one rate" per hour`.
    """

    state: str
    content: object
    start: int
    end: int
    hedge: str | None = None
    by: DateSpan | None = None
    per: str | None = None
    scope: tuple[str, ...] = ()
    problem: Problem | None = None


class Cite(NamedTuple):
    """A source in square brackets: its name, and the place in it as free text."""

    source: str
    place: str
    start: int
    end: int


class Except(NamedTuple):
    """`except VALUE when CONDITION`, `… until DATE` or `… from DATE`; `problem` if that date does not exist."""

    value: Value
    when: Condition | None
    until: DateSpan | None
    since: DateSpan | None
    cites: tuple[Cite, ...]
    line: int
    start: int
    end: int
    problem: Problem | None = None


class When(NamedTuple):
    """The fact, or the payment, holds only then."""

    condition: Condition
    cites: tuple[Cite, ...]
    line: int
    start: int
    end: int


class Phrase(NamedTuple):
    """The document's own words beside a typed value: the fact is definite, its threshold is not."""

    text: str
    cites: tuple[Cite, ...]
    line: int
    start: int
    end: int


class Cap(NamedTuple):
    """`at most N per UNIT`: no more of these are paid for."""

    number: Number
    per: str
    cites: tuple[Cite, ...]
    line: int
    start: int
    end: int
    problem: Problem | None = None


class Allowance(NamedTuple):
    """`at most N per LOW to HIGH booked`: how many are paid for each block of booked appointments."""

    number: Number
    low: Number
    high: Number
    cites: tuple[Cite, ...]
    line: int
    start: int
    end: int
    problem: Problem | None = None


class ShareAtRisk(NamedTuple):
    """`N% only when CONDITION`: that share is withheld otherwise; the rest is paid regardless.

    A share over all is taken as all, with its `problem`, so that the rest of the line keeps its meaning.
    """

    share: Percent
    condition: Condition
    cites: tuple[Cite, ...]
    line: int
    start: int
    end: int
    problem: Problem | None = None


class OnlyFor(NamedTuple):
    """`for SCOPE`: whom or what the payment is for."""

    scope: tuple[str, ...]
    cites: tuple[Cite, ...]
    line: int
    start: int
    end: int


class Doubt(NamedTuple):
    """The reading is uncertain: findings that rest on it are at most possible."""

    text: str
    line: int
    start: int
    end: int


class Differs(NamedTuple):
    """Another source says otherwise."""

    value: Value
    cites: tuple[Cite, ...]
    line: int
    start: int
    end: int


Under: TypeAlias = Except | When | Phrase | Cap | Allowance | ShareAtRisk | OnlyFor | Doubt | Differs


class Fact(NamedTuple):
    """One stated (or expressly unstated) value of one field, with its place and the lines under it.

    A payment is a fact of the field `pay`, keyed by its name. `start` to `name_end` is the field and key as written.
    `whole` is false when a line under it could not be read: then nothing certain follows from the fact.
    """

    field: str
    key: str | None
    value: Value
    cites: tuple[Cite, ...]
    line: int
    start: int
    end: int
    name_end: int
    under: tuple[Under, ...] = ()
    whole: bool = True

    @property
    def path(self) -> str:
        """The field, and the key after a blank: "wait step-3"."""
        return f"{self.field} {self.key}" if self.key else self.field

    @property
    def is_payment(self) -> bool:
        """Whether this is a `pay` line."""
        return self.field == PAY

    @property
    def exceptions(self) -> tuple[Except, ...]:
        """The `except` lines under the fact."""
        return tuple(under for under in self.under if isinstance(under, Except))


class SourceDocument(NamedTuple):
    """Something to cite. `in_part` if it was read only in part; then what is missing here is unread, not silent."""

    name: str
    titles: tuple[str, ...]
    published: DateSpan | None
    read: DateSpan | None
    in_part: bool
    second_hand: bool
    line: int
    start: int
    end: int
    problems: tuple[Problem, ...] = ()


class Definition(NamedTuple):
    """What a word means in this document."""

    name: str
    text: str
    cites: tuple[Cite, ...]
    line: int
    start: int
    end: int


class Waiver(NamedTuple):
    """An agreed departure from one rule: which, on which field, until when, why, and who agreed.

    One that stands in a register says for which `service`, and its `path` is the register's; both are empty for one
    that stands in the service's own document.
    """

    rule: str
    field: tuple[str, str | None] | None
    until: DateSpan | None
    reason: str
    agreed_by: str
    line: int
    start: int
    end: int
    problems: tuple[Problem, ...] = ()
    service: str = ""
    path: str = ""


class Section(NamedTuple):
    """A heading; no effect on meaning."""

    title: str
    line: int
    start: int
    end: int


class Perhaps(NamedTuple):
    """What lines that were not understood may be about: the fields `named` there, and any that resembles a word `like`
    which their author may have meant for a field.
    """

    named: frozenset[str]
    like: frozenset[str]


NOTHING_ELSE = Perhaps(frozenset(), frozenset())
"""Every line was understood."""

WITHDRAWN = "withdrawn"
"""The status of a document that holds on no day: it is compared with none, and answers for nobody."""


class Service(NamedTuple):
    """One service specification as read. `lines` is its text; `damaged` the numbers of lines that could not be read.

    `damaged_words` are the first words of those lines, so that what a damaged line was about to say is never reported
    as missing. Plain `sentences` that stand among the lines were about no field; lines `below_damage` stand under a
    damaged one and belong to no fact. `by_path` and `by_field` lead to the facts, of equal paths to the first.
    `perhaps` is what the lines that were not understood may be about; None if that may be anything. `today` decides
    only what is overdue or has expired; None where nobody said it.
    """

    name: str
    path: str
    vocabulary: Vocabulary
    lines: tuple[str, ...]
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    sources: tuple[SourceDocument, ...]
    definitions: tuple[Definition, ...]
    waivers: tuple[Waiver, ...]
    misplaced: tuple[Under, ...]
    damaged: tuple[int, ...]
    damaged_words: frozenset[str]
    sentences: tuple[int, ...]
    below_damage: tuple[int, ...]
    by_path: Mapping[str, Fact]
    by_field: Mapping[str, tuple[Fact, ...]]
    perhaps: Perhaps | None
    today: date | None = None

    def fact(self, field: str, key: str | None = None) -> Fact | None:
        """The fact of that field and key, if a line gives one; of several the first."""
        return self.by_path.get(f"{field} {key}" if key else field)

    def family(self, field: str) -> tuple[Fact, ...]:
        """All facts of that field, of whatever key, in the order of the document."""
        return self.by_field.get(field, ())

    def stated(self, field: str) -> object:
        """The content of a field without keys where it is stated, else None."""
        fact = self.fact(field)
        return fact.value.content if fact and fact.value.state == State.STATED else None

    @property
    def status(self) -> str:
        """`draft`, `signed`, …; a document that does not say is a draft."""
        return str(self.stated("status") or "draft")

    @property
    def read_in_part(self) -> bool:
        """Whether a source was read only in part, so that silence here says nothing about the document."""
        return any(source.in_part for source in self.sources)

    def state_of(self, field: str, key: str | None = None) -> str:
        """The state of a field or of one of its keys; a fact without a key speaks for every key without a line."""
        fact = self.fact(field, key) or (self.fact(field) if key else None)
        if fact is not None:
            return fact.value.state
        return State.UNREAD if self.read_in_part else State.SILENT

    def as_at(self) -> tuple[date | None, str]:
        """The day whose law applies, as far as the document says: its `signed`, else the first day of its contract,
        else that of the time that it is `in-effect`.
        """
        signed = self.stated("signed")
        if isinstance(signed, DateSpan):
            return signed.first, "signed"
        for name in ("contract", "in-effect"):
            period = self.stated(name)
            if isinstance(period, Period) and period.start is not None:
                return period.start.first, name
        return None, "today"
