"""The table of working days: the published figures, its shape, and that making it again changes nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from carespec.generate import calendar
from carespec.quantities.working_days import WorkingDays, from_rows

FIGURES = {
    1: (1, 5),
    2: (2, 6),
    3: (3, 11),
    5: (5, 13),
    10: (12, 20),
    15: (19, 27),
    20: (26, 34),
    28: (38, 47),
    30: (40, 49),
    40: (54, 63),
    60: (82, 91),
    90: (127, 137),
}


@pytest.mark.parametrize("count", FIGURES)
def test_the_table_has_the_figures_of_the_language_reference(england: WorkingDays, count: int) -> None:
    assert england.range(count) == FIGURES[count]


def test_making_the_table_again_changes_nothing(calendar_text: str, calendar_data: dict[str, Any]) -> None:
    library = calendar_data["source"]["library-version"]
    made_again = calendar.document(calendar_data["name"], calendar_data["version"], library)
    assert made_again == calendar_text, (
        f"the holidays library {calendar.library_version()} gives another table than {library}: "
        "give the calendar a new version and make it again"
    )


def test_the_table_grows_and_reaches_130(england: WorkingDays) -> None:
    assert len(england.fewest) == len(england.most) == 130
    for column in (england.fewest, england.most):
        assert all(earlier < later for earlier, later in pairwise(column))
    assert all(n <= low <= high for n, (low, high) in enumerate(zip(england.fewest, england.most, strict=True), 1))


def test_outside_the_table_nothing_is_known(england: WorkingDays) -> None:
    assert england.range(131) is None
    assert england.range(-1) is None
    assert england.range(0) == (0, 0)
    assert england.range(130) == (england.fewest[-1], england.most[-1])


def test_a_report_can_name_the_table(england: WorkingDays) -> None:
    assert england.show() == "england 1"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([(1, 1, 5), (3, 3, 11)], "has a row for 3 working days where 2 was due"),
        ([(1, 5, 1)], "takes 5 days at the fewest for 1, 1 at the most"),
    ],
)
def test_a_damaged_table_is_refused(rows: list[tuple[int, int, int]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        from_rows("england", "1", rows)
