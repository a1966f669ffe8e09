"""Measuring again at entry: worked out by hand, bounded over ranges, and no more than the document lets it be."""

from __future__ import annotations

from random import Random

import pytest

from carespec.incentives.episode.entry import worth_of_retests
from carespec.incentives.patterns import pattern
from carespec.incentives.report import Assessed, Options, assess
from carespec.incentives.verdicts import ABSENT, DOES_NOT_APPLY
from incentive_contracts import Given, setting

LINES = (
    "entry-readings: 1\nindicated-sessions step-2: 6\npay step-2: £300.00 per course\n"
    "  50% only when recovered at last reading\n"
)
FIGURES: Given = {"cost.session": 35, "cost.reading": 5, "false-caseness": 0.2, "retests": 2}


def retested(lines: str, given: Given = FIGURES) -> Assessed:
    return assess(setting(lines, given), pattern("retest-at-entry"), Options(gaming=True))


def test_one_reading_more_and_then_another() -> None:
    """In treatment: £300.00, less £35.00 and a reading: £260.00. Then 0.2 × 260 - 5, and 0.2 × 260 + 0.8 × that - 5."""
    assert worth_of_retests(260, 0.2, 5, 1, 1) == pytest.approx(47)
    assert worth_of_retests(260, 0.2, 5, 1, 2) == pytest.approx(84.6)
    assert retested(LINES).gain == pytest.approx(84.6)


def test_two_high_readings_are_rarer_and_dearer() -> None:
    """The second is worth 0.2 × 260 - 5 to whoever has shown one, the first 0.2 × that - 5."""
    assert worth_of_retests(260, 0.2, 5, 2, 1) == pytest.approx(4.4)
    assert retested(LINES.replace("entry-readings: 1", "entry-readings: 2"), {**FIGURES, "retests": 1}).gain == (
        pytest.approx(4.4)
    )


def test_nobody_is_measured_again_where_that_costs_more_than_it_brings() -> None:
    assert worth_of_retests(24, 0.2, 5, 1, 3) == 0
    assert retested(LINES.replace("£300.00", "£60.00"), {**FIGURES, "cost.session": 60}).verdict == ABSENT


def test_a_sufficient_penalty_takes_it_away() -> None:
    audited = f"{LINES}audit-rate: 20%\naudit-penalty: £1300.00 per record\n"
    assert retested(audited).verdict == ABSENT


def test_no_recovery_is_paid_for_where_that_needs_reliable_change() -> None:
    """Half of £300.00 is due, less £35.00 and a reading: 0.2 × 110 - 5, and 0.2 × 110 + 0.8 × that - 5."""
    assert retested(f"{LINES}recovery-requires-reliable-change: required\n").gain == pytest.approx(30.6)


def test_what_is_paid_for_an_assessment_is_due_either_way() -> None:
    assert retested(f"{LINES}pay assessment: £40.00 per assessment\n").gain == pytest.approx(84.6)


@pytest.mark.parametrize(
    ("lines", "because"),
    [
        (LINES.replace("entry-readings: 1\n", ""), "nothing says that a reading decides who enters"),
        (LINES.replace("entry-readings: 1", "entry-readings: none"), "nothing says that a reading decides who enters"),
        (f"{LINES}measured-by: independent\n", "the measures are taken by: independent"),
    ],
)
def test_it_needs_a_reading_that_whoever_is_paid_takes(lines: str, because: str) -> None:
    found = retested(lines)
    assert (found.verdict, found.because) == (DOES_NOT_APPLY, because)


def test_bounds_hold_everywhere_in_the_ranges() -> None:
    ends = {
        "cost.session": (20, 99), "cost.reading": (0, 90), "false-caseness": (0.02, 0.41), "retests": (1, 3),
        "cost.rejection": (0, 9), "dropout": (0.02, 0.08), "relapse": (0, 0.05), "dna": (0.05, 0.35),
    }  # fmt: skip
    between = retested(LINES, {name: (low, low, high) for name, (low, high) in ends.items()}).at["idle"].between
    assert between is not None
    random, found = Random(5), set()
    for _ in range(60):
        at: dict[str, float] = {name: random.uniform(*pair) for name, pair in ends.items()}
        gain = retested(LINES, at | {"retests": float(random.randint(1, 3))}).gain
        assert between[0] - 1e-9 <= gain <= between[1] + 1e-9
        found.add(gain > 0)
    assert found == {True, False}
