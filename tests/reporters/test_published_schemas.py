"""Formats held to the schemas that their owners publish, and SARIF to classes that others have made from its schema.

The schemas are not ours to ship. `make schemas` fetches them and names their folder in `CARESPEC_SCHEMAS`: `sarif.json`
(OASIS, SARIF 2.1.0 with errata 01) and `rdjson.json` (reviewdog, `DiagnosticResult`). Without it those tests are left
out. The classes of pysarif are always at hand: every object of the standard with its properties, their types, and which
must be there, as a draft of the schema had them before errata 01.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from jsonschema import FormatChecker
from jsonschema.validators import validator_for

from carespec.records import Report
from carespec.reporters import Options, reporter
from hard_report import EMPTY, HARD, lines_of

FOLDER = os.environ.get("CARESPEC_SCHEMAS", "")


@pytest.mark.skipif(not FOLDER, reason="CARESPEC_SCHEMAS names no folder with the published schemas")
@pytest.mark.parametrize("report", [EMPTY, HARD], ids=["empty", "hard"])
@pytest.mark.parametrize("name", ["sarif", "sarif-full", "rdjson"])
def test_fits_what_its_owner_publishes(name: str, report: Report) -> None:
    with open(os.path.join(FOLDER, f"{name.removesuffix('-full')}.json"), encoding="utf-8") as file:
        schema = json.load(file)
    check = validator_for(schema)(schema, format_checker=FormatChecker())
    assert [f"{error.json_path}: {error.message}" for error in check.iter_errors(written(name, report))] == []


@pytest.mark.parametrize("report", [EMPTY, HARD], ids=["empty", "hard"])
@pytest.mark.parametrize("name", ["sarif", "sarif-full"])
def test_fits_the_classes_that_others_made_of_the_standard(name: str, report: Report) -> None:
    assert list(misfits(as_then(written(name, report)))) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"results": [{}]}, "$.runs[0].results[0]: `message` is missing"),
        ({"columnKind": "bytes"}, "$.runs[0].columnKind: 'bytes' is none of its words"),
        ({"language": 1}, "$.runs[0].language: 1 is no str"),
        ({"findings": []}, "$.runs[0]: there is no `findings`"),
        ({"results": {}}, "$.runs[0].results: {} is no list"),
    ],
)
def test_the_classes_forbid_something(change: dict[str, Any], told: str) -> None:
    log = written("sarif", EMPTY)
    log["runs"][0] |= change
    assert list(misfits(log)) == [told]


def written(name: str, report: Report) -> Any:
    return json.loads(reporter(name)(report, Options(lines_of=lines_of)))


def as_then(log: Any) -> Any:
    """What is called `status` of a suppression was called `state` in that draft."""
    for result in log["runs"][0]["results"]:
        for suppression in result.get("suppressions", ()):
            suppression["state"] = suppression.pop("status")
    return log


def misfits(log: Any) -> Iterator[str]:
    """Where a log is not what the classes say."""
    from pysarif import SarifLog

    assert log.pop("$schema", "").startswith("https://")
    return _misfits(log, SarifLog, "$")


def _misfits(value: Any, kind: Any, where: str) -> Iterator[str]:
    if kind is Any:
        return
    if get_origin(kind) is Literal:
        if value not in get_args(kind):
            yield f"{where}: {value!r} is none of its words"
    elif get_origin(kind) is list:
        if not isinstance(value, list):
            yield f"{where}: {value!r} is no list"
            return
        for number, each in enumerate(value):
            yield from _misfits(each, get_args(kind)[0], f"{where}[{number}]")
    elif get_args(kind):  # what may be left out; what is written is never null
        (kind,) = (one for one in get_args(kind) if one is not NoneType)
        yield from _misfits(value, kind, where)
    elif is_dataclass(kind):
        yield from _of_object(value, kind, where)
    elif type(value) is not kind:
        yield f"{where}: {value!r} is no {kind.__name__}"


def _of_object(value: Any, kind: Any, where: str) -> Iterator[str]:
    types = get_type_hints(kind)
    known = {_as_written(field.name): types[field.name] for field in fields(kind)}
    needed = [_as_written(f.name) for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING]
    yield from (f"{where}: `{name}` is missing" for name in needed if name not in value)
    for name, inside in value.items():
        if name in known:
            yield from _misfits(inside, known[name], f"{where}.{name}")
        elif kind.__name__ != "PropertyBag":  # which holds anything
            yield f"{where}: there is no `{name}`"


def _as_written(name: str) -> str:
    first, *others = name.strip("_").split("_")
    return first + "".join(other.capitalize() for other in others)
