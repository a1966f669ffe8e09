"""Figures side by side: what is comparable, what is not, and who is far out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from carespec.compare.outliers import quartiles
from carespec.compare.periods import together
from carespec.compare.spread import Spread
from compare.services import IAPT, compared


def only(field: str, *values: str) -> Spread:
    one = compared(*([IAPT, f"{field}: {value}"] for value in values))
    views = [view for topic in one.topics for view in topic.fields if view.path == field]
    (group,) = views[0].groups
    (spread,) = group.spreads
    return spread


def test_lowest_highest_median_and_ratio() -> None:
    spread = only("caseload step-2", "20", "50", "30")
    assert (spread.n, spread.median, spread.ratio) == (3, 30, Decimal("2.5"))
    assert (spread.lowest.cell.said.value, spread.highest.cell.said.value) == ("20", "50")


def test_a_ratio_is_rounded_half_up() -> None:
    assert only("caseload step-2", "20", "37").ratio == Decimal("1.9")


def test_days_of_different_kinds_are_never_put_in_order() -> None:
    one = compared(
        *(
            [IAPT, f"wait step-3: within {limit} of referral"]
            for limit in ("10 working days", "14 calendar days", "10 days")
        )
    )
    (view,) = [view for topic in one.topics for view in topic.fields if view.path == "wait step-3"]
    found = {spread.scale: (spread.n, spread.days) for group in view.groups for spread in group.spreads}
    assert found == {
        "working days from referral": (1, (12, 20)),
        "calendar time from referral": (1, (14, 14)),
        "days, working or calendar from referral": (1, (10, 20)),
    }


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("within 2 weeks of referral", "within 2 weeks of assessment"),
        ("within 2 weeks of referral", "within 2 weeks of referral for 90% of people"),
        ("within 2 weeks of referral", "within 2 weeks"),
        ("within 2 months of referral", "within 8 weeks of referral"),
    ],
)
def test_waits_that_cannot_be_compared(a: str, b: str) -> None:
    one = compared([IAPT, f"wait step-3: {a}"], [IAPT, f"wait step-3: {b}"])
    (view,) = [view for topic in one.topics for view in topic.fields if view.path == "wait step-3"]
    assert [len(group.spreads) for group in view.groups] == [2]


def test_weeks_and_hours_are_one_scale() -> None:
    spread = only("wait step-3", "within 2 weeks of referral", "within 48 hours of referral")
    assert (spread.n, spread.ratio) == (2, Decimal("7.0"))


def test_a_hedge_a_bound_and_words_are_no_figures() -> None:
    spread = only("caseload step-2", "20", "about 500", "at least 60", 'in words "many"', "none", "not stated", "25")
    assert (spread.n, spread.highest.cell.said.value) == (2, "25")


def test_a_range_leaves_the_ratio_open() -> None:
    spread = only("average-sessions step-2", "6 to 8", "12")
    assert (spread.ratio, spread.median) == (None, None)
    assert (spread.lowest.cell.said.value, spread.highest.cell.said.value) == ("6 to 8", "12")


def test_prices_per_different_things_have_a_row_each() -> None:
    amounts = ("£40.00 per session", "£30.00 per session", "£300.00 per course")
    one = compared(
        *([IAPT, f"pay step-2: {amount}"] for amount in amounts),
        [IAPT, 'pay step-2: in words "a fee"'],
        [IAPT, "pay step-2: none"],
    )  # fmt: skip
    rows = [(row.spread.scale if row.spread else None, len(row.services)) for row in one.prices]
    assert rows == [("per session", 2), ("per course", 1), (None, 2)]


def test_a_payment_of_ones_own_is_compared_with_nothing() -> None:
    assert not compared([IAPT, "pay other-travel: £4.00"], [IAPT, "pay other-travel: £8.00"]).prices


def test_services_of_another_programme_are_never_in_one_row() -> None:
    one = compared([IAPT, "pay assessment: £40.00"], ["programme: primary-care-counselling", "pay assessment: £90.00"])
    assert [(row.group, row.spread.n if row.spread else 0) for row in one.prices] == [
        ("iapt", 1), ("primary-care-counselling", 1),
    ]  # fmt: skip


def test_contracts_that_follow_one_another_are_not_compared() -> None:
    early, late = "contract: from 1 April 2012 to 31 March 2014", "contract: from 1 April 2014 to 31 March 2016"
    across = "contract: from 1 April 2013 to 31 March 2015"
    one = compared([IAPT, early, "pay group: £1"], [IAPT, late, "pay group: £3"], [IAPT, across, "pay group: £2"])
    rows = {row.group: [s.name for s in row.services] for row in one.prices}
    assert rows == {"iapt from 2013-04-01": ["a", "c"], "iapt from 2014-04-01": ["b", "c"]}


def test_a_withdrawn_service_is_left_out_and_told() -> None:
    one = compared([IAPT, "minimum-age: 18 years"], [IAPT, "status: withdrawn", "minimum-age: 3 years"])
    assert [s.name for s in one.services] == ["a"] and [s.name for s in one.left_out] == ["b"]


def test_a_line_that_cannot_be_read_is_not_silence() -> None:
    one = compared([IAPT, "minimum-age: 18 years"], [IAPT, "minimum-age 18"], [IAPT])
    (view,) = [view for topic in one.topics for view in topic.fields if view.path == "minimum-age"]
    assert [[s.name for s in who] for who in (view.silent, view.unread)] == [["c"], ["b"]]


def alone(*values: str, field: str = "dna-outcome") -> list[tuple[str, str, int, int]]:
    one = compared(*([IAPT, f"{field}: {value}"] for value in values))
    return [(o.service.name, o.usual, o.agree, o.n) for of in one.outliers for o in of.outliers if of.path == field]


GP, HOME = "discharge-to-gp", "discharge"


def test_who_stands_alone() -> None:
    assert alone(GP, GP, GP, GP, HOME) == [("e", GP, 4, 5)]
    assert alone(GP, GP, GP, HOME) == [], "four are too few"
    assert alone(GP, GP, GP, HOME, HOME) == [], "two of five are not alone"
    assert alone(*[GP] * 18, HOME, HOME) == [("s", GP, 18, 20), ("t", GP, 18, 20)], "one in ten is"
    assert alone(GP, GP, GP, GP, "not stated") == [], "who does not say is not counted"


def test_a_figure_that_is_far_out() -> None:
    field = "caseload step-2"
    assert alone("20", "22", "24", "26", "90", field=field) == [("e", "22 to 26", 4, 5)]
    assert alone("20", "22", "24", "26", "30", field=field) == []
    assert alone("20", "20", "20", "20", "21", field=field) == [("e", "20", 4, 5)]
    assert alone("20", "22", "24", "26", "90 to 95", field=field) == [("e", "22 to 26", 4, 5)]
    assert alone("20", "22", "24", "26", "25 to 95", field=field) == [], "it may be 25"


def test_quartiles_are_the_medians_of_the_halves() -> None:
    assert quartiles([1, 2, 3, 4, 5]) == (2, 4)
    assert quartiles([4, 3, 2, 1]) == (Decimal("1.5"), Decimal("3.5"))


def test_periods_that_share_a_day() -> None:
    assert together([(1, 5), (3, 9), (7, None), (None, 2)]) == [(1, (0, 3)), (3, (0, 1)), (7, (1, 2))]
    assert together([(9, 1)]) == []
