"""Whether anybody can be in a case: by hand for each kind of case field, and as laws over made-up conditions."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.cases.answers import answer
from carespec.cases.satisfiable import alternatives, satisfiable
from carespec.cases.values import values_to_try
from carespec.engine import Engine
from carespec.model import conditions
from carespec.model.conditions import All, Any, Condition, Not
from carespec.model.facts import When
from carespec.quantities import truth
from carespec.quantities.ages import Age
from carespec.quantities.counts import Count
from carespec.quantities.sets import WordSet
from carespec.source import from_text
from carespec.syntax.document import read_document
from carespec.vocabulary import load

VOCABULARY = load()
ENGINE = Engine(())


def condition(text: str) -> Condition:
    """The condition that a `when` line gives."""
    source = from_text("case.care", f"pay step-2: £40.00 per session\n  when {text}")
    under = ENGINE.service(read_document(source, ENGINE.parse)).facts[0].under[0]
    assert isinstance(under, When)
    return under.condition


@pytest.mark.parametrize(
    "text",
    [
        "age is at least 16 years and age is less than 18 years",
        "age is 17 years and age is at least 17 years 6 months",
        "age is over 17 years and age is less than 19 years",
        "cluster is one of 1 to 4 and cluster is not 3",
        "cluster is at least 8 and cluster is less than 11",
        "problem includes psychosis and problem includes depression",
        "problem is not psychosis and problem includes psychosis",
        "severity is mild to moderate and severity is at least moderate",
        "severity is not mild and severity is less than moderate",
        "sessions is 6 to 8 and sessions is more than 7",
        "sessions is over 5 and sessions is less than 7",
        "group-dropout is less than 44% and group-dropout is more than 43%",
        "waited step-2 is more than 27 calendar days and waited step-2 is less than 28 calendar days",
        "waited step-2 is at most 2 weeks and waited step-3 is more than 2 weeks",
        "recovered at last reading and reliably-improved at last reading",
        "recovered at last reading and recovered at any reading",
        "registered is no or (registered is yes and resident is no)",
        "not (registered is yes and resident is yes)",
    ],
)
def test_somebody_can_be_in_this_case(text: str) -> None:
    possible = satisfiable(condition(text), VOCABULARY)
    assert possible.answer is True
    assert possible.show()


@pytest.mark.parametrize(
    "text",
    [
        "age is at least 18 years and age is less than 18 years",
        "age is 17 years and age is at least 18 years",
        "age is under 18 years and age is more than 17 years",
        "cluster is one of 1 to 4 and cluster is 5",
        "cluster is more than 8 and cluster is less than 10",
        "problem is psychosis and problem includes depression",
        "severity is mild and severity is at least moderate",
        "sessions is at least 3 and sessions is less than 3",
        "group-dropout is less than 44% and group-dropout is at least 44%",
        "waited step-2 is at most 2 weeks and waited step-2 is more than 14 calendar days",
        "recovered at last reading and not recovered at last reading",
        "education is full-time and not (education is full-time or route is gp)",
        'registered is yes and registered is no and in words "urgent"',
    ],
)
def test_nobody_can_be_in_this_case(text: str) -> None:
    assert satisfiable(condition(text), VOCABULARY).answer is False


@pytest.mark.parametrize(
    "text",
    [
        'in words "urgent"',
        'registered is yes and in words "urgent"',
        "colour is blue",
        "education is fulltime",
        "recovered at last reading and not recovered at any reading",
        "waited step-2 is at least 10 working days and waited step-2 is at most 14 calendar days",
        "cluster is stated",
        "problem is one of depression, panic, phobia, ocd, ptsd, anger, stress, anxiety",
    ],
)
def test_nobody_can_tell(text: str) -> None:
    possible = satisfiable(condition(text), VOCABULARY)
    assert possible.answer is None
    assert possible.show() == ""


def test_an_alternative_that_is_certain_outweighs_words() -> None:
    possible = satisfiable(condition('in words "urgent" or route is gp'), VOCABULARY)
    assert possible.show() == "route gp"


def test_examples_are_in_the_words_of_a_document() -> None:
    text = (
        "age is 17 years 6 months and group-dropout is 44% and sessions is 2 and problem is psychosis "
        "and waited step-2 is 4 weeks and recovered at last reading"
    )
    assert satisfiable(condition(text), VOCABULARY).show() == (
        "age 17 years 6 months, group-dropout 44%, sessions 2, problem psychosis, waited step-2 4 weeks, "
        "recovered at every reading"
    )


def test_more_alternatives_than_people_read_are_not_tried() -> None:
    pairs = " and ".join(f"(sessions is {n} or booked is {n})" for n in range(9))
    assert satisfiable(condition(pairs), VOCABULARY).answer is None


def test_a_percentage_is_tried_between_its_figures() -> None:
    tests = [t for t in [condition("group-dropout is less than 44%")] if isinstance(t, conditions.Test)]
    tried = values_to_try(tests, VOCABULARY.case_fields["group-dropout"], VOCABULARY)
    assert tried.all_told
    assert Decimal(22) in tried.values


# Laws, over conditions on two ages and a set of words, whose answers can be had by trying every person.

_AGES = st.builds(Age, st.integers(0, 40), st.booleans())
_TESTS = st.one_of(
    st.builds(
        lambda op, age: conditions.Test("age", None, op, age, None, 0, 0),
        st.sampled_from(["is", "at least", "at most", "more than", "less than"]),
        _AGES,
    ),
    st.builds(
        lambda op, n: conditions.Test("sessions", None, op, Count(n, n), None, 0, 0),
        st.sampled_from(["is", "at least", "at most", "more than", "less than"]),
        st.integers(0, 3),
    ),
    st.builds(
        lambda op, words: conditions.Test("problem", None, op, WordSet(tuple(words)), None, 0, 0),
        st.sampled_from(["is", "one of", "includes", "any of"]),
        st.lists(st.sampled_from(["anger", "panic"]), min_size=1, max_size=2, unique=True),
    ),
)
_CONDITIONS = st.recursive(
    _TESTS,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(lambda parts: All(tuple(parts)), st.lists(inner, min_size=2, max_size=2)),
        st.builds(lambda parts: Any(tuple(parts)), st.lists(inner, min_size=2, max_size=2)),
    ),
    max_leaves=4,
)
_PEOPLE = [
    {"age": age, "sessions": sessions, "problem": frozenset(problem)}
    for age in range(0, 55)
    for sessions in range(5)
    for problem in ((), ("anger",), ("panic",), ("anger", "panic"), ("stress",))
]


def holds(asked: Condition, person: dict[str, object]) -> bool | None:
    """Whether a condition holds for one person, straight from its records."""
    if isinstance(asked, conditions.Test):
        return answer(asked, person[asked.field], VOCABULARY.case_fields[asked.field], VOCABULARY)  # type: ignore[arg-type]
    if isinstance(asked, Not):
        return truth.negate(holds(asked.part, person))
    assert isinstance(asked, All | Any)
    join = truth.every if isinstance(asked, All) else truth.some
    return join([holds(part, person) for part in asked.parts])


@settings(max_examples=60, derandomize=True, deadline=None)
@given(_CONDITIONS)
def test_the_answer_is_that_of_trying_everybody(asked: Condition) -> None:
    everybody = any(holds(asked, person) for person in _PEOPLE)
    assert satisfiable(asked, VOCABULARY).answer is everybody


@settings(max_examples=60, derandomize=True, deadline=None)
@given(_CONDITIONS)
def test_a_condition_or_its_opposite_can_hold(asked: Condition) -> None:
    assert satisfiable(asked, VOCABULARY).answer or satisfiable(Not(asked), VOCABULARY).answer


@settings(max_examples=60, derandomize=True, deadline=None)
@given(_CONDITIONS, _CONDITIONS)
def test_what_both_need_can_hold_alone(one: Condition, other: Condition) -> None:
    if satisfiable(All((one, other)), VOCABULARY).answer:
        assert satisfiable(one, VOCABULARY).answer and satisfiable(other, VOCABULARY).answer


@settings(max_examples=60, derandomize=True, deadline=None)
@given(_CONDITIONS)
def test_not_not_takes_a_condition_apart_alike(asked: Condition) -> None:
    assert alternatives(Not(Not(asked))) == alternatives(asked)
