"""Rules beside the prices: which of two is due, what a course without scores brings, and when readings are taken."""

from __future__ import annotations

import pytest

from carespec.incentives.episode.actions import ILL, RECOVERED, TREAT
from carespec.payments.conditions import Events
from carespec.payments.readings import Readings
from incentive_contracts import contract, step_of, table

TWO = "indicated-sessions step-2: 6\npay step-2: £40.00 per session\npay treatment: £150.00 per course\n"
SHARED = (
    "indicated-sessions step-2: 4\npay step-2: £300.00 per course\n  50% only when recovered at last reading\n"
    "pay recovery-step-2: £20.00 per course\n  when recovered at last reading\n"
)


def paid(lines: str, sessions: int, record: Readings | None = None) -> float:
    """Pounds for a course of so many attended sessions."""
    machine = step_of(lines).machine
    units = [unit for n in range(1, sessions + 1) for unit in machine.on_session(n)]
    units += machine.at_close(Events(sessions, 0, record or machine.needs.start()))
    amounts = machine.amounts()
    return sum(amounts[place] * number for place, number in units)


@pytest.mark.parametrize(
    ("rule", "when", "three", "four"),
    [
        ("all-are-paid", "", 270, 310),
        ("highest-only", "", 150, 160),
        # The price of the course is due from the second session, and the first session is paid before it.
        ("first-only", "  when sessions is at least 2\n", 120, 160),
        # Due first, but only from the second session: until then there is nothing to be the first.
        ("highest-only", "  when sessions is at least 4\n", 120, 160),
    ],
)
def test_which_of_two_prices_is_due(rule: str, when: str, three: float, four: float) -> None:
    lines = f"overlapping-payments: {rule}\n{TWO}{when}"
    assert (paid(lines, 3), paid(lines, 4)) == (three, four)


def test_of_two_courses_the_one_that_is_earned_earlier_is_the_first() -> None:
    lines = (
        "overlapping-payments: first-only\npay step-2: £300.00 per course\n  when sessions is at least 4\n"
        "pay treatment: £100.00 per course\n  when sessions is at least 2\n  when recovered at last reading\n"
    )
    ill, well = Readings(last=False), Readings(last=True)
    assert [paid(lines, 3, well), paid(lines, 4, well), paid(lines, 4, ill)] == [100, 300, 300]


def test_prices_that_fall_due_together_have_no_first() -> None:
    left = contract(f"overlapping-payments: first-only\n{TWO}").left_out
    assert [one.place.path for one in left] == ["pay step-2", "pay treatment"]
    assert "at the same moment, so none of them is the first" in left[0].because


@pytest.mark.parametrize(
    ("rule", "unpaired", "ill", "well"),
    [
        ("", 150, 150, 320),
        ("unpaired-scores: as-not-recovered", 150, 150, 320),
        ("unpaired-scores: not-paid", 0, 150, 320),
        ("unpaired-scores: flat-rate\npay unpaired: £200.00 per course", 200, 150, 320),
    ],
)
def test_what_a_course_without_scores_brings(rule: str, unpaired: float, ill: float, well: float) -> None:
    lines = SHARED + rule
    found = [paid(lines, 4), paid(lines, 4, Readings(last=False)), paid(lines, 4, Readings(last=True))]
    assert found == [unpaired, ill, well]


def test_a_price_per_session_needs_no_score() -> None:
    lines = "unpaired-scores: not-paid\npay step-2: £40.00 per session\npay access: £20.00 per course"
    assert paid(lines, 2) == 100


def test_a_flat_rate_needs_an_amount_and_an_amount_a_rule() -> None:
    (flat,) = contract(f"{SHARED}unpaired-scores: flat-rate").left_out
    assert (flat.place.path, "nothing says how much" in flat.because) == ("unpaired-scores", True)
    (amount,) = contract(f"{SHARED}pay unpaired: £200.00 per course").left_out
    assert (amount.place.path, amount.fix) == ("pay unpaired", "Write `unpaired-scores: flat-rate`.")


@pytest.mark.parametrize(
    ("often", "sessions"),
    [
        ("every-session", [1, 2, 3, 4, 5]),
        ("every-second-session", [2, 4]),
        ("first-and-last-session", [1, 5]),
        ("assessment-and-discharge", [5]),
        ("discharge", [5]),
        ("none", []),
    ],
)
def test_readings_are_indicated_as_often_as_the_document_says(often: str, sessions: list[int]) -> None:
    found = table(f"indicated-sessions step-2: 5\noutcome-measure phq-9: {often}\npay step-2: £40.00 per session")
    assert [n for n in range(1, 6) if found.indicated[n - 1][ILL][0] == TREAT] == sessions
    # Treatment ends at a reading that shows recovery, so not after a session without one.
    ends = [n for n in range(1, 6) if found.indicated[n][RECOVERED][0] == 0]
    assert ends == sorted({*sessions, 5})


def test_the_measure_that_is_taken_most_often_counts() -> None:
    lines = (
        "outcome-measure gad-7: discharge\noutcome-measure phq-9: every-second-session\npay step-2: £40.00 per session"
    )
    assert step_of(lines).course.measured == "every-second-session"
