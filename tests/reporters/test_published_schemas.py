"""Formats held to the schemas that their owners publish, where these are at hand.

They are not ours to ship, and no package that we know carries them. `CARESPEC_SCHEMAS` names a folder with
`sarif.json` (OASIS, SARIF 2.1.0 with errata 01) and `rdjson.json` (reviewdog, `DiagnosticResult`); without it these
tests are left out, and what stands in for them is the closed schema of `test_sarif.py`.
"""

from __future__ import annotations

import json
import os

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
    written = json.loads(reporter(name)(report, Options(lines_of=lines_of)))
    assert [f"{error.json_path}: {error.message}" for error in check.iter_errors(written)] == []
