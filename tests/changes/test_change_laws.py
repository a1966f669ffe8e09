"""Laws of change: nothing changes against itself, back is the mirror of forth, and layout is never a change."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.changes.between import changes, mirrored
from carespec.changes.kinds import KINDS, mirror
from carespec.changes.people import mirrored as backwards
from carespec.changes.who import who
from carespec.engine import Engine
from carespec.model.facts import Service
from carespec.source import from_text
from carespec.syntax.format import format_source
from carespec.vocabulary import load
from journeys.random_people import lines as lines_on_people
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


AMOUNTS = (
    "£40.00 per session",
    "£45 per session",
    "£240.00 per course",
    "none",
    "not stated",
    'in words "a fee" per session',
)
BELOW = (
    "  at most 12 per course", "  at most 8 per course", "  20% only when recovered at last reading",
    "  when sessions is at least 2", '  in words "without VAT"', "  except £50 when age is under 18 years",
)  # fmt: skip


def paying(seed: int) -> str:
    """Two payments, which another version has too, with what may stand below them."""
    random = Random(seed)
    names = random.sample(("step-2", "step-3", "assessment"), 2)
    lines = [[f"pay {name}: {random.choice(AMOUNTS)}", *random.sample(BELOW, random.randint(0, 2))] for name in names]
    return "\n".join(["service a", *(line for pay in lines for line in pay)]) + "\n"


@bounded
@given(SEEDS, SEEDS)
def test_the_laws_hold_of_payments_too(one: int, other: int) -> None:
    a, b = read(paying(one)), read(paying(other))
    assert changes(a, a) == ()
    assert changes(b, a) == tuple(mirrored(change) for change in changes(a, b))
    assert {change.kind.subject for change in changes(a, b)} <= {"price", "payment basis", "wording"}
    assert bool(changes(a, b)) == (read(paying(one)).facts != () and _said(a) != _said(b))


def _said(service: Service) -> set[object]:
    """What is paid, line by line, in whatever order."""
    lines = [" ".join(line.split()) for line in service.lines[1:]]
    heads = [number for number, line in enumerate(lines) if line.startswith("pay ")] + [len(lines)]
    return {(lines[a], frozenset(lines[a + 1 : b])) for a, b in pairwise(heads)}


@pytest.mark.parametrize("seed", range(8))
def test_people_agree_with_the_direction_and_with_the_way_back(seed: int) -> None:
    """By a line that is called wider nobody loses, by a narrower one nobody gains; back they change sides."""
    random = Random(seed)
    a, b = (read(f"service a\n{lines_on_people(random)}\n") for _ in range(2))
    there, back = changes(a, b), changes(b, a)
    assert back == tuple(mirrored(change) for change in there)
    for change in there:
        assert change.kind.verb not in ("widened", "shortened") or not change.loses, change
        assert change.kind.verb not in ("narrowed", "lengthened") or not change.gains, change
    assert who(b, a) == backwards(who(a, b))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.show())
def test_the_mirror_of_the_mirror_is_the_kind(kind: object) -> None:
    assert mirror(mirror(kind)) == kind  # type: ignore[arg-type]
    assert mirror(kind) in KINDS  # type: ignore[arg-type]
