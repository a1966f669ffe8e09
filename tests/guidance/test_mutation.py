"""A rule's examples must notice every slip: which are tried, which count, and what is told about one that lives."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from carespec.guidance.derived import joined
from carespec.guidance.examples import run
from carespec.guidance.model import Pack
from carespec.guidance.mutation.mutants import mutants
from carespec.guidance.mutation.trial import Trial, try_out
from carespec.vocabulary import load

MakePack = Callable[[str], Pack]
VOCABULARY = load()

WAIT = """rule wait "Wait"
  applies-when: programme is iapt
  require: wait step-3 meets within 28 calendar days of referral
  passes: wait step-3 is within 28 calendar days of referral
"""
TIGHT = (
    WAIT
    + """  fails: wait step-3 is within 29 calendar days of referral
  fails: wait step-3 is within 28 calendar days of referral for 99% of people
  passes: wait step-3 is within 27 calendar days of referral
  cannot-tell: wait step-3 is within 20 working days of referral
  cannot-tell: wait step-3 is within 28 calendar days of decision
  passes: wait step-3 is within 1 week of referral
  fails: programme is iapt
  does-not-apply: programme is primary-care-counselling
"""
)


def _try(text: str, pack: MakePack) -> Trial:
    rule = pack(text).rules[0]
    assert rule.whole, rule
    wrong = [e.text for e in rule.examples if not run(rule, e, VOCABULARY).holds]
    assert wrong == []
    return try_out(rule, VOCABULARY)


def _told(text: str, pack: MakePack) -> list[str]:
    return [mutant.told for mutant in mutants(pack(text).rules[0], joined(VOCABULARY))]


def test_tight_examples_let_nothing_live(pack: MakePack) -> None:
    trial = _try(TIGHT, pack)
    assert trial.survivors == ()
    assert trial.killed >= 9


def test_one_example_is_not_enough(pack: MakePack) -> None:
    told = [survivor.mutant.told for survivor in _try(WAIT, pack).survivors]
    assert any("`within 29 calendar days of referral` for `within 28" in one for one in told)
    assert any("working days" in one for one in told)
    assert any("`applies-when` line left out" in one for one in told)


@pytest.mark.parametrize(
    ("require", "slip"),
    [
        ("minimum-age is at most 18 years", "`17 years` for `18 years`"),
        ("minimum-age is at most 18 years", "`19 years` for `18 years`"),
        ("minimum-age is at most 18 years", "`less than` for `at most`"),
        ("wait decision meets within 3 working days of referral", "`within 3 calendar days of referral`"),
        ("wait decision meets within 3 working days of referral", "`within 3 working days of decision`"),
        ("wait decision meets within 3 working days of referral for 95% of people", "for 94% of people`"),
        ("clusters includes 1 to 4", "`1 to 3` for `1 to 4`"),
        ("clusters includes 1 to 4", "`includes`"),
        ("dna-limit treatment is at least 2", "`3` for `2`"),
        ("payment-share access is 15%", "`14%` for `15%`"),
        ("maximum-age is none", "`maximum-age is stated` for `is none`"),
        ("minimum-age is stated and maximum-age is stated", "`or` for `and`"),
        ("minimum-age is stated or maximum-age is stated", "`and` for `or`"),
        ("minimum-age is stated or maximum-age is stated", "`maximum-age` left out"),
        ("not maximum-age is 65 years", "`not` left out"),
        ("every wait is stated", "`some wait` for `every wait`"),
        ("pay step-3 is at most £300.00 per course", "`£301.00 per course` for `£300.00 per course`"),
    ],
)
def test_slips_that_are_tried(require: str, slip: str, pack: MakePack) -> None:
    told = _told(f'rule one "One"\n  require: {require}', pack)
    assert any(slip in one for one in told), told


def test_each_slip_is_tried_once_and_is_another_rule(pack: MakePack) -> None:
    rule = pack(TIGHT).rules[0]
    made = [mutant.rule for mutant in mutants(rule, joined(VOCABULARY))]
    assert len(made) == len(set(map(repr, made)))
    assert rule not in made


def test_the_example_that_is_missing_notices_the_slip(pack: MakePack) -> None:
    """Whoever writes what the findings say, once for each, is done: nothing lives after that."""
    text = WAIT
    for _ in range(10):
        survivors = _try(text, pack).survivors
        if not survivors:
            break
        missing = survivors[0].missing
        assert missing is not None
        text += f"  {missing}\n"
    assert _try(text, pack).survivors == ()


def test_what_makes_no_difference_is_not_counted(pack: MakePack) -> None:
    """Of two conditions of which one follows from the other, the weaker may be left out: it is the same rule."""
    rule = """rule one "One"
  require: minimum-age is at most 18 years and minimum-age is at most 20 years
  passes: minimum-age is 18 years
  passes: minimum-age is 17 years
  fails: minimum-age is 19 years
  fails: minimum-age is 21 years
  cannot-tell: minimum-age is in words "adults"
"""
    trial = _try(rule, pack)
    assert trial.survivors == ()
    assert trial.equivalent >= 3
