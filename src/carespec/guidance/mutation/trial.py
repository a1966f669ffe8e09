"""Which mutants of a rule its examples let live, and for each the example that is missing.

A mutant is killed by an example whose outcome it changes. One that agrees with the rule on every combination of what
the fields can say at their edges is the same rule in other words, and is not counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product
from math import prod
from typing import Final

from carespec.guidance.derived import joined
from carespec.guidance.examples import judge_supposed, subject_of
from carespec.guidance.judge import Judgement, Parts, answer_all, answer_any, judged
from carespec.guidance.model import Rule, Supposed
from carespec.guidance.mutation.edges import Path, edges
from carespec.guidance.mutation.mutants import Mutant, mutants
from carespec.model.conditions import All, Condition, Test, tests
from carespec.model.facts import State, Value
from carespec.quantities.numbers import shown
from carespec.rules.asked import Subject
from carespec.rules.evaluate import EVERY, SOME, truth
from carespec.rules.text import other_path
from carespec.tuples import NamedTuple
from carespec.vocabulary import Vocabulary

_MOST: Final = 20_000
"""Combinations that are tried out for one mutant; beyond them it counts as different, which errs on the strict side."""

Case = tuple[Supposed, ...]


class Survivor(NamedTuple):
    """A mutant that no example notices, and a line that would: None where none was found within the bound."""

    mutant: Mutant
    missing: str | None


class Trial(NamedTuple):
    """How a rule's examples did: how many mutants they killed, how many are the same rule, and which live."""

    killed: int
    equivalent: int
    survivors: tuple[Survivor, ...]


def try_out(rule: Rule, vocabulary: Vocabulary) -> Trial:
    """Hold every mutant of a rule against its examples. `vocabulary` is the pack's."""
    whole = joined(vocabulary)
    killed = equivalent = 0
    survivors: list[Survivor] = []
    for mutant in mutants(rule, whole):
        if _is_noticed(rule, mutant.rule, vocabulary):
            killed += 1
            continue
        found = difference(rule, mutant, vocabulary)
        if found is None:
            equivalent += 1
        else:
            survivors.append(Survivor(mutant, found.line))
    return Trial(killed, equivalent, tuple(survivors))


class Difference(NamedTuple):
    """That a mutant is another rule, and the example line that shows it, if one was found."""

    line: str | None


def _is_noticed(rule: Rule, mutant: Rule, vocabulary: Vocabulary) -> bool:
    return any(judge_supposed(mutant, one.supposed, vocabulary).outcome != one.expected for one in rule.examples)


def difference(rule: Rule, mutant: Mutant, vocabulary: Vocabulary) -> Difference | None:
    """Where a mutant and its rule differ; None if they nowhere do."""
    values = edges((rule, mutant.rule), joined(vocabulary))
    if _same_condition(mutant, values, vocabulary):
        return None
    cases = _cases(values, _asked_first(mutant))
    for case in islice(cases, _MOST):
        outcome = _outcome(rule, case, vocabulary)
        if outcome != _outcome(mutant.rule, case, vocabulary):
            return Difference(_line(rule, mutant.rule, case, vocabulary))
    return None if prod(map(len, values.values())) <= _MOST else Difference(None)


def _same_condition(mutant: Mutant, values: dict[Path, tuple[Value, ...]], vocabulary: Vocabulary) -> bool:
    """Whether the changed condition answers as before, whatever the fields that it asks about say."""
    own = _paths(mutant.before) | (_paths(mutant.after) if mutant.after is not None else frozenset())
    asked = {path: said for path, said in values.items() if path in own}
    if prod(map(len, asked.values())) > _MOST:
        return False
    quantifier, after = SOME if mutant.part == "applies" else EVERY, mutant.after or All(())
    subjects = (subject_of(case, vocabulary) for case in _cases(asked, ()))
    return all(_answer(mutant.before, s, quantifier) == _answer(after, s, quantifier) for s in subjects)


def _answer(condition: Condition, subject: Subject, quantifier: str) -> tuple[bool | None, bool]:
    answer = truth(condition, subject, quantifier)
    silent = all(cause.state in (State.NOT_STATED, State.SILENT) for cause in answer.causes)
    return answer.value, answer.value is None and silent


def _paths(condition: Condition) -> frozenset[Path]:
    found: set[Path] = set()
    for test in tests(condition):
        found |= {(test.field, test.key), other_path(test) or (test.field, test.key)}
    return frozenset(found)


def _asked_first(mutant: Mutant) -> tuple[Test, ...]:
    return tests(mutant.before)


def _cases(values: dict[Path, tuple[Value, ...]], first: Sequence[Test]) -> Iterator[Case]:
    """Every combination; the fields of the condition that was changed vary fastest."""
    fast = {(test.field, test.key) for test in first}
    paths = sorted(values, key=lambda path: (path in fast, path[0], path[1] or ""))
    for chosen in product(*(values[path] for path in paths)):
        yield tuple(Supposed(*path, value, 0, 0) for path, value in zip(paths, chosen, strict=True))


def _outcome(rule: Rule, case: Case, vocabulary: Vocabulary) -> str:
    return _judgement(rule, subject_of(case, vocabulary)).outcome


def _judgement(rule: Rule, subject: Subject) -> Judgement:
    applies = answer_all(rule.applies, subject, SOME)
    exempts = answer_any(rule.unless, subject)
    return judged(rule, Parts(applies, exempts, answer_all(rule.requires, subject, EVERY)), subject.is_silence)


def _line(rule: Rule, mutant: Rule, case: Case, vocabulary: Vocabulary) -> str | None:
    """The example line that tells the two apart, as short as it can be; None if an example cannot say it."""
    if not _differs(rule, mutant, case, vocabulary):
        return None
    for one in case:
        shorter = tuple(other for other in case if other is not one)
        if shorter and _differs(rule, mutant, shorter, vocabulary):
            case = shorter
    outcome = judge_supposed(rule, case, vocabulary).outcome
    return f"{outcome}: {' and '.join(_said(one) for one in case)}"


def _differs(rule: Rule, mutant: Rule, case: Case, vocabulary: Vocabulary) -> bool:
    """Whether an example of these facts would notice the mutant; an exempt service is no example."""
    outcome = judge_supposed(rule, case, vocabulary).outcome
    return outcome != "exempt" and outcome != judge_supposed(mutant, case, vocabulary).outcome


def _said(one: Supposed) -> str:
    return f"{one.path} is {_value(one.value)}"


_STATES: Final = {
    State.NONE: "none",
    State.NOT_STATED: "not stated",
    State.SILENT: "silent",
    State.LOCAL: 'by local agreement with "…" by …',
    State.TO_BE_CONFIRMED: "to be confirmed by …",
}


def _value(value: Value) -> str:
    if value.state == State.STATED:
        hedge = f"{value.hedge} " if value.hedge else ""
        return hedge + (value.content if isinstance(value.content, str) else shown(value.content))
    if value.state in _STATES:
        return _STATES[value.state]
    lead = "in words" if value.state == State.IN_WORDS else "elsewhere in"
    return f'{lead} "{value.content}"'
