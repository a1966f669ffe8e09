"""A rule with one thing changed in it: every variant of every condition that it has, and every condition left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from carespec.guidance.model import Clause, Rule
from carespec.guidance.mutation.variants import variants
from carespec.model.conditions import Condition
from carespec.tuples import NamedTuple
from carespec.vocabulary import Vocabulary

_LINES: Final = {"applies": "applies-when", "unless": "unless", "requires": "require"}
"""The parts of a rule, each with the word that its lines begin with."""


class Mutant(NamedTuple):
    """A changed rule: what was changed, in words, and on which line of the pack.

    `part` is the part of the rule that was changed; `before` and `after` are its condition, None for one left out.
    """

    told: str
    line: int
    rule: Rule
    part: str
    before: Condition
    after: Condition | None


def mutants(rule: Rule, vocabulary: Vocabulary) -> Iterator[Mutant]:
    """Every rule that differs from this one in one thing, in the order of its lines. `vocabulary` is the pack's."""
    for part, word in _LINES.items():
        clauses: tuple[Clause, ...] = getattr(rule, part)
        for number, clause in enumerate(clauses):
            before, after = clauses[:number], clauses[number + 1 :]
            if part != "requires" or len(clauses) > 1:
                left = _with(rule, part, (*before, *after))
                yield Mutant(f"the whole `{word}` line left out", clause.line, left, part, clause.condition, None)
            for variant in variants(clause.condition, vocabulary):
                changed = _with(rule, part, (*before, clause._replace(condition=variant.condition), *after))
                yield Mutant(f"{word}: {variant.told}", clause.line, changed, part, clause.condition, variant.condition)


def _with(rule: Rule, part: str, clauses: tuple[Clause, ...]) -> Rule:
    changed: dict[str, Any] = {part: clauses}
    return rule._replace(**changed)
