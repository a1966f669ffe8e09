"""Two rules of a pack that no service can meet both, although it could meet each: with such a service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from carespec.guidance.force import binds
from carespec.guidance.judge import answer_all, answer_any
from carespec.guidance.loading.candidates import Candidates
from carespec.guidance.loading.tried import Said, asked, combinations_of, described, options, subject
from carespec.guidance.model import Pack, PackProblem, Rule
from carespec.records import SEVERITIES
from carespec.rules.evaluate import EVERY, SOME
from carespec.vocabulary import Vocabulary

NAME = "rules-contradict"


def contradictions(pack: Pack, vocabulary: Vocabulary) -> Iterator[PackProblem]:
    """Each pair of rules that some service cannot meet both, told at the later of the two."""
    rules = [rule for rule in pack.rules if rule.whole and rule.requires]
    paths = {rule.name: set(asked(rule.requires)) for rule in rules}
    for first, second in combinations(rules, 2):
        if paths[first.name] & paths[second.name] and _bind_together(first, second, pack):
            witness = _witness(first, second, vocabulary)
            if witness is not None:
                yield _problem(first, second, witness)


def _bind_together(first: Rule, second: Rule, pack: Pack) -> bool:
    """Whether some day is in force for both."""
    starts = [rule.in_force.start.first for rule in (first, second) if rule.in_force and rule.in_force.start]
    ends = [rule.in_force.end.last for rule in (first, second) if rule.in_force and rule.in_force.end]
    return not starts or not ends or all(binds(rule, pack, max(starts)) for rule in (first, second))


def _witness(first: Rule, second: Rule, vocabulary: Vocabulary) -> Said | None:
    """What a service says to which both rules apply, and which then cannot meet both; None if there is none."""
    both = (first, second)
    requires = options(asked(clause for rule in both for clause in rule.requires), vocabulary)
    applies = options(asked(clause for rule in both for clause in (*rule.applies, *rule.unless)), vocabulary)
    if not all(one.all_told for one in requires.values()):
        return None
    fixed = {path: one for path, one in applies.items() if path not in requires}
    try:
        ways = list(combinations_of(requires))
        if _met(both, ways, {}, vocabulary) is not None and not set(applies) & set(requires):
            return None
        return next(_unmeetable(both, ways, fixed, vocabulary), None)
    except OverflowError:
        return None


def _unmeetable(
    both: Sequence[Rule], ways: list[Said], fixed: dict[str, Candidates], vocabulary: Vocabulary
) -> Iterator[Said]:
    """What a service may say, apart from what the rules require, so that both apply and cannot both be met."""
    for said in combinations_of(fixed):
        bound = [way for way in ways if _both_apply(both, {**said, **way}, vocabulary)]
        each = all(_met((rule,), ways, said, vocabulary) is not None for rule in both)
        if bound and each and _met(both, bound, said, vocabulary) is None and len(bound) == len(ways):
            yield said


def _both_apply(both: Sequence[Rule], said: Said, vocabulary: Vocabulary) -> bool:
    one = subject(said, vocabulary)
    return all(
        answer_all(rule.applies, one, SOME).value is True and answer_any(rule.unless, one).value is False
        for rule in both
    )


def _met(rules: Sequence[Rule], ways: list[Said], said: Said, vocabulary: Vocabulary) -> Said | None:
    """A way to meet all of the rules."""
    for way in ways:
        one = subject({**said, **way}, vocabulary)
        if all(answer_all(rule.requires, one, EVERY).value is True for rule in rules):
            return way
    return None


def _problem(first: Rule, second: Rule, witness: Said) -> PackProblem:
    where = f"that says {described(witness)}" if witness else "at all"
    message = f"no service {where} can meet both `{second.name}` and `{first.name}`"
    clause = second.requires[0]
    severity = max(first.severity, second.severity, key=SEVERITIES.index)
    fix = "Change one of them, or say in `applies-when` or `unless` which of the two holds when."
    return PackProblem(NAME, message, fix, clause.line, clause.start, clause.end, about=second.name, severity=severity)
