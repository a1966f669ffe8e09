"""The same thing is said twice.

What it flags: a second line of one field and key; a payment, a source or a definition of one name given twice; two
limits of one payment per the same thing; one rule waived twice on the same field.

Why it matters: nobody can say which of the two holds, and the provider will keep to the one that costs less.

Instead: one line. What holds only in some case, or only for some time, is an `except` line under it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from carespec.flags import Also, Flag, unknown_to
from carespec.model.facts import (
    Allowance,
    Cap,
    Definition,
    Fact,
    Service,
    SourceDocument,
    State,
    Value,
    Waiver,
)

TITLE = "the same thing said twice"
SEVERITY = "must"
AFFECTS = "the people whom the line is about: which of the two holds is anybody's guess"
BAD = (
    "minimum-age: 18 years\nmaximum-age: none\nminimum-age: 16 years  #! `minimum-age`",
    "wait step-2: within 4 weeks of referral\nwait step-2: within 4 weeks of referral  #! `wait step-2`",
    "pay step-2: £40.00 per session\npay step-2: £45.00 per session  #! `pay step-2`\n"
    "Pay Step-2: £50.00 per session  #! `Pay Step-2`",
    'source signed: "Schedule 2"\nsource signed: "Schedule 3"  #! `signed`\nminimum-age: 18 years [signed p4]',
    "pay step-2: £40.00 per session\n  at most 12 per course\npay step-2: £40.00 per session  #! `pay step-2`",
    "pay step-2: £40.00 per session\n  at most 12 per course\n  at most 6 per course  #! `at most 6 per course`",
    "pay missed: £40.00 per missed-appointment\n  at most 1 per 6 booked\n  at most 2 per 6 booked"
    "  #! `at most 2 per 6 booked`",
    'waive some-rule until 31 March 2013: "Old" agreed by "Lead"\n'
    'waive some-rule until 31 March 2014: "New" agreed by "Lead"  #! `some-rule`',
    'define course: "Two sessions"\ndefine course: "Six sessions"  #! `course`',
)
GOOD = (
    "wait step-2: within 4 weeks of referral\nwait step-3: within 4 weeks of referral",
    "minimum-age: 18 years\n  except 16 years when education is not full-time",
    "pay step-2: £40.00 per session\n  at most 12 per course\n  at most 20 per person",
    "pay missed: £40.00 per missed-appointment\n  at most 1 per 6 booked\n  at most 2 per 12 to 15 booked",
    'waive some-rule on wait step-2 until 31 March 2013: "Old" agreed by "Lead"\n'
    'waive some-rule on wait step-3 until 31 March 2013: "Old" agreed by "Lead"',
)
_Named = TypeVar("_Named", SourceDocument, Definition)


def check(service: Service) -> Iterator[Flag]:
    """Flag every line whose path, or whose name, an earlier line has."""
    if len(service.by_path) != len(service.facts):
        for fact in service.facts:
            first = service.by_path[fact.path]
            if first is not fact and not unknown_to(service, fact):
                yield _fact(fact, first, service)
    yield from _named(service.sources, "source", service)
    yield from _named(service.definitions, "definition", service)
    for fact in service.facts:
        if fact.under and fact.is_payment:
            yield from _limits(fact)
    yield from _waivers(service)


def _fact(fact: Fact, first: Fact, service: Service) -> Flag:
    message = f"`{fact.path}` is said twice: line {first.line} {_how(fact, first, service)}"
    fix = "Delete one of the two lines; what holds only in some case is an `except` line under the other."
    also = (Also(first.line, first.start, first.end, "the first of the two"),)
    return Flag(message, fix, fact.line, fact.start, fact.name_end, fact.path, also=also)


def _how(fact: Fact, first: Fact, service: Service) -> str:
    """How the first line stands to this one, as far as both could be understood."""
    if State.UNFIT in (fact.value.state, first.value.state) or not (fact.whole and first.whole):
        return "is about it too"
    if _said(fact.value) != _said(first.value):
        return "says something else"
    same = _below(fact, service) == _below(first, service)
    return "says the same" if same else "says the same, with other lines under it"


def _said(value: Value) -> Value:
    """What a value says, wherever it stands."""
    return value._replace(start=0, end=0)


def _below(fact: Fact, service: Service) -> list[str]:
    """The words of the lines under a fact, in an order of their own."""
    texts = (service.lines[under.line - 1][under.start : under.end] for under in fact.under)
    return sorted(" ".join(text.lower().split()) for text in texts)


def _limits(fact: Fact) -> Iterator[Flag]:
    """Limits of one payment that count the same thing: `at most 12 per course` and `at most 6 per course`."""
    seen: dict[object, Cap | Allowance] = {}
    for under in fact.under:
        if not isinstance(under, Cap | Allowance):
            continue
        counted = under.per if isinstance(under, Cap) else (under.low, under.high)
        first = seen.setdefault(counted, under)
        if first is not under:
            message = f"`{fact.path}` already has a limit for the same thing, on line {first.line}"
            also = (Also(first.line, first.start, first.end, "the first of the two"),)
            yield Flag(message, "Delete one of the two.", under.line, under.start, under.end, fact.path, also=also)


def _waivers(service: Service) -> Iterator[Flag]:
    """One rule waived twice on the same field: until when is anybody's guess."""
    seen: dict[object, Waiver] = {}
    for waiver in service.waivers:
        first = seen.setdefault((waiver.rule, waiver.field), waiver)
        if first is waiver:
            continue
        start = service.lines[waiver.line - 1].lower().index(waiver.rule, waiver.start + len("waive"))
        also = (Also(first.line, first.start, first.end, "the first of the two"),)
        message = f"`{waiver.rule}` is already waived here, on line {first.line}"
        fix = "Delete one of the two lines, or write `on` and the field that this one is about."
        yield Flag(message, fix, waiver.line, start, start + len(waiver.rule), also=also)


def _named(records: Sequence[_Named], what: str, service: Service) -> Iterator[Flag]:
    seen: dict[str, _Named] = {}
    for record in records:
        first = seen.setdefault(record.name, record)
        if first is record:
            continue
        start = service.lines[record.line - 1].lower().index(record.name, record.start + len("source"))
        message = f"there is already a {what} `{record.name}`, on line {first.line}"
        also = (Also(first.line, first.start, first.end, "the first of the two"),)
        fix = "Delete one of the two lines, or give this one another name."
        yield Flag(message, fix, record.line, start, start + len(record.name), None, also=also)
