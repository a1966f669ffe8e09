"""The queries that docs/compare.md shows give what `carespec compare` gives, from the table that `export` writes."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from carespec.cli import carespec
from support import TOP

FIRST_WAVE = os.path.join(TOP, "specs", "first-wave-2012")
Row = tuple[str, int, float, float, float]


def block(language: str) -> str:
    with open(os.path.join(TOP, "docs", "compare.md"), encoding="utf-8") as file:
        (found,) = re.findall(rf"```{language}\n(.*?)```", file.read(), re.DOTALL)
    return str(found)


def run(*arguments: str) -> str:
    done = CliRunner().invoke(carespec, list(arguments), env={"CARESPEC_TODAY": "2013-12-01"})
    assert done.exit_code == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def prices() -> list[Row]:
    """Payment, n, lowest, highest and ratio, as `compare` gives them."""
    data = json.loads(run("compare", FIRST_WAVE, "--output", "json", "--guidance", "none"))
    return sorted(
        (row["payment"], row["n"], float(row["lowest"]), float(row["highest"]), float(row["ratio"] or 1))
        for row in data["prices"]
        if row["n"]
    )


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_duckdb(ending: str, prices: list[Row], tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    run("export", FIRST_WAVE, "--to", ending, "--out", str(tmp_path / f"facts.{ending}"))
    query = block("sql").replace("facts.parquet", str(tmp_path / f"facts.{ending}"))
    found = duckdb.connect().execute(query).fetchall()
    assert [(key, n, low, high) for key, _, n, low, high, _, _ in found] == [row[:4] for row in prices]
    # Decimals round half up, and floating numbers to the nearest: they differ where the quotient is a half.
    assert all(abs(row[5] - price[4]) <= 0.1 for row, price in zip(found, prices, strict=True))


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_pandas(ending: str, prices: list[Row], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    monkeypatch.chdir(tmp_path)
    run("export", FIRST_WAVE, "--to", ending, "--out", f"facts.{ending}")
    known: dict[str, Any] = {}
    exec(block("python").replace("read_parquet", f"read_{ending}").replace(".parquet", f".{ending}"), known)
    found = known["spread"].reset_index()
    rows = zip(found["key"], found["n"], found["lowest"], found["highest"], strict=True)
    assert [tuple(row) for row in rows] == [row[:4] for row in prices]
    assert str(known["facts"]["low"].dtype) == "float64" and str(known["facts"]["line"].dtype) == "int64"
