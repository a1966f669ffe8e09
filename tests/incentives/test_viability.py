"""Income and cost of doing as indicated: the hand computations, and what a person reads of them."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from carespec.cli import carespec
from carespec.incentives.pages import as_text
from carespec.incentives.pages.viability import pages
from carespec.incentives.viability import Viability, viability
from incentive_contracts import Given, assumed, service

HALF = (
    "indicated-sessions step-3: {}\nstop-when: none\npay step-3: £300.00 per course\n"
    "  50% only when recovered at last reading"
)
SURE: Given = {"cost.session": 40, "dropout": 0.0, "hazard": 1.0}


def found(lines: str, given: Given) -> Viability:
    return viability(service(lines), assumed(given))


@pytest.mark.parametrize(
    ("share", "income"), ((0.5, 225.00), (0.12, 168.00)), ids=("at the national standard", "at the share recovering")
)
def test_half_pay_brings_three_quarters_at_the_national_standard(share: float, income: float) -> None:
    step = found(HALF.format(6), {**SURE, "responders": share}).steps[0]
    assert round(step.courses["middle"].income, 2) == income
    assert {line.name: round(line.pounds, 2) for line in step.lines} == {
        "pay step-3": 150.0, "pay step-3, at risk": income - 150.0,
    }  # fmt: skip


@pytest.mark.parametrize(("share", "kept"), ((0.6, 0.0), (0.7, 15.0)))
def test_half_pay_breaks_even_at_sixty_in_a_hundred(share: float, kept: float) -> None:
    step = found(HALF.format(6), {**SURE, "responders": share}).steps[0]
    assert round(step.courses["middle"].margin, 2) == kept


def test_easy_and_hard_cases_under_half_pay() -> None:
    easy = found(HALF.format(4), {**SURE, "responders": 0.7}).steps[0].courses["middle"]
    hard = found(HALF.format(8), {**SURE, "responders": 0.25}).steps[0].courses["middle"]
    assert (round(easy.margin, 2), round(hard.margin, 2)) == (95.00, -132.50)


def test_a_group_with_a_creche() -> None:
    lines = (
        "pay step-2: £40.00 per session\ngroup-size: 10\npay group: £167.00 per person\n"
        "  when group-dropout is less than 44%\n"
    )
    given = {"completion": 0.56, "cost.group": 900, "cost.input": 30}
    alone, with_creche = (found(lines + more, given).group for more in ("", "required-input creche: unfunded"))
    assert alone is not None and with_creche is not None
    assert (alone.to_break_even, with_creche.to_break_even) == (6, 8)
    assert round(alone.income - alone.cost, 2) == 35.20
    assert round(with_creche.income - with_creche.cost, 2) == -264.80
    assert round(alone.chance, 4) == 0.5304


def test_volume_that_nobody_promises() -> None:
    lines = (
        "volume-guarantee: none\nrequired-system iaptus: provider-pays\nsystem-cost iaptus: £1,500.00 in total\n"
        "indicated-sessions step-2: 5\nstop-when: none\npay step-2: £40.00 per session"
    )
    step = found(lines, {"cost.session": 35, "dropout": 0.0, "volume": 50}).steps[0]
    assert step.needed == 60
    assert round(step.short or 0.0, 4) == 0.9077
    promised = found(lines.replace("none\nreq", "500 courses per year\nreq"), {"cost.session": 35}).steps[0]
    assert promised.short is None


@pytest.mark.parametrize("dna", (0.089, 0.25))
def test_the_cost_of_missed_appointments(dna: float) -> None:
    lines = "indicated-sessions step-2: 6\nstop-when: none\npay step-2: £40.00 per session"
    step = found(lines, {"cost.session": 35, "dropout": 0.0, "dna": dna}).steps[0]
    assert step.missed_cost == pytest.approx(6 * dna / (1 - dna) * 35)
    assert step.break_even_session == pytest.approx(40 * (1 - dna))


def test_what_the_commissioner_spends_follows_what_is_rewarded() -> None:
    lines = "indicated-sessions step-2: 6\npay step-2: £50.00 per session\n  at most 12 per course"
    step = found(lines, {"cost.session": 35}).steps[0]
    assert step.spent[1] > step.spent[0]
    told = as_text(pages([found(lines, {"cost.session": 35})]))
    assert "covers its cost" in told and "as rewarded" in told and "providers do" not in told


def test_the_command_prints_it() -> None:
    ran = CliRunner().invoke(carespec, ["incentives", "specs/first-wave-2012/area-1.care", "--viability"])
    assert ran.exit_code == 0, ran.output
    assert "turns at    £71.62 a session" in ran.output
    with open("specs/first-wave-2012/area-1.care", encoding="utf-8") as file:
        number = next(n for n, line in enumerate(file, 1) if line.startswith("pay assessment:"))
    assert f"Not counted, line {number}, `pay assessment`" in ran.output
