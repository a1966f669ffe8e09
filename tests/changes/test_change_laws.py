"""Laws of change: nothing changes against itself, back is the mirror of forth, and layout is never a change."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.changes.between import changes, mirrored
from carespec.changes.kinds import KINDS, mirror
from carespec.engine import Engine
from carespec.model.facts import Service
from carespec.source import from_text
from carespec.syntax.format import format_source
from carespec.vocabulary import load
from random_services import service as random_text

ENGINE = Engine(())
VOCABULARY = load()
bounded = settings(max_examples=60, deadline=None, derandomize=True)
SEEDS = st.integers(0, 10_000)


def read(text: str) -> Service:
    found = ENGINE.read(from_text("a.care", text))
    assert found is not None
    return found.service


def written(seed: int, lines: int = 12) -> str:
    return random_text(Random(seed), VOCABULARY, lines)


@bounded
@given(SEEDS)
def test_nothing_changes_against_itself(seed: int) -> None:
    text = written(seed)
    assert changes(read(text), read(text)) == ()


@bounded
@given(SEEDS, SEEDS)
def test_back_is_the_mirror_of_forth(one: int, other: int) -> None:
    a, b = read(written(one)), read(written(other))
    assert changes(b, a) == tuple(mirrored(change) for change in changes(a, b))


@bounded
@given(SEEDS)
def test_every_field_changed_is_told_and_nothing_else(seed: int) -> None:
    """Against a document that says nothing, each line is a change of its own kind."""
    full, empty = read(written(seed)), read("service a\n")
    told = {change.field for change in changes(empty, full)}
    lines = {fact.path for fact in full.facts}
    lines |= {f"define {d.name}" for d in full.definitions}
    assert told - {name for name in told if name.startswith("waive ")} == lines


@bounded
@given(SEEDS)
def test_layout_order_and_remarks_are_never_a_change(seed: int) -> None:
    text = written(seed)
    formatted = format_source(from_text("a.care", text), ENGINE.parse).text
    assert changes(read(text), read(formatted)) == ()
    before = read(text)
    assert changes(before, read(text.replace("\n", "  # a remark\n\n", 1))) == ()
    assert changes(before, before._replace(facts=tuple(reversed(before.facts)))) == ()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.show())
def test_the_mirror_of_the_mirror_is_the_kind(kind: object) -> None:
    assert mirror(mirror(kind)) == kind  # type: ignore[arg-type]
    assert mirror(kind) in KINDS  # type: ignore[arg-type]
