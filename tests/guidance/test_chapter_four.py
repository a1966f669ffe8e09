"""What the study found by hand in Chapter Four, the shipped packs find by name in the nine first-wave areas.

The table is `tests/data/chapter-four-findings.yaml`: a sentence of the study, the rule or comparison that answers to
it, and the areas that it names. A difference between areas is a comparison's.
"""

from __future__ import annotations

import os
from datetime import date
from typing import Any

import pytest
import yaml

from carespec.compare.rules import judge as judge_all
from carespec.compare.taken import held, measured
from carespec.guidance.judge import CANNOT_TELL, FAILS, judge
from carespec.guidance.law import Law
from carespec.model.facts import Service
from shipped import comparisons, packs, rules, services
from support import TOP

_AREA = "first-wave-area-"
DAY = date(2012, 9, 1)
"""The specifications bear no date; all that is judged here binds on any day after the scheme began."""


def _topics() -> dict[str, list[dict[str, Any]]]:
    with open(os.path.join(TOP, "tests", "data", "chapter-four-findings.yaml"), encoding="utf-8") as file:
        topics: dict[str, list[dict[str, Any]]] = yaml.safe_load(file)["topics"]
    return topics


STATEMENTS = [statement for statements in _topics().values() for statement in statements]
BY_RULE = [statement for statement in STATEMENTS if "rule" in statement]
BY_COMPARISON = [statement for statement in STATEMENTS if "comparison" in statement]


def _areas() -> dict[int, Service]:
    named = ((service.name, service) for service in services())
    return {int(name.removeprefix(_AREA)): service for name, service in named if name.startswith(_AREA)}


def _says(statement: dict[str, Any]) -> str:
    return str(statement["says"])


def test_every_topic_of_the_chapter_is_in_the_table() -> None:
    with open(os.path.join(TOP, "tests", "data", "first-wave-counts.yaml"), encoding="utf-8") as file:
        assert list(_topics()) == list(yaml.safe_load(file)["topics"])


@pytest.mark.parametrize("statement", BY_RULE, ids=_says)
def test_a_rule_names_the_areas(statement: dict[str, Any]) -> None:
    rule = {f"{pack.name}.{rule.name}": rule for pack, rule in rules()}[statement["rule"]]
    outcomes = {area: judge(rule, service).outcome for area, service in _areas().items()}
    for outcome in (FAILS, CANNOT_TELL):
        assert [area for area, one in outcomes.items() if one == outcome] == statement.get(outcome, []), outcome


@pytest.mark.parametrize("statement", BY_COMPARISON, ids=_says)
def test_a_comparison_names_the_areas(statement: dict[str, Any]) -> None:
    law = Law(packs(), today=DAY)
    mine = [one for one in held(law) if one.name == statement["comparison"]]
    found = judge_all([taken for service in _areas().values() for taken in measured(service, mine, law)], mine)
    paths = {one.path for finding in found for one in (finding, *finding.related)}
    assert [area for area, service in _areas().items() if service.path in paths] == statement["names"]


def test_every_row_of_table_3_is_compared() -> None:
    with open(os.path.join(TOP, "tests", "data", "first-wave-counts.yaml"), encoding="utf-8") as file:
        rows = {row["payment"] for row in yaml.safe_load(file)["table-3"]}
    measured = {one.measures.key for _, one in comparisons() if one.measures and one.measures.field == "pay"}
    assert rows == measured


def test_every_area_is_found_wanting_on_some_topic() -> None:
    """No area of the study is free of remarks: a pack that finds none in one would hide it."""
    assert {area for statement in BY_RULE for area in statement.get(FAILS, [])} == set(_areas())
