"""What counts as a text that nobody has written yet."""

from __future__ import annotations

import pytest

from carespec.model.values import is_placeholder


@pytest.mark.parametrize(
    "text", ["TBC", "n/a", "[insert name]", "t.b.c.", "To be agreed with GPs", "", "  ", "...", "[]"]
)
def test_placeholders(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["National Health Service", "Terms to be agreed", "unknown persons", "x"])
def test_texts(text: str) -> None:
    assert not is_placeholder(text)
