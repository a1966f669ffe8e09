"""`carespec waivers`: who agreed to what, and until when; what ends first comes first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from carespec.cli import carespec

ENDED = 'waive treatment-wait on wait step-3 until 1 April 2012: "Staff are in training" agreed by "Board, 10 August"\n'
STANDS = 'waive age-no-upper-limit until 31 March 2013: "The service carries on" agreed by "Clinical Lead"\n'
EMPTY = 'waive step-price until 1 April 2014: "TBC" agreed by "Head of Finance"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> str:
    done = CliRunner().invoke(carespec, ["waivers", "--today", "2012-09-01", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_text(folder: Path) -> None:
    (folder / "x.care").write_text(f"service x\n{STANDS}{ENDED}{EMPTY}", encoding="utf-8")
    assert run("x.care") == (
        "x.care:3: treatment-wait on wait step-3 until 1 April 2012 (ended)\n"
        "  agreed by Board, 10 August: Staff are in training\n"
        "x.care:2: age-no-upper-limit until 31 March 2013\n"
        "  agreed by Clinical Lead: The service carries on\n"
        "x.care:4: step-price until 1 April 2014 (without a reason or a name, so it waives nothing)\n"
        "  agreed by Head of Finance: TBC\n"
        "3 waivers, of which 1 ended and 1 without a reason or a name.\n"
    )


def test_json(folder: Path) -> None:
    (folder / "x.care").write_text(f"service x\n{STANDS}", encoding="utf-8")
    assert json.loads(run("--output", "json")) == [
        {
            "service": "x",
            "path": "./x.care",
            "line": 2,
            "rule": "age-no-upper-limit",
            "field": None,
            "until": "2013-03-31",
            "agreed-by": "Clinical Lead",
            "reason": "The service carries on",
            "stands": True,
        }
    ]


def test_none(folder: Path) -> None:
    (folder / "x.care").write_text("service x\n", encoding="utf-8")
    assert run() == "No waiver stands in these documents.\n"
