"""All that is made beforehand from `grammar/` and `specs/`, as the text of one Python module of plain literals."""

from __future__ import annotations

import json
from typing import Any

from carespec.generate.grammar_tables import grammar_tables
from carespec.generate.shapes import shapes
from carespec.guidance.library import shipped_in_full, to_data
from carespec.resources import read_folder
from carespec.syntax.document import LineParser
from carespec.syntax.driver import tables_from
from carespec.vocabulary import from_data

_HEADER = '"""Made from grammar/ and specs/ by carespec.generate; not for editing."""\n\n'


def module_text() -> str:
    """The module `carespec._built`: one name, DATA. Raises ValueError when a vocabulary does not fit its schema."""
    return f"{_HEADER}DATA = {built_data()!r}\n"


def built_data() -> dict[str, Any]:
    """See `carespec.built.built` for what is in it."""
    import yaml

    from carespec.assumptions.files import check_assumptions

    answers = {name: yaml.safe_load(text) for name, text in read_folder("grammar", ".yaml")}
    vocabularies = [yaml.safe_load(text) for _, text in read_folder("specs/vocabulary", ".yaml")]
    calendars = [yaml.safe_load(text) for _, text in read_folder("specs/calendars", ".yaml")]
    assumptions = [yaml.safe_load(text) for _, text in read_folder("specs/assumptions", ".yaml")]
    for vocabulary in vocabularies:
        check_vocabulary(vocabulary)
    grammar = grammar_tables()
    grammar["remembered"] = shapes(grammar, map(from_data, vocabularies), answers["mistakes.yaml"])
    by_name = {vocabulary["vocabulary"]: vocabulary for vocabulary in vocabularies}
    for assumed in assumptions:
        check_assumptions(assumed)
    return {
        "grammar": grammar,
        "mistakes": answers["mistakes.yaml"],
        "flaws": answers["flaws.yaml"],
        "vocabularies": by_name,
        "calendars": {calendar["name"]: calendar for calendar in calendars},
        "packs": packs(grammar, by_name),
        "assumptions": {assumed["assumptions"]: assumed for assumed in assumptions},
    }


def packs(grammar: dict[str, Any], vocabularies: dict[str, Any]) -> list[dict[str, Any]]:
    """The packs that ship, read, as plain data."""
    parse = LineParser(tables_from(grammar))
    known = {name: from_data(data) for name, data in vocabularies.items()}
    return [to_data(pack) for pack in shipped_in_full(parse, known.get)]


def check_vocabulary(data: dict[str, Any]) -> None:
    """Raise ValueError, naming the place, when a vocabulary is not as its JSON Schema says."""
    from jsonschema import Draft202012Validator

    schema = json.loads(dict(read_folder("specs/schemas", ".json"))["vocabulary.schema.json"])
    error = next(iter(sorted(Draft202012Validator(schema).iter_errors(data), key=lambda e: e.json_path)), None)
    if error is not None:
        raise ValueError(f"vocabulary {data.get('vocabulary')}: {error.json_path}: {error.message}")
