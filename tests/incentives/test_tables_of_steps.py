"""A step's table, made of parts that contracts share, holds what the payments and the course say one by one."""

from __future__ import annotations

from random import Random

import pytest

from carespec.incentives.episode.actions import DISCHARGE, STEP_UP, TREAT, TREAT_UNMEASURED
from carespec.incentives.episode.step import Step, table_of
from carespec.payments.conditions import Events
from carespec.payments.machine import Units
from carespec.payments.readings import read, unread
from incentive_contracts import contract
from random_contracts import contract as lines_of

STEPS = [step for number in range(60) for step in contract(lines_of(Random(number))).steps]


def pounds(step: Step, units: Units) -> float:
    return sum(float(step.machine.atoms[place].amount) * number for place, number in units)


@pytest.mark.parametrize("missed", [0, 2])
def test_what_is_paid_is_what_the_payments_say(missed: int) -> None:
    for step in STEPS:
        table = table_of(step, missed_limit=missed)
        for n in range(table.horizon + 1):
            for j in range(missed + 1):
                ends = [step.machine.at_close(Events(n, j, record)) for record in table.records]
                assert table.close[j][n] == tuple(pounds(step, units) for units in ends)
        each = [step.machine.on_session(n + 1) for n in range(table.horizon)]
        assert table.session == tuple(pounds(step, units) for units in each)


def test_what_is_indicated_is_what_the_course_says() -> None:
    for step in STEPS:
        table = table_of(step, missed_limit=0)
        for n, by_health in enumerate(table.indicated):
            for health, actions in enumerate(by_health):
                for action, record in zip(actions, table.records, strict=True):
                    said = step.course.indicated(n, health, record, step.machine.needs)
                    if said == STEP_UP and (not step.onward or n == 0):
                        said = DISCHARGE if n >= step.course.limit else TREAT
                    may_go_on = n < table.horizon or said not in (TREAT, TREAT_UNMEASURED)
                    assert action == (said if may_go_on else DISCHARGE)


def test_every_record_that_can_come_has_its_place() -> None:
    for step in STEPS:
        table, needs = table_of(step, missed_limit=0), step.machine.needs
        reached = {0}
        for n in range(table.horizon):
            for number in reached:
                record = table.records[number]
                assert table.records[table.skip_next[n][number]] == unread(record, needs, n + 1)
                for shows in (False, True):
                    assert table.records[table.read_next[n][number][shows]] == read(record, needs, n + 1, shows)
            reached = {then for r in reached for then in (table.skip_next[n][r], *table.read_next[n][r])}
