"""A near word is looked for quickly, and found as `difflib` finds it."""

from __future__ import annotations

from difflib import get_close_matches

from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.spelling import nearest

WORDS = st.text("abc-", max_size=9)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(WORDS, st.lists(WORDS, max_size=6), st.sampled_from((0.6, 0.68, 0.7)), st.integers(1, 2))
def test_what_cannot_be_close_is_all_that_is_passed_over(word: str, known: list[str], cutoff: float, most: int) -> None:
    assert nearest(word, known, cutoff, most) == get_close_matches(word, known, n=most, cutoff=cutoff)
