"""What a check sees: a flag at a place in a service. The workspace makes findings of flags."""

from __future__ import annotations

from collections.abc import Iterator

from carespec.model.conditions import Condition, Test, in_words, tests
from carespec.model.facts import (
    Allowance,
    Cap,
    Differs,
    Except,
    Fact,
    Problem,
    Service,
    ShareAtRisk,
    SourceDocument,
    Under,
    Value,
    Waiver,
    When,
)
from carespec.records import Edit, Reading, Related, ServiceRef
from carespec.source import Span
from carespec.tuples import NamedTuple


class Also(NamedTuple):
    """Another place in the same file that a flag is about."""

    line: int
    start: int
    end: int
    message: str


class Meant(NamedTuple):
    """One of several things that a flagged piece can mean: the setting and its word that say so, and what to write."""

    setting: str
    word: str
    write: str


class Flag(NamedTuple):
    """Something to tell the author. `line` is from 1; `start` and `end` are offsets in it; `write` replaces that piece.

    `says` is the document's own words, by default the flagged piece of the line; `affects` whom it touches, by default
    the check's own words. `field` is the path of the fact. Flags with the same `group` are one remark, and `brief` is
    then what each adds to it. `readings` are what the piece can mean, where only the author knows.
    """

    message: str
    fix: str
    line: int
    start: int
    end: int
    field: str | None = None
    write: str | None = None
    says: str = ""
    affects: str = ""
    also: tuple[Also, ...] = ()
    severity: str | None = None
    group: str | None = None
    brief: str = ""
    readings: tuple[Meant, ...] = ()


class FileFlag(NamedTuple):
    """What a check over all files tells of one of them, and the places in others that it is about.

    The check does not see lines, so it sets `says` itself.
    """

    ref: ServiceRef
    flag: Flag
    related: tuple[Related, ...] = ()


def flag_value(fact: Fact, message: str, fix: str, write: str | None = None) -> Flag:
    """A flag on a fact's value."""
    return Flag(message, fix, fact.line, fact.value.start, fact.value.end, fact.path, write)


def flag_name(fact: Fact, message: str, fix: str, write: str | None = None) -> Flag:
    """A flag on the field and key of a fact."""
    return Flag(message, fix, fact.line, fact.start, fact.name_end, fact.path, write)


def flag_problem(fact: Fact, problem: Problem, line: int) -> Flag:
    """A flag for what reading a value ran into, on the fact's line or on a line under it."""
    return Flag(problem.message, problem.fix, line, problem.start, problem.end, fact.path, problem.write)


def readings(flag: Flag, span: Span) -> tuple[Reading, ...]:
    """What a flagged piece can mean, as edits; once the author has said which, nothing else can be meant."""
    return tuple([Reading(one.setting, one.word, Edit(span, one.write, safe=True)) for one in flag.readings])


def values_of(fact: Fact) -> tuple[tuple[Value, int], ...]:
    """Every value that a fact gives, with its line: its own, those of its exceptions, and what another source says."""
    return ((fact.value, fact.line), *[(line.value, line.line) for line in fact.under if isinstance(line, _VALUED)])


_VALUED = (Except, Differs)


def problems_of(fact: Fact, check: str) -> tuple[tuple[Problem, int], ...]:
    """The problems of a fact that one check reports, each with its line: its values, limits, dates and conditions."""
    if fact.value.problem is None and not fact.under:
        return ()
    found = [(v.problem, line) for v, line in values_of(fact) if v.problem is not None]
    limits = [u for u in fact.under if isinstance(u, _LIMITS)]
    found += [(under.problem, under.line) for under in limits if under.problem is not None]
    found += [(test.problem, line) for test, line in tests_of(fact) if isinstance(test.problem, Problem)]
    return tuple([(problem, line) for problem, line in found if problem.check == check]) if found else ()


_LIMITS = (Except, ShareAtRisk, Cap, Allowance)


def problems_around(service: Service, check: str) -> Iterator[Flag]:
    """Flags for the problems of sources and waivers that one check reports."""
    records: tuple[SourceDocument | Waiver, ...] = (*service.sources, *service.waivers)
    for record in records:
        for problem in record.problems:
            if problem.check == check:
                yield Flag(problem.message, problem.fix, record.line, problem.start, problem.end, None, problem.write)


def tests_of(fact: Fact) -> list[tuple[Test, int]]:
    """Every test in the conditions under a fact, with its line."""
    return [(test, line) for condition, line in _conditions_of(fact) for test in tests(condition)]


def _conditions_of(fact: Fact) -> list[tuple[Condition, int]]:
    found = [(_condition_of(under), under.line) for under in fact.under]
    return [(condition, line) for condition, line in found if condition is not None]


def _condition_of(under: Under) -> Condition | None:
    if isinstance(under, Except):
        return under.when
    return under.condition if isinstance(under, _CONDITIONAL) else None


_CONDITIONAL = (When, ShareAtRisk)


def kinds_of(fact: Fact) -> tuple[type, ...] | None:
    """What a fact consists of: the kinds of its values, of the lines under it, and of what their conditions ask.

    None where a part of it was not understood.
    """
    if fact.value.problem is not None or not fact.whole:
        return None
    if not fact.under:
        return (type(fact.value.content),)
    values = [value for value, _ in values_of(fact)]
    asked = [test for test, _ in tests_of(fact)]
    problems = [*[value.problem for value in values], *[test.problem for test in asked], *map(_problem_of, fact.under)]
    if any(problem is not None for problem in problems):
        return None
    words = [type(part) for condition, _ in _conditions_of(fact) for part in in_words(condition)]
    contents = [type(content) for content in (*(v.content for v in values), *(test.operand for test in asked))]
    return (*contents, *map(type, fact.under), *words)


def _problem_of(under: Under) -> Problem | None:
    return under.problem if isinstance(under, _LIMITS) else None


def unknown_to(service: Service, fact: Fact) -> bool:
    """Whether the vocabulary has no such field."""
    return not fact.is_payment and fact.field not in service.vocabulary.fields
