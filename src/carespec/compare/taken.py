"""What a comparison of guidance takes from one service: its group, and its value of what is measured.

Taken file by file; it crosses a pipe, and judging needs nothing more of the service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeAlias

from carespec.compare.gather import Said, in_force, ordinals, programme_of, say
from carespec.compare.paths import wider_paths
from carespec.guidance.force import binds, was_known
from carespec.guidance.law import Law
from carespec.guidance.model import Comparison, Pack
from carespec.guidance.waivers import counting, waive
from carespec.model.certain import always
from carespec.model.facts import WITHDRAWN, Doubt, Fact, Service, State, Waiver
from carespec.quantities.money import Money
from carespec.source import Span, span_of, stem
from carespec.tuples import NamedTuple
from carespec.vocabulary import load

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


class _Plan(NamedTuple):
    """What a comparison asks of each service, worked out once: `paths` are those of the lines that answer, in order."""

    of: Held
    name: str
    field: str
    path: str
    paths: tuple[str, ...]
    per: str | None
    among: tuple[str, ...]


class _About(NamedTuple):
    """What every comparison needs to know of a service; `first` is the span of its first line."""

    service: Service
    name: str
    programme: str
    period: tuple[int | None, int | None]
    waivers: tuple[Waiver, ...]
    first: Span


class Measurer:
    """Takes from services what comparisons measure; one serves a whole run."""

    def __init__(self, comparisons: Iterable[Held], law: Law, saying: Saying = say) -> None:
        self._law, self._saying = law, saying
        self._plans = tuple(map(_plan, comparisons))
        self._binding: dict[tuple[str, date | None], tuple[_Plan, ...]] = {}

    def __call__(self, service: Service) -> tuple[Taken, ...]:
        """What each comparison takes from a service; nothing for one that it does not concern.

        That is a service of another vocabulary, one that is withdrawn, one on whose day the comparison does not bind,
        and one that does not say for certain what it must agree in with others.
        """
        plans = self._concerned(service) if service.status != WITHDRAWN else ()
        if not plans:
            return ()
        about = _About(
            service, service.name or stem(service.path), programme_of(service) or "programme not said",
            ordinals(in_force(service)), self._law.register.of(service), _first_line(service),
        )  # fmt: skip
        groups = {among: _group(about, among, self._saying) for among in {plan.among for plan in plans}}
        taken = (self._taken(about, plan, group) for plan in plans if (group := groups[plan.among]) is not None)
        return tuple([one for one in taken if one is not None])

    def _concerned(self, service: Service) -> tuple[_Plan, ...]:
        """The comparisons that bind on the day whose law applies to a service; where there is no such day, all."""
        law, vocabulary = self._law, service.vocabulary.name
        day = law.as_at or service.as_at()[0] or law.today
        found = self._binding.get((vocabulary, day))
        if found is None:
            mine = (plan for plan in self._plans if plan.of.pack.vocabulary == vocabulary)
            found = self._binding[vocabulary, day] = tuple(plan for plan in mine if _concerned(day, plan.of, law))
        return found

    def _taken(self, about: _About, plan: _Plan, group: tuple[str, ...]) -> Taken | None:
        service = about.service
        fact = next((service.by_path[path] for path in plan.paths if path in service.by_path), None)
        waived = bool(about.waivers) and _is_waived(about, plan, self._law)
        if fact is None:
            if plan.field in service.damaged_words:
                return None
            return Taken(
                plan.name, about.name, service.path, group, about.period, _SILENT, None, False, waived, about.first
            )
        said, content = _said(fact, service, plan.per, self._saying)
        doubted = bool(fact.under) and any(isinstance(under, Doubt) for under in fact.under)
        span = span_of(fact.line, fact.value.start, fact.value.end)
        return Taken(plan.name, about.name, service.path, group, about.period, said, content, doubted, waived, span)


_SILENT = Said(State.SILENT, "", "", None)


def _plan(of: Held) -> _Plan:
    measures = of.comparison.measures
    assert measures is not None
    paths = (of.path, *wider_paths(of.path, load(of.pack.vocabulary)))
    return _Plan(of, of.name, measures.field, of.path, paths, measures.per, of.comparison.among)


def measured(service: Service, comparisons: Iterable[Held], law: Law, saying: Saying = say) -> tuple[Taken, ...]:
    """What each comparison takes from one service, as a `Measurer` does."""
    return Measurer(comparisons, law, saying)(service)


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


def _group(about: _About, among: tuple[str, ...], saying: Saying) -> tuple[str, ...] | None:
    """The programme, and what the service says for certain of each field of `among`; None if it does not."""
    service, found = about.service, [about.programme]
    for field in among:
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


def _is_waived(about: _About, plan: _Plan, law: Law) -> bool:
    """Whether the service has agreed to depart from the comparison, with a reason and for the time being."""
    comparison = plan.of.comparison
    if not comparison.waivable or law.today is None:
        return False
    counted = counting(about.waivers, about.service, law.register, plan.of.pack.name, comparison.name)
    return not waive((plan.path,), counted, law.today).paths


def field_label(of: Held) -> str:
    """How what is measured is called in print."""
    measures = of.comparison.measures
    assert measures is not None
    return load(of.pack.vocabulary).label(measures.field, measures.key)
