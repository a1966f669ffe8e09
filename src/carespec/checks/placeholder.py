"""A placeholder stands where something has still to be decided.

What it flags: `TBC`, `N/A`, `[insert …]` and their like as a value or as the whole of a text; a text with nothing in
it; and in a signed document `to be confirmed`.

Why it matters: a signed contract with a blank binds nobody to what should stand in it, and the blank is filled, if
ever, by one side.

Instead: `to be confirmed by` and a date while it is a draft; `not stated` or `none` where that is what is meant; and
the value itself before anybody signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from carespec.flags import Flag, flag_problem, flag_value, problems_of
from carespec.model.facts import Fact, Phrase, Service, State, Value
from carespec.model.values import is_placeholder

TITLE = "a placeholder"
SEVERITY = "should"
SIGNED = "must"
AFFECTS = "both sides and every patient: what should stand here binds nobody"
BAD = (
    "provider-lead: TBC  #! `TBC`",
    'commissioner: "[insert name]"  #! `"[insert name]"`',
    'minimum-age: in words "t.b.c."  #! `t.b.c.`',
    'maximum-age: by local agreement with "TBC"  #! `TBC`',
    "status: signed\nprovider-lead: to be confirmed by 1 April 2013  #! `to be confirmed by 1 April 2013`",
    'status: signed\nprovider-lead: "TBC"  #! `"TBC"`',
    'section "TBC"  #! `TBC`\nsource signed: "Schedule 2", "TBC"  #! `TBC`\nminimum-age: 18 years [signed]',
    'define course: "to be agreed"  #! `to be agreed`',
    'waive some-rule until 31 March 2013: "tbc" agreed by "Clinical Lead"  #! `tbc`',
    'minimum-age: 18 years\n  in words "TBC"  #! `TBC`',
    'title: ""  #! `""`\nsection " "  #! `" "`\narea: in words ""  #! `""`',
    'source page: "Home page", ""  #! `""`\nminimum-age: 18 years [page]',
)
GOOD = (
    "provider-lead: to be confirmed by 1 April 2013",
    'title: "Terms to be confirmed with each provider"',
    "status: signed\nprovider-lead: not stated",
)
_TEXTS_IN_VALUE = (State.IN_WORDS, State.LOCAL, State.ELSEWHERE)
_FIX = "Write what holds; in a draft, `to be confirmed by` and a date."


def check(service: Service) -> Iterator[Flag]:
    """Flag every placeholder of a document."""
    signed = service.status == "signed"
    for fact in service.facts:
        value = fact.value
        if value.state == State.STATED and not fact.under:
            continue
        if value.problem is not None or fact.under:
            yield from _problems(fact, signed)
        if value.state in _TEXTS_IN_VALUE:
            yield from _text(value.content, fact.line, value.start, service, fact.path)
        elif signed and value.state == State.TO_BE_CONFIRMED and value.problem is None:
            yield _unsettled(fact, value)
        for under in fact.under:
            if isinstance(under, Phrase):
                yield from _text(under.text, under.line, under.start, service, fact.path)
    yield from _around_the_facts(service)


def _problems(fact: Fact, signed: bool) -> Iterator[Flag]:
    for problem, line in problems_of(fact, "placeholder"):
        flag = flag_problem(fact, problem, line)
        # Once it is signed, "to be confirmed" is no better than what stands there.
        yield flag._replace(fix=_SETTLE, write=None) if signed else flag


_SETTLE = "Agree what holds and write it, or `not stated` where the document is silent."


def _unsettled(fact: Fact, value: Value) -> Flag:
    return flag_value(fact, f"`{fact.path}` was signed before it was settled", _SETTLE)


def _around_the_facts(service: Service) -> Iterator[Flag]:
    """Headings, sources, definitions and waivers."""
    for section in service.sections:
        yield from _text(section.title, section.line, section.start, service)
    for source in service.sources:
        for title in source.titles:
            yield from _text(title, source.line, source.start, service)
    for definition in service.definitions:
        yield from _text(definition.text, definition.line, definition.start, service)
    for waiver in service.waivers:
        for words in (waiver.reason, waiver.agreed_by):
            yield from _text(words, waiver.line, waiver.start, service)


def _text(text: object, line: int, start: int, service: Service, path: str | None = None) -> Iterator[Flag]:
    """A flag on a text, between its quotes, if a placeholder is all that it is."""
    if not isinstance(text, str) or len(text) > 40 or not _is_placeholder(text):
        return
    if not text.strip():
        yield from _empty(line, start, service, path)
        return
    found = max(service.lines[line - 1].find(text, start), start)
    message = f"`{text}` says nothing yet"
    yield Flag(message, _FIX, line, found, found + len(text), path)


_is_placeholder = lru_cache(maxsize=1024)(is_placeholder)
"""Documents have most of their headings in common."""


def _empty(line: int, start: int, service: Service, path: str | None) -> Iterator[Flag]:
    """A flag on the first pair of quotes with nothing between them."""
    found = re.compile(r'(?<!")"\s*"(?!")|\u201c\s*\u201d').search(service.lines[line - 1], start)
    span = found.span() if found else (start, start + 1)
    yield Flag("this text is empty", _FIX, line, *span, path)
