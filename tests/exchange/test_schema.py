"""The schema that editors complete and explain by: every field is in it with its label, and nothing else passes."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from carespec import vocabulary as vocabularies
from carespec.built import built
from carespec.exchange.schema import service_schema
from carespec.vocabulary import load, names

VOCABULARY = load()


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(service_schema(VOCABULARY))


@pytest.mark.parametrize("name", names())
def test_it_is_a_schema_of_every_field(name: str) -> None:
    vocabulary = load(name)
    schema = service_schema(vocabulary)
    Draft202012Validator.check_schema(schema)
    properties = schema["$defs"]["part"]["properties"]
    for field in vocabulary.fields.values():
        assert properties[field.name]["description"].startswith(f"{field.label}. {field.help}")
        for key, label in vocabulary.keys(field).items():
            assert label in properties[f"{field.name} {key}"]["description"]
    assert {f"pay {payment}" for payment in vocabulary.payments} <= properties.keys()


def errors(validator: Draft202012Validator, **data: Any) -> bool:
    return not validator.is_valid({"service": "northshire", **data})


PASSES: list[dict[str, Any]] = [
    {},
    {"minimum-age": "18 years", "title": "Talking therapies", "version": 2},
    {"minimum-age": {"value": "18 years", "source": ["page", "page p2"], "doubt": "why", "in-words": "adults"}},
    {"minimum-age": {"value": "18 years", "except": {"value": "16 years", "when": "cluster is 4"}}},
    {"minimum-age": {"value": "18 years", "except": [{"value": "16 years", "until": "2013"}]}},
    {"status": "draft"},
    {"status": 'in words "not yet"'},
    {"status": "to be confirmed by 1 April 2013"},
    {"referral-routes": ["gp", "midwife"]},
    {"referral-routes": "gp, midwife among others"},
    {"wait step-2": "within 6 weeks of referral", "wait": "not stated"},
    {"pay step-2": {"value": "£40.00 per session", "at-most": ["12 per course", "1 per 6 booked"]}},
    {"pay other-travel": "£5.00 per person"},
    {"source page": {"title": "Home page", "read-in-part": True}, "define course": "All of it"},
    {"waive aqp.some-rule": {"until": "2013", "reason": "r", "agreed-by": "a"}},
    {"sections": [{"section": "Who", "clusters": "1 to 4"}], "$schema": "carespec.schema.json"},
]
FAILS: list[dict[str, Any]] = [
    {"minimum-agee": "18 years"},
    {"wait step-22": "within 6 weeks"},
    {"pay stepp": "£1"},
    {"minimum-age": None},
    {"minimum-age": {"source": "page"}},
    {"minimum-age": {"value": "18 years", "sorce": "page"}},
    {"minimum-age": {"value": "18 years", "except": {"value": "16 years"}}},
    {"status": "sighned"},
    {"referral-routes": ["gp", "midwfe"]},
    {"source page": "Home page"},
    {"waive some-rule": {"until": "2013"}},
    {"section": "Who"},
    {"sections": [{"clusters": "1 to 4"}]},
    {"sections": [{"section": "Who", "clustrs": "1 to 4"}]},
    {"service": None},
]


@pytest.mark.parametrize("data", PASSES, ids=str)
def test_what_passes(data: dict[str, Any], validator: Draft202012Validator) -> None:
    assert not errors(validator, **data)


@pytest.mark.parametrize("data", FAILS, ids=str)
def test_what_is_underlined(data: dict[str, Any], validator: Draft202012Validator) -> None:
    assert errors(validator, **data)


def test_a_new_field_is_in_the_schema() -> None:
    data = copy.deepcopy(built()["vocabularies"][VOCABULARY.name])
    data["fields"]["waiting-room"] = {**data["fields"]["number-of-tariffs"], "label": "Waiting room"}
    before = Draft202012Validator(service_schema(VOCABULARY))
    after = Draft202012Validator(service_schema(vocabularies.from_data(data)))
    assert errors(before, **{"waiting-room": 12}) and not errors(after, **{"waiting-room": 12})
