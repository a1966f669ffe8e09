"""What a comparison of guidance takes from one service: its group, and its value of what is measured.

Taken file by file; it crosses a pipe, and judging needs nothing more of the service.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from carespec.compare.gather import Said, in_force, ordinals, programme_of, say
from carespec.guidance.model import Comparison, Pack
from carespec.model.certain import always
from carespec.model.facts import Doubt, Fact, Service, SourceDocument, State
from carespec.quantities.money import Money
from carespec.records import SourceRef
from carespec.source import Span, span_of, stem
from carespec.vocabulary import load

_NEVER = "withdrawn"
_EVERY_STEP, _STEP = "treatment", "step-"


class Held(NamedTuple):
    """A comparison that judges, with what its pack says for it: the full name, the vocabulary, the sources."""

    name: str
    vocabulary: str
    comparison: Comparison
    sources: tuple[SourceRef, ...]
    binds: tuple[date | None, date | None]


class Taken(NamedTuple):
    """One service under one comparison.

    `group` is its programme and what it says of the fields of `among`. `content` is the quantity where one is stated.
    `span` is None where no line says anything.
    """

    comparison: str
    service: str
    path: str
    group: tuple[str, ...]
    period: tuple[int | None, int | None]
    said: Said
    content: object
    doubted: bool
    span: Span | None


def held(packs: Iterable[Pack]) -> tuple[Held, ...]:
    """The comparisons of packs that were read whole and have something to flag."""
    return tuple(
        Held(f"{pack.name}.{one.name}", pack.vocabulary, one, _sources(one, pack), _binds(one, pack))
        for pack in packs
        for one in pack.comparisons
        if one.whole and one.measures is not None and one.flag is not None
    )


def measured(service: Service, comparisons: Iterable[Held]) -> tuple[Taken, ...]:
    """What each comparison takes from a service; nothing for one that it does not concern.

    That is a service of another vocabulary, one that is withdrawn, one whose law the comparison is not (by the day of
    its signature or contract), and one that does not say for certain what it must agree in with others.
    """
    if service.status == _NEVER:
        return ()
    taken = (_taken(service, one) for one in comparisons if one.vocabulary == service.vocabulary.name)
    return tuple(one for one in taken if one is not None)


def _taken(service: Service, of: Held) -> Taken | None:
    group = _group(service, of.comparison)
    if group is None or not _concerned(service, of):
        return None
    measures = of.comparison.measures
    assert measures is not None
    fact = answering(service, measures.field, measures.key)
    if fact is None and measures.field in service.damaged_words:
        return None
    said, content = (Said(State.SILENT, "", "", None), None) if fact is None else _said(fact, service, measures.per)
    return Taken(
        of.name, service.name or stem(service.path), service.path, group, ordinals(in_force(service)), said, content,
        fact is not None and any(isinstance(under, Doubt) for under in fact.under),
        span_of(fact.line, fact.value.start, fact.value.end) if fact else None,
    )  # fmt: skip


def answering(service: Service, field: str, key: str | None) -> Fact | None:
    """The line that answers for a field and key: its own, for a step that for treatment, else that without a key."""
    fact = service.fact(field, key)
    if fact is None and key is not None:
        known = service.vocabulary.fields.get(field)
        by_step = known is not None and key.startswith(_STEP) and _EVERY_STEP in service.vocabulary.keys(known)
        fact = (service.fact(field, _EVERY_STEP) if by_step else None) or service.fact(field)
    return fact


def _said(fact: Fact, service: Service, per: str | None) -> tuple[Said, object]:
    """What a line says; an amount per something else than is asked for is no figure here."""
    said = say(fact, service)
    content = fact.value.content if said.measure is not None else None
    if per is not None and isinstance(content, Money) and content.per != per:
        return said._replace(measure=None), None
    return said, content


def _group(service: Service, comparison: Comparison) -> tuple[str, ...] | None:
    """The programme, and what the service says for certain of each field of `among`; None if it does not."""
    found = [programme_of(service) or "programme not said"]
    for field in comparison.among:
        fact = service.fact(field)
        if fact is None or always(fact) is None:
            return None
        if field != "programme":
            found.append(say(fact, service).text)
    return tuple(found)


def _concerned(service: Service, of: Held) -> bool:
    """Whether the comparison binds on the day whose law applies to the service; where it has none, it does."""
    day, (first, last) = service.as_at()[0], of.binds
    return day is None or ((first is None or first <= day) and (last is None or day <= last))


def _binds(comparison: Comparison, pack: Pack) -> tuple[date | None, date | None]:
    period = comparison.in_force or pack.in_force
    if period is None:
        return None, None
    return (period.start.first if period.start else None, period.end.last if period.end else None)


def _sources(comparison: Comparison, pack: Pack) -> tuple[SourceRef, ...]:
    return tuple(
        SourceRef(source.titles[0] if source else cite.source, _publisher(source), cite.place, law.quote)
        for law in comparison.laws
        for cite in law.cites
        for source in (pack.source(cite.source),)
    )


def _publisher(source: SourceDocument | None) -> str:
    return source.titles[1] if source is not None and len(source.titles) > 1 else ""


def field_label(of: Held) -> str:
    """How what is measured is called in print."""
    measures = of.comparison.measures
    assert measures is not None
    return load(of.vocabulary).label(measures.field, measures.key)
