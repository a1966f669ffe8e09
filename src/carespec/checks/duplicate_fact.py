"""The same thing is said twice.

What it flags: a second line of one field and key, a payment, a source or a definition of one name given twice.

Why it matters: nobody can say which of the two holds, and the provider will keep to the one that costs less.

Instead: one line. What holds only in some case, or only for some time, is an `except` line under it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from carespec.flags import Also, Flag, unknown_to
from carespec.model.facts import Definition, Fact, Service, SourceDocument

TITLE = "the same thing said twice"
SEVERITY = "must"
AFFECTS = "the people whom the line is about: which of the two holds is anybody's guess"
BAD = (
    "minimum-age: 18 years\nmaximum-age: none\nminimum-age: 16 years  #! `minimum-age`",
    "wait step-2: within 4 weeks of referral\nwait step-2: within 4 weeks of referral  #! `wait step-2`",
    "pay step-2: £40.00 per session\npay step-2: £45.00 per session  #! `pay step-2`\n"
    "Pay Step-2: £50.00 per session  #! `Pay Step-2`",
    'source signed: "Schedule 2"\nsource signed: "Schedule 3"  #! `signed`\nminimum-age: 18 years [signed p4]',
    'define course: "Two sessions"\ndefine course: "Six sessions"  #! `course`',
)
GOOD = (
    "wait step-2: within 4 weeks of referral\nwait step-3: within 4 weeks of referral",
    "minimum-age: 18 years\n  except 16 years when education is not full-time",
)
_Named = TypeVar("_Named", SourceDocument, Definition)


def check(service: Service) -> Iterator[Flag]:
    """Flag every line whose path, or whose name, an earlier line has."""
    if len(service.by_path) != len(service.facts):
        for fact in service.facts:
            first = service.by_path[fact.path]
            if first is not fact and not unknown_to(service, fact):
                yield _fact(fact, first)
    yield from _named(service.sources, "source", service)
    yield from _named(service.definitions, "definition", service)


def _fact(fact: Fact, first: Fact) -> Flag:
    same = (fact.value.state, fact.value.content) == (first.value.state, first.value.content)
    message = f"`{fact.path}` is said twice: line {first.line} {'says the same' if same else 'says something else'}"
    fix = "Delete one of the two lines; what holds only in some case is an `except` line under the other."
    also = (Also(first.line, first.start, first.end, "the first of the two"),)
    return Flag(message, fix, fact.line, fact.start, fact.name_end, fact.path, also=also)


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
