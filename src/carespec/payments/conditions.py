"""Conditions of payments: what of them is settled before treatment begins, and whether they hold at its end.

A person's care cluster and whether they were seen in time are settled beforehand. Sessions, appointments and readings
are what the course itself decides. Anything else about a person is not analysed.
"""

from __future__ import annotations

from carespec.cases.answers import answer
from carespec.model.conditions import All, Any, Condition, InWords, Not, Test, tests
from carespec.payments.readings import Needs, Readings, needs_of, shows
from carespec.quantities import truth
from carespec.quantities.readings import Reading
from carespec.tuples import NamedTuple
from carespec.vocabulary import Vocabulary

_COUNTED = ("sessions", "booked")


class Person(NamedTuple):
    """What is settled before treatment: the care cluster, None for one that no payment names."""

    cluster: str | None = None


class NotAnalysed(Exception):
    """Why a condition cannot be followed, as the end of a sentence."""


class Events(NamedTuple):
    """What happened in a course so far, as far as payments ask."""

    sessions: int
    missed: int
    record: Readings


def settle(condition: Condition, person: Person, vocabulary: Vocabulary) -> Condition | bool:
    """What is left to be decided by the course itself. Raises NotAnalysed."""
    if isinstance(condition, InWords):
        raise NotAnalysed(f"its condition stands in words: “{condition.text}”")
    if isinstance(condition, Test):
        return _settle_test(condition, person, vocabulary)
    if isinstance(condition, Not):
        inner = settle(condition.part, person, vocabulary)
        return not inner if isinstance(inner, bool) else Not(inner)
    parts = [settle(part, person, vocabulary) for part in condition.parts]
    deciding = isinstance(condition, Any)
    if any(part is deciding for part in parts):
        return deciding
    left = tuple(part for part in parts if not isinstance(part, bool))
    if not left:
        return not deciding
    return left[0] if len(left) == 1 else (Any(left) if deciding else All(left))


def _settle_test(test: Test, person: Person, vocabulary: Vocabulary) -> Condition | bool:
    if test.problem is not None:
        raise NotAnalysed("what its condition asks cannot be read")
    if test.field in _COUNTED:
        return test
    if test.field == "recovered" and isinstance(test.operand, Reading):
        if needs_of(test.operand.at) is None:
            raise NotAnalysed(_unshown(test.operand.at))
        return test
    if test.field == "reliably-improved":
        raise NotAnalysed("the model knows recovery, and no smaller improvement")
    if test.field == "cluster":
        if person.cluster is None:
            return False
        found = answer(test, person.cluster, vocabulary.case_fields["cluster"], vocabulary)
        if found is not None:
            return found
    if test.field == "waited":
        return True
    raise NotAnalysed(f"it depends on `{test.field}`, which differs from person to person")


def _unshown(at: str) -> str:
    if at.startswith("at follow-up"):
        return f"nothing after the end of treatment is modelled, and it is due `{at}`"
    return f"no session shows what is so `{at}`"


def asks_about(condition: Condition | None, field: str) -> bool:
    """Whether a condition has a test on that case field."""
    return condition is not None and any(test.field == field for test in tests(condition))


def holds(condition: Condition | None, events: Events, needs: Needs, vocabulary: Vocabulary) -> bool | None:
    """Whether a settled condition holds of what happened; None where it asks for a reading that was never taken."""
    if condition is None:
        return True
    if isinstance(condition, Not):
        return truth.negate(holds(condition.part, events, needs, vocabulary))
    if isinstance(condition, All):
        return truth.every(holds(part, events, needs, vocabulary) for part in condition.parts)
    if isinstance(condition, Any):
        return truth.some(holds(part, events, needs, vocabulary) for part in condition.parts)
    assert isinstance(condition, Test)
    if isinstance(condition.operand, Reading):
        return shows(condition.operand.at, events.record, needs)
    count = events.sessions + (events.missed if condition.field == "booked" else 0)
    return answer(condition, count, vocabulary.case_fields[condition.field], vocabulary)
