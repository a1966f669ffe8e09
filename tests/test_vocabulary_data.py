"""The vocabulary's own promises: nothing dangles, nothing is said twice, and every entry can be shown to a person.

The file is read as plain data, so that a mistake in it is told apart from a mistake in the program that reads it.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

SPECS = Path(__file__).parents[1] / "specs"
SCHEMA = json.loads((SPECS / "schemas" / "vocabulary.schema.json").read_text(encoding="utf-8"))
FILES = sorted((SPECS / "vocabulary").glob("*.yaml"))
MAIN = SPECS / "vocabulary" / "psychological-therapies.yaml"
SCOPES = "scope"
"""The one list that no field draws on: what an amount may be `for`."""

Data = dict[str, Any]


@cache
def _read(path: Path) -> Data:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem)
def data(request: pytest.FixtureRequest) -> Data:
    return _read(request.param)


def _all_fields(data: Data) -> Iterator[tuple[str, Data]]:
    yield from data["fields"].items()
    yield from data["case-fields"].items()


def _problems(data: object) -> list[str]:
    return [f"{list(error.path)}: {error.message}" for error in Draft202012Validator(SCHEMA).iter_errors(data)]


def _described(node: object, place: str = "") -> Iterator[tuple[str, Data]]:
    """Every schema of a property, wherever it is in the schema, with its place."""
    if isinstance(node, list):
        for item in node:
            yield from _described(item, place)
    if isinstance(node, dict):
        conditional = place.endswith(("/if", "/then", "/else"))
        for name, schema in node.get("properties", {}).items() if not conditional else ():
            yield f"{place}/{name}", schema
        for name, inner in node.items():
            yield from _described(inner, f"{place}/{name}")


def test_there_are_two_vocabularies() -> None:
    assert [path.stem for path in FILES] == ["adult-hearing", "psychological-therapies"]


def test_talking_therapies_can_say_what_the_study_describes() -> None:
    data = _read(MAIN)
    assert len(data["fields"]) >= 150
    for topic in data["topics"]:
        assert sum(field["topic"] == topic for field in data["fields"].values()) >= 5, topic


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_schema_describes_every_property() -> None:
    found = dict(_described(SCHEMA))
    assert len(found) > 40
    assert [place for place, schema in found.items() if not schema.get("description")] == []
    assert [name for name, schema in SCHEMA["$defs"].items() if not schema.get("description")] == []


def test_vocabulary_satisfies_its_schema(data: Data) -> None:
    assert _problems(data) == []


def test_the_file_is_called_after_its_vocabulary(data: Data) -> None:
    assert f"{data['vocabulary']}.yaml" in [path.name for path in FILES]


def test_no_key_is_written_twice() -> None:
    """YAML keeps the last of two equal keys without a word; this counts the lines that declare a field."""
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        written = re.findall(
            r"^  ([a-z][a-z0-9-]*):$", text.split("\nfields:\n")[1].split("\npayments:\n")[0], re.MULTILINE
        )
        assert written == list(_read(path)["fields"])


NO_PLACE = {"group-facilitators", "recovery-readings", "reassessment"}
"""Measures of which `none` is neither nothing nor without limit: no figure was set, or nothing is done at all."""
FAULTS: dict[str, tuple[tuple[str, ...], object]] = {
    "a field named by a word of the grammar": (("fields", "when"), None),
    "a choice that is a word of the grammar": (("words", "status", "none"), "None"),
    "a field without none-means": (("fields", "title", "none-means"), None),
    "a key that nobody declared": (("fields", "title", "colour"), "red"),
    "a type that does not exist": (("fields", "title", "type"), "prose"),
    "a choice without its words": (("fields", "status", "of"), None),
    "clusters without their numbers": (("fields", "clusters", "numbers"), None),
    "words on a text": (("fields", "title", "of"), "status"),
    "open keys without keys": (("fields", "title", "open-keys"), True),
    "no example": (("fields", "title", "examples"), []),
    "a none that is neither": (("fields", "maximum-age", "none-is"), "something"),
    "a none among words that have no order": (("fields", "status", "none-is"), "nothing"),
    "a direction that is none": (("fields", "title", "better"), "sideways"),
    "a capital letter in a name": (("payments", "Travel"), {"label": "Travel"}),
    "a scale of one word": (("scales", "severity"), ["mild"]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_schema_refuses(fault: str) -> None:
    changed = copy.deepcopy(_read(MAIN))
    (*path, last), value = FAULTS[fault]
    at = changed
    for step in path:
        at = at[step]
    if last == "when":
        at[last] = copy.deepcopy(changed["fields"]["title"])
    elif value is None:
        del at[last]
    else:
        at[last] = value
    assert _problems(changed) != []


def test_words_of_fields_exist(data: Data) -> None:
    lists = {"choice": data["words"], "set": data["words"], "scale": data["scales"]}
    for name, field in _all_fields(data):
        if "of" in field and field["of"] != "cluster-number":
            assert field["of"] in lists[field["type"]], name


def test_keys_of_families_exist(data: Data) -> None:
    for name, field in _all_fields(data):
        assert field.get("keyed-by") is None or field["keyed-by"] in data["words"], name


def test_a_key_that_stands_for_others_is_of_their_list(data: Data) -> None:
    for name, entry in data.get("stands-for", {}).items():
        others = [word for words in entry.values() for word in words]
        assert {*entry, *others} <= set(data["words"][name])
        assert len(others) == len(set(others)) and not set(others) & set(entry), "one key speaks for a key"
        assert any(field.get("keyed-by") == name for _, field in _all_fields(data))


def test_every_word_list_is_used(data: Data) -> None:
    used = {field.get(place) for _, field in _all_fields(data) for place in ("of", "keyed-by")}
    assert set(data["words"]) - used == {SCOPES}
    assert set(data["scales"]) <= used


def test_every_topic_and_section_exists_and_is_used(data: Data) -> None:
    fields = data["fields"].values()
    assert {field["topic"] for field in fields} == set(data["topics"])
    assert {field["section"] for field in fields} == set(data["sections"])


def test_chapter_four_is_covered() -> None:
    data = _read(MAIN)
    covered = {data["topics"][field["topic"]].get("section") for field in data["fields"].values()}
    assert {f"4.{number}" for number in range(2, 10)} <= covered


def test_fields_stand_in_the_order_of_their_sections(data: Data) -> None:
    order = list(data["sections"])
    places = [order.index(field["section"]) for field in data["fields"].values()]
    assert places == sorted(places)


def test_a_clock_is_either_in_order_or_not(data: Data) -> None:
    assert set(data["clocks"]).isdisjoint(data["other-clocks"])


def test_no_field_is_newer_than_the_vocabulary(data: Data) -> None:
    assert all(field["since"] <= data["version"] for field in data["fields"].values())


def test_no_list_of_words_is_there_twice(data: Data) -> None:
    lists = [frozenset(words.items()) for words in data["words"].values()]
    assert len(set(lists)) == len(lists)


def test_no_two_fields_say_what_is_missing_in_the_same_words(data: Data) -> None:
    """Two fields whose help is the same, or whose `none` is, of one type and the same words, would be one field."""
    for parts in (("help",), ("none-means", "type", "of", "section")):
        seen = [tuple(field.get(part) for part in parts) for field in data["fields"].values()]
        assert [each for each in seen if seen.count(each) > 1] == []


def test_none_has_a_place_wherever_values_have_an_order_and_a_better_end(data: Data) -> None:
    """Else a rule that asks for at least, or at most, could not tell what a document that says `none` has promised."""
    ordered = {"age", "money", "percentage", "duration", "count"}
    for name, field in data["fields"].items():
        if field["type"] in ordered and "better" in field:
            assert "none-is" in field or name in NO_PLACE, name


def test_labels_tell_fields_and_words_apart(data: Data) -> None:
    labels = [field["label"].lower() for field in data["fields"].values()]
    assert len(set(labels)) == len(labels)
    for name, words in data["words"].items():
        assert len({label.lower() for label in words.values()}) == len(words), name


def test_help_is_one_or_two_sentences(data: Data) -> None:
    for name, field in data["fields"].items():
        assert 1 <= len(re.findall(r"[.?!](?= |$)", field["help"])) <= 2, name
        assert field["help"].endswith("."), name


def test_none_means_fits_into_a_sentence(data: Data) -> None:
    for name, field in data["fields"].items():
        assert not field["none-means"].endswith("."), name


def test_examples_of_choices_are_words_of_their_list(data: Data) -> None:
    """The forms of other types belong to the parser; of a choice the data alone can tell."""
    states = ("none", "not stated", "in words", "by local agreement", "to be confirmed", "elsewhere")
    for name, field in data["fields"].items():
        if field["type"] == "choice" and field["of"] != "cluster-number":
            definite = [example for example in field["examples"] if not example.startswith(states)]
            assert definite, name
            assert set(definite) <= set(data["words"][field["of"]]), name


def test_expected_conditions_speak_of_fields(data: Data) -> None:
    for name, field in data["fields"].items():
        condition = field.get("expected", "always")
        if condition != "always":
            subjects = re.findall(r"(?:^|and |or |some |every |no )([a-z][a-z0-9-]*) (?:is|includes)\b", condition)
            assert subjects, name
            assert set(subjects) <= set(data["fields"]), name


def test_directions_suit_their_types(data: Data) -> None:
    wider = {"set", "scale", "text"}
    for name, field in data["fields"].items():
        if "better" in field:
            assert (field["better"] == "wider") == (field["type"] in wider), name


def test_phrases_do_not_contradict_themselves(data: Data) -> None:
    for phrase, reading in data["phrases"].items():
        included, excluded = reading["certainly-includes"], reading["certainly-excludes"]
        assert phrase == phrase.lower()
        assert included.get("from", 0) >= excluded.get("below", 0), phrase
        assert included.get("to", 0) <= excluded.get("above", 1000), phrase
        assert reading["type"] in {field["type"] for field in data["fields"].values()}, phrase


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("cluster-0", True),
        ("cluster-8", True),
        ("cluster-9", False),
        ("cluster-10", True),
        ("cluster-21", True),
        ("cluster-22", False),
        ("cluster-03", False),
        ("other-travel", True),
        ("other-", False),
        ("travel", False),
    ],
)
def test_payments_named_by_a_pattern(name: str, known: bool) -> None:
    patterns = _read(MAIN)["payments"]["patterns"]
    assert any(re.fullmatch(pattern, name) for pattern in patterns) is known


def test_no_named_payment_is_also_a_pattern(data: Data) -> None:
    payments = dict(data["payments"])
    for pattern in payments.pop("patterns", {}):
        assert [name for name in payments if re.fullmatch(pattern, name)] == []


def test_a_category_belongs_to_one_payment(data: Data) -> None:
    """Two payments compared under one heading would be a price spread of unlike things."""
    payments = {**data["payments"], **data["payments"].get("patterns", {})}
    payments.pop("patterns", None)
    categories = [entry["category"] for entry in payments.values() if "category" in entry]
    assert len(set(categories)) == len(categories)
