"""What a document will be wrong about one day, and from when: agreements to be made, waivers, contracts, reviews.

Read off the facts once, whatever day it is: which of it is yet to come is asked of the report of a run.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from carespec.model.facts import Except, Fact, Service, State
from carespec.quantities.dates import DateSpan, Period
from carespec.records import Coming
from carespec.source import span_of

_OPEN = (State.LOCAL, State.TO_BE_CONFIRMED)


def coming(service: Service) -> Iterator[Coming]:
    """Every day on which something in a service stops being right, in the order of its lines."""
    for fact in service.facts:
        if fact.value.by is not None and fact.value.state in _OPEN:
            day = _after(fact.value.by)
            yield _at(service, fact, day, f"`{fact.path}` was to be settled by {fact.value.by.show()}")
        if fact.field in service.vocabulary.fields and fact.value.state == State.STATED:
            yield from _due(service, fact)
        if fact.under:
            yield from _exceptions(service, fact)
    for waiver in service.waivers:
        if waiver.until is not None:
            message = f"the waiver of `{waiver.rule}` has ended ({waiver.until.show()})"
            span = span_of(waiver.line, waiver.start, waiver.end)
            yield Coming(_after(waiver.until), service.path, span, service.name, None, message)


def _due(service: Service, fact: Fact) -> Iterator[Coming]:
    """What the vocabulary says of a date that has come, and of a period that has ended."""
    due, content = service.vocabulary.fields[fact.field].when_due, fact.value.content
    if due and isinstance(content, DateSpan):
        yield _at(service, fact, content.first.isoformat(), f"{due} (`{fact.path}`: {content.show()})")
    if due and isinstance(content, Period) and content.end is not None:
        yield _at(service, fact, _after(content.end), f"{due} (`{fact.path}`: {content.show()})")


def _exceptions(service: Service, fact: Fact) -> Iterator[Coming]:
    for under in fact.under:
        if isinstance(under, Except) and under.until is not None:
            message = f"an exception to `{fact.path}` has ended ({under.until.show()})"
            span = span_of(under.line, under.start, under.end)
            yield Coming(_after(under.until), service.path, span, service.name, fact.path, message)


def _at(service: Service, fact: Fact, day: str, message: str) -> Coming:
    span = span_of(fact.line, fact.value.start, fact.value.end)
    return Coming(day, service.path, span, service.name, fact.path, message)


def _after(span: DateSpan) -> str:
    """The day after the last; the last day that there is has none after it."""
    return (span.last + timedelta(days=1) if span.last < date.max else span.last).isoformat()
