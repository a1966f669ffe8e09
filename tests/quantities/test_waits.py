"""Waits: how they are written, and each clause of what it means to meet a standard."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.quantities import durations
from carespec.quantities.durations import Duration, DurationRange, Limit
from carespec.quantities.percent import Percent
from carespec.quantities.waits import Wait, WaitPart, at_most, meets
from carespec.quantities.working_days import WorkingDays

ORDER = ("referral", "decision", "assessment", "treatment")
TABLE = WorkingDays("seven-fifths", "1", tuple(range(1, 61)), tuple(2 * n + 4 for n in range(1, 61)))
LAWS = settings(derandomize=True, max_examples=150, deadline=None)


def d(count: int, unit: str = "calendar-day") -> Duration:
    return Duration(((count, unit),))


def part(
    within: Limit | int | None = None,
    clock: str | None = "referral",
    share: int | None = None,
    of: str = "people",
    about: bool = False,
) -> WaitPart:
    """A part in calendar days if given a number; the same day as the clock if given nothing."""
    limit = d(within) if isinstance(within, int) else within
    percent = None if share is None else Percent(Decimal(share))
    return WaitPart(limit, limit is None, clock, percent, None if share is None else of, about)


def wait(*parts: WaitPart) -> Wait:
    return Wait(parts)


def judged(mine: Wait, standard: Wait) -> bool | None:
    return meets(mine, standard, ORDER, TABLE)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (wait(part(d(10, "working-day"), share=95)), "within 10 working days of referral for 95% of people"),
        (wait(part(DurationRange(d(2, "week"), d(3, "week")))), "within 2 to 3 weeks of referral"),
        (wait(part(d(6, "week"), clock=None)), "within 6 weeks"),
        (wait(part(d(2, "week"), clock=None, about=True)), "within about 2 weeks"),
        (wait(part(clock="rejection")), "the same day as rejection"),
        (wait(part(clock="rejection", share=95)), "the same day as rejection for 95% of people"),
        (
            wait(part(d(6, "week"), share=75, of="referrals"), part(d(18, "week"))),
            "within 6 weeks of referral for 75% of referrals, within 18 weeks of referral",
        ),
    ],
)
def test_show(value: Wait, text: str) -> None:
    assert value.show() == text


def test_the_example_pack(england: WorkingDays) -> None:
    standard = wait(part(28))
    examples = {
        d(28): True,
        d(29): False,
        d(30, "working-day"): False,
        d(20, "working-day"): None,
        d(28, "day"): None,
    }
    assert {limit: meets(wait(part(limit)), standard, ORDER, england) for limit in examples} == examples


def test_met_by_the_same_clock_limit_and_share() -> None:
    assert judged(wait(part(28, share=95)), wait(part(28, share=95))) is True


def test_met_by_no_longer_a_limit() -> None:
    assert judged(wait(part(27)), wait(part(28))) is True


def test_met_from_an_earlier_clock() -> None:
    assert judged(wait(part(28, "referral")), wait(part(28, "assessment"))) is True


def test_met_for_no_smaller_a_share() -> None:
    assert judged(wait(part(28, share=96)), wait(part(28, share=95))) is True
    # No share is everybody.
    assert judged(wait(part(28)), wait(part(28, share=95))) is True
    assert judged(wait(part(28, share=100)), wait(part(28))) is True


def test_failed_by_a_smaller_share_whatever_else() -> None:
    assert judged(wait(part(28, share=94)), wait(part(28, share=95))) is False
    assert judged(wait(part(1, share=94)), wait(part(28))) is False
    assert judged(wait(part(28, clock=None, share=94)), wait(part(28, share=95))) is False
    assert judged(wait(part(28, about=True, share=94)), wait(part(28, share=95))) is False


def test_failed_by_a_longer_limit_from_the_same_or_a_later_start() -> None:
    assert judged(wait(part(29, "referral")), wait(part(28, "referral"))) is False
    assert judged(wait(part(29, "assessment")), wait(part(28, "referral"))) is False


def test_unknown_for_a_longer_limit_from_an_earlier_start() -> None:
    assert judged(wait(part(29, "referral")), wait(part(28, "assessment"))) is None


def test_unknown_for_a_shorter_limit_from_a_later_start() -> None:
    assert judged(wait(part(5, "assessment")), wait(part(28, "referral"))) is None


def test_each_part_of_the_standard_needs_a_part_that_meets_it() -> None:
    standard = wait(part(42, share=75), part(126, share=95))
    assert judged(wait(part(42, share=75), part(126, share=95)), standard) is True
    assert judged(wait(part(126, share=95), part(42, share=75)), standard) is True
    # One part can meet both.
    assert judged(wait(part(42, share=95)), standard) is True
    # It fails if for one part of the standard every part of the wait falls short.
    assert judged(wait(part(42, share=75)), standard) is False
    assert judged(wait(part(43, share=75), part(126, share=95)), standard) is False


def test_one_part_that_nobody_can_compare_keeps_the_answer_open() -> None:
    standard = wait(part(28))
    assert judged(wait(part(29), part(5, "assessment")), standard) is None
    assert judged(wait(part(28), part(5, "assessment")), standard) is True
    assert judged(wait(part(29), part(30)), standard) is False


def test_a_failure_of_one_part_of_the_standard_outweighs_doubt_about_another() -> None:
    standard = wait(part(28, "assessment"), part(28, share=100))
    assert judged(wait(part(29, "referral", share=95)), standard) is False


def test_a_clock_that_is_not_written_may_be_any_event() -> None:
    no_clock = wait(part(28, clock=None))
    assert judged(no_clock, wait(part(28, "referral"))) is None
    assert judged(no_clock, no_clock) is None
    # From whichever event, it is longer than a standard that counts from the first …
    assert judged(wait(part(29, clock=None)), wait(part(28, "referral"))) is False
    assert judged(wait(part(29, clock=None)), wait(part(28, "assessment"))) is None
    # … and keeps to one that counts from the last.
    assert judged(no_clock, wait(part(28, "treatment"))) is True
    assert judged(wait(part(28, "referral")), no_clock) is True
    assert judged(wait(part(28, "decision")), no_clock) is None
    assert judged(wait(part(29, "treatment")), no_clock) is False
    assert judged(wait(part(29, "assessment")), no_clock) is None


def test_an_event_outside_the_order_compares_only_with_itself() -> None:
    registration = wait(part(28, "registration"))
    assert judged(registration, registration) is True
    assert judged(wait(part(29, "registration")), registration) is False
    assert judged(registration, wait(part(28))) is None
    assert judged(wait(part(29, "registration")), wait(part(28))) is None
    assert judged(wait(part(29, clock=None)), registration) is None
    assert meets(wait(part(1, None)), wait(part(2, None)), (), TABLE) is None


def test_shares_of_different_things_compare_only_with_everybody() -> None:
    referrals = wait(part(28, share=95, of="referrals"))
    assert judged(wait(part(28, share=95, of="people")), referrals) is None
    assert judged(wait(part(28, share=50, of="people")), referrals) is None
    assert judged(wait(part(28)), referrals) is True
    assert judged(referrals, wait(part(28))) is False


def test_a_hedged_limit_can_be_held_to_nothing() -> None:
    assert judged(wait(part(14, about=True)), wait(part(28))) is None
    assert judged(wait(part(60, about=True)), wait(part(28))) is None


def test_a_limit_somewhere_between() -> None:
    two_to_three = wait(part(DurationRange(d(2, "week"), d(3, "week"))))
    assert judged(two_to_three, wait(part(21))) is True
    assert judged(two_to_three, wait(part(20))) is None
    assert judged(two_to_three, wait(part(13))) is False
    assert judged(two_to_three, two_to_three) is True


def test_the_same_day_ends_before_the_next_begins() -> None:
    same_day = wait(part(clock="rejection"))
    assert judged(same_day, same_day) is True
    for limit, keeps, kept in (
        (d(24, "hour"), True, False),
        (d(1), True, False),
        (d(1, "working-day"), True, False),
        (d(4, "hour"), None, None),
        (d(0, "hour"), None, True),
    ):
        other = wait(part(limit, "rejection"))
        assert judged(same_day, other) is keeps
        assert judged(other, same_day) is kept


def test_at_most_compares_the_limit_of_one_part() -> None:
    assert at_most(wait(part(28)), d(28), TABLE) is True
    assert at_most(wait(part(29)), d(28), TABLE) is False
    assert at_most(wait(part(28, clock=None, share=50)), d(28), TABLE) is True
    assert at_most(wait(part(d(20, "working-day"))), d(28), TABLE) is None
    assert at_most(wait(part(clock="rejection")), d(1), TABLE) is True
    assert at_most(wait(part(5, about=True)), d(28), TABLE) is None
    assert at_most(wait(part(5), part(6)), d(28), TABLE) is None


LIMITS = st.one_of(
    st.builds(d, st.integers(1, 40), st.sampled_from(["calendar-day", "working-day", "day", "week", "month"])),
    st.builds(lambda low, more: DurationRange(d(low), d(low + more)), st.integers(1, 20), st.integers(0, 9)),
    st.none(),
)
SHARES = st.one_of(st.none(), st.sampled_from([50, 95, 100]))
OF = st.sampled_from(["people", "referrals"])
CLOCKED = st.builds(part, LIMITS, st.sampled_from((*ORDER, "rejection")), SHARES, OF)
ANY = st.builds(part, LIMITS, st.one_of(st.none(), st.sampled_from(ORDER)), SHARES, OF, st.booleans())


def _waits(parts: st.SearchStrategy[WaitPart]) -> st.SearchStrategy[Wait]:
    return st.lists(parts, min_size=1, max_size=3).map(lambda several: Wait(tuple(several)))


@LAWS
@given(_waits(CLOCKED))
def test_a_wait_with_clocks_meets_itself(value: Wait) -> None:
    assert judged(value, value) is True


@LAWS
@given(_waits(CLOCKED), _waits(CLOCKED), _waits(CLOCKED))
def test_meeting_carries_over(a: Wait, b: Wait, c: Wait) -> None:
    if judged(a, b) is True and judged(b, c) is True:
        assert judged(a, c) is True


@LAWS
@given(_waits(ANY), _waits(ANY), ANY)
def test_a_promise_more_never_breaks_a_standard_and_a_demand_more_never_helps(
    mine: Wait, standard: Wait, extra: WaitPart
) -> None:
    if judged(mine, standard) is True:
        assert judged(Wait((*mine.parts, extra)), standard) is True
    if judged(mine, standard) is False:
        assert judged(mine, Wait((*standard.parts, extra))) is False


@LAWS
@given(ANY, ANY)
def test_an_unwritten_clock_says_only_what_every_clock_would(mine: WaitPart, standard: WaitPart) -> None:
    answer = judged(wait(mine._replace(clock=None)), wait(standard))
    if answer is not None:
        filled = {judged(wait(mine._replace(clock=event)), wait(standard)) for event in ORDER}
        assert filled == {answer}


@LAWS
@given(st.integers(1, 40), st.integers(1, 40))
def test_one_part_from_one_clock_meets_as_its_limit_compares(mine: int, theirs: int) -> None:
    answer = judged(wait(part(d(mine, "working-day"))), wait(part(theirs)))
    assert answer is durations.at_most(d(mine, "working-day"), d(theirs), TABLE)
