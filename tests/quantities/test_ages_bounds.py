"""Ages, and which ages the words of a limit leave open."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.quantities import bounds
from carespec.quantities.ages import Age, reached, within
from carespec.quantities.bounds import RELATIONS, Bound, Interval
from carespec.quantities.counts import Count
from carespec.quantities.durations import Duration
from carespec.quantities.money import Money
from carespec.quantities.percent import Percent
from carespec.quantities.truth import range_at_most

LAWS = settings(derandomize=True, max_examples=150, deadline=None)


def years(count: int) -> Age:
    return Age(count * 12, whole_years=True)


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (years(18), "18 years"),
        (years(1), "1 year"),
        (years(0), "0 years"),
        (Age(213, whole_years=False), "17 years 9 months"),
        (Age(13, whole_years=False), "1 year 1 month"),
        (Age(9, whole_years=False), "9 months"),
        (Age(216, whole_years=False), "18 years 0 months"),
    ],
)
def test_show(age: Age, text: str) -> None:
    assert age.show() == text


def test_a_minimum_age_is_reached_on_the_birthday() -> None:
    assert not reached(18 * 12 - 1, years(18))
    assert reached(18 * 12, years(18))
    assert not reached(17 * 12 + 8, Age(213, whole_years=False))
    assert reached(17 * 12 + 9, Age(213, whole_years=False))


def test_a_maximum_age_in_years_alone_holds_for_the_whole_year() -> None:
    assert within(65 * 12 + 3, years(65))
    assert within(65 * 12 + 11, years(65))
    assert not within(66 * 12, years(65))
    assert within(65 * 12 + 3, Age(65 * 12 + 3, whole_years=False))
    assert not within(65 * 12 + 4, Age(65 * 12 + 3, whole_years=False))


@LAWS
@given(st.integers(0, 1200), st.integers(0, 100))
def test_years_alone_compare_in_whole_years(person: int, limit: int) -> None:
    assert reached(person, years(limit)) == (person // 12 >= limit)
    assert within(person, years(limit)) == (person // 12 <= limit)


@pytest.mark.parametrize(
    ("bound", "text"),
    [
        (Bound("over", years(18)), "over 18 years"),
        (Bound("up to", years(25)), "up to 25 years"),
        (Bound("at least", 5), "at least 5"),
        (Bound("at most", Count(6, 6)), "at most 6"),
        (Bound("under", Percent(Decimal(44))), "under 44%"),
        (Bound("under", Duration(((2, "week"),))), "under 2 weeks"),
        (Bound("at most", Money(Decimal("5000.00"), None, in_total=True)), "at most £5,000.00 in total"),
    ],
)
def test_show_a_bound(bound: Bound, text: str) -> None:
    assert bound.show() == text


def _at(bound: Bound, *people: tuple[int, int]) -> list[bool | None]:
    interval = bounds.ages(bound)
    assert interval is not None
    return [interval.holds(year * 12 + month) for year, month in people]


@pytest.mark.parametrize(
    ("relation", "below", "at_birthday", "at_year_end", "above"),
    [
        ("over", False, None, None, True),
        ("under", True, False, False, False),
        ("up to", True, None, None, False),
        ("at least", False, True, True, True),
        ("at most", True, True, True, False),
    ],
)
def test_who_is_meant_at_eighteen(
    relation: str, below: bool, at_birthday: bool | None, at_year_end: bool | None, above: bool
) -> None:
    people = ((17, 11), (18, 0), (18, 11), (19, 0))
    assert _at(Bound(relation, years(18)), *people) == [below, at_birthday, at_year_end, above]


def test_an_age_in_months_leaves_one_month_open() -> None:
    bound = Bound("over", Age(213, whole_years=False))
    assert _at(bound, (17, 8), (17, 9), (17, 10)) == [False, None, True]


def test_over_18_as_a_minimum_age_that_a_rule_limits() -> None:
    over_18 = bounds.ages(Bound("over", years(18)))
    assert over_18 is not None and over_18.first is not None
    answers = [range_at_most(over_18.first, (year * 12, year * 12)) for year in (17, 18, 19)]
    assert answers == [False, None, True]
    assert over_18.last is None


def test_up_to_25_as_a_maximum_age_that_a_rule_limits() -> None:
    up_to_25 = bounds.ages(Bound("up to", years(25)))
    assert up_to_25 is not None
    assert up_to_25.first is None
    assert up_to_25.last == (25 * 12 - 1, 25 * 12 + 11)


@pytest.mark.parametrize(
    ("relation", "answers"),
    [
        ("over", [False, None, True]),
        ("under", [True, False, False]),
        ("up to", [True, True, False]),
        ("at least", [False, True, True]),
        ("at most", [True, True, False]),
    ],
)
@pytest.mark.parametrize("limit", [5, Decimal(5), Count(5, 5)])
def test_which_counts_are_meant(limit: object, relation: str, answers: list[bool | None]) -> None:
    interval = bounds.counts(Bound(relation, limit))
    assert interval is not None
    assert [interval.holds(value) for value in (4, 5, 6)] == answers


@pytest.mark.parametrize("limit", [Decimal("5.5"), Count(4, 6), years(18), Percent(Decimal(5))])
def test_only_one_whole_number_is_a_count(limit: object) -> None:
    assert bounds.counts(Bound("over", limit)) is None


def test_only_an_age_is_an_age() -> None:
    assert bounds.ages(Bound("over", 18)) is None


@LAWS
@given(st.sampled_from(RELATIONS), st.integers(1, 100), st.booleans())
def test_what_is_sure_is_never_outside_what_is_open(relation: str, months: int, whole: bool) -> None:
    interval = bounds.ages(Bound(relation, Age(months * 12, whole_years=whole)))
    assert isinstance(interval, Interval)
    for low, high in filter(None, (interval.first, interval.last)):
        assert low <= high
    answers = [interval.holds(value) for value in range(months * 12 - 2, months * 12 + 14)]
    # Along the ages the answer changes from one definite side, over what is open, to the other.
    sides = [answer for answer in answers if answer is not None]
    assert sides == sorted(sides) or sides == sorted(sides, reverse=True)
    assert {True, False} == set(sides)
