"""What counts as a text that nobody has written yet."""

from __future__ import annotations

import pytest

from carespec.model.put_off import words_said
from carespec.model.values import is_placeholder


@pytest.mark.parametrize(
    "text", ["TBC", "n/a", "[insert name]", "t.b.c.", "To be agreed with GPs", "", "  ", "...", "[]"]
)
def test_placeholders(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["National Health Service", "Terms to be agreed", "unknown persons", "x"])
def test_texts(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "XXX to be confirmed later",
        "reason to follow",
        "The reason will be added soon",
        "TBC at the next board",
        "Details to follow from the panel",
        "To do: insert the reason here",
        "t.b.a. by the clinical lead",
        "[insert reason for this waiver]",
    ],
)
def test_sentences_that_put_off_what_has_to_be_said(text: str) -> None:
    assert words_said(text) < 3


@pytest.mark.parametrize(
    "text",
    [
        "The panel of 3 May agreed that the age limit stays, numbers to be confirmed at review",
        "Providers need time to follow the new policy",
        "The old limit stays; the new one is TBC",
        "Pathways are being agreed",
        "Pending the outcome of the price review",
        "The number of places is unknown",
        "Older adults' service carries on; a date is to be agreed with them",
    ],
)
def test_sentences_that_say_something(text: str) -> None:
    assert words_said(text) >= 3
