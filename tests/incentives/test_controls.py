"""Rules that people call benign are never flagged, and what differs from them by a pound is."""

from __future__ import annotations

import pytest

from carespec.incentives.report import FOUND, Incentives, Options, analyse
from incentive_contracts import HIGH, assumed, service

NEUTRAL = "indicated-sessions step-3: 14\npay step-3: £35.00 per session\n  at most 14 per course"
GIVEN = {"cost.session": 35, "hazard": HIGH}

CONTROLS = {
    "a fee equal to cost": NEUTRAL,
    "waiting lists fall under pay as you go": (
        f"{NEUTRAL}\npay access: £20.00 per course\n  when waited step-3 is at most 28 calendar days"
    ),
    "cost per volume with an average number of sessions": (
        f"payment-basis: cost-and-volume\naverage-sessions step-3: 14\noverflow: at-full-price\n{NEUTRAL}"
    ),
    "a complex client handed to an own service without a limit": (
        "steps-offered: step-2, step-3\nsteps-each-provider-must-offer: all\nindicated-sessions step-2: 6\n"
        "step-up-when: not recovered after 6 sessions\npay step-2: £35.00 per session for step-2\n"
        "  at most 6 per course\nindicated-sessions step-3: 20\npay step-3: £35.00 per session for step-3\n"
        "  at most 20 per course"
    ),
}


def found(lines: str) -> set[str]:
    report: Incentives = analyse(service(lines), assumed(GIVEN), Options(gaming=True))
    assert report.steps and not report.left_out
    return {one.pattern.name for step in report.steps for one in step.assessed if one.verdict in FOUND}


@pytest.mark.parametrize("name", CONTROLS)
def test_controls_are_not_flagged(name: str) -> None:
    assert found(CONTROLS[name]) == set()


def test_a_pound_less_rewards_turning_everybody_away() -> None:
    assert {"price-below-cost", "reject-for-free"} <= found(NEUTRAL.replace("£35.00", "£34.00"))


def test_a_pound_more_rewards_stretching() -> None:
    assert found(NEUTRAL.replace("£35.00", "£36.00")) == {"stretch-to-cap"}


def test_a_gain_below_what_counts_is_not_told() -> None:
    lines = NEUTRAL.replace("£35.00", "£36.00")
    report = analyse(service(lines), assumed(GIVEN), Options(material=0.05))
    by_name = {one.pattern.name: one for one in report.steps[0].assessed}
    assert by_name["stretch-to-cap"].at["idle"].verdict == "absent"
    assert by_name["stretch-to-cap"].verdict == "structural", "what the text proves needs no figure to count"
