"""After a repair nothing is left to gain: the repaired document is written out and analysed like any other."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from carespec.assumptions import Assumptions
from carespec.cli import carespec
from carespec.incentives.horizon import settle
from carespec.incentives.pages import as_text
from carespec.incentives.pages.repair import pages
from carespec.incentives.repair import Change, Repair, Repaired, repair
from carespec.incentives.report import FOUND, Options, analyse
from carespec.incentives.verdicts import UNDECIDED
from incentive_contracts import HIGH, LOW, Given, assumed, contract, pays, service

KINDS: Given = {"responders.easy": 0.7, "responders.middle": 0.5, "responders.hard": 0.25}
ALIKE: Given = {"responders": 0.5}

CASES: dict[str, tuple[str, int, Given]] = {
    "two-session flat fee": (
        pays({"course": 367.29, "minimum": 2}, 8),
        8,
        {"cost.session": 35, "hazard": LOW, **ALIKE},
    ),
    "session fee to a cap": (pays({"session": 40, "cap": 12}, 14), 14, {"cost.session": 35, "hazard": HIGH, **KINDS}),
    "recovery only": (pays({"outcome": 525}, 14), 14, {"cost.session": 40, "hazard": HIGH, **KINDS}),
    "six sessions or nothing": (
        pays({"course": 240, "minimum": 6}, 8),
        8,
        {"cost.session": 35, "hazard": LOW, **KINDS},
    ),
}
ABOUT_THE_DOCUMENT = {"cheapest-grade", "deprivation-unadjusted", "one-reading-pays", "overlapping-payments"}
"""Not departures in a course of treatment: no fee of a course puts them right."""


def repaired(name: str) -> tuple[Repair, Assumptions]:
    lines, _, given = CASES[name]
    assumptions = assumed(given)
    found = contract(lines, assumptions)
    return repair(settle(found, found.steps[0], assumptions).setting), assumptions


def written(name: str, changes: tuple[Change, ...]) -> str:
    """The document with the changed fees in place, and the new ones added."""
    lines, limit, _ = CASES[name]
    for change in changes:
        if not change.new:
            lines = lines.replace(f"{change.name}: £{change.was:.2f}", f"{change.name}: £{change.becomes:.2f}")
        elif change.per == "session":
            lines += f"\npay other-sessions: £{change.becomes:.2f} per session\n  at most {limit} per course"
        else:
            lines += f"\npay improvement: £{change.becomes:.2f} per course\n  when recovered at last reading"
    return lines


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_left_to_gain(name: str) -> None:
    found, assumptions = repaired(name)
    assert found.is_needed and found.changes is not None
    report = analyse(service(written(name, found.changes)), assumptions, Options(effort=8))
    assert not report.left_out
    left = {one.pattern.name for step in report.steps for one in step.assessed if one.verdict in (*FOUND, UNDECIDED)}
    assert left <= ABOUT_THE_DOCUMENT


@pytest.mark.parametrize("name", CASES)
def test_something_was_there_to_gain_before(name: str) -> None:
    lines, _, given = CASES[name]
    report = analyse(service(lines), assumed(given), Options(effort=8))
    assert any(one.verdict in FOUND and one.pattern.departs for step in report.steps for one in step.assessed)


def test_a_premium_for_the_eighth_session_is_dear() -> None:
    found, _ = repaired("two-session flat fee")
    assert round(found.last["middle"], 4) == 2111.0762
    assert "£2,111.08 for a middle patient" in " ".join(
        as_text(pages([Repaired("some", "some.care", (found,), (), {})])).split()
    )


def test_a_fee_equal_to_its_cost_needs_no_repair() -> None:
    assumptions = assumed({"cost.session": 35, "hazard": HIGH})
    found = contract(pays({"session": 35, "cap": 14}, 14), assumptions)
    one = repair(settle(found, found.steps[0], assumptions).setting)
    assert not one.is_needed and one.rounds == 0
    assert all(change.was == change.becomes for change in one.changes or ())


def test_a_repair_at_the_pay_of_now_pays_no_more() -> None:
    assumptions = assumed({"cost.session": 35, "hazard": LOW, **KINDS})
    priced = contract(pays({"course": 300}, 8), assumptions)
    found = repair(settle(priced, priced.steps[0], assumptions).setting)
    assert found.pay[1] > found.pay[0] and found.even is not None
    fees = {change.per: change for change in found.even}
    assert round(fees["session"].becomes, 2) == 35.00
    assert fees["course"].becomes < fees["course"].was == 300.00


def test_taking_the_rule_away_is_compared() -> None:
    found, _ = repaired("two-session flat fee")
    assert [removal.rule for removal in found.removals] == ["the least of 2 sessions under `pay step-3`"]


def test_the_command_prints_it() -> None:
    ran = CliRunner().invoke(carespec, ["incentives", "specs/first-wave-2012/area-1.care", "--repair"])
    assert ran.exit_code == 0, ran.output
    assert "£43.42" in ran.output and "providers do" not in ran.output
