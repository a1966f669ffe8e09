"""`carespec export`, and the other commands where they meet services in YAML or JSON."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from carespec.cli import carespec
from carespec.workspace import load

SERVICE = "service {}\n\nstatus: published-extract\nminimum-age: over 18 years\n"


def run(*arguments: str, input: str | None = None) -> Result:
    return CliRunner().invoke(carespec, list(arguments), input=input)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        (tmp_path / f"{name}.care").write_text(SERVICE.format(name))
    return tmp_path


def test_what_is_exported_is_checked_alike(folder: Path) -> None:
    for ending in ("yaml", "json"):
        assert run("export", "a.care", "--to", ending, "--out", f"c.care.{ending}").exit_code == 0
        done = run("check", f"c.care.{ending}", "--output", "concise", "--fail-on", "should")
        assert done.exit_code == 1 and done.output.startswith(f"c.care.{ending}:") and "over-age" in done.output
    assert [service.name for service in load(["."]).services()] == ["a", "b", "a", "a"]


def test_several_services(folder: Path) -> None:
    assert [one["service"] for one in json.loads(run("export", ".", "--to", "json").output)] == ["a", "b"]
    assert [one["service"] for one in yaml.safe_load_all(run("export", ".", "--to", "yaml").output)] == ["a", "b"]
    rows = list(csv.DictReader(io.StringIO(run("export", ".", "--to", "csv").output)))
    assert {row["service"] for row in rows} == {"a", "b"} and len(rows) == 4
    assert run("export", ".", "--to", "yaml", "--out", "out/").exit_code == 0
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["a.care.yaml", "b.care.yaml"]
    assert run("export", ".", "--to", "parquet", "--out", "facts.parquet").exit_code == 0
    assert (folder / "facts.parquet").read_bytes()[:4] == b"PAR1"


def test_two_files_of_one_name_are_not_written_over_each_other(folder: Path) -> None:
    (folder / "below").mkdir()
    (folder / "below" / "a.care").write_text(SERVICE.format("c"))
    done = run("export", ".", "--to", "yaml", "--out", "out/")
    assert done.exit_code == 2 and "would both be written" in done.output


def test_what_cannot_be_read_is_told(folder: Path) -> None:
    (folder / "a.care").write_text(SERVICE.format("a") + "maximum-age 65 years\n")
    (folder / "bad.care.yaml").write_text("a: b: c\n")
    done = run("export", ".", "--to", "csv")
    assert done.exit_code == 1
    assert "a.care: left out: lines that cannot be read, see `carespec check`: 5" in done.output
    assert "bad.care.yaml: left out: it cannot be read" in done.output


def test_schema_and_questions(folder: Path) -> None:
    assert json.loads(run("export", "--schema").output)["title"].startswith("Talking therapies")
    assert "hearing" in json.loads(run("export", "--schema", "--vocabulary", "adult-hearing").output)["title"].lower()
    asked = run("export", "a.care", "--questions").output
    assert 'Youngest age seen (line 4). The specification says "over 18 years".' in asked
    assert run("export", "a.care", "--questions", "--to", "markdown").output.startswith("# Clarification questions")
    run("export", "a.care", "--to", "yaml", "--out", "c.care.yaml")
    assert "(line 3)" in run("export", "c.care.yaml", "--questions").output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["export", "a.care"], "say what to write"),
        (["export", "a.care", "--to", "text"], "say what to write"),
        (["export", "a.care", "--questions", "--to", "csv"], "questions are written as text or markdown"),
        (["export", "nowhere.care", "--to", "csv"], "no file or folder"),
        (["export", "pack.guidance", "--to", "csv"], "no service under"),
        (["export", "--schema", "--vocabulary", "nonsense"], "there is no vocabulary `nonsense`"),
        (["export", "a.care", "--to", "csv", "--out", "nowhere/x.csv"], "cannot be written"),
    ],
)
def test_usage(arguments: list[str], words: str, folder: Path) -> None:
    (folder / "pack.guidance").write_text("guidance pack\n")
    done = run(*arguments)
    assert done.exit_code == 2 and words in done.output


def test_parquet_without_its_package(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    done = run("export", "a.care", "--to", "parquet", "--out", "x.parquet")
    assert done.exit_code == 2 and "pip install 'carespec[parquet]'" in done.output
    assert not (folder / "x.parquet").exists()


def test_standard_input(folder: Path) -> None:
    text = "service: c\nstatus: published-extract\nminimum-age: over 18 years\n"
    done = run("check", "-", "--stdin-filename", "c.care.yaml", "--output", "concise", input=text)
    assert "c.care.yaml:3:14:" in done.output
    assert json.loads(run("export", "-", "--to", "json", input=SERVICE.format("d")).output)["service"] == "d"


def test_format_leaves_data_alone(folder: Path) -> None:
    text = "service:   c\nstatus:   draft\n"
    (folder / "c.care.yaml").write_text(text)
    assert run("format", ".").exit_code == 0
    assert "left as they are" in run("format", "c.care.yaml").output
    assert (folder / "c.care.yaml").read_text() == text


@pytest.mark.parametrize("name", ["misplaced-data", "unreadable-data"])
def test_names_in_findings_are_explained(name: str) -> None:
    assert f"# {name}" in run("explain", name).output
