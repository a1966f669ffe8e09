"""Sums over several patients or providers: the reference cases to the penny, and the laws that they obey."""

from __future__ import annotations

import math
import os
from itertools import product
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.assumptions import of
from carespec.incentives.patterns import Case, all_patterns, pattern
from carespec.incentives.patterns.ration_for_access_clock import worth_of_last_session
from carespec.incentives.portfolio import (
    allocation,
    apart,
    at_least,
    break_even,
    completers,
    falls_short,
    needed_to_stay,
    recovery_between,
    recovery_in,
    swap_gain,
)
from carespec.incentives.report import analyse, assess
from carespec.incentives.text import structural
from carespec.incentives.viability import viability
from incentive_contracts import LOW, assumed, contract, service, setting
from support import TOP

with open(os.path.join(TOP, "tests", "data", "incentive-cases.yaml"), encoding="utf-8") as _file:
    CASES: dict[str, Any] = yaml.safe_load(_file)

shares = st.floats(0.0, 1.0)
bounded = settings(derandomize=True, max_examples=60, deadline=None)


def test_a_gatekeeper_who_keeps_the_easy_half() -> None:
    case = CASES["gatekeeper"]
    found = allocation(
        case["margins"]["easy"], case["margins"]["hard"], case["referrals"], case["complex"] / case["referrals"]
    )
    got = {
        "neutral": found.neutral,
        "selective": found.selective,
        "gain": found.gain,
        "rivals-after": found.rivals_after,
    }
    assert got == case["exact"]


def test_sessions_and_people_without_a_promised_volume() -> None:
    case = CASES["no-volume-guarantee"]
    exact, margin = case["exact"], case["margin-per-session"]
    assert break_even(1500, margin) == exact["sessions-for-1500"]
    assert break_even(30000, margin) == exact["sessions-for-30000"]
    assert round(falls_short(50, 60), 4) == exact["chance-below-60-clients-if-50-expected"]
    assert round(falls_short(70, 60), 4) == exact["chance-below-60-clients-if-70-expected"]
    assert break_even(1500, 0) is None and break_even(1500, -5) is None


def test_a_group_with_a_threshold_and_a_creche() -> None:
    case = CASES["group"]
    exact, n, fee, stay = case["exact"], case["enrolled"], case["fee"], case["completion"]
    assert break_even(case["cost"], fee) == exact["completers-to-break-even"]
    assert break_even(case["cost"] + case["creche"], fee) == exact["with-creche"]
    assert round(n * stay * fee - case["cost"], 2) == exact["margin"]
    assert round(n * stay * fee - case["cost"] - case["creche"], 2) == exact["margin-with-creche"]
    needed = needed_to_stay(n, 0.44)
    assert needed == exact["completers-to-break-even"]
    assert round(at_least(needed, [stay] * n), 4) == exact["chance-of-6-or-more"]
    swap = swap_gain(needed, [stay] * (n - 1), 0.8, 0.4, fee * n)
    assert round(swap, 4) == exact["cliff-gain-of-swapping-one"]


@pytest.mark.parametrize("premium", (42.0, 60.0, 150.0))
def test_no_published_premium_buys_the_eighth_session(premium: float) -> None:
    lines = (
        "indicated-sessions step-2: 8\nstop-when: none\npay access: £20.00 per course\n"
        f"  when waited step-2 is at most 28 calendar days\npay recovery-step-2: £{premium:.2f} per course\n"
        "  when recovered at last reading"
    )
    assumptions = assumed({"cost.session": 35, "hazard": LOW, "responders": 0.5})
    step = contract(lines, assumptions).steps[0]

    def figure(name: str) -> tuple[float, float]:
        return of(assumptions, name).low, of(assumptions, name).high

    low, high = worth_of_last_session(step, figure)
    assert low == pytest.approx(high) and low == pytest.approx(premium * recovery_in(8, LOW, 0.5) - 35)
    assert high < 0


@bounded
@given(st.lists(shares, max_size=6))
def test_a_group_is_the_sum_over_who_stays(chances: list[float]) -> None:
    slow = [0.0] * (len(chances) + 1)
    for stays in product((True, False), repeat=len(chances)):
        slow[sum(stays)] += math.prod(p if stay else 1 - p for p, stay in zip(chances, stays, strict=True))
    assert completers(chances) == pytest.approx(slow, abs=1e-12)


@bounded
@given(st.lists(shares, min_size=1, max_size=6), st.integers(0, 8), shares, shares)
def test_a_swap_is_worth_what_it_does_to_the_threshold(others: list[float], needed: int, a: float, b: float) -> None:
    direct = 100 * (at_least(needed, [*others, a]) - at_least(needed, [*others, b]))
    assert swap_gain(needed, others, a, b, 100) == pytest.approx(direct, abs=1e-9)


@bounded
@given(st.integers(1, 20), shares, shares, shares, shares, shares, shares)
def test_recovery_lies_between_its_bounds(
    session: int, h1: float, h2: float, f1: float, f2: float, x: float, y: float
) -> None:
    h, f = (min(h1, h2), max(h1, h2)), (min(f1, f2), max(f1, f2))
    low, high = recovery_between(session, h, f)
    inside = recovery_in(session, h[0] + x * (h[1] - h[0]), f[0] + y * (f[1] - f[0]))
    assert low - 1e-9 <= inside <= high + 1e-9


@bounded
@given(*[st.floats(-100, 100)] * 4, shares, shares)
def test_amounts_are_as_far_apart_as_said(a: float, b: float, c: float, d: float, x: float, y: float) -> None:
    one, other = (min(a, b), max(a, b)), (min(c, d), max(c, d))
    low, high = apart(one, other)
    far = abs(one[0] + x * (one[1] - one[0]) - other[0] - y * (other[1] - other[0]))
    assert low - 1e-9 <= far <= high + 1e-9


def test_the_whole_catalogue_is_there() -> None:
    assert {one.catalogue for one in all_patterns() if one.catalogue} == {f"P{number:02}" for number in range(1, 38)}


TEXT_PATTERNS = (
    "reject-for-free", "assessor-keeps-easy", "forced-first-step", "completion-counts-as-success",
    "deprivation-unadjusted", "uncosted-requirement", "cheapest-grade", "late-payment", "overlapping-payments",
)  # fmt: skip


@pytest.mark.parametrize("name", TEXT_PATTERNS)
def test_plain_check_can_decide_it(name: str) -> None:
    wanted = pattern(name)
    found = structural(service(wanted.example.lines), assumed(wanted.example.given))
    assert found[name].verdict == "structural"


SPARED = {
    "ration-for-access-clock": "pay step-2: £40.00 per session",
    "assessor-keeps-easy": "entry-point-provides: step-2\nallocation: rota\npay step-2: £40.00 per course",
    "incumbent-keeps-easy": (
        "scheme: any-qualified-provider\nallocation-published: monthly\npay step-2: £40.00 per course"
    ),
    "offer-only-what-pays": (
        "steps-each-provider-must-offer: all\npay step-2: £30.00 per session\npay step-3: £400.00 per session"
    ),
    "completion-counts-as-success": "success-means: recovered\npay step-2: £40.00 per course",
    "steer-the-denominator": "payment-share access: 15%\nrate-counts access: referred\npay step-2: £40.00 per course",
    "deprivation-unadjusted": (
        "price-varies-by: deprivation\npay step-2: £40.00 per course\n  50% only when recovered at last reading"
    ),
    "fixed-cost-without-volume": (
        "volume-guarantee: 500 courses per year\nrequired-system iaptus: provider-pays\npay step-2: £40.00 per session"
    ),
    "dormant-provider": (
        "scheme: any-qualified-provider\nminimum-activity: 50 courses per year\npay step-2: £30.00 per session"
    ),
    "group-dropout-cliff": "pay group: £167.00 per person\npay step-2: £40.00 per session",
    "uncosted-requirement": "required-input creche: funded\npay step-2: £40.00 per session",
    "cheapest-grade": "price-varies-by: grade\ntrainees: supervised\npay step-2: £40.00 per session",
    "late-payment": "payment-terms: 30 calendar days\npay step-2: £40.00 per course",
    "overlapping-payments": (
        "overlapping-payments: highest-only\npay treatment: £300.00 per course\npay step-2: £240.00 per course"
    ),
}


@pytest.mark.parametrize("name", SPARED)
def test_a_document_that_does_instead_as_its_page_says_is_spared(name: str) -> None:
    found = structural(service(SPARED[name]))[name]
    assert found.verdict == "does-not-apply", found
    assert found.because


def test_nobody_expected_is_no_fault_of_the_program() -> None:
    wanted = pattern("fixed-cost-without-volume").example
    report = analyse(service(wanted.lines), assumed({**wanted.given, "volume": 0}))
    found = {one.pattern.name: one for one in report.steps[0].assessed}["fixed-cost-without-volume"]
    assert found.verdict == "robust" and found.gain == pytest.approx(1500 - 30)


SPENT = (
    "scheme: any-qualified-provider\nindicated-sessions step-2: 6\npay step-2: £40.00 per session\n"
    "volume-guarantee: {}\nrequired-system iaptus: provider-pays\nsystem-cost iaptus: £30,000.00 in total"
)


@pytest.mark.parametrize(
    ("volume", "applies"), [("none", True), ("0 courses per year", True), ("90 courses per year", False)]
)
def test_a_promise_of_nothing_is_none(volume: str, applies: bool) -> None:
    found = contract(SPENT.format(volume), assumed())
    case = Case(found, found.steps[0])
    assert (pattern("fixed-cost-without-volume").applies(case) is None) is applies
    assert viability(found.service, assumed()).guaranteed is not applies


def test_a_duty_to_do_nothing_binds_nobody() -> None:
    lines = "volume-guarantee: 0 courses per year\nindicated-sessions step-2: 6\npay step-2: £30.00 per session\n"
    for activity, because in (("0", None), ("9", "a least activity is required")):
        found = contract(f"{lines}minimum-activity: {activity} courses per year", assumed())
        assert pattern("dormant-provider").applies(Case(found, found.steps[0])) == because


def test_a_measure_without_any_error_lets_nobody_in_by_chance() -> None:
    lines = pattern("one-reading-admits").example.lines
    assert assess(setting(lines, {"measure-error": 0}), pattern("one-reading-admits")).gain == 0
