"""A value, or a unit, is a word that the vocabulary does not have.

What it flags: a word in a choice, a list or a scale that the field does not know, an event that no wait can start
from, a misspelt unit of time, a unit that nothing is paid per, a group that no payment can be for, and a measure that
has no readings.

Why it matters: a misspelt word is one that no rule ever finds: a service that takes `self-refferal` would be reported
as one that takes none.

Instead: one of the field's words; `carespec explain FIELD` lists them with their meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from carespec.flags import Flag, flag_problem, problems_of, values_of
from carespec.model.facts import Cap, Fact, OnlyFor, Service, Value
from carespec.quantities.bounds import Bound
from carespec.quantities.counts import Rate
from carespec.quantities.money import Money
from carespec.quantities.readings import Reading
from carespec.vocabulary import Vocabulary, nearest

TITLE = "a word that the vocabulary does not have"
SEVERITY = "must"
SAFE = True
CONCERNS = (Bound, Cap, Money, OnlyFor, Rate, Reading)
AFFECTS = "everyone who is judged by the line: no rule finds the word"
BAD = (
    "referral-routes: gp, self-refferal  #! `self-refferal`",
    "programme: iaptt  #! `iaptt`",
    "wait assessment: within 10 working days of refferal  #! `refferal`",
    "pay step-2: £40.00 per sesion  #! `sesion`",
    "pay step-2: £40.00 per session for step-22  #! `step-22`",
    "pay step-2: £40.00 per session\n  at most 12 per corse  #! `corse`\n  for stepp-2  #! `stepp-2`",
    "stop-when: recoverd at last reading  #! `recoverd`",
    "minimum-age: 18 years\n  except 16 years when education is fulltime  #! `fulltime`",
    "volume-guarantee: 500 courses per yeer  #! `yeer`",
    "minimum-age: 18 yeers  #! `yeers`",
    "reported-wait step-2: over 6 mnoths  #! `mnoths`",
    "minimum-age: none\n  except 16 years when age is at most 17 yeras  #! `yeras`",
    "self-referral step-2: no  #! `no`\ngp-informed: not-required  #! `not-required`\n"
    "referral-routes: nobody  #! `nobody`",
    "pay missed: nil  #! `nil`\nmaximum-age: unlimited  #! `unlimited`\nwait step-2: never  #! `never`",
    "pay missed: free  #! `free`\n  except nil when route is gp  #! `nil`",
    "exclusion psychosis: no  #! `no`\nreferral-routes: gp, nobody  #! `nobody`",
)
GOOD = (
    "referral-routes: gp, self-referral among others",
    "pay step-2: £40.00 per session for step-2\n  at most 12 per course\n  for step-2",
    "stop-when: not recovered after 4 sessions",
    "volume-guarantee: 500 courses per year",
    'clusters: in words "mild to moderate mental health problems"',
)


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag every word of a fact, and of the lines under it, that stands for nothing."""
    for problem, line in problems_of(fact, "unknown-word"):
        yield flag_problem(fact, problem, line)
    if not fact.under and not isinstance(fact.value.content, Money | Bound | Rate | Reading):
        return
    for value, line in values_of(fact):
        yield from _in_value(value, line, fact, service)
    for under in fact.under:
        if isinstance(under, Cap):
            yield from _word(under.per, service.vocabulary.per, _PER, under.line, under.start, fact, service)
        elif isinstance(under, OnlyFor) and under.scope:
            yield from _word(under.scope[0], _scopes(service.vocabulary), _FOR, under.line, under.start, fact, service)


_PER = ("per", "what can be counted or paid for")
_FOR = ("for", "whom a payment can be for")
_READING = ("", "a measure with readings")


def _in_value(value: Value, line: int, fact: Fact, service: Service) -> Iterator[Flag]:
    vocabulary = service.vocabulary
    content = value.content.limit if isinstance(value.content, Bound) else value.content
    if isinstance(content, Money) and content.scope:
        yield from _word(content.scope[0], _scopes(vocabulary), _FOR, line, value.start, fact, service)
    elif isinstance(content, Rate) and content.per:
        yield from _word(content.per, vocabulary.per, _PER, line, value.start, fact, service)
    elif isinstance(content, Reading):
        measures = [field.name for field in vocabulary.case_fields.values() if field.type == "reading"]
        yield from _word(content.measure, measures, _READING, line, value.start, fact, service)


def _scopes(vocabulary: Vocabulary) -> Iterable[str]:
    return vocabulary.words.get("scope", {})


def _word(
    word: str, known: Iterable[str], role: tuple[str, str], line: int, start: int, fact: Fact, service: Service
) -> Iterator[Flag]:
    """A flag on the word, which stands on the line after `start` and after the word that brings it in."""
    words = list(known)
    if word in words or not words:
        return
    before, what = role
    pattern = re.compile(rf"\b{before}\s*\b({re.escape(word)})(?![\w-])", re.IGNORECASE)
    found = pattern.search(service.lines[line - 1], start)
    span = found.span(1) if found else (start, start + 1)
    near = nearest(word, words)
    asked = f"; did you mean `{near}`?" if near else ""
    fix = f"Write `{near}`." if near else f"Write one of {', '.join(f'`{w}`' for w in words)}."
    yield Flag(f"`{word}` is not a word for {what}{asked}", fix, line, *span, fact.path, near)
