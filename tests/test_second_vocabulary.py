"""A second vocabulary, of adult hearing: the language, the checks and the commands know none of its fields by name."""

from __future__ import annotations

import os

import pytest
from click.testing import CliRunner

from carespec.checks import Check, all_checks
from carespec.cli import carespec
from carespec.engine import Engine
from carespec.model.facts import Fact, Service, State
from carespec.quantities.ages import Age
from carespec.quantities.money import Money
from carespec.quantities.readings import ScaleRange
from carespec.quantities.sets import WordSet
from carespec.quantities.waits import Wait
from carespec.rules.evaluate import holds
from carespec.source import from_text, read_file
from carespec.syntax.document import LineParser, read_document
from carespec.vocabulary import load, names

FILE = "specs/adult-hearing/northshire-hearing.care"
START = "service x\nvocabulary: adult-hearing 1\n"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(all_checks())


@pytest.fixture(scope="module")
def service(engine: Engine, parse: LineParser) -> Service:
    top = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    document = read_document(read_file(os.path.join(top, FILE)), parse)
    assert document.damaged == ()
    return engine.service(document)


def fact(service: Service, path: str) -> Fact:
    return next(each for each in service.facts if each.path == path)


def findings(engine: Engine, line: str) -> list[tuple[str, str]]:
    report = engine.check(from_text("x.care", START + line))
    return [(each.name, each.message) for each in report.findings if each.kind == "vocabulary"]


def test_it_ships_beside_the_first() -> None:
    assert names() == ("adult-hearing", "psychological-therapies")
    assert 25 <= len(load("adult-hearing").fields) <= 40


def test_the_example_is_read_with_the_vocabulary_that_it_names(service: Service) -> None:
    assert service.vocabulary is load("adult-hearing")
    assert {each.field for each in service.facts} - {"pay"} <= set(service.vocabulary.fields)
    assert [each.path for each in service.facts if each.value.state == State.UNFIT] == []


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("minimum-age", Age),
        ("hearing-loss", WordSet),
        ("hearing-level", ScaleRange),
        ("exclusion vertigo", str),
        ("wait follow-up", Wait),
        ("pay two-aids", Money),
    ],
)
def test_its_facts_are_typed_by_it(service: Service, path: str, kind: type) -> None:
    assert isinstance(fact(service, path).value.content, kind)


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        ("hearing-level includes severe", True),
        ("hearing-level includes profound", False),
        ("wait assessment meets within 16 working days of referral", True),
        ("aftercare is at least 3 years", True),
        ("volume-guarantee is none", True),
        ("lost-aid is replaced-free", None),
    ],
)
def test_rules_can_ask_about_it(service: Service, condition: str, answer: bool | None) -> None:
    assert holds(condition, service) is answer


def test_a_field_of_the_other_vocabulary_is_unknown_here(engine: Engine) -> None:
    ((check, message),) = findings(engine, "steps-offered: step-2")
    assert check == "unknown-field" and "did you mean `parts-offered`?" in message


def test_a_word_of_the_other_vocabulary_is_unknown_here(engine: Engine) -> None:
    ((check, _),) = findings(engine, "exclusion vertigo: crisis-team")
    assert check == "unknown-word"


def test_the_same_line_means_nothing_there(engine: Engine) -> None:
    report = engine.check(from_text("x.care", "service x\nhome-visits: on-request\n"))
    assert "unknown-field" in [each.name for each in report.findings]


@pytest.mark.parametrize("check", all_checks(), ids=lambda check: check.name)
def test_no_check_needs_the_fields_of_the_other(check: Check, engine: Engine) -> None:
    """The samples of every check, read with these fields: most of their lines are unknown, and nothing breaks."""
    known = load("adult-hearing").fields
    for sample in (*check.bad, *check.good):
        lines = "\n".join(line.split("  #!")[0] for line in sample.split("\n"))
        found = engine.check(from_text("x.care", START + lines)).findings
        unknown = {each.says for each in found if each.name == "unknown-field"}
        assert unknown.isdisjoint(known), sample


def test_the_command_checks_it(at_top: str) -> None:
    result = CliRunner().invoke(carespec, ["check", "--require-checked", "--guidance", "none", os.path.dirname(FILE)])
    assert result.exit_code == 0, result.output
    assert "Nothing was found" in result.output
