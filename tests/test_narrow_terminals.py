"""On a narrow terminal tables fold, and then tell one thing below the other: no word is broken, and nothing is lost."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.folding import hanging, listed, table

WORDS = st.lists(
    st.sampled_from(("step-2", "within", "10", "days", "first-wave-area-1,", "of", "referral")), max_size=12
)
CELL = WORDS.map(" ".join)
ROWS = st.lists(st.tuples(CELL, CELL, st.sampled_from(("", "7", "120.00")), CELL), min_size=1, max_size=6)
NAMES = ("field", "says", "n", "services")
WIDTHS = st.integers(30, 120)
bounded = settings(max_examples=80, deadline=None, derandomize=True)


def words(lines: list[str]) -> Counter[str]:
    return Counter(word for line in lines for word in line.split())


@bounded
@given(ROWS, WIDTHS)
def test_a_table_keeps_to_the_width_and_every_word_of_every_row(rows: list[tuple[str, ...]], width: int) -> None:
    head, told = table(NAMES, rows, width, frozenset((2,)))
    assert all(len(line) <= width for part in (*head, *told) for line in part)
    for row, lines in zip(rows, told, strict=True):
        said = words(lines)
        said.subtract(word for cell in row for word in cell.split())
        left = +said
        assert not -said, "every word of the row is there, whole"
        assert not head or not left, "and under a head nothing else"
        assert left.keys() <= {"says:", "services:", "n"}


@bounded
@given(ROWS, WIDTHS)
def test_a_list_keeps_to_the_width_and_every_word_of_every_row(rows: list[tuple[str, ...]], width: int) -> None:
    told = listed(rows, width)
    assert all(len(line) <= width for lines in told for line in lines)
    assert [words(lines) for lines in told] == [words(list(row)) for row in rows]


@bounded
@given(ROWS)
def test_where_there_is_room_a_row_is_a_line(rows: list[tuple[str, ...]]) -> None:
    assert all(len(lines) == 1 for lines in listed(rows, None))
    head, told = table(NAMES, rows, 1000)
    assert len(head) == 2 and all(len(lines) == 1 for lines in told)


def test_a_row_much_taller_than_what_it_says_is_told_one_thing_below_the_other() -> None:
    row = ("Longest wait (wait)", "within 10 days of referral", "2", "first-wave-area-1, first-wave-area-2")
    head, (lines,) = table(NAMES, [row], 34, frozenset((2,)))
    assert head == []
    assert lines == [
        "Longest wait (wait)",
        "  says: within 10 days of referral",
        "  n 2",
        "  services: first-wave-area-1,",
        "    first-wave-area-2",
    ]


def test_columns_fold_from_the_widest_one_down() -> None:
    rows = [("wait step-2", "within 10 working days of referral for everybody", "3", "ashby, barrow")]
    head, told = table(NAMES, rows, 60, frozenset((2,)))
    assert [line for part in head for line in part] == [
        "field        says                          n  services",
        "─" * 56,
    ] or len(head[1][0]) <= 60
    assert told[0][0].startswith("wait step-2  within 10 working days")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("short", "short"),
        ("  holds      on every path of events", "  holds      on every path\n             of events"),
        ("  - one that is longer than the width", "  - one that is longer than\n    the width"),
        ("    a sentence without a name in front", "    a sentence without a\n      name in front"),
    ],
)
def test_what_is_too_long_goes_on_below_what_it_is_about(line: str, told: str) -> None:
    assert hanging(line, 40 if line == "short" else 28) == told
