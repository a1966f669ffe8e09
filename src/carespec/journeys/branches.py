"""Which value of a fact applies to a person: the value of the line, or that of an exception.

If the condition of an exception cannot be told, both values are followed, and only what they have in common is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from carespec.cases.persons import Person, holds, is_left_to_judgement, unknown_in
from carespec.model.conditions import Condition, InWords
from carespec.model.facts import Differs, Doubt, Except, Fact, Value, When
from carespec.quantities import truth
from carespec.tuples import NamedTuple
from carespec.vocabulary import Vocabulary

CERTAIN, JUDGED, UNKNOWN = "certain", "judged", "unknown"


class Branch(NamedTuple):
    """A value that applies, or that may: `sure` says how sure that is, `why` what it hangs on.

    `value` is None where the fact holds only in other cases: then the document says nothing about this one.
    """

    value: Value | None
    line: int
    sure: str = CERTAIN
    why: str = ""


class Asked(NamedTuple):
    """Who asks: a person, with the vocabulary of the service and the day that dated exceptions are held against."""

    person: Person
    vocabulary: Vocabulary
    day: date | None


def branches(fact: Fact, asked: Asked) -> tuple[Branch, ...]:
    """Every value that may apply to the person, the most particular first; one alone is certain."""
    found = [*_branches(fact, asked), *_said_elsewhere(fact)]
    if len(found) == 1:
        return tuple(found)
    # What is left when an exception cannot be told is no surer than the exception.
    open_one = next(branch for branch in found if branch.sure != CERTAIN)
    return tuple(b._replace(sure=open_one.sure, why=open_one.why) if b.sure == CERTAIN else b for b in found)


def _said_elsewhere(fact: Fact) -> Iterator[Branch]:
    for under in fact.under:
        if isinstance(under, Differs) and fact.whole:
            yield Branch(under.value, under.line, UNKNOWN, "another source says otherwise")


def _branches(fact: Fact, asked: Asked) -> Iterator[Branch]:
    if not fact.whole:
        yield Branch(fact.value, fact.line, UNKNOWN, "a line under it could not be read")
        yield Branch(None, fact.line, UNKNOWN)
        return
    for exception in fact.exceptions:
        answer = _excepted(exception, asked)
        if answer:
            yield Branch(exception.value, exception.line)
            return
        if answer is None:
            yield Branch(exception.value, exception.line, *_hangs_on(exception.when, asked))
    yield from _of_line(fact, asked)


def _of_line(fact: Fact, asked: Asked) -> Iterator[Branch]:
    for under in fact.under:
        if isinstance(under, When):
            answer = holds(under.condition, asked.person, asked.vocabulary)
            if answer is False:
                yield Branch(None, under.line)
                return
            if answer is None:
                yield Branch(None, under.line, *_hangs_on(under.condition, asked))
    yield Branch(fact.value, fact.line)


def _excepted(exception: Except, asked: Asked) -> bool | None:
    """Whether an exception holds for the person on the day; both ends of a date are included."""
    parts: list[bool | None] = []
    if exception.when is not None:
        parts.append(holds(exception.when, asked.person, asked.vocabulary))
    if exception.until is not None:
        parts.append(_no_later(asked.day, exception.until.first, exception.until.last))
    if exception.since is not None:
        parts.append(truth.negate(_earlier(asked.day, exception.since.first, exception.since.last)))
    if exception.problem is not None or not parts:
        return None
    return truth.every(parts)


def _no_later(day: date | None, first: date, last: date) -> bool | None:
    if day is None:
        return None
    return True if day <= first else False if day > last else None


def _earlier(day: date | None, first: date, last: date) -> bool | None:
    if day is None:
        return None
    return True if day < first else False if day >= last else None


def _hangs_on(condition: Condition | None, asked: Asked) -> tuple[str, str]:
    """How sure a branch is, and what it hangs on."""
    if condition is None:
        return UNKNOWN, "it holds only for a time, and the day is not known"
    unknown = unknown_in(condition, asked.person, asked.vocabulary)
    for part in unknown:
        if isinstance(part, InWords):
            return UNKNOWN, f'whether "{part.text}" holds cannot be told'
    labels = dict.fromkeys(_label(getattr(part, "field", ""), asked.vocabulary) for part in unknown)
    judged = is_left_to_judgement(unknown, asked.person, asked.vocabulary)
    return (JUDGED, " and ".join(labels)) if judged else (UNKNOWN, f"not described: {', '.join(labels)}")


def _label(field: str, vocabulary: Vocabulary) -> str:
    known = vocabulary.case_fields.get(field)
    return known.label if known else field


def doubt_of(fact: Fact) -> str:
    """Why the reading of a fact is uncertain; empty if it is not."""
    return next((under.text for under in fact.under if isinstance(under, Doubt)), "")
