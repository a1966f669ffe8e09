"""`carespec diff` as a person or a script meets it: files, folders, revisions, and three formats."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from carespec.cli import carespec
from support import TOP

OLD = "service northshire\n\nstatus: signed\nminimum-age: 18 years\nmaximum-age: none\npay step-2: £40.00 per session\n"
NEW = (
    "service northshire\nstatus: signed\nmaximum-age: 65 years\nminimum-age: 18 years\npay step-2: £35.00 per session\n"
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(carespec, ["diff", *arguments])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, text: str) -> None:
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def test_two_files(folder: Path) -> None:
    write("old.care", OLD)
    write("new.care", NEW)
    done = run("old.care", "new.care")
    assert done.exit_code == 0
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["access", "narrowed"] in [line[:2] for line in lines]
    assert "lose: people aged 66 or over" in done.stdout
    assert "price lowered" in done.stdout and "has to go back to procurement" in done.stdout
    assert "Because we materially changed the tariff we’re mandated to go back out to procurement" in done.stdout
    assert "The service changed: access narrowed; price lowered." in done.stdout
    assert run("old.care", "old.care").stdout == "Nothing changed.\n"


def test_folders(folder: Path) -> None:
    write("old/a.care", OLD)
    write("old/gone.care", OLD.replace("northshire", "southshire"))
    write("new/b.care", NEW)
    write("new/come.care", OLD.replace("northshire", "westshire"))
    done = run("old", "new", "--output", "json")
    data = json.loads(done.stdout)
    assert {one["name"]: one["state"] for one in data["services"]} == {
        "northshire": "changed", "southshire": "removed", "westshire": "added",
    }  # fmt: skip
    assert [(change["kind"], change["field"]) for change in data["changes"]] == [
        ("access narrowed", "maximum-age"), ("price lowered", "pay step-2"),
    ]  # fmt: skip
    assert data["changes"][0]["after"] == {"says": "65 years", "path": os.path.join("new", "b.care"), "line": 3}
    with open(os.path.join(TOP, "specs", "schemas", "diff.schema.json"), encoding="utf-8") as file:
        Draft202012Validator(json.load(file)).validate(data)


def test_markdown_into_a_file(folder: Path) -> None:
    write("old.care", OLD)
    write("new.care", NEW)
    assert run("old.care", "new.care", "--output", "markdown=page.md", "--output", "text").exit_code == 0
    page = (folder / "page.md").read_text(encoding="utf-8")
    assert (
        "| access narrowed | Oldest age seen (maximum-age) | none | 65 years | lose: people aged 66 or over |" in page
    )


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed here")
def test_a_revision(folder: Path) -> None:
    def git(*words: str) -> None:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *words], check=True, capture_output=True)

    git("init", "-q")
    write("specs/one.care", OLD)
    write("specs/deep/two.care", OLD.replace("northshire", "southshire"))
    git("add", ".")
    git("commit", "-q", "-m", "one")
    write("specs/one.care", NEW)
    for arguments in (("git:HEAD", "specs/one.care"), ("git:HEAD", "specs"), ("git:HEAD:specs", "specs")):
        done = run(*arguments)
        assert done.exit_code == 0 and "access narrowed" in done.stdout, done.output
    assert "Of 2 services 1 changed: access narrowed; price lowered." in run("git:HEAD", "specs").stdout
    os.remove("specs/deep/two.care")
    os.rmdir("specs/deep")
    assert "This service is no longer there" in run("git:HEAD", "specs/deep/two.care").stdout
    assert "This service is new" in run("specs/deep/two.care", "git:HEAD").stdout
    assert "This service is no longer there (specs/deep/two.care)." in run("git:HEAD", "specs").stdout
    assert run("git:HEAD:specs", "git:HEAD:specs").stdout == "Nothing changed.\n"
    for arguments, words in (
        (("git:nothing", "specs"), "git cannot give that revision"),
        (("git:HEAD", "elsewhere"), "there is no specification under `elsewhere` at revision `HEAD`"),
        (("git:", "specs"), "names no revision"),
        (("git:--help", "specs"), "names no revision"),
    ):
        done = run(*arguments)
        assert done.exit_code == 2 and words in done.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.care", "nowhere.care"], "there is no file or folder `nowhere.care`"),
        (["git:HEAD", "git:HEAD"], "say which file or folder is meant"),
        (["a.care", "a.guidance"], "there is no service in `a.guidance`"),
        (["a.care", "a.care", "--output", "xml"], "there is no output format `xml`"),
    ],
)
def test_usage_ends_with_two_and_says_why(arguments: list[str], words: str, folder: Path) -> None:
    write("a.care", OLD)
    write("a.guidance", "guidance a\nversion: 1\n")
    done = run(*arguments)
    assert done.exit_code == 2 and words in done.output, done.output


def test_a_document_without_a_name_is_told_as_that(folder: Path) -> None:
    write("old.care", "")
    write("new.care", OLD)
    assert "It had no name." in run("old.care", "new.care").stdout
    assert "(no name)" in run("new.care", "old.care").stdout
