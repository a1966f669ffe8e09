"""A record holds for as long as nothing that it speaks of has changed, and says what has."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from carespec import assurance
from carespec.assumptions import default
from carespec.cli import carespec

SERVICE = """service x
status: published-extract
minimum-age: over 18 years
wait step-2: within 10 days of referral
waive bare-days on wait step-2 until 31 March 2013: "Bookings move to a new system" agreed by "Head of Commissioning"
"""
PACK = "guidance own 1\n"


def run(*words: str) -> Result:
    return CliRunner().invoke(carespec, list(words))


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return made(tmp_path / "repository", monkeypatch)


def made(top: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in (".git", "specs", "elsewhere"):
        (top / folder).mkdir(parents=True)
    (top / "specs" / "x.care").write_text(SERVICE, encoding="utf-8")
    (top / "specs" / "y ü.care").write_text(SERVICE.replace("service x", "service y"), encoding="utf-8")
    (top / "own.guidance").write_text(PACK, encoding="utf-8")
    (top / "carespec.toml").write_text("corpus = ['specs']\nguidance = ['own.guidance']\n", encoding="utf-8")
    monkeypatch.chdir(top)
    return top


def kept() -> Result:
    return run("check", "--record", "record", "--today", "2012-09-01", "--fail-on", "never")


def test_it_holds_and_says_what_was_checked(repository: Path) -> None:
    assert kept().exit_code == 0
    done = run("verify", "record")
    assert (done.stdout, done.exit_code) == ("The record of 2012-09-01 holds.\n", 0)
    data = json.loads((repository / "record" / "record.json").read_text(encoding="utf-8"))
    assert [entry["path"] for entry in data["corpus"]] == ["own.guidance", "specs/x.care", "specs/y ü.care"]
    assert data["waivers"][0] == {
        "service": "x", "rule": "bare-days", "field": "wait step-2", "until": "31 March 2013",
        "reason": "Bookings move to a new system", "agreed-by": "Head of Commissioning",
        "registered": False, "counts": True,
    }  # fmt: skip
    report = json.loads((repository / "record" / "report.json").read_text(encoding="utf-8"))
    assert {finding["path"] for finding in report["findings"]} <= {"specs/x.care", "specs/y ü.care", "own.guidance"}
    assert report["today"] == "2012-09-01" and report["findings"]


def test_it_is_the_same_bytes_wherever_it_is_made(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept()
    other = made(tmp_path / "an other" / "place", monkeypatch)
    monkeypatch.chdir(other / "elsewhere")
    run("check", "--record", "../record", "--today", "2012-09-01")
    for name in ("record.json", "report.json"):
        assert (other / "record" / name).read_bytes() == (repository / "record" / name).read_bytes()
    assert run("verify", str(repository / "record")).exit_code == 0, "in a copy, and from another folder"


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(top: Path) -> None:
        text = (top / path).read_text(encoding="utf-8")
        assert old in text
        (top / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def removed(path: str) -> Callable[[Path], None]:
    return lambda top: (top / path).unlink()


CHANGES = {
    "`specs/x.care` has changed": replaced("specs/x.care", "over 18", "over 17"),
    "`specs/x.care` is there no more": removed("specs/x.care"),
    "`specs/z.care` was not there then": lambda top: shutil.copy(top / "specs/x.care", top / "specs/z.care") and None,
    "`own.guidance` has changed": replaced("own.guidance", "own 1", "own 1\n# a remark"),
    "is not the report that": replaced("record/report.json", "over-age", "over-agf"),
    "the record was made with carespec 9": replaced("record/record.json", '"carespec": "', '"carespec": "9'),
    "the waivers are not those of then": replaced("record/record.json", "Head of Comm", "Head of Fin"),
    "other findings come out": replaced("record/record.json", '"today": "2012-09-01"', '"today": "2013-09-01"'),
}


@pytest.mark.parametrize("told", CHANGES)
def test_whatever_changes_is_said(repository: Path, told: str) -> None:
    kept()
    CHANGES[told](repository)
    done = run("verify", "record")
    assert done.exit_code == 1 and told in done.stdout and done.stdout.endswith("The record does not hold.\n")


def test_the_figures_that_ship_belong_to_it(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept()
    assert run("verify", "record").exit_code == 0
    shipped = default("psychological-therapies")
    dearer = {**shipped, "dna": shipped["dna"]._replace(likely=0.2)}
    monkeypatch.setattr(assurance, "default", {"psychological-therapies": dearer}.get)
    done = run("verify", "record")
    assert done.exit_code == 1
    assert "the set of figures about `psychological-therapies` is not the one of then" in done.stdout


def test_settings_and_the_baseline_belong_to_it(repository: Path) -> None:
    run("baseline", "create")
    run("check", "--record", "record", "--ignore", "over-age", "--as-at", "2012-08-01", "--horizon", "2y")
    report = json.loads((repository / "record" / "report.json").read_text(encoding="utf-8"))
    assert report["accepted"] and report["until"] == "2014-08-01"
    (repository / "carespec.toml").unlink()
    assert run("verify", "record").exit_code == 0, "the record says itself how it was made"
    (repository / "carespec-baseline.json").write_text('{"carespec-baseline": 1, "findings": []}', encoding="utf-8")
    assert "`carespec-baseline.json` has changed" in run("verify", "record").stdout


def test_what_is_no_record_is_said(repository: Path) -> None:
    assert run("verify", "nowhere").exit_code == 2
    kept()
    for text, why in (
        ("{", "not written as JSON"),
        ("[]", "no record that"),
        ('{"carespec-record": 1}', "an earlier one"),
    ):
        (repository / "record" / "record.json").write_text(text, encoding="utf-8")
        done = run("verify", "record")
        assert done.exit_code == 2 and why in done.stderr and "Traceback" not in done.stderr


def with_record(repository: Path, change: Callable[[dict[str, Any]], object]) -> Result:
    path = repository / "record" / "record.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return run("verify", "record")


@pytest.mark.parametrize("name", ["configured", "waivers-from", "settings"])
def test_one_that_an_earlier_carespec_made_is_named(repository: Path, name: str) -> None:
    kept()
    done = with_record(repository, lambda data: data["asked"].pop(name))
    assert done.exit_code == 2
    assert done.stderr == (
        f"carespec: `record` holds no record that can be verified: its record.json does not say `asked.{name}` as this "
        "carespec does: an earlier one made it, or somebody has changed it; `carespec check --record DIR` makes a new "
        "one\n"
    )


@pytest.mark.parametrize("value", [None, 5, [], [1], {"a": 1}, "x"], ids=repr)
@pytest.mark.parametrize(
    "name", ["carespec", "today", "asked", "corpus", "guidance", "vocabularies", "assumptions", "waivers", "report"]
)
def test_whatever_else_stands_there_is_answered(repository: Path, name: str, value: object) -> None:
    kept()
    done = with_record(repository, lambda data: data.update({name: value}))
    assert done.exit_code in (1, 2) and isinstance(done.exception, SystemExit)


@pytest.mark.parametrize("value", [None, 5, [], [1], {"a": 1}, "x", True], ids=repr)
@pytest.mark.parametrize("name", ["paths", "until", "folder", "configured", "waivers-from", "settings"])
def test_whatever_else_was_asked_is_answered(repository: Path, name: str, value: object) -> None:
    kept()
    before = json.loads((repository / "record" / "record.json").read_text(encoding="utf-8"))["asked"][name]
    done = with_record(repository, lambda data: data["asked"].update({name: value}))
    assert (done.exit_code == 0) == (value == before), "a record that somebody has changed does not hold"
    assert done.exit_code == 0 or isinstance(done.exception, SystemExit)


def test_a_record_that_git_gave_other_line_ends_holds(repository: Path) -> None:
    kept()
    for name in ("record.json", "report.json"):
        path = repository / "record" / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert run("verify", "record").exit_code == 0


def test_a_file_that_cannot_be_read_is_no_basis(repository: Path) -> None:
    (repository / "specs" / "gone.care").symlink_to("nowhere")
    done = kept()
    assert done.exit_code == 2 and not (repository / "record").exists()
