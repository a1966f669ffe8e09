"""Counts and sets of words: how they are written, and what "among others" leaves open."""

from __future__ import annotations

from decimal import Decimal
from itertools import chain, combinations, product

import pytest

from carespec.quantities import counts, sets
from carespec.quantities.counts import Count, Rate
from carespec.quantities.sets import WordSet


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (Count(6, 8), "6 to 8"),
        (Count(2, 2), "2"),
        (Count(Decimal("7.5"), Decimal("7.5")), "7.5"),
        (Count(1200000, 1200000), "1,200,000"),
    ],
)
def test_show_a_count(count: Count, text: str) -> None:
    assert count.show() == text


def test_show_a_rate() -> None:
    assert Rate(Count(500, 500), "courses", "year").show() == "500 courses per year"
    assert Rate(Count(6, 8), "sessions", None).show() == "6 to 8 sessions"


@pytest.mark.parametrize(
    ("a", "b", "answer"),
    [
        (Count(2, 2), Count(2, 2), True),
        (Count(3, 3), Count(2, 2), False),
        (Count(6, 8), Count(8, 8), True),
        (Count(6, 8), Count(7, 7), None),
        (Count(6, 8), Count(5, 5), False),
        (Count(6, 8), Count(6, 8), True),
        (Count(6, 8), Count(6, 9), None),
    ],
)
def test_counts_at_most(a: Count, b: Count, answer: bool | None) -> None:
    assert counts.at_most(a, b) is answer
    assert counts.at_least(b, a) is answer
    assert counts.more_than(a, b) is (None if answer is None else not answer)
    assert counts.less_than(b, a) is (None if answer is None else not answer)


def test_a_range_is_not_one_of_its_numbers() -> None:
    assert counts.equal(Count(6, 8), Count(6, 8))
    assert counts.equal(Count(Decimal(2), Decimal(2)), Count(2, 2))
    assert not counts.equal(Count(6, 8), Count(7, 7))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (WordSet(("midwife", "gp")), "midwife, gp"),
        (WordSet(("gp", "gp")), "gp"),
        (WordSet(("depression", "panic"), among_others=True), "depression, panic among others"),
        (WordSet(("1", "2", "3", "4")), "1 to 4"),
        (WordSet(("1", "2")), "1, 2"),
        (WordSet(("6", "7", "8", "10", "11", "12", "5ZZ")), "6 to 8, 10 to 12, 5ZZ"),
        (WordSet(('the "hub"',)), '"the ""hub"""'),
        (WordSet(()), "none"),
        (WordSet(("9" * 5000, "8")), "9" * 5000 + ", 8"),
    ],
)
def test_show_a_set(value: WordSet, text: str) -> None:
    assert value.show() == text


def test_order_and_repeats_do_not_matter() -> None:
    one, other = WordSet(("gp", "midwife")), WordSet(("midwife", "gp", "gp"))
    assert one == other
    assert (one != other) is False
    assert hash(one) == hash(other)
    assert one != WordSet(("gp",))
    assert one != WordSet(("gp", "midwife"), among_others=True)
    assert one != (("gp", "midwife"), False)


def test_includes() -> None:
    steps = WordSet(("step-2", "step-3"))
    assert sets.includes(steps, WordSet(("step-3",))) is True
    assert sets.includes(steps, WordSet(("step-3", "step-4"))) is False
    assert sets.includes_any(steps, WordSet(("step-3", "step-4"))) is True
    assert sets.includes_any(steps, WordSet(("step-4",))) is False


def test_among_others_is_certain_of_what_is_named_and_unknown_for_the_rest() -> None:
    problems = WordSet(("depression", "panic"), among_others=True)
    assert sets.includes(problems, WordSet(("panic",))) is True
    assert sets.includes(problems, WordSet(("panic", "ptsd"))) is None
    assert sets.includes_any(problems, WordSet(("ptsd",))) is None
    assert sets.includes_any(problems, WordSet(("ptsd", "panic"))) is True
    assert sets.equal(problems, WordSet(("depression", "panic", "ptsd"))) is None
    assert sets.equal(problems, WordSet(("depression",))) is False
    assert sets.one_of(problems, WordSet(("depression", "panic", "ptsd"))) is None
    assert sets.one_of(problems, WordSet(("depression",))) is False


def test_none_is_the_empty_set() -> None:
    empty, gp = WordSet(()), WordSet(("gp",))
    assert sets.includes(empty, gp) is False
    assert sets.includes_any(empty, gp) is False
    assert sets.equal(empty, gp) is False
    assert sets.one_of(empty, gp) is True


WORDS = ("a", "b", "c")
CLOSED = [WordSet(words) for size in range(4) for words in combinations(WORDS, size)]
OPEN = [WordSet(value.members, among_others=True) for value in CLOSED]


def _readings(value: WordSet) -> list[frozenset[str]]:
    """Every set that the words can mean, among the words of the test and one that nobody names."""
    named = frozenset(value.members)
    if not value.among_others:
        return [named]
    rest = [word for word in (*WORDS, "z") if word not in named]
    more = chain.from_iterable(combinations(rest, size) for size in range(len(rest) + 1))
    return [named | frozenset(words) for words in more]


@pytest.mark.parametrize("value", CLOSED + OPEN, ids=lambda value: value.show())
def test_an_answer_is_what_all_readings_share(value: WordSet) -> None:
    tests = {
        sets.includes: lambda mine, theirs: theirs <= mine,
        sets.includes_any: lambda mine, theirs: bool(mine & theirs),
        sets.one_of: lambda mine, theirs: mine <= theirs,
        sets.equal: lambda mine, theirs: mine == theirs,
    }
    for listed, (test, meaning) in product(CLOSED, tests.items()):
        outcomes = {meaning(mine, theirs) for mine in _readings(value) for theirs in _readings(listed)}
        assert test(value, listed) is (outcomes.pop() if len(outcomes) == 1 else None), (
            test.__name__,
            listed,
        )


@pytest.mark.parametrize("listed", OPEN, ids=lambda listed: listed.show())
def test_an_open_list_never_makes_a_definite_answer_wrong(listed: WordSet) -> None:
    for value in CLOSED + OPEN:
        pairs = list(product(_readings(value), _readings(listed)))
        if (answer := sets.includes(value, listed)) is not None:
            assert {theirs <= mine for mine, theirs in pairs} == {answer}
        if (answer := sets.includes_any(value, listed)) is not None:
            assert {bool(mine & theirs) for mine, theirs in pairs} == {answer}
        if (answer := sets.one_of(value, listed)) is not None:
            assert {mine <= theirs for mine, theirs in pairs} == {answer}
