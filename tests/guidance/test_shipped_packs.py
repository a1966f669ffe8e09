"""The packs that ship: whole, each rule tested by its examples, fired on by something, honest about its source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Set
from datetime import date

import pytest

from carespec.compare.rules import judge as judge_all
from carespec.compare.rules import run as compared
from carespec.compare.taken import Held, measured
from carespec.guidance.examples import run
from carespec.guidance.judge import CANNOT_TELL, DOES_NOT_APPLY, FAILS, PASSES, judge
from carespec.guidance.law import Law
from carespec.guidance.model import Clause, Comparison, Pack, Rule
from carespec.model import conditions
from carespec.model.facts import Service
from carespec.vocabulary import load
from shipped import comparisons, full_name, packs, rules, services

DAY = date(2012, 9, 1)
ALL: list[tuple[Pack, Rule | Comparison]] = [*rules(), *comparisons()]


def test_every_pack_reads_without_a_problem() -> None:
    assert [(pack.name, problem.line, problem.message) for pack in packs() for problem in pack.problems] == []
    assert all(one.whole for _, one in ALL)


def test_names_are_used_once() -> None:
    """The short name then serves everywhere: nobody has to write which pack is meant."""
    names = [one.name for _, one in ALL]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("pair", rules(), ids=full_name)
def test_examples_hold(pair: tuple[Pack, Rule]) -> None:
    pack, rule = pair
    ran = [run(rule, example, load(pack.vocabulary)) for example in rule.examples]
    assert [(one.example.text, one.judgement.outcome) for one in ran if not one.holds] == []


@pytest.mark.parametrize("pair", rules(), ids=full_name)
def test_every_outcome_that_can_be_has_an_example(pair: tuple[Pack, Rule]) -> None:
    """One that passes always; one that fails too, save where only a fact with exceptions can fail.

    Cannot tell, where the rule asks about the service; does not apply, where it says to which services it does.
    """
    _, rule = pair
    shown = {example.expected for example in rule.examples}
    asked = _tests(rule.requires)
    needed = {PASSES}
    if rule.name != "one-youngest-age":
        needed.add(FAILS)
    settled = {test.field for test in _tests(rule.applies) if test.operator == "state"}
    if not all(_always_decided(test, settled) for test in asked):
        needed.add(CANNOT_TELL)
    if rule.applies:
        needed.add(DOES_NOT_APPLY)
    assert needed <= shown


def _tests(clauses: Iterable[Clause]) -> list[conditions.Test]:
    return [test for clause in clauses for test in conditions.tests(clause.condition)]


def _always_decided(test: conditions.Test, settled: Set[str]) -> bool:
    """Tests about the document, about a field that must be stated for the rule to apply, or of what engines derive."""
    return test.operator == "state" or test.field == "incentive" or test.field in settled


@pytest.mark.parametrize("pair", rules(), ids=full_name)
def test_every_rule_fires_on_something_and_is_silent_on_something(pair: tuple[Pack, Rule]) -> None:
    _, rule = pair
    outcomes = {judge(rule, service).outcome for service in services()}
    outcomes |= {example.expected for example in rule.examples}
    assert FAILS in outcomes and outcomes & {PASSES, DOES_NOT_APPLY}


@pytest.mark.parametrize("pair", ALL, ids=full_name)
def test_a_rule_says_all_that_its_reader_needs(pair: tuple[Pack, Rule | Comparison]) -> None:
    pack, one = pair
    assert one.laws and all(pack.source(cite.source) is not None for law in one.laws for cite in law.cites)
    # Of what not every service says there is no value to show; how many do is added to such a message.
    assert re.search(r"\{[a-z]", one.said("message")) or _asks_who_says_it(one), "the value found"
    for part in ("message", "fix"):
        assert one.said(part).endswith("."), part
    assert one.said("affects") and not one.said("affects").endswith(".")
    assert "`" in one.said("fix") or not one.said("fix").startswith("Write"), "what to write, to be copied"
    assert len(one.said("message")) <= 420


def _asks_who_says_it(one: Rule | Comparison) -> bool:
    return isinstance(one, Comparison) and one.flag is not None and "stated-by" in one.flag.text


@pytest.mark.parametrize("pair", comparisons(), ids=full_name)
def test_comparisons_flag_and_spare_what_they_say(pair: tuple[Pack, Comparison]) -> None:
    pack, one = pair
    ran = compared(one, pack)
    assert [(sample.sample.text, sample.flagged) for sample in ran if not sample.holds] == []
    assert {sample.flagged for sample in ran} == (set() if _asks_who_says_it(one) else {True, False})


@pytest.mark.parametrize("pair", [pair for pair in comparisons() if _asks_who_says_it(pair[1])], ids=full_name)
def test_what_only_some_say_is_flagged(pair: tuple[Pack, Comparison], service: Callable[[str], Service]) -> None:
    """A sample has a value for each service, so silence has to be tried on services."""
    pack, one = pair
    assert one.measures is not None
    path = " ".join(filter(None, (one.measures.field, one.measures.key)))
    value = _VALUES[path]
    mine = [Held(pack, one)]
    for last, flagged in (("not stated", True), (value, False)):
        said = [service(f"programme: iapt\n{path}: {each}") for each in (value, value, last)]
        taken = [
            each._replace(service=str(number), path=str(number))
            for number, each in enumerate(each for spoken in said for each in measured(spoken, mine, Law((pack,), DAY)))
        ]
        assert bool(judge_all(taken, mine)) is flagged


_VALUES = {
    "clusters": "1 to 4",
    "self-referral step-2": "allowed",
    "entry-point": "level-1-service",
    "self-referral-to": "appointment-line",
    "direct-access": "ensured",
    "steps-each-provider-must-offer": "all",
}


@pytest.mark.parametrize("pair", ALL, ids=full_name)
def test_how_a_source_was_seen_is_said_and_only_what_was_read_binds(pair: tuple[Pack, Rule | Comparison]) -> None:
    pack, one = pair
    first = pack.source(one.laws[0].cites[0].source)
    assert first is not None
    study = first.name == "study"
    assert one.said("confidence") == ("second-hand" if first.second_hand else "study" if study else "seen")
    assert (one.authority == "national") <= (not study)
    if one.severity == "must":
        assert (one.authority, one.said("confidence")) == ("national", "seen")


def test_quotations_are_a_sentence_at_most_and_only_of_what_may_be_quoted() -> None:
    for pack, one in ALL:
        for law in one.laws:
            if law.quote:
                assert {cite.source for cite in law.cites} <= {"study", "introduction"}, f"{pack.name}.{one.name}"
                assert len(re.findall(r"[.!?][”)]?\s+[A-Z]", law.quote)) <= 1, f"{one.name}: {law.quote}"
