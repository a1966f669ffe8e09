"""Numbers in words, and what is never taken for one."""

from __future__ import annotations

import pytest

from carespec.model.figures import figure_of


@pytest.mark.parametrize(
    ("word", "figure"),
    [
        ("zero", 0),
        ("two", 2),
        ("sixteen", 16),
        ("twenty", 20),
        ("twenty-one", 21),
        ("ninety-nine", 99),
        ("twenty-", None),
        ("twenty-zero", None),
        ("twenty-ten", None),
        ("two-one", None),
        ("gp", None),
        ("", None),
    ],
)
def test_numbers_in_words(word: str, figure: int | None) -> None:
    assert figure_of(word) == figure
