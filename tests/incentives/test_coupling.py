"""The quick walk over a contract's paths says to the last digit what the definition says, written out slowly."""

from __future__ import annotations

from random import Random

import pytest

import incentive_coupling as definition
from carespec.assumptions import default
from carespec.incentives.episode.contract import contract_of
from carespec.incentives.episode.step import Step, Table, table_of
from carespec.incentives.patterns import Case, Pattern, all_patterns, names
from carespec.incentives.text import costs_of, from_text, structural
from carespec.incentives.text.coupling import PENNY, Costs, Courses, Range, coupled
from carespec.vocabulary import DEFAULT
from incentive_contracts import service
from random_contracts import contract

CONTRACTS = 100
ASSUMED = default(DEFAULT)
CASES = [
    Case(found, step)
    for number in range(CONTRACTS)
    for found in [contract_of(service(contract(Random(number))), ASSUMED)]
    for step in found.steps
]
DEPARTURES = [pattern for pattern in all_patterns() if pattern.departs is not None]


def costs(step: Step, random: Random) -> Costs:
    """The ranges assumed, or four by chance: some of one figure, some of nothing."""
    if random.random() < 0.3:
        return costs_of(step, ASSUMED)
    ends = [sorted(random.choice((0.0, 7.5, random.uniform(0, 120))) for _ in range(2)) for _ in range(4)]
    return Costs(*(Range(low, high) for low, high in ends))


def test_the_contracts_are_of_many_kinds() -> None:
    steps = [case.step for case in CASES]
    assert {step.onward for step in steps} == {"", "own", "other"}
    assert {len(table(step).records) for step in steps} >= {3, 6}
    assert any(step.course.stop is None for step in steps)


def table(step: Step) -> Table:
    return table_of(step, missed_limit=0)


@pytest.mark.parametrize("pattern", DEPARTURES, ids=lambda pattern: pattern.name)
def test_the_gain_is_that_of_the_definition(pattern: Pattern) -> None:
    random, departs, proved = Random(1), pattern.departs, 0
    assert departs is not None
    for case in CASES:
        given, options = costs(case.step, random), [random.random() < 0.8 for _ in range(3)]
        found = coupled(table(case.step), departs, given, *options)
        assert repr(tuple(found.gain)) == repr(tuple(definition.coupled(table(case.step), departs, given, *options)))
        proved += found.is_structural
    assert proved, "nothing was proved of any contract, so little was compared"


def test_one_walk_serves_all_patterns() -> None:
    """What was asked before must not change an answer."""
    for case in CASES:
        courses = Courses(table(case.step), costs_of(case.step, ASSUMED))
        for pattern in DEPARTURES:
            assert pattern.departs is not None
            alone = coupled(courses.table, pattern.departs, courses.costs)
            assert courses.coupled(pattern.departs) == alone


def test_a_loss_shown_on_one_path_is_a_loss() -> None:
    shown = 0
    for case in CASES:
        courses = Courses(table(case.step), costs_of(case.step, ASSUMED))
        for departs in {pattern.departs for pattern in DEPARTURES if pattern.departs is not None}:
            loses = courses.unless_lost(departs) is None
            can_lose = definition.coupled(courses.table, departs, courses.costs).least < -PENNY
            assert can_lose or not loses
            shown += loses
    assert shown > len(CASES), "it would save little"


def test_an_answer_does_not_hang_on_what_else_is_asked() -> None:
    for number in range(30):
        found = service(contract(Random(number)))
        assert structural(found) == {name: from_text(found, name) for name in names()}


def test_the_indicated_course_is_worth_what_the_definition_says() -> None:
    for case in CASES:
        given = costs_of(case.step, ASSUMED)
        worth = Courses(table(case.step), given).course_range()
        assert repr(tuple(worth)) == repr(tuple(definition.course_range(table(case.step), given)))
