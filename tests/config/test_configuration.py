"""What a repository sets: which file counts, which value holds, and what is said about one that cannot be used."""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from carespec.cli import carespec
from carespec.config.find import Config, nearest
from carespec.config.problems import problems
from carespec.config.settings import matches, settled
from carespec.config.table import SETTINGS
from support import TOP

OLD = "service x\nstatus: published-extract\nminimum-age: over 18 years\nwait step-2: within 10 days of referral\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two services that have the same two findings, both of them `should`."""
    for folder in (".git", "specs", "drafts"):
        (tmp_path / folder).mkdir()
    (tmp_path / "specs" / "x.care").write_text(OLD, encoding="utf-8")
    (tmp_path / "drafts" / "y.care").write_text(OLD.replace("service x", "service y"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(carespec, list(words))


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def found(*words: str) -> list[tuple[str, str]]:
    """The file and the name of every finding of a run."""
    data = json.loads(run("check", *words, "--output", "json").stdout)
    return [(os.path.normpath(finding["path"]), finding["name"]) for finding in data["findings"]]


def test_without_a_file_everything_has_its_default(repository: Path) -> None:
    assert nearest(".").path == ""
    told = run("config", "show", "specs/x.care").stdout.splitlines()
    assert [line.split()[-1] for line in told] == ["default"] * len(SETTINGS)


def test_the_nearest_file_counts_and_a_pyproject_without_settings_does_not(repository: Path) -> None:
    write(repository / "pyproject.toml", "[tool.carespec]\nfail-on = 'may'\n")
    inner = repository / "specs" / "inner"
    inner.mkdir()
    write(repository / "specs" / "pyproject.toml", "[project]\nname = 'other'\n[tool.other]\n")
    assert nearest(str(inner)).path == str(repository / "pyproject.toml")
    write(repository / "specs" / "carespec.toml", "fail-on = 'should'\n")
    assert nearest(str(inner)).path == str(repository / "specs" / "carespec.toml")
    assert nearest(str(repository)).data == {"fail-on": "may"}


@pytest.mark.parametrize(
    ("text", "code"),
    [("", 0), ("fail-on = 'should'", 1), ("fail-on = 'should'\nignore = ['bare-days', 'over-age']", 0)],
)
def test_the_fail_level_and_what_is_ignored_hold(repository: Path, text: str, code: int) -> None:
    write(repository / "carespec.toml", text)
    assert run("check").exit_code == code


def test_an_option_replaces_what_the_file_says(repository: Path) -> None:
    write(repository / "carespec.toml", "fail-on = 'should'\n[paths.drafts]\nfail-on = 'may'\n")
    assert run("check").exit_code == 1
    assert run("check", "--fail-on", "must").exit_code == 0
    assert {name for _, name in found("--ignore", "over-age")} == {"bare-days"}


def test_the_corpus_is_where_the_file_says_from_any_folder(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(repository / "carespec.toml", "corpus = ['specs']\n")
    assert {path for path, _ in found()} == {"specs/x.care"}
    monkeypatch.chdir(repository / "drafts")
    assert {path for path, _ in found()} == {os.path.join("..", "specs", "x.care")}
    assert {path for path, _ in found("y.care")} == {"y.care"}


def test_some_paths_have_settings_of_their_own(repository: Path) -> None:
    write(
        repository / "carespec.toml",
        "fail-on = 'should'\n[paths.'drafts/**']\nignore = ['over-age']\nfail-on = 'never'\n",
    )
    assert found() == [("drafts/y.care", "bare-days"), ("specs/x.care", "over-age"), ("specs/x.care", "bare-days")]
    assert run("check", "drafts").exit_code == 0
    assert run("check", "specs").exit_code == 1


def test_text_on_standard_input_is_judged_as_the_file_that_it_will_be(repository: Path) -> None:
    write(repository / "carespec.toml", "[paths.drafts]\nignore = ['over-age']\n")
    words = ["check", "-", "--stdin-filename", "drafts/y.care", "--output", "concise"]
    told = CliRunner().invoke(carespec, words, input=OLD)
    assert "bare-days" in told.stdout and "over-age" not in told.stdout


def test_show_says_where_each_value_comes_from(repository: Path) -> None:
    write(repository / "carespec.toml", "# ours\nignore = ['bare-days']\n\n[paths.drafts]\nignore = ['over-age']\n")
    lines = dict(
        re.split(r"\s{2,}", line, maxsplit=1) for line in run("config", "show", "drafts/y.care").stdout.splitlines()
    )
    assert lines["ignore"].split("  ")[0] == "bare-days, over-age"
    assert lines["ignore"].endswith("carespec.toml:2 and carespec.toml:5 (paths drafts)")
    assert lines["fail-on"].endswith("default")


WRONG = {
    "fail_on = 'should'": "carespec.toml:2: there is no setting `fail_on`; did you mean `fail-on`?",
    "igore = []": "carespec.toml:2: there is no setting `igore`; did you mean `ignore`?",
    "fail-on = 'error'": 'carespec.toml:2: `fail-on` takes one of "must", "should", "may", "never", such as',
    "ignore = 'bare-days'": "carespec.toml:2: `ignore` takes a list of texts in quotes, such as `ignore = [",
    "require-checked = 1": "carespec.toml:2: `require-checked` takes true or false",
    "as-at = '2012-02-30'": "carespec.toml:2: `as-at` takes a date such as 2012-04-01",
    "[paths.drafts]\nshow = 'may'": "carespec.toml:3: `show` cannot be set for some paths only",
    "[paths.drafts]\nfail-onn = 'may'": "carespec.toml:3: there is no setting `fail-onn`; did you mean `fail-on`?",
    "paths = 3": "carespec.toml:2: `paths` is a table",
    "corpus = [": "`carespec.toml` is not written as TOML",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_said_with_its_line_and_ends_the_run(repository: Path, text: str) -> None:
    write(repository / "carespec.toml", f"# ours\n{text}\n")
    for words in (("check",), ("config", "check"), ("config", "show")):
        done = run(*words)
        assert done.exit_code == 2 and done.stdout == ""
        assert WRONG[text] in done.stderr.replace(f"{repository}{os.sep}", "")
        assert "Traceback" not in done.stderr


def test_everything_that_is_wrong_is_said_at_once(repository: Path) -> None:
    write(repository / "carespec.toml", "show = 'all'\nfial-on = 'may'\n")
    assert run("check").stderr.count("carespec.toml:") == 2


def test_names_of_checks_are_known(repository: Path) -> None:
    for text in ("ignore = ['bare-day']", "[paths.drafts]\nignore = ['bare-day']"):
        write(repository / "carespec.toml", text)
        done = run("check")
        assert done.exit_code == 2 and "did you mean `bare-days`?" in done.stderr


def test_check_says_that_a_folder_is_not_there(repository: Path) -> None:
    write(repository / "carespec.toml", "corpus = ['specs', 'spec']\n")
    done = run("config", "check")
    assert done.exit_code == 2 and "the corpus has no folder `spec`" in done.stderr
    write(repository / "carespec.toml", "corpus = ['specs']\n")
    assert run("config", "check").stdout == "carespec.toml: nothing is wrong with it\n"


def test_another_file_can_be_named(repository: Path) -> None:
    write(repository / "strict.toml", "fail-on = 'should'\n")
    assert run("check", "--config", "strict.toml").exit_code == 1
    assert "cannot be read" in run("check", "--config", "no.toml").stderr


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("drafts", "drafts/2012/north.care", True),
        ("drafts/", "drafts/north.care", True),
        ("./drafts", "drafts/north.care", True),
        ("draft", "drafts/north.care", False),
        ("*.care", "north.care", True),
        ("*.care", "drafts/north.care", False),
        ("**/*.care", "north.care", True),
        ("**/*.care", "a/b/north.care", True),
        ("a/**/north.care", "a/north.care", True),
        ("a/**", "a/b/c.care", True),
        ("a/?.care", "a/b.care", True),
        ("a/?.care", "a/bb.care", False),
        ("a (1)+[x].care", "a (1)+[x].care", True),
    ],
)
def test_patterns(pattern: str, path: str, fits: bool) -> None:
    assert matches(pattern, path) is fits


def schema() -> Draft202012Validator:
    with open(os.path.join(TOP, "specs", "schemas", "config.schema.json"), encoding="utf-8") as file:
        data = json.load(file)
    Draft202012Validator.check_schema(data)
    return Draft202012Validator(data)


VALUES = st.sampled_from(
    ["must", "never", "shout", "", "2012-04-01", "2012-4-1", True, 3, [], ["a"], ["a", 1], [""], "a", {}, None]
)
KEYS = st.sampled_from([*(each.name for each in SETTINGS), "paths", "other"])
INSIDE = st.dictionaries(KEYS, VALUES, max_size=3)
DATA = st.dictionaries(
    KEYS, st.one_of(VALUES, st.dictionaries(st.just("drafts"), st.one_of(INSIDE, VALUES))), max_size=4
)


@given(DATA)
@settings(max_examples=300, derandomize=True, deadline=None)
def test_the_schema_and_carespec_agree(data: dict[str, object]) -> None:
    """What an editor marks is what ends a run."""
    assert schema().is_valid(data) == (problems(Config("carespec.toml", ".", data)) == [])


def test_the_example_of_the_page_can_be_used() -> None:
    with open(os.path.join(TOP, "docs", "configuration.md"), encoding="utf-8") as file:
        text = file.read().split("```toml\n")[1].split("```")[0]
    config = Config("carespec.toml", ".", tomllib.loads(text), tuple(text.splitlines()))
    assert problems(config) == [] and set(config.data) == {*(each.name for each in SETTINGS), "paths"}
    told = settled(config)
    assert all(told.told(each.name).origin != "default" for each in SETTINGS)
