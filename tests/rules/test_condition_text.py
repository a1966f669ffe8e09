"""A condition from its text: what is read, and what is refused with words for its author."""

from __future__ import annotations

import pytest

from carespec.model import conditions
from carespec.quantities.ages import Age
from carespec.rules.text import condition_from_text
from carespec.syntax.document import LineParser
from carespec.vocabulary import DEFAULT, Vocabulary, load


@pytest.fixture
def vocabulary() -> Vocabulary:
    return load(DEFAULT)


def test_a_condition_is_read(vocabulary: Vocabulary) -> None:
    condition = condition_from_text("some minimum-age is less than 18 years and pay missed is not none", vocabulary)
    assert isinstance(condition, conditions.All)
    first, second = condition.parts
    assert isinstance(first, conditions.Test)
    assert (first.field, first.quantifier, first.operator, first.operand) == (
        "minimum-age",
        "some",
        "less than",
        Age(216, whole_years=True),
    )
    assert isinstance(second, conditions.Not)
    assert isinstance(second.part, conditions.Test)
    assert (second.part.field, second.part.key) == ("pay", "missed")


def test_it_is_remembered(vocabulary: Vocabulary, parse: LineParser) -> None:
    text = "clusters is 1 to 4"
    assert condition_from_text(text, vocabulary, parse) is condition_from_text(text, vocabulary, parse)


def test_another_vocabulary_is_never_answered_from_memory(vocabulary: Vocabulary) -> None:
    assert condition_from_text("clusters is 1", vocabulary)
    with pytest.raises(ValueError, match="`clusters` is no field of a service"):
        condition_from_text("clusters is 1", vocabulary._replace(fields={}))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("clusters iss 1", "`clusters iss 1` cannot be read as a condition: a condition needs `is`"),
        ("", "`` cannot be read as a condition: after `when` the line ends"),
        ("clusters is 1 and", "cannot be read as a condition"),
        ("clusters is 1 and clusters is 2 or clusters is 3", "put brackets around the part that belongs together"),
        ("clusters is 1 [study 4.3]", "a source in square brackets is no part of one"),
        ("clusters is 1\n", "cannot be read as a condition"),
        ("minimum-agee is 18 years", "`minimum-agee` is no field of a service; did you mean `minimum-age`?"),
        ("age is 18 years", "`age` is no field of a service"),
        ("wait assesment is none", "`assesment` cannot follow `wait`; did you mean `assessment`?"),
        ("title today is stated", "`title` stands alone: `today` cannot follow it"),
        ("pay step-33 is none", "`pay step-33` is no payment; did you mean `step-3`?"),
        (
            "maximum-age is at least minimum-agee",
            "`minimum-agee` is nothing that `maximum-age` can be compared with; did",
        ),
        ("pay missed is at most 2 times pay mised", "`pay mised` is no payment; did you mean `missed`?"),
        ("wait step-2 is at most minimum-age", "`minimum-age` is of another kind than `wait`"),
        ("clusters is 9", "9 exists in the list of codes and must not be used"),
        ("minimum-age is 18", "an age needs its unit"),
        ("programme is iap", "did you mean `iapt`?"),
        ("severity is at most grim", "`grim` is not a word for what `severity` can be"),
        ("severity is at most mild moderate", "`severity` takes a word on a scale"),
        ("dna-limit treatment is at least two", "`two` is a word: write `2`"),
        ("minimum-age is at least sixteen", "`sixteen` is a word: write `16 years`"),
        ("wait step-2 is at most wait stepp-3", "`stepp-3` cannot follow `wait`; did you mean `step-3`?"),
        ("programme is at least iapt", "what `programme` can be has no order: nothing is at least another"),
        ("referral-routes is more than gp", "what `referral-routes` can be has no order"),
        ("minimum-age is before 18 years", "`before` is said of dates, and `minimum-age` is none"),
        ("programme at last reading", "`programme` is no measure of a person, so it shows nothing at a reading"),
        ("stop-when at last reading", "`stop-when` is no measure of a person, so it shows nothing at a reading"),
        ("minimum-age is one of gp, midwife", "`minimum-age` is no list of words, nor one of them"),
        ("maximum-age includes gp", "`maximum-age` is no list of words, nor one of them"),
    ],
)
def test_what_is_refused(vocabulary: Vocabulary, text: str, words: str) -> None:
    with pytest.raises(ValueError) as raised:
        condition_from_text(text, vocabulary)
    assert words in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "maximum-age is under 65 years",
        "minimum-age is up to 18 years",
        "some wait is at most 2 times wait step-3",
        "severity is at most moderate",
        "severity is one of mild, moderate",
        "signed is before 1 April 2012",
        "clusters includes 4",
        "stop-when is recovered at last reading",
    ],
)
def test_what_is_asked_as_it_should_be(vocabulary: Vocabulary, text: str) -> None:
    """A bound in a question may look either way: only a fact says at which end of an age a service stops."""
    assert condition_from_text(text, vocabulary)


@pytest.mark.parametrize("text", ["exclusion sleepwalking is gp", "pay other-travel is none", "pay cluster-3 is none"])
def test_open_keys_may_be_any_word(vocabulary: Vocabulary, text: str) -> None:
    assert condition_from_text(text, vocabulary)


def test_every_condition_of_the_vocabulary_is_one(vocabulary: Vocabulary) -> None:
    asked = {f.expected for f in vocabulary.fields.values() if f.expected not in (None, "always")}
    assert asked
    for text in asked:
        assert text is not None
        condition_from_text(text, vocabulary)
