"""What cannot be analysed is told with its place and what to write, and never turned into a number."""

from __future__ import annotations

import pytest

from carespec.incentives.episode.aside import not_followed
from carespec.incentives.horizon import settle
from incentive_contracts import assumed, contract

PRICE = "pay step-2: £40.00 per session"

LEFT_OUT = {
    "pay step-2: £-40.00 per session": (2, "cannot be read"),
    f"{PRICE}\n  at most 0 per course": (3, "a limit of none pays for nothing"),
    "pay step-2: £400.00 per course\n  when sessions is at least 99": (2, "no course is followed for more than 60"),
    "session-cap step-2: 6\npay step-2: £400.00 per course\n  when sessions is at least 8": (
        3,
        "nobody may have more than 6",
    ),
    f"{PRICE}\n  at most 1 per 6 booked": (3, "it counts missed appointments, and the price is per session"),
    "pay step-2: £9.00 per course\n  when sessions is at least 6\n  when sessions is at most 3": (
        2,
        "all of its conditions",
    ),
    "pay step-2: £9.00 per course\n  when recovered at 0 readings in a row": (3, "no session shows what is so"),
    "pay step-2: £9.00 per course\n  when recovered at 70 readings in a row": (2, "it asks for 70 sessions"),
    "pay step-2: £9.00 per course\n  when recovered after 999 sessions": (2, "it asks for 999 sessions"),
    "pay step-2: £9.00 per course\n  when booked is at least 1000000000": (2, "it asks for 1000000000 appointments"),
    f"{PRICE}\npay treatment: £300.00 per course": (2, "nothing says which of them is due"),
    f"{PRICE}\npay step-2: £50.00 per session": (2, "several lines `pay step-2`"),
    "pay step-2: about £40.00 per session": (2, "`about` leaves its amount open"),
    "pay step-2: up to £40.00 per session": (2, "a limit, not a sum"),
    "pay step-2: not stated": (2, "not stated"),
    'pay step-2: in words "the usual rate"': (2, "stands in words"),
    "pay step-2: to be confirmed": (2, "to be confirmed"),
    'pay step-2: by local agreement with "each provider"': (2, "local agreement"),
    "pay step-2: £40.00": (2, "what it is paid per"),
    "pay step-2: £40.00 per month": (2, "for time or things"),
    'pay step-2: £40.00 per course\n  when in words "moving to recovery"': (3, "stands in words: “moving to recovery”"),
    "pay step-2: £40.00 per course\n  when age is at least 18 years": (3, "`age`, which differs from person to person"),
    "pay step-2: £40.00 per course\n  when recovered at follow-up of 3 months": (3, "after the end of treatment"),
    "pay step-2: £40.00 per course\n  when reliably-improved at last reading": (3, "no smaller improvement"),
    "pay step-2: £40.00 per course\n  60% only when recovered at last reading\n"
    "  60% only when recovered at any reading": (4, "more than all of it"),
}


@pytest.mark.parametrize("lines", LEFT_OUT)
def test_it_is_told_with_its_place(lines: str) -> None:
    found = contract(lines)
    line, words = LEFT_OUT[lines]
    assert [(left.place.line, words in left.because) for left in found.left_out][:1] == [(line, True)]
    assert found.steps == ()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [("overlapping-payments: all-are-paid", 2), ("overlapping-payments: highest-only", 1)],
)
def test_a_rule_for_overlaps_settles_them(lines: str, expected: int) -> None:
    found = contract(f"{lines}\npay step-2: £40.00 per course\npay treatment: £300.00 per course")
    assert not found.left_out
    assert [len(step.machine.atoms) for step in found.steps] == [expected] * len(found.steps)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("dna-limit treatment: 1000000000", "taken as no limit"),
        ("pay missed: £5.00 per missed-appointment\n  at most 1000000000 per course", "are not told apart"),
        ("pay missed: £5.00 per missed-appointment\n  at most 999 per 6 booked", "are not told apart"),
        ("pay step-3: £0.00 per session", "it pays nothing"),
        ("pay access: £20.00 per course\n  when waited step-2 is at most 28 calendar days", "taken to be kept"),
        ("average-sessions step-2: 6", "looks better paid here than it is"),
        ("session-cap step-2: 6\n  except 12 when age is at least 65 years", "taken for everybody"),
        ("indicated-sessions step-2: 6\nindicated-sessions step-2: 8", "an earlier line about the same"),
    ],
)
def test_what_leaves_the_verdicts_alone_is_told_beside_them(lines: str, words: str) -> None:
    found = contract(f"{PRICE}\n{lines}")
    assert not found.left_out and found.steps
    assert [words in told.because for told in not_followed(found)] == [True]


def test_counts_beyond_any_course_are_cut_and_told() -> None:
    (step,) = contract("indicated-sessions step-2: 1000000000\npay step-2: £40.00 per session for step-2").steps[:1]
    assert (step.course.limit, step.horizon()) == (60, 60)
    assert "no course is followed for more than 60 sessions" in [one.because for one in step.course.defaults]
    limit = contract(f"{PRICE}\ndna-limit treatment: 1000000000").steps[0].dna_limit
    assert limit is None


def test_a_fee_without_a_limit_never_stops() -> None:
    found = contract(f"indicated-sessions step-2: 6\n{PRICE}")
    cheap = settle(found, found.steps[0], assumed({"cost.session": 35}))
    dear = settle(found, found.steps[0], assumed({"cost.session": 41}))
    sometimes = settle(found, found.steps[0], assumed({"cost.session": (20, 41, 50)}))
    assert (cheap.never_stops, dear.never_stops, sometimes.never_stops) == ("likely", "", "somewhere")


def test_a_long_tail_of_hope_is_followed_to_its_end() -> None:
    """An outcome fee without a limit makes going on worth while far beyond every number that the contract names."""
    lines = "indicated-sessions step-3: 3\npay recovery-step-3: £900.00 per course\n  when recovered at last reading"
    found = contract(lines)
    step = found.steps[0]
    settled = settle(found, step, assumed({"cost.session": 35, "hazard": 0.2}))
    assert settled.never_stops == ""
    assert settled.setting.table.horizon > step.horizon()


def test_silence_is_told_with_what_is_taken_instead() -> None:
    silent = contract(PRICE).steps[0].course.defaults
    assert [default.field for default in silent] == ["indicated-sessions step-2", "stop-when", "outcome-measure"]
    said = contract(
        "indicated-sessions step-2: 6\nstop-when: recovered at 2 readings in a row\n"
        f"outcome-measure phq-9: every-session\n{PRICE}"
    )
    assert said.steps[0].course.defaults == ()
