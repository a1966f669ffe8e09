"""Several formats in one run, the summary of a GitHub job, and places from the top of the repository."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from carespec.cli import carespec

SERVICE = "service x\nminimum-age: over 18 years\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "spécs & more"
    folder.mkdir()
    (folder / "x.care").write_text(SERVICE, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    return tmp_path


def check(*words: str) -> Result:
    return CliRunner().invoke(carespec, ["check", *words])


def test_several_formats_in_one_run(repository: Path) -> None:
    done = check("x.care", "--output", "concise", "--output", "sarif=out.sarif", "--output", "gitlab=quality.json")
    assert done.exit_code == 0 and done.stdout.startswith("x.care:2:14: should over-age")
    log = json.loads(Path("out.sarif").read_text(encoding="utf-8"))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "sp%C3%A9cs%20%26%20more/x.care"
    issues = json.loads(Path("quality.json").read_text(encoding="utf-8"))
    assert issues[0]["location"]["path"] == "spécs & more/x.care"


def test_annotations_bring_the_full_text_into_the_summary_of_the_job(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = repository / "summary.md"
    into.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(into))
    done = check("x.care", "--output", "github")
    assert done.stdout.startswith("::warning file=spécs & more/x.care,line=2,endLine=2,col=14,endColumn=26,title=")
    told = into.read_text(encoding="utf-8")
    assert told.startswith("before\n<!-- carespec -->") and "Write `18 years` if people of that age are seen" in told


def test_other_formats_write_no_summary(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(repository / "summary.md"))
    check("x.care", "--output", "sarif")
    assert not (repository / "summary.md").exists()


def test_a_summary_that_cannot_be_written_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(repository))
    done = check("x.care", "--output", "github")
    assert done.exit_code == 2 and "cannot be written" in done.stderr
