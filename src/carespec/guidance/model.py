"""The records of guidance: packs, rules and comparisons as written, each part with its place.

Plain frozen data. Places are a line from 1 and offsets in it, as in `model.facts`. A part that could not be read is
among the pack's problems, and its rule is not `whole`: such a rule judges nothing.
"""

from __future__ import annotations

from carespec.model.conditions import Condition
from carespec.model.facts import Cite, Definition, SourceDocument, Value
from carespec.quantities.dates import DateSpan, Period
from carespec.tuples import NamedTuple


class Clause(NamedTuple):
    """One condition of a rule, with its text as written."""

    condition: Condition
    text: str
    line: int
    start: int
    end: int


class Law(NamedTuple):
    """A `text:` line with the lines that quote it: where the rule is from, and the words that it stands on."""

    cites: tuple[Cite, ...]
    quote: str
    line: int
    start: int
    end: int


class Supposed(NamedTuple):
    """One fact that an example supposes: `maximum-age is 65 years`."""

    field: str
    key: str | None
    value: Value
    start: int
    end: int

    @property
    def path(self) -> str:
        """The field, and the key after a blank."""
        return f"{self.field} {self.key}" if self.key else self.field


class Example(NamedTuple):
    """One line of a rule's own tests: the outcome expected where these facts are supposed."""

    expected: str
    supposed: tuple[Supposed, ...]
    text: str
    line: int
    start: int
    end: int


class Detail(NamedTuple):
    """A `name: value` line of a rule, a comparison or a pack: its value as read, and as written.

    `content` is the text of a text, the word of a choice, a quantity otherwise; None where it could not be read.
    """

    name: str
    content: object
    text: str
    line: int
    start: int
    end: int


class Rule(NamedTuple):
    """One rule. It applies if all of `applies` hold, exempts if any of `unless` does, and asks for all of `requires`.

    `severity`, `authority` and `if_not_stated` are those that count: as written, else the defaults of
    `guidance.details`. Without `in_force` it binds for as long as its pack does.
    """

    name: str
    title: str
    section: str
    line: int
    start: int
    end: int
    applies: tuple[Clause, ...] = ()
    unless: tuple[Clause, ...] = ()
    requires: tuple[Clause, ...] = ()
    severity: str = "should"
    authority: str = "local"
    if_not_stated: str = "warn"
    in_force: Period | None = None
    waivable: bool = True
    details: tuple[Detail, ...] = ()
    laws: tuple[Law, ...] = ()
    examples: tuple[Example, ...] = ()
    whole: bool = True

    def detail(self, name: str) -> Detail | None:
        """The detail of that name; of several the first."""
        return next((detail for detail in self.details if detail.name == name), None)

    def said(self, name: str) -> str:
        """The words of a detail that is a text or a word: "message", "fix", "affects", …; "" without one."""
        found = self.detail(name)
        return found.content if found is not None and isinstance(found.content, str) else ""


class Measure(NamedTuple):
    """What a comparison puts side by side: a field and key, and for payments what they are per."""

    field: str
    key: str | None
    per: str | None
    line: int
    start: int
    end: int


class Sample(NamedTuple):
    """One line of a comparison's own tests: whether it flags these values, one a service."""

    flags: bool
    values: tuple[Value, ...]
    text: str
    line: int
    start: int
    end: int


class Comparison(NamedTuple):
    """One comparison of services: `measures` is compared within groups that agree in all of `among`.

    The condition of `flag` speaks of `highest`, `lowest`, `median`, `spread`, `count`, `stated-by` and `this`.
    Fewer than `least` services are nothing to compare.
    """

    name: str
    title: str
    section: str
    line: int
    start: int
    end: int
    measures: Measure | None = None
    among: tuple[str, ...] = ()
    flag: Clause | None = None
    least: int = 2
    severity: str = "should"
    authority: str = "local"
    in_force: Period | None = None
    waivable: bool = True
    details: tuple[Detail, ...] = ()
    laws: tuple[Law, ...] = ()
    samples: tuple[Sample, ...] = ()
    whole: bool = True

    def detail(self, name: str) -> Detail | None:
        """The detail of that name; of several the first."""
        return next((detail for detail in self.details if detail.name == name), None)

    def said(self, name: str) -> str:
        """The words of a detail that is a text or a word; "" without one."""
        found = self.detail(name)
        return found.content if found is not None and isinstance(found.content, str) else ""


class PackProblem(NamedTuple):
    """What is wrong with a pack at a place in it; `about` is the rule or comparison, "" for the pack itself."""

    name: str
    message: str
    fix: str
    line: int
    start: int
    end: int
    write: str | None = None
    about: str = ""
    severity: str = "must"


class Pack(NamedTuple):
    """A guidance pack as read. `vocabulary` is the one whose fields its rules ask about.

    `digest` is of the text, wherever that is from; two packs with the same are one. Without `in_force` it binds on
    every date.
    """

    name: str
    path: str
    title: str
    publisher: str
    version: str
    published: DateSpan | None
    in_force: Period | None
    vocabulary: str
    sources: tuple[SourceDocument, ...]
    definitions: tuple[Definition, ...]
    rules: tuple[Rule, ...]
    comparisons: tuple[Comparison, ...]
    problems: tuple[PackProblem, ...]
    digest: str
    details: tuple[Detail, ...] = ()

    def source(self, name: str) -> SourceDocument | None:
        """The source of that name, if the pack declares one."""
        return next((source for source in self.sources if source.name == name), None)
