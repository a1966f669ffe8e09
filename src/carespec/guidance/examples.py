"""A rule's own examples, which are its tests: what the rule would say where these facts are supposed.

Facts that an example does not mention are not stated. What decides whether the rule applies, and is not mentioned, is
taken to hold; an exemption that is not mentioned is taken not to be claimed. So an example says only what matters.
"""

from __future__ import annotations

from carespec.guidance.derived import joined
from carespec.guidance.judge import Judgement, Parts, answer_all, answer_any, judged
from carespec.guidance.model import Clause, Example, Rule, Supposed
from carespec.model.conditions import All, Any, Condition, InWords, Not, Test
from carespec.model.facts import NOTHING_ELSE, Fact, Service, State
from carespec.rules.asked import Subject
from carespec.rules.evaluate import EVERY, SOME
from carespec.rules.text import field_named, other_path
from carespec.tuples import NamedTuple
from carespec.vocabulary import Vocabulary


class Ran(NamedTuple):
    """What came of an example: the judgement, and whether its outcome is the one expected."""

    example: Example
    judgement: Judgement
    holds: bool


def run(rule: Rule, example: Example, vocabulary: Vocabulary) -> Ran:
    """Judge a rule on the facts of one of its examples. `vocabulary` is the pack's."""
    judgement = judge_supposed(rule, example.supposed, vocabulary)
    return Ran(example, judgement, judgement.outcome == example.expected)


def judge_supposed(rule: Rule, supposed: tuple[Supposed, ...], vocabulary: Vocabulary) -> Judgement:
    """The outcome of a rule where these facts are supposed, and no others."""
    subject = subject_of(supposed, vocabulary)
    applies = answer_all(_mentioned(rule.applies, subject, True), subject, SOME)
    exempts = answer_any(_mentioned(rule.unless, subject, False), subject)
    parts = Parts(applies, exempts, answer_all(rule.requires, subject, EVERY))
    return judged(rule, parts, lambda path: True)


def subject_of(supposed: tuple[Supposed, ...], vocabulary: Vocabulary) -> Subject:
    """A service that says these facts; about all else it was looked, and it does not say."""
    silent = frozenset(one.path for one in supposed if one.value.state == State.SILENT)
    said = (one for one in supposed if one.value.state != State.SILENT)
    facts = tuple(_fact(one, line) for line, one in enumerate(said, 1))
    return Subject(service_of(facts, vocabulary), joined(vocabulary), absent=State.NOT_STATED, silent=silent)


def _fact(one: Supposed, line: int) -> Fact:
    return Fact(one.field, one.key, one.value, (), line, one.start, one.end, one.end)


def service_of(facts: tuple[Fact, ...], vocabulary: Vocabulary) -> Service:
    """A service of these facts and nothing else, that nobody wrote."""
    by_path: dict[str, Fact] = {}
    by_field: dict[str, tuple[Fact, ...]] = {}
    for fact in facts:
        by_path.setdefault(fact.path, fact)
        by_field[fact.field] = (*by_field.get(fact.field, ()), fact)
    return Service(
        name="example", path="", vocabulary=vocabulary, lines=(), facts=facts, sections=(), sources=(), definitions=(),
        waivers=(), misplaced=(), damaged=(), damaged_words=frozenset(), sentences=(), below_damage=(), by_path=by_path,
        by_field=by_field, perhaps=NOTHING_ELSE,
    )  # fmt: skip


def _mentioned(clauses: tuple[Clause, ...], subject: Subject, otherwise: bool) -> tuple[Clause, ...]:
    """The clauses as far as their fields are mentioned; what is not is taken to be as `otherwise` says."""
    pairs = ((clause, _as_supposed(clause.condition, subject, otherwise)) for clause in clauses)
    return tuple(clause._replace(condition=condition) for clause, condition in pairs)


def _as_supposed(condition: Condition, subject: Subject, otherwise: bool) -> Condition:
    """A condition in which every test of a field that is not mentioned is replaced by what it is taken to be."""
    if isinstance(condition, Test):
        if _is_mentioned(condition, subject):
            return condition
        return All(()) if otherwise else Any(())
    if isinstance(condition, InWords):
        return All(()) if otherwise else Any(())
    if isinstance(condition, Not):
        return Not(_as_supposed(condition.part, subject, not otherwise))
    return condition._replace(parts=tuple(_as_supposed(part, subject, otherwise) for part in condition.parts))


def _is_mentioned(test: Test, subject: Subject) -> bool:
    asked = [(test.field, test.key), other_path(test) or (test.field, test.key)]
    return any(_is_said(name, key, subject) for name, key in asked)


def _is_said(name: str, key: str | None, subject: Subject) -> bool:
    field = field_named(name, subject.vocabulary)
    path = f"{name} {key}" if key else name
    return field is not None and (path in subject.silent or bool(subject.said(field, key)))
