"""Recoveries that last a year after discharge: told only where somebody gives the figure that this hangs on."""

from __future__ import annotations

from itertools import product

import pytest

from carespec.assumptions import Assumptions, changed, default, not_known
from carespec.incentives.expected import Later, expected
from carespec.incentives.horizon import settle
from carespec.incentives.patterns import Pattern, all_patterns, pattern
from carespec.incentives.report import Options, analyse, assess, left_out_of_the_model
from carespec.incentives.sizes import Size
from carespec.incentives.solver import solve
from carespec.vocabulary import DEFAULT
from incentive_contracts import Given, assumed, contract, service, setting

LINES = (
    "indicated-sessions step-3: 3\nstop-when: none\npay step-3: £160.00 per course\n"
    "pay recovery-step-3: £400.00 per course\n  when recovered at last reading"
)
CERTAIN: Given = {"hazard": 1.0, "responders": 1.0, "relapse": 0.0, "dropout": 0.0, "cost.session": 35}
DEPARTURES = [one for one in all_patterns() if one.departs is not None]


def averting(share: str, assumptions: Assumptions) -> Assumptions:
    return changed(assumptions, (f"relapse-averted={share}",), not_known(DEFAULT))


def test_two_sessions_after_recovery_avert_a_fifth_of_relapses() -> None:
    """Recovered after session 1: discharged there 53% fall ill again in a year, after two more 0.9 × 0.9 of them."""
    one = setting(LINES, CERTAIN)
    one = one._replace(assumptions=averting("10%", one.assumptions))
    size = assess(one, pattern("discharge-before-relapse")).size
    assert size is not None
    assert size.lasting_lost == pytest.approx(0.53 * (1 - 0.81))
    assert (size.recoveries_lost, size.harms) == (0.0, ("under-treatment",))
    assert size.per_recovery is None


def test_only_the_last_spell_of_being_well_counts() -> None:
    """Every path of three sessions walked one by one: who recovers, relapses and recovers again."""
    hazard, relapse, later = 0.4, 0.3, Later(0.5, 0.2)
    one = setting(LINES, {"hazard": hazard, "responders": 1.0, "relapse": relapse, "dropout": 0.0})
    lasting = 0.0
    for changes in product((True, False), repeat=3):
        well, since, chance = False, 0, 1.0
        for change in changes:
            likely = relapse if well else hazard
            chance *= likely if change else 1 - likely
            since = since + 1 if well and not change else 0
            well = well != change
        lasting += chance * (1 - 0.5 * 0.8**since) if well else 0.0
    draws = one.draws(({},), ("idle",), ("middle",))
    found = expected(one.table, draws, solve(one.table, draws, None, keep_actions=True), later=later)
    assert found.lasting == pytest.approx(lasting)


@pytest.mark.parametrize("name", [one.name for one in DEPARTURES])
def test_where_sessions_avert_nothing_a_recovery_lasts_as_long_whenever_it_came(name: str) -> None:
    """Whatever the departure: turned away, treated longer, held at a step whose next one would have helped."""
    found = example(pattern(name), averting("0", assumed(pattern(name).example.given)))
    assert found is not None and found.lasting_lost == pytest.approx(0.47 * found.recoveries_lost, abs=1e-9)


def example(wanted: Pattern, assumptions: Assumptions) -> Size | None:
    found = contract(wanted.example.lines, assumptions)
    return assess(settle(found, found.steps[0], assumptions).setting, wanted, Options(effort=1)).size


def test_without_the_figure_it_is_told_as_not_modelled() -> None:
    plain, given = analyse(service(LINES)), analyse(service(LINES), averting("5%..15%", default(DEFAULT)))
    sizes = [one.size for step in plain.steps for one in step.assessed if one.size]
    assert sizes and {size.lasting_lost for size in sizes} == {None}
    assert any("is not modelled" in told for told in left_out_of_the_model([plain]))
    assert any("is not modelled" in told for told in left_out_of_the_model([plain, given]))
    assert not any("is not modelled" in told for told in left_out_of_the_model([given]))
    assert {"relapse-averted", "later-relapse"} <= given.steps[0].bearing
    assert not {"relapse-averted", "later-relapse"} & plain.steps[0].bearing


def test_of_a_range_the_middle_is_the_likeliest() -> None:
    assert averting("5%..15%", default(DEFAULT))["relapse-averted"].likely == pytest.approx(0.1)
    assert averting("5%..6%..15%", default(DEFAULT))["relapse-averted"].likely == pytest.approx(0.06)
