"""What made a rule fail: which test of its requirement, about which field, and where that stands in the document."""

from __future__ import annotations

from carespec.guidance.model import Clause, Rule
from carespec.model import conditions
from carespec.model.conditions import Condition, InWords, Not, Test
from carespec.model.facts import Doubt, Fact
from carespec.rules.asked import Subject, is_family
from carespec.rules.evaluate import EVERY, SOME, each_alone, truth
from carespec.rules.text import field_named
from carespec.tuples import NamedTuple

_OPPOSITE = {EVERY: SOME, SOME: EVERY}


class Blame(NamedTuple):
    """One test that decided, the clause that it is part of, and the path of the field that it is about."""

    clause: Clause
    test: Test
    path: str


def blamed(rule: Rule, subject: Subject) -> tuple[Blame, ...]:
    """Everything that made the requirement fail, each field once, in the order in which the rule asks."""
    found: dict[str, Blame] = {}
    for clause in rule.requires:
        if truth(clause.condition, subject, EVERY).value is False:
            for test, answer in _deciding(clause.condition, subject, EVERY, False):
                for path in _own_paths(test, subject, answer):
                    found.setdefault(path, Blame(clause, test, path))
    return tuple(found.values())


def _path(test: Test) -> str:
    return f"{test.field} {test.key}" if test.key else test.field


def _deciding(condition: Condition, subject: Subject, quantifier: str, value: bool) -> list[tuple[Test, bool]]:
    """The tests that give a condition its value, from left to right, each with its own."""
    if isinstance(condition, Test):
        return [(condition, value)]
    if isinstance(condition, InWords):
        return []
    if isinstance(condition, Not):
        return _deciding(condition.part, subject, _OPPOSITE[quantifier], not value)
    parts = [part for part in condition.parts if truth(part, subject, quantifier).value is value]
    return [test for part in parts for test in _deciding(part, subject, quantifier, value)]


def _own_paths(test: Test, subject: Subject, value: bool) -> list[str]:
    """The path of a test; of a family asked about as a whole, those of the lines that alone would answer so."""
    field = field_named(test.field, subject.vocabulary)
    if field is None or not is_family(field, test.key):
        return [_path(test)]
    wanted = not value if test.quantifier == "no" else value
    alone = [path for path, answer in each_alone(test, subject).items() if answer is wanted]
    return alone or [_path(test)]


def facts_of(path: str, subject: Subject) -> tuple[Fact, ...]:
    """The lines that answer for a path: its own, that for treatment at every step, or the one without a key."""
    name, _, key = path.partition(" ")
    field = field_named(name, subject.vocabulary)
    return subject.lines(field, key or None) if field is not None else ()


def is_uncertain(rule: Rule, subject: Subject) -> bool:
    """Whether a failure rests on a fact that is doubted or hedged: then it is possible, and no more."""
    clauses = (*rule.applies, *rule.requires)
    tests = [test for clause in clauses for test in conditions.tests(clause.condition)]
    facts = [fact for test in tests for fact in facts_of(_path(test), subject)]
    return any(fact.value.hedge or any(isinstance(under, Doubt) for under in fact.under) for fact in facts)
