"""YAML and JSON say what the language says: out and in again every fact is the same, places aside."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from carespec.checks import all_checks
from carespec.engine import Engine
from carespec.exchange.dump import as_json, as_yaml
from carespec.exchange.from_data import from_data
from carespec.exchange.schema import service_schema
from carespec.exchange.to_data import left_out, to_data
from carespec.model.facts import Fact, Service, State
from carespec.source import from_text, read_file
from carespec.syntax.format import format_source
from carespec.vocabulary import load, names
from random_services import service as random_service
from support import TOP

SPECS = sorted(
    path
    for pattern in ("specs/**/*.care", "tests/language/ok/*.care")
    for path in glob.glob(pattern, root_dir=TOP, recursive=True)
)
PLACES = frozenset(("start", "end", "line", "name_end", "problem"))
SERVICES = 1_000


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(all_checks())


def said(record: Any) -> Any:
    """A record without its places; the lines under a fact by kind, for their order means nothing."""
    if hasattr(record, "_fields"):
        kept = {name: said(getattr(record, name)) for name in record._fields if name not in PLACES}
        if isinstance(record, Fact):
            kept["under"] = sorted((said(line) for line in record.under), key=lambda line: line[0])
        return (type(record).__name__, kept)
    return tuple(said(item) for item in record) if isinstance(record, tuple) else record


def everything(service: Service) -> dict[str, Any]:
    """All that a service says, places aside."""
    headings = {section.line: section.title for section in service.sections}
    facts = [(max((line for line in headings if line < fact.line), default=0), fact) for fact in service.facts]
    return {
        "name": service.name,
        "vocabulary": service.vocabulary.name,
        "facts": [(headings.get(line), said(fact)) for line, fact in facts],
        "sections": [section.title for section in service.sections],
        "others": [said(each) for each in (service.sources, service.definitions, service.waivers)],
    }


def forms(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """A service's data in both forms that `check` reads, under the ending of each."""
    yield ".care.yaml", as_yaml([data])
    yield ".care.json", as_json(data)


def read(path: str, text: str, engine: Engine) -> Service:
    found = engine.read(from_text(path, text))
    assert found is not None
    return found.service


@pytest.mark.parametrize("path", SPECS)
def test_specifications_survive_with_their_findings(path: str, engine: Engine) -> None:
    source = read_file(os.path.join(TOP, path))
    found = engine.read(source)
    assert found is not None and left_out(found.service) == ()
    before = everything(found.service)
    findings = sorted(finding.id for finding in engine.check(source).findings)
    data = to_data(found.service, engine.parse)
    for ending, text in ((".care", from_data(data, engine.parse)), *forms(data)):
        again = path.removesuffix(".care") + ending
        assert everything(read(again, text, engine)) == before, again
        assert sorted(finding.id for finding in engine.check(from_text(again, text)).findings) == findings, again


@pytest.mark.parametrize("path", SPECS)
def test_yaml_and_json_hold_the_same(path: str, engine: Engine) -> None:
    found = engine.read(read_file(os.path.join(TOP, path)))
    assert found is not None
    data = to_data(found.service)
    assert yaml.safe_load(as_yaml([data])) == data
    schema = service_schema(found.service.vocabulary)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []


@pytest.mark.parametrize("part", range(4))
def test_random_services_parse_format_export_and_come_back(part: int, engine: Engine) -> None:
    shipped = names()
    validators = {name: Draft202012Validator(service_schema(load(name))) for name in shipped}
    for seed in range(part, SERVICES, 4):
        name = shipped[0] if seed % 10 == part else "psychological-therapies"
        text = random_service(Random(seed), load(name))
        formatted = format_source(from_text("x.care", text), engine.parse)
        assert not formatted.lost and not formatted.unread, text
        assert not format_source(from_text("x.care", formatted.text), engine.parse).changed, text
        service = read("x.care", formatted.text, engine)
        assert left_out(service) == () and service.name, text
        assert [fact for fact in service.facts if fact.value.state == State.UNFIT] == [], text
        before, data = everything(service), to_data(service, engine.parse)
        assert everything(read("x.care", text, engine)) == before, text
        for ending, form in forms(data):
            assert everything(read(f"x{ending}", form, engine)) == before, f"{seed}\n{text}\n{form}"
        if seed % 10 == part:
            assert [error.message for error in validators[name].iter_errors(data)] == [], text


def test_the_generator_reaches_every_state_and_every_kind_of_line(engine: Engine) -> None:
    """Else the thousand services would prove less than they seem to."""
    states, kinds, fields = set(), set(), set()
    vocabulary = load()
    for seed in range(100):
        service = read("x.care", random_service(Random(seed), vocabulary, 20), engine)
        states |= {fact.value.state for fact in service.facts}
        kinds |= {type(line).__name__ for fact in service.facts for line in fact.under}
        fields |= {fact.field for fact in service.facts}
    assert states == {value for name, value in vars(State).items() if name.isupper()} - {"silent", "unread", "unfit"}
    assert kinds == {
        "Except", "When", "Phrase", "Cap", "Allowance", "ShareAtRisk", "OnlyFor", "Doubt", "Differs",
    }  # fmt: skip
    assert fields >= set(vocabulary.fields)


def test_data_without_a_line_to_say_it_is_refused() -> None:
    with pytest.raises(ValueError, match="left empty"):
        from_data({"service": "northshire", "minimum-age": None})
    with pytest.raises(TypeError):
        from_data({"service": "northshire", "signed": object()})
