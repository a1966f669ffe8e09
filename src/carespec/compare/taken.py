"""What a comparison of guidance takes from one service: its group, and its value of what is measured.

Taken file by file; it crosses a pipe, and judging needs nothing more of the service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple, TypeAlias

from carespec.compare.gather import Said, in_force, ordinals, programme_of, say
from carespec.compare.paths import wider_paths
from carespec.guidance.force import binds, was_known
from carespec.guidance.law import Law
from carespec.guidance.model import Comparison, Pack
from carespec.guidance.waivers import counting, waive
from carespec.model.certain import always
from carespec.model.facts import Doubt, Fact, Service, State
from carespec.quantities.money import Money
from carespec.source import Span, span_of, stem
from carespec.vocabulary import load

_NEVER = "withdrawn"
Saying: TypeAlias = Callable[[Fact, Service], Said]
"""What a fact says: `say`, or the same from memory."""


class Held(NamedTuple):
    """A comparison that judges, with its pack."""

    pack: Pack
    comparison: Comparison

    @property
    def name(self) -> str:
        """Its full name."""
        return f"{self.pack.name}.{self.comparison.name}"

    @property
    def path(self) -> str:
        """The field and key that it measures."""
        measures = self.comparison.measures
        assert measures is not None
        return f"{measures.field} {measures.key}" if measures.key else measures.field


class Taken(NamedTuple):
    """One service under one comparison.

    `group` is its programme and what it says of the fields of `among`. `content` is the quantity where one is stated.
    `span` is that of the value; of the first line of the service, where no line says anything.
    """

    comparison: str
    service: str
    path: str
    group: tuple[str, ...]
    period: tuple[int | None, int | None]
    said: Said
    content: object
    doubted: bool
    waived: bool
    span: Span

    @property
    def answers(self) -> bool:
        """Whether the service states the field, with a value or with none."""
        return self.said.state in (State.STATED, State.NONE)


def held(law: Law) -> tuple[Held, ...]:
    """The comparisons of a law that were read whole and have something to flag."""
    return tuple(
        Held(pack, one)
        for pack, one in law.comparisons()
        if one.whole and one.measures is not None and one.flag is not None
    )


class _About(NamedTuple):
    """What every comparison needs to know of a service: the day of its law, and the span of its first line."""

    service: Service
    name: str
    programme: str
    period: tuple[int | None, int | None]
    day: date | None
    first: Span


def measured(service: Service, comparisons: Iterable[Held], law: Law, saying: Saying = say) -> tuple[Taken, ...]:
    """What each comparison takes from a service; nothing for one that it does not concern.

    That is a service of another vocabulary, one that is withdrawn, one on whose day the comparison does not bind, and
    one that does not say for certain what it must agree in with others.
    """
    if service.status == _NEVER:
        return ()
    about = _About(
        service, service.name or stem(service.path), programme_of(service) or "programme not said",
        ordinals(in_force(service)), law.as_at or service.as_at()[0] or law.today, _first_line(service),
    )  # fmt: skip
    mine = (one for one in comparisons if one.pack.vocabulary == service.vocabulary.name)
    taken = (_taken(about, one, law, saying) for one in mine)
    return tuple(one for one in taken if one is not None)


def _taken(about: _About, of: Held, law: Law, saying: Saying) -> Taken | None:
    service = about.service
    group = _group(about, of.comparison, saying)
    if group is None or not _concerned(about.day, of, law):
        return None
    measures = of.comparison.measures
    assert measures is not None
    fact = answering(service, measures.field, measures.key)
    if fact is None and measures.field in service.damaged_words:
        return None
    said, content = (
        (Said(State.SILENT, "", "", None), None) if fact is None else _said(fact, service, measures.per, saying)
    )
    return Taken(
        of.name, about.name, service.path, group, about.period, said, content,
        fact is not None and any(isinstance(under, Doubt) for under in fact.under), _is_waived(service, of, law),
        span_of(fact.line, fact.value.start, fact.value.end) if fact else about.first,
    )  # fmt: skip


def answering(service: Service, field: str, key: str | None) -> Fact | None:
    """The line that answers for a field and key: its own, for a step that for treatment, else that without a key."""
    fact = service.fact(field, key)
    if fact is None and key is not None:
        wider = wider_paths(f"{field} {key}", service.vocabulary)
        return next((service.by_path[path] for path in wider if path in service.by_path), None)
    return fact


def _said(fact: Fact, service: Service, per: str | None, saying: Saying) -> tuple[Said, object]:
    """What a line says; an amount per something else than is asked for is no figure here."""
    said = saying(fact, service)
    content = fact.value.content if said.measure is not None else None
    if per is not None and isinstance(content, Money) and content.per != per:
        return said._replace(measure=None), None
    return said, content


def _first_line(service: Service) -> Span:
    """Where a service begins: the line with its name."""
    number = next((n for n, line in enumerate(service.lines, 1) if line.lower().lstrip().startswith("service ")), 1)
    line = service.lines[number - 1] if service.lines else ""
    return span_of(number, 0, len(line.rstrip()))


def _group(about: _About, comparison: Comparison, saying: Saying) -> tuple[str, ...] | None:
    """The programme, and what the service says for certain of each field of `among`; None if it does not."""
    service, found = about.service, [about.programme]
    for field in comparison.among:
        fact = service.fact(field)
        if fact is None or always(fact) is None:
            return None
        if field != "programme":
            found.append(saying(fact, service).text)
    return tuple(found)


def _concerned(day: date | None, of: Held, law: Law) -> bool:
    """Whether the comparison binds on the day whose law applies to the service; where there is no such day, it does."""
    if law.known_at is not None and not was_known(of.pack, law.known_at):
        return False
    return day is None or binds(of.comparison, of.pack, day)


def _is_waived(service: Service, of: Held, law: Law) -> bool:
    """Whether the service has agreed to depart from the comparison, with a reason and for the time being."""
    waivers = law.register.of(service)
    if not waivers or not of.comparison.waivable or law.today is None:
        return False
    about = counting(waivers, service, law.register, of.pack.name, of.comparison.name)
    return not waive((of.path,), about, law.today).paths


def field_label(of: Held) -> str:
    """How what is measured is called in print."""
    measures = of.comparison.measures
    assert measures is not None
    return load(of.pack.vocabulary).label(measures.field, measures.key)
