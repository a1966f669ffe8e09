"""The command line as a person or a script meets it: exit codes, streams, files, and words for what went wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from carespec import __version__
from carespec.cli import carespec
from support import TOP

GOOD = "service northshire\n\nstatus: reconstruction\nminimum-age: 18 years\n"
BAD = "service northshire\n\nstatus: reconstruction\nminimum-age 18 years\n"
WARNED = "service northshire\n\nstatus: reconstruction\nminimum-age: over 18 years\n"


def run(*arguments: str, input: str | None = None) -> Result:
    return CliRunner().invoke(carespec, list(arguments), input=input)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.care").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (GOOD, [], 0),
        (BAD, [], 1),
        (BAD, ["--fail-on", "never"], 0),
        (WARNED, [], 0),
        (WARNED, ["--fail-on", "should"], 1),
        (WARNED, ["--fail-on", "may"], 1),
        (WARNED, ["--fail-on", "should", "--ignore", "over-age"], 0),
        (WARNED, ["--fail-on", "should", "--select", "over-age"], 1),
        (GOOD + 'source page: "Page" read in part\n', ["--ignore", "uncited-source", "--require-checked"], 1),
    ],
)
def test_exit_codes(text: str, options: list[str], code: int, folder: Path) -> None:
    write(folder, a=text)
    assert run("check", "a.care", *options).exit_code == code


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "nowhere.care"], "no file or folder `nowhere.care`"),
        (["check", "."], "no .care or .guidance file"),
        (["check", "a.care", "--select", "over-ages"], "did you mean `over-age`?"),
        (["check", "a.care", "--ignore", "nothing-like-this"], "there is no check `nothing-like-this`"),
        (["check", "a.care", "--select", "over-age", "--ignore", "over-age"], "leave no check to run"),
        (["check", "a.care", "--output", "jsn"], "did you mean `json`?"),
        (["check", "a.care", "--as-at", "1 April"], "takes a date such as 2012-04-01"),
        (["check", "--nonsense"], "No such option"),
        (["explain", "bare-day"], "did you mean `bare-days`?"),
        (["fields", "--section", "nope"], "there is no section `nope`"),
        (["fields", "zzzz"], "no field is like that"),
        (["new", "service", "North Shire"], "such as `north-shire`"),
        (["format", "nowhere"], "no file or folder `nowhere`"),
    ],
)
def test_usage_ends_with_two_and_says_why(arguments: list[str], words: str, folder: Path) -> None:
    if "a.care" in arguments:
        write(folder, a=GOOD)
    done = run(*arguments)
    assert done.exit_code == 2
    assert words in done.output
    assert "Traceback" not in done.output


def test_without_a_path_the_repository_is_checked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "carespec.toml").write_text("")
    (folder / "below").mkdir()
    write(folder, a=BAD)
    monkeypatch.chdir(folder / "below")
    done = run("check", "--output", "concise")
    assert done.exit_code == 1
    assert f"..{os.sep}a.care:4:" in done.output


def test_standard_input(folder: Path) -> None:
    done = run("check", "-", "--stdin-filename", "north/shire.care", input=BAD)
    assert done.exit_code == 1
    assert done.output.startswith("north/shire.care:4:13: must colon-missing")
    assert "4 | minimum-age 18 years" in done.output


def test_several_outputs_in_one_run(folder: Path) -> None:
    write(folder, a=BAD)
    done = run("check", "a.care", "--output", "concise", "--output", "json=report.json")
    assert "colon-missing" in done.output
    assert json.loads((folder / "report.json").read_text())["summary"]["fails"] == 1


def test_as_at_is_recorded_with_where_it_comes_from(folder: Path) -> None:
    write(
        folder,
        a=GOOD,
        b=GOOD.replace("northshire", "b") + "signed: 17 August 2012\n",
        c=GOOD + "contract: from 1 April 2013\n",
    )

    def origins(*options: str) -> list[tuple[str, str]]:
        services = json.loads(run("check", ".", "--output", "json", *options).output)["services"]
        return [(service["as-at"], service["as-at-from"]) for service in services]

    assert origins("--today", "2020-02-02") == [
        ("2020-02-02", "today"),
        ("2012-08-17", "signed"),
        ("2013-04-01", "contract"),
    ]
    assert {day for day, _ in origins("--as-at", "2015-05-05")} == {"2015-05-05"}


def test_many_files_in_several_processes_give_what_one_gives(folder: Path) -> None:
    texts = (GOOD, BAD, WARNED)
    write(folder, **{f"n{number:03}": texts[number % 3].replace("northshire", f"n{number}") for number in range(120)})
    together = json.loads(run("check", ".", "--output", "json", "--today", "2020-01-01").output)
    alone = [json.loads(run("check", path, "--output", "json").output) for path in sorted(os.listdir("."))[:6]]
    assert len(together["services"]) == 120
    assert together["summary"]["fails"] == 80
    for one in alone:
        assert (
            {**one["findings"][0], "path": ""}
            == next({**f, "path": ""} for f in together["findings"] if f["service"] == one["findings"][0]["service"])
            if one["findings"]
            else True
        )


def test_format(folder: Path) -> None:
    write(folder, a="SERVICE northshire\nminimum-age :18 years   # why\n", b="service b\n")
    assert run("format", "--check", ".").exit_code == 1
    assert "+minimum-age: 18 years  # why" in run("format", "--diff", ".").output
    done = run("format", ".")
    assert done.exit_code == 0 and "formatted" in done.output
    assert (folder / "a.care").read_text() == "service northshire\nminimum-age: 18 years  # why\n"
    assert run("format", "--check", ".").exit_code == 0
    assert run("format", "-", input="service  x\n").output == "service x\n"


def test_format_leaves_what_it_cannot_read(folder: Path) -> None:
    write(folder, a="service northshire\nminimum-age   18 years\n")
    done = run("format", ".")
    assert (folder / "a.care").read_text() == "service northshire\nminimum-age   18 years\n"
    assert "cannot be read: lines 2" in done.output


def test_new_service_writes_once(folder: Path) -> None:
    assert run("new", "service", "northshire").exit_code == 0
    before = (folder / "northshire.care").read_text()
    again = run("new", "service", "northshire")
    assert again.exit_code == 2 and "left as it is" in again.output
    assert (folder / "northshire.care").read_text() == before
    assert run("check", "northshire.care").exit_code == 0
    assert run("format", "--check", "northshire.care").exit_code == 0


def test_fields_and_explain() -> None:
    assert "minimum-age: 18 years" in run("fields").output
    assert {field["name"] for field in json.loads(run("fields", "letter", "--output", "json").output)} >= {"dna-letter"}
    assert "Why it matters" in run("explain", "bare-days").output
    assert "Youngest age seen" in run("explain", "minimum-age").output
    assert "There is no colon" in run("explain", "colon-missing").output
    assert "bare-days" in run("explain").output


@pytest.mark.parametrize("name", ["header-missing", "header-repeated", "unseen-character", "not-utf-8", "unexpected"])
def test_every_name_in_a_finding_is_explained(name: str) -> None:
    assert f"# {name}" in run("explain", name).output


def test_version_and_help() -> None:
    assert run("--version").output == f"carespec {__version__}\n"
    for command in ("check", "format", "fields", "explain", "new"):
        assert command in run("--help").output
        assert run(command, "--help").exit_code == 0


def test_a_fault_of_the_program_is_not_a_finding() -> None:
    code = (
        "import carespec.engine as e, sys; e.Engine.check = lambda *a: 1/0; sys.argv = ['carespec', 'check', 'specs']; "
    )
    done = subprocess.run(
        [sys.executable, "-c", code + "from carespec.cli import main; main()"],
        cwd=TOP, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "This is a fault of carespec" in done.stderr and "Traceback" not in done.stderr


def test_a_closed_pipe_is_quiet() -> None:
    done = subprocess.run(
        f"{sys.executable} -m carespec check specs | head -1",
        shell=True, cwd=TOP, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout and not done.stderr
