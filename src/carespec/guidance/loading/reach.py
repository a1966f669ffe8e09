"""Rules that can never apply, and rules that nothing can fail: both look like guidance, and neither is."""

from __future__ import annotations

from collections.abc import Iterator

from carespec.guidance.examples import run
from carespec.guidance.judge import FAILS, answer_all, answer_any
from carespec.guidance.loading.tried import asked, combinations_of, options, subject
from carespec.guidance.model import Clause, PackProblem, Rule
from carespec.model.conditions import tests
from carespec.rules.evaluate import EVERY, SOME
from carespec.rules.text import unknown_in
from carespec.vocabulary import Vocabulary

NEVER_APPLIES, NEVER_FAILS = "rule-never-applies", "rule-never-fails"


def unreachable(rule: Rule, vocabulary: Vocabulary, own: Vocabulary) -> Iterator[PackProblem]:
    """What can never come of a rule. `vocabulary` knows the derived fields, `own` is the pack's."""
    clauses = (*rule.applies, *rule.unless, *rule.requires)
    if any(unknown_in(test, vocabulary) for clause in clauses for test in tests(clause.condition)):
        return
    applies = rule.applies[0] if rule.applies else None
    if applies is not None and not _can(rule.applies, rule.unless, vocabulary):
        message = f"`{rule.name}` can never apply: no service can be as its `applies-when` and `unless` say"
        yield _problem(NEVER_APPLIES, message, "Correct the condition, or delete the rule.", applies, rule)
    if rule.requires and not _has_failing_example(rule, own) and not _can_fail(rule.requires, vocabulary):
        message = f"`{rule.name}` can never fail: whatever a service says, it meets what the rule requires"
        yield _problem(NEVER_FAILS, message, "Correct the condition, or delete the rule.", rule.requires[0], rule)


def _can(applies: tuple[Clause, ...], unless: tuple[Clause, ...], vocabulary: Vocabulary) -> bool:
    """Whether some service is among those meant and not exempt; true too where there are too many to try."""
    found = options(asked((*applies, *unless)), vocabulary)
    if not all(one.all_told for one in found.values()):
        return True
    try:
        each = (subject(said, vocabulary) for said in combinations_of(found))
        return any(
            answer_all(applies, one, SOME).value is True and answer_any(unless, one).value is not True for one in each
        )
    except OverflowError:
        return True


def _can_fail(requires: tuple[Clause, ...], vocabulary: Vocabulary) -> bool:
    """Whether some service does not do what is required; true too where it may have several values of a field.

    An author who writes `every` or `some` speaks of facts with exceptions, and those are not tried.
    """
    if any(test.quantifier for clause in requires for test in tests(clause.condition)):
        return True
    found = options(asked(requires), vocabulary)
    if not all(one.all_told for one in found.values()):
        return True
    try:
        each = (subject(said, vocabulary) for said in combinations_of(found))
        return any(answer_all(requires, one, EVERY).value is False for one in each)
    except OverflowError:
        return True


def _has_failing_example(rule: Rule, own: Vocabulary) -> bool:
    """Whether an example of the rule's own shows that it can fail."""
    ran = (run(rule, example, own) for example in rule.examples if example.expected == FAILS)
    return any(one.holds and not one.judgement.causes for one in ran)


def _problem(name: str, message: str, fix: str, clause: Clause, rule: Rule) -> PackProblem:
    return PackProblem(name, message, fix, clause.line, clause.start, clause.end, about=rule.name)
