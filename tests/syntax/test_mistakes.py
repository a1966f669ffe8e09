"""Every sample of `grammar/mistakes.yaml` gets its answer, in words for people, with a line that parses."""

from __future__ import annotations

import os
import re

import pytest
import yaml

from carespec.built import built
from carespec.quantities.durations import UNITS
from carespec.syntax.document import Line
from carespec.syntax.driver import Failure, Tables, parse_line
from carespec.syntax.mistakes import Answer, explain
from carespec.syntax.tree import Node
from support import TOP

with open(os.path.join(TOP, "grammar", "mistakes.yaml"), encoding="utf-8") as file:
    DATA = yaml.safe_load(file)
SAMPLES = [
    pytest.param(entry, sample, id=f"{entry['name']}: {sample['text'].strip()}")
    for entry in (*DATA["general"], *DATA["mistakes"])
    for sample in entry["samples"]
]


def start_of(entry: dict) -> str:
    """Mistakes in rules and in registers are made where these stand."""
    return f"{entry.get('in', 'service')}_line"


def answer(text: str, start: str, tables: Tables) -> Answer:
    failure = parse_line(tables, text, start)
    assert isinstance(failure, Failure), f"{text!r} is no mistake"
    return explain(Line(1, text, None, failure), tables, built()["mistakes"])


@pytest.mark.parametrize(("entry", "sample"), SAMPLES)
def test_sample(entry: dict, sample: dict, tables: Tables) -> None:
    found = answer(sample["text"], start_of(entry), tables)
    assert found.name == entry["name"]
    assert found.write == sample.get("write")
    assert found.like == sample.get("as-in", "")
    if found.write and not found.write.startswith("#"):
        assert isinstance(parse_line(tables, found.write, start_of(entry)), Node)


def test_every_mistake_has_a_sample_and_a_name_of_its_own() -> None:
    names = [entry["name"] for entry in DATA["mistakes"]]
    assert len(set(names)) == len(names)
    assert all(entry["samples"] for entry in DATA["mistakes"])


def test_the_units_that_a_misspelt_one_can_mean_are_those_of_the_language(tables: Tables) -> None:
    units = DATA["words"]["UNIT"]
    assert {unit.removesuffix("s").replace(" ", "-") for unit in units} == UNITS
    for unit in units:
        assert isinstance(parse_line(tables, f"opt-in-time: 2 {unit}", "service_line"), Node)


@pytest.mark.parametrize(
    ("text", "write"),
    [
        ("wait step-2: within 1 dayz of referral", "wait step-2: within 1 day of referral"),
        ("wait step-2: within 11 dayz of referral", "wait step-2: within 11 days of referral"),
        ("wait step-2: within 2 to 3 wekes of referral", "wait step-2: within 2 to 3 weeks of referral"),
        ("wait step-2: within 10 working dyas of referral", "wait step-2: within 10 working days of referral"),
        ("wait step-2: within 10 bananas of referral", None),
        ("wait step-2: within 10 of referral", None),
    ],
)
def test_a_misspelt_unit(text: str, write: str | None, tables: Tables) -> None:
    assert answer(text, "service_line", tables).write == write


@pytest.mark.parametrize("entry", DATA["mistakes"], ids=lambda entry: entry["name"])
def test_the_words_are_for_people(entry: dict, tables: Tables) -> None:
    """No name of a terminal or of a rule, no "invalid", no full stop at the end."""
    message = re.sub(r"`[^`]*`", "", entry["message"])
    terminals = set(tables.keywords.values()) | {name for name, _ in tables.patterns} | set(tables.marks.values())
    assert not {word for word in re.findall(r"[A-Z_]{2,}", message) if word in terminals}
    assert "invalid" not in message and "token" not in message and not message.endswith(".")


EVERYDAY = {
    "exept 16 years when cluster is 3": "did you mean `except`?",
    'source signed: "x" publishd 1 April 2012': "did you mean `published`?",
    "minimum-age:: 18 years": "stands where a value",
    "service": "the line ends where a name",
    "pay step-2: £40.00 per": "the line ends where a name",
    "contract: from 1 April 2012 until 31 March 2014": "stands where the end of the line",
    "  except 16 years when educaton is not": "the line ends where a value",
    "%%%%": "no line begins with `%`",
}


@pytest.mark.parametrize(("text", "words"), EVERYDAY.items())
def test_what_no_entry_knows(text: str, words: str, tables: Tables) -> None:
    assert words in answer(text, "service_line", tables).message


def test_deep_nesting_is_answered_at_once(tables: Tables) -> None:
    for text in ("  when " + "(" * 5000 + "cluster is 3" + ")" * 5000, "  when " + "not " * 5000 + "cluster is 3"):
        assert answer(text, "service_line", tables).name == "nested-too-deeply"


RULE_WAIVED = re.compile(r"^waive \w+(-\w+)+(?! for\b)")
WAIVED = [
    pytest.param(entry, sample, id=sample["text"])
    for entry in DATA["mistakes"]
    for sample in entry["samples"]
    if entry.get("line") == "waive" and "in" not in entry and RULE_WAIVED.match(sample["text"])
    if entry["name"] not in ("waiver-for-a-service", "waiver-of-several-rules")  # there the service itself is amiss
]


@pytest.mark.parametrize(("entry", "sample"), WAIVED)
def test_a_register_answers_as_a_service_does(entry: dict, sample: dict, tables: Tables) -> None:
    """What is wrong with a waiver is told alike wherever it stands; in a register it says for which service it is."""

    def registered(text: str) -> str:
        return RULE_WAIVED.sub(r"\g<0> for northshire", text)

    found = answer(registered(sample["text"]), "register_line", tables)
    assert found.name == entry["name"]
    assert found.write == (registered(sample["write"]) if "write" in sample else None)
    assert found.like == registered(sample.get("as-in", ""))
    if found.write:
        assert isinstance(parse_line(tables, found.write, "register_line"), Node)


def test_a_register_has_no_fields(tables: Tables) -> None:
    assert "it begins with `waive`" in answer("maximum-age: 65 years", "register_line", tables).message
