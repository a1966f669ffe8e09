"""What a document will be wrong about one day, and from when: agreements to be made, waivers, contracts, reviews.

Read off the facts once, whatever day it is: which of it is yet to come is asked of the report of a run. Rules that
begin to bind are held against the service elsewhere (`guidance.bench`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from carespec.model.facts import Except, Fact, Service, State, Waiver
from carespec.quantities.dates import DateSpan, Period
from carespec.quantities.readings import Text
from carespec.records import Coming
from carespec.source import span_of

_OPEN = (State.LOCAL, State.TO_BE_CONFIRMED)
_SETTLE = "Write what was agreed, or agree a new day."
_NO_EXCEPTION = "Take the exception out if it no longer holds, or agree a new day."
_NO_WAIVER = "Meet the rule by then, or have a new waiver agreed."


def coming(service: Service) -> Iterator[Coming]:
    """Every day on which something in a service stops being right, in the order of its lines."""
    fields = service.vocabulary.fields
    for fact in service.facts:
        if fact.value.by is not None and fact.value.state in _OPEN:
            message = f"`{fact.path}` was to be settled by {fact.value.by.show()}"
            yield _at(service, fact, _after(fact.value.by), message, _SETTLE, _partner(fact))
        if isinstance(fact.value.content, DateSpan | Period) and fact.field in fields:
            yield from _due(service, fact)
        if fact.under:
            yield from _exceptions(service, fact)
    yield from waivers_ending(service.waivers, service.path, service.name)


def waivers_ending(waivers: Iterable[Waiver], path: str, service: str = "") -> Iterator[Coming]:
    """The day after the last of each waiver; one in a register says itself for which service it is."""
    for waiver in waivers:
        if waiver.until is not None:
            message = f"the waiver of `{waiver.rule}` has ended ({waiver.until.show()})"
            span = span_of(waiver.line, waiver.start, waiver.end)
            whose, day = waiver.service or service, _after(waiver.until)
            yield Coming(day, path, span, whose, None, message, waiver.agreed_by, _NO_WAIVER)


def responsible(service: Service) -> str:
    """Who has to see to a document: the commissioner whom it names, else whoever that is."""
    named = service.stated("commissioner")
    return named.text if isinstance(named, Text) else f"whoever commissions {service.name or 'the service'}"


def _partner(fact: Fact) -> str:
    """With whom something is to be agreed, where the document says."""
    content = fact.value.content
    return content if fact.value.state == State.LOCAL and isinstance(content, str) else ""


def _due(service: Service, fact: Fact) -> Iterator[Coming]:
    """What the vocabulary says of a date that has come, and of a period that has ended."""
    field, content = service.vocabulary.fields[fact.field], fact.value.content
    due = field.when_due
    if due and isinstance(content, DateSpan):
        message = f"{due} (`{fact.path}`: {content.show()})"
        yield _at(service, fact, content.first.isoformat(), message, field.due_fix)
    if due and isinstance(content, Period) and content.end is not None:
        yield _at(service, fact, _after(content.end), f"{due} (`{fact.path}`: {content.show()})", field.due_fix)


def _exceptions(service: Service, fact: Fact) -> Iterator[Coming]:
    for under in fact.under:
        if isinstance(under, Except) and under.until is not None:
            message = f"an exception to `{fact.path}` has ended ({under.until.show()})"
            span, who = span_of(under.line, under.start, under.end), responsible(service)
            yield Coming(_after(under.until), service.path, span, service.name, fact.path, message, who, _NO_EXCEPTION)


def _at(service: Service, fact: Fact, day: str, message: str, fix: str, who: str = "") -> Coming:
    span = span_of(fact.line, fact.value.start, fact.value.end)
    return Coming(day, service.path, span, service.name, fact.path, message, who or responsible(service), fix)


def _after(span: DateSpan) -> str:
    """The day after the last; the last day that there is has none after it."""
    return (span.last + timedelta(days=1) if span.last < date.max else span.last).isoformat()
