"""How figures and prices are written, and when two prices may be compared."""

from __future__ import annotations

from decimal import Decimal

import pytest

from carespec.quantities.money import Money, comparable, ratio
from carespec.quantities.numbers import show_number, shown
from carespec.quantities.percent import Percent


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1,000"),
        (1200000, "1,200,000"),
        (Decimal("12.50"), "12.50"),
        (Decimal("1234.5"), "1,234.5"),
        (Decimal("1E+3"), "1,000"),
    ],
)
def test_numbers_have_commas_from_a_thousand_and_keep_their_decimals(value: Decimal | int, text: str) -> None:
    assert show_number(value) == text
    assert shown(value) == text


def test_what_cannot_be_written_is_refused() -> None:
    with pytest.raises(TypeError, match="nothing says how to write a list"):
        shown([])


@pytest.mark.parametrize(("value", "text"), [("95", "95%"), ("2.5", "2.5%"), ("0", "0%"), ("100", "100%")])
def test_percentages(value: str, text: str) -> None:
    assert Percent(Decimal(value)).show() == text
    assert shown(Percent(Decimal(value))) == text


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(Decimal("185.00"), "course"), "£185.00 per course"),
        (Money(Decimal(185), "course"), "£185 per course"),
        (Money(Decimal("12.5"), None), "£12.50"),
        (Money(Decimal(1800000), "year", ("all-providers",)), "£1,800,000 per year for all-providers"),
        (Money(Decimal("320.00"), "course", ("cluster", "3")), "£320.00 per course for cluster 3"),
        (Money(Decimal("90000.00"), None, in_total=True), "£90,000.00 in total"),
    ],
)
def test_money(money: Money, text: str) -> None:
    assert money.show() == text


def test_prices_compare_only_for_the_same_thing() -> None:
    course = Money(Decimal("300.00"), "course")
    assert comparable(course, Money(Decimal("40.00"), "course", ("step-2",)))
    assert not comparable(course, Money(Decimal("40.00"), "session"))
    assert not comparable(course, Money(Decimal("40.00"), None))
    assert not comparable(Money(Decimal(5), None), Money(Decimal(5), None, in_total=True))


@pytest.mark.parametrize(
    ("low", "high", "times"),
    # The published rows of the study's Table 3.
    [
        ("367.29", "673.00", "1.8"),
        ("167.00", "366.00", "2.2"),
        ("525.00", "650.00", "1.2"),
        ("621.92", "934.96", "1.5"),
        ("30.00", "59.93", "2.0"),
        ("20.00", "37.00", "1.9"),
        ("42.00", "60.00", "1.4"),
        ("50.00", "150.00", "3.0"),
    ],
)
def test_ratios_are_those_of_table_3(low: str, high: str, times: str) -> None:
    assert str(ratio(Decimal(high), Decimal(low))) == times


def test_nothing_goes_no_number_of_times_into_a_price() -> None:
    assert ratio(Decimal("5.00"), Decimal("0.00")) is None
