"""Dates at three precisions, periods with both ends included, and months that are misspelt."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.quantities.dates import (
    MONTHS,
    DateSpan,
    Period,
    after,
    before,
    make_day,
    make_financial_year,
    make_month,
    month_number,
    nearest_month,
    same,
)


def day(year: int, month: int, number: int) -> DateSpan:
    made = make_day(year, month, number)
    assert made is not None
    return made


def month(year: int, number: int) -> DateSpan:
    made = make_month(year, number)
    assert made is not None
    return made


def financial(year: int) -> DateSpan:
    made = make_financial_year(year, (year + 1) % 100)
    assert made is not None
    return made


def test_show() -> None:
    assert day(2012, 8, 17).show() == "17 August 2012"
    assert month(2011, 7).show() == "July 2011"
    assert financial(2026).show() == "2026/27"
    assert financial(1999).show() == "1999/00"
    assert Period(day(2012, 4, 1), day(2014, 3, 31)).show() == "from 1 April 2012 to 31 March 2014"
    assert Period(day(2012, 4, 1), None).show() == "from 1 April 2012"


def test_what_a_date_covers() -> None:
    assert month(2012, 2)[:2] == (date(2012, 2, 1), date(2012, 2, 29))
    assert financial(2026)[:2] == (date(2026, 4, 1), date(2027, 3, 31))
    assert make_financial_year(2026, 2027) == financial(2026)


def test_dates_that_do_not_exist() -> None:
    assert make_day(2012, 6, 31) is None
    assert make_day(2011, 2, 29) is None
    assert make_day(2012, 2, 29) is not None
    assert make_month(2012, 13) is None
    assert make_month(0, 1) is None
    assert make_financial_year(2026, 28) is None
    assert make_financial_year(2026, 2028) is None
    assert make_financial_year(9999, 0) is None


@pytest.mark.parametrize("number", range(1, 13))
def test_months_have_two_forms(number: int) -> None:
    name = MONTHS[number - 1]
    assert month_number(name) == number
    assert month_number(name.upper()) == number
    assert month_number(name[:3].lower()) == number


def test_other_words_are_not_months() -> None:
    assert month_number("Agust") is None
    assert month_number("Ju") is None
    assert month_number("") is None


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Agust", "August"),
        ("agust", "August"),
        ("AGUST", "August"),
        ("Sept", "September"),
        ("Febuary", "February"),
        ("Jly", "July"),
        ("Decmber", "December"),
        ("Quarter", None),
        ("xyz", None),
    ],
)
def test_a_misspelt_month_has_a_nearest(word: str, name: str | None) -> None:
    assert nearest_month(word) == name


def test_before_and_after() -> None:
    july, august = month(2011, 7), month(2011, 8)
    assert before(july, august) is True
    assert before(august, july) is False
    assert before(july, july) is None
    assert before(day(2011, 7, 5), july) is None
    # Nothing in July is later than its last day, and nothing earlier than its first.
    assert before(day(2011, 7, 31), july) is False
    assert before(july, day(2011, 7, 1)) is False
    assert after(august, july) is True
    assert after(day(2012, 4, 1), financial(2011)) is True
    assert after(day(2012, 3, 31), financial(2011)) is None
    assert before(day(2012, 4, 1), day(2012, 4, 1)) is False


def test_same() -> None:
    assert same(day(2011, 7, 17), month(2011, 7)) is True
    assert same(month(2011, 7), day(2011, 7, 17)) is None
    assert same(month(2011, 7), month(2011, 7)) is True
    assert same(month(2011, 7), financial(2011)) is True
    assert same(financial(2011), month(2011, 7)) is None
    assert same(month(2011, 3), financial(2011)) is False


def test_both_ends_of_a_period_are_in_it() -> None:
    period = Period(day(2012, 4, 1), day(2014, 3, 31))
    assert [period.contains(date(2012, 3, 31)), period.contains(date(2012, 4, 1))] == [False, True]
    assert [period.contains(date(2014, 3, 31)), period.contains(date(2014, 4, 1))] == [True, False]
    assert Period(day(2012, 4, 1), None).contains(date(2099, 1, 1))
    by_month = Period(month(2012, 4), month(2014, 3))
    assert by_month.contains(date(2014, 3, 31))


def test_periods_that_share_one_day_overlap() -> None:
    first = Period(day(2012, 4, 1), day(2013, 3, 31))
    assert first.overlaps(Period(day(2013, 3, 31), None))
    assert not first.overlaps(Period(day(2013, 4, 1), None))
    assert Period(day(2013, 4, 1), None).overlaps(Period(day(2020, 1, 1), None))
    backwards = Period(day(2013, 4, 1), day(2012, 4, 1))
    assert not backwards.overlaps(Period(day(2012, 1, 1), None))


SPANS = st.one_of(
    st.dates(date(2010, 1, 1), date(2012, 12, 31)).map(lambda on: day(on.year, on.month, on.day)),
    st.builds(month, st.integers(2010, 2012), st.integers(1, 12)),
    st.builds(financial, st.integers(2010, 2012)),
)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(SPANS, SPANS)
def test_a_definite_order_holds_for_every_day_that_was_meant(a: DateSpan, b: DateSpan) -> None:
    outcomes = {x < y for x, y in product((a.first, a.last), (b.first, b.last))}
    assert before(a, b) is (outcomes.pop() if len(outcomes) == 1 else None)
    assert not (before(a, b) is True and before(b, a) is True)
    assert before(a, b) is after(b, a)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(SPANS, SPANS, SPANS, SPANS)
def test_overlap_is_the_same_from_either_side(a: DateSpan, b: DateSpan, c: DateSpan, d: DateSpan) -> None:
    one, other = Period(a, b), Period(c, d)
    shared = [day for day in (a.first, c.first) if one.contains(day) and other.contains(day)]
    assert one.overlaps(other) == other.overlaps(one) == bool(shared)
