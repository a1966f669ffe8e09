"""Every field of every vocabulary, from the list that the program uses: accepted, typed and explained."""

from __future__ import annotations

import copy
import re
from datetime import date

import pytest

from carespec import vocabulary as vocabularies
from carespec.built import built
from carespec.checks import all_checks
from carespec.engine import Engine
from carespec.exchange.schema import service_schema
from carespec.forms import service_form
from carespec.model.facts import Fact, State
from carespec.model.from_syntax import ServiceReader
from carespec.model.types import TYPES
from carespec.pages import field_page
from carespec.source import from_text
from carespec.syntax.document import LineParser, read_document
from carespec.vocabulary import Field, Vocabulary

FIELDS = [
    pytest.param(vocabularies.load(name), field, id=f"{name}: {field.name}")
    for name in vocabularies.names()
    for field in vocabularies.load(name).fields.values()
]
NOT_A_VALUE = {
    "none": State.NONE,
    "not stated": State.NOT_STATED,
    'in words "as the document has it"': State.IN_WORDS,
    'by local agreement with "each provider" by 1 April 2013': State.LOCAL,
    "to be confirmed by 1 April 2013": State.TO_BE_CONFIRMED,
    'elsewhere in "Schedule 4"': State.ELSEWHERE,
}


def read(line: str, vocabulary: Vocabulary, parse: LineParser) -> Fact:
    document = read_document(from_text("x.care", f"service x\n{line}"), parse)
    assert not document.damaged, line
    return ServiceReader(vocabulary)(document).facts[0]


def path(field: Field, vocabulary: Vocabulary) -> str:
    return f"{field.name} {next(iter(vocabulary.keys(field)))}" if field.keyed_by else field.name


@pytest.mark.parametrize(("vocabulary", "field"), FIELDS)
def test_examples_are_accepted(vocabulary: Vocabulary, field: Field, parse: LineParser) -> None:
    for example in field.examples:
        fact = read(f"{path(field, vocabulary)}: {example}", vocabulary, parse)
        assert fact.value.state != State.UNFIT, fact.value.problem
        if fact.value.state == State.STATED:
            assert fact.value.content is not None


@pytest.mark.parametrize(("vocabulary", "field"), FIELDS)
def test_every_way_to_say_that_there_is_no_value(vocabulary: Vocabulary, field: Field, parse: LineParser) -> None:
    for written, state in NOT_A_VALUE.items():
        assert read(f"{path(field, vocabulary)}: {written}", vocabulary, parse).value.state == state


@pytest.mark.parametrize(("vocabulary", "field"), FIELDS)
def test_the_entry_is_whole(vocabulary: Vocabulary, field: Field) -> None:
    assert field.type in TYPES and field.examples and field.none_means and field.label and field.help
    page = field_page(field, vocabulary)
    assert field.label in page and all(example in page for example in field.examples)
    if field.name not in ("status", "vocabulary"):
        assert (f"\n{field.name}:" in service_form("x", vocabulary)) == (field.expected == "always")


@pytest.mark.parametrize("name", vocabularies.names())
def test_a_form_passes_as_a_draft(name: str) -> None:
    form = service_form("northshire", vocabularies.load(name))
    assert Engine(all_checks()).check(from_text("northshire.care", form)).findings == ()


@pytest.mark.parametrize("name", vocabularies.names())
def test_a_form_that_is_filled_passes_as_a_draft(name: str) -> None:
    """Each open line as its remark gives it for example: nothing must be put right, and what is now missed stands in
    the form as a remark with its condition.
    """
    form = service_form("northshire", vocabularies.load(name))
    filled = re.sub(r"^# For example: (.+)\n.+: to be confirmed$", r"\1", form, flags=re.MULTILINE)
    assert "to be confirmed\n" not in filled
    findings = Engine(all_checks(), date(2012, 9, 1)).check(from_text("northshire.care", filled)).findings
    assert [finding for finding in findings if finding.severity == "must"] == []
    for finding in findings:
        if finding.name == "expected-but-silent":
            assert re.search(rf"^# Only when .+, for example: {finding.field}\b", form, re.MULTILINE)


def test_a_new_field_is_one_entry(parse: LineParser) -> None:
    """Add an entry: the field is accepted, typed, suggested when misspelt, documented, in the form and the schema, and
    missed when silent.
    """
    data = copy.deepcopy(built()["vocabularies"]["psychological-therapies"])
    data["fields"]["waiting-room"] = {
        "label": "Waiting room", "help": "How many seats there are.", "type": "count", "none-means": "there is none",
        "section": "reach", "topic": "access", "expected": "always", "since": 1, "examples": ["12"],
    }  # fmt: skip
    vocabulary = vocabularies.from_data(data)
    assert read("waiting-room: 12", vocabulary, parse).value.content == (12, 12)
    problem = read("waiting-room: 12 years", vocabulary, parse).value.problem
    assert problem is not None and problem.check == "wrong-type" and "a number" in problem.message
    assert vocabularies.nearest("wating-room", vocabulary.fields) == "waiting-room"
    assert "How many seats" in field_page(vocabulary.fields["waiting-room"], vocabulary)
    assert "\nwaiting-room: to be confirmed\n" in service_form("x", vocabulary)
    lines = service_schema(vocabulary)["$defs"]["part"]["properties"]
    assert lines["waiting-room"]["description"].startswith("Waiting room. How many seats there are.")
    silent = next(check for check in all_checks() if check.name == "expected-but-silent")
    document = read_document(from_text("x.care", "service x\nminimum-age: 18 years"), parse)
    assert silent.of_service is not None
    assert "waiting-room" in {flag.field for flag in silent.of_service(ServiceReader(vocabulary)(document))}


@pytest.mark.parametrize("name", ["maximum-age", "volume-guarantee"])
def test_a_page_says_how_none_compares(name: str) -> None:
    vocabulary = vocabularies.load()
    shown = {"no-limit": "more than every figure", "nothing": "0"}[vocabulary.fields[name].none_is or ""]
    assert f"| `none` compares as | {shown} |" in field_page(vocabulary.fields[name], vocabulary)
