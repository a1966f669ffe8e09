"""Waivers that stand in a register: what they waive, what is wrong with them, and which count, in real repositories."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from carespec.cli import carespec
from carespec.source import from_text
from carespec.workspace import Workspace
from support import no_upper_age

PACK = no_upper_age("severity: must")
NORTH = "service north\nstatus: published-extract\nmaximum-age: 65 years\n"
SOUTH = "service south\nstatus: published-extract\nmaximum-age: none\n"
CONFIG = 'guidance = ["./local.guidance"]\nwaivers = "waivers.care"\n'
WHY = '"The older adults\' service carries on" agreed by "Clinical Lead"'
LINE = f"waive no-upper-age for north until 31 March 2013: {WHY}\n"
FAILS, WAIVED = "must no-upper-age", ""

Run = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    texts = {"north.care": NORTH, "south.care": SOUTH, "carespec.toml": CONFIG, "local.guidance": PACK}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def invoke(*words: str) -> Result:
    return CliRunner().invoke(carespec, list(words))


def told(*words: str) -> list[str]:
    """The findings of a run over the corpus, or over the files named, each by place, severity and name."""
    done = invoke("check", "--output", "json", "--today", "2012-09-01", *words)
    assert done.exit_code in (0, 1), done.output
    found = json.loads(done.stdout)["findings"]
    return [
        f"{one['path'].removeprefix('./')}:{one['range']['start']['line']} {one['severity']} {one['name']}"
        for one in found
        if one["outcome"] == "fails"
    ]


def register(folder: Path, *lines: str) -> None:
    (folder / "waivers.care").write_text("waivers all\n\n" + "".join(lines), encoding="utf-8")


def test_a_line_of_the_register_waives(folder: Path) -> None:
    register(folder)
    assert told() == ["north.care:3 must no-upper-age"]
    register(folder, LINE)
    assert told() == told("north.care") == told("waivers.care") == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (LINE.replace("2013", "2012"), "should waiver-expired"),
        (LINE.replace("for north", "for south"), "should waiver-unused"),
        (LINE.replace("for north", "for norht"), "should waiver-of-no-service"),
        (LINE.replace("no-upper-age", "no-uper-age"), "should waiver-of-no-rule"),
        (LINE.replace("Clinical Lead", "TBC"), "should waiver-without-reason"),
        (LINE.replace("31 March", "31 Febuary"), "must impossible-date"),
        (LINE.replace("for north ", ""), "must waiver-without-service"),
    ],
)
def test_what_is_wrong_with_a_line_is_told_on_it(folder: Path, line: str, name: str) -> None:
    register(folder, line)
    assert told() == told("waivers.care", "north.care") == ["north.care:3 must no-upper-age", f"waivers.care:3 {name}"]


def test_too_wide_a_line_says_what_to_write(folder: Path) -> None:
    pack = PACK.replace("require: maximum-age is none", "require: maximum-age is none\n  require: minimum-age is none")
    pack = pack.replace("passes: maximum-age is none", "passes: maximum-age is none and minimum-age is none")
    (folder / "local.guidance").write_text(pack, encoding="utf-8")
    (folder / "north.care").write_text(NORTH + "minimum-age: 18 years\n", encoding="utf-8")
    register(folder, LINE)
    assert "waivers.care:3 should waiver-too-wide" in told()
    assert "`waive no-upper-age for north on maximum-age until " in invoke("check", "--today", "2012-09-01").stdout


def test_what_a_service_has_in_the_register_is_told_with_it_as_elsewhere(folder: Path) -> None:
    """And of another service nothing: so single files add up to what a run over everything tells."""
    register(folder, LINE.replace("2013", "2012"), LINE.replace("for north", "for south"))
    parts = {name: told(name) for name in ("north.care", "south.care", "waivers.care")}
    assert parts["north.care"] == ["north.care:3 must no-upper-age", "waivers.care:3 should waiver-expired"]
    assert parts["south.care"] == ["waivers.care:4 should waiver-unused"]
    assert sorted({one for part in parts.values() for one in part}) == sorted(told())
    shown = invoke("check", "south.care", "--today", "2012-09-01").stdout
    assert "a file that was not named" in shown


def test_a_register_that_stands_outside_the_corpus_belongs_to_it(folder: Path) -> None:
    (folder / "specs").mkdir()
    for name in ("north.care", "south.care"):
        (folder / name).rename(folder / "specs" / name)
    (folder / "carespec.toml").write_text(CONFIG + 'corpus = ["specs"]\n', encoding="utf-8")
    register(folder, LINE)
    assert told() == told("specs/north.care") == []
    assert told("--today", "2014-01-01") == [
        "specs/north.care:3 must no-upper-age",
        "waivers.care:3 should waiver-expired",
    ]


def test_a_register_that_nobody_named_is_told(folder: Path) -> None:
    (folder / "carespec.toml").write_text('guidance = ["./local.guidance"]\n', encoding="utf-8")
    register(folder, LINE)
    assert told() == ["north.care:3 must no-upper-age", "waivers.care:3 should register-not-named"]


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ('waivers = "no.care"', "there is no register `no.care`"),
        ('waivers = "north.care"', "`north.care` is no register: one begins with `waivers` and a name"),
        ('waivers = "waivers.txt"', "the register `waivers.txt` is no `.care` file"),
    ],
)
def test_a_register_that_is_none_ends_the_run(folder: Path, config: str, says: str) -> None:
    (folder / "carespec.toml").write_text(config, encoding="utf-8")
    for command in (["check"], ["waivers"], ["config", "check"]):
        done = invoke(*command)
        assert done.exit_code == 2 and says in done.stderr, command


def test_a_change_of_the_register_is_seen_through_the_cache(folder: Path) -> None:
    register(folder, LINE)
    assert told("north.care") == told("north.care") == []
    register(folder, LINE.replace("for north", "for south"))
    assert "north.care:3 must no-upper-age" in told("north.care")


def test_waivers_lists_both_with_their_places(folder: Path) -> None:
    register(folder, LINE)
    own = f"waive no-upper-age on maximum-age until 2014: {WHY}\n"
    (folder / "north.care").write_text(NORTH + own, encoding="utf-8")
    done = invoke("waivers", "--today", "2012-09-01", "north.care")
    assert done.stdout.splitlines()[::2] == [
        "waivers.care:3: no-upper-age for north until 31 March 2013",
        "north.care:4: no-upper-age on maximum-age until 2014",
        "2 waivers.",
    ]
    assert json.loads(invoke("waivers", "south.care", "--output", "json").stdout) == []


def test_the_register_is_formatted(folder: Path) -> None:
    register(folder, LINE.replace("waive no", "  Waive   no").replace("31 March 2013", "2013-03-31"))
    assert invoke("format").exit_code == 0
    assert (folder / "waivers.care").read_text(encoding="utf-8").endswith(LINE)


def test_what_ends_is_on_the_horizon(folder: Path) -> None:
    register(folder, LINE)
    done = invoke("check", "--today", "2012-09-01", "--horizon", "12m", "--output", "json")
    (entry,) = json.loads(done.stdout)["coming"]
    assert (entry["day"], entry["service"], entry["who"]) == ("2013-04-01", "north", "Clinical Lead")


def test_a_record_says_what_the_register_held(folder: Path) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    register(folder, LINE)
    assert invoke("check", "--record", "record", "north.care", "--today", "2012-09-01").exit_code == 0
    assert json.loads((folder / "record/record.json").read_text())["waivers"][0]["registered"] is True
    assert invoke("verify", "record").stdout == "The record of 2012-09-01 holds.\n"
    register(folder, LINE.replace("Lead", "Head"))
    assert "`waivers.care` has changed" in invoke("verify", "record").stdout


def test_in_python_a_register_is_no_service() -> None:
    workspace = Workspace((from_text("waivers.care", f"waivers all\n{LINE}"),))
    assert workspace.services() == ()
    assert [one.name for one in workspace.check().findings] == ["register-not-named"]


# --- which count ---


@pytest.fixture
def git(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A repository whose branch `main` has everything but a waiver; the work goes on in another branch."""
    for who in ("AUTHOR", "COMMITTER"):
        for what in ("NAME", "EMAIL"):
            monkeypatch.setenv(f"GIT_{who}_{what}", "tests@localhost")

    def run(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout

    register(folder)
    run("init", "-q", "-b", "main")
    run("add", "-A")
    run("commit", "-q", "-m", "no waiver yet")
    run("checkout", "-q", "-b", "change")
    return run


FROM_MAIN = ("--waivers-from", "git:main")
STAYS_RED = ["north.care:3 must no-upper-age", "waivers.care:3 may waiver-not-agreed-yet"]


def test_a_change_cannot_waive_itself(folder: Path, git: Run) -> None:
    register(folder, LINE)
    assert told() == []
    assert told(*FROM_MAIN) == STAYS_RED
    git("commit", "-qam", "waive")
    assert told(*FROM_MAIN) == STAYS_RED
    git("branch", "-f", "main", "change")
    assert told(*FROM_MAIN) == []


def test_neither_in_its_own_document(folder: Path, git: Run) -> None:
    (folder / "north.care").write_text(NORTH + LINE.replace(" for north", ""), encoding="utf-8")
    assert told(*FROM_MAIN) == ["north.care:3 must no-upper-age", "north.care:4 may waiver-not-agreed-yet"]


@pytest.mark.parametrize(
    "edit", [("2013", "2014"), ("Clinical Lead", "Me"), ("carries on", "goes on"), ("no-", "local.no-")]
)
def test_what_was_agreed_counts_word_for_word(folder: Path, git: Run, edit: tuple[str, str]) -> None:
    register(folder, LINE)
    git("commit", "-qam", "waive")
    git("branch", "-f", "main", "change")
    register(folder, LINE.replace(*edit))
    assert told(*FROM_MAIN) == STAYS_RED


def test_wherever_it_stands(folder: Path, git: Run) -> None:
    """A waiver that was agreed in the document may move to the register, and documents may be renamed."""
    (folder / "north.care").write_text(NORTH + LINE.replace(" for north", ""), encoding="utf-8")
    git("commit", "-qam", "waive")
    git("branch", "-f", "main", "change")
    (folder / "north.care").unlink()
    (folder / "moved.care").write_text(NORTH, encoding="utf-8")
    register(folder, LINE)
    assert told(*FROM_MAIN) == []


def test_another_register_does_not_help(folder: Path, git: Run) -> None:
    (folder / "own.care").write_text(f"waivers own\n\n{LINE}", encoding="utf-8")
    (folder / "carespec.toml").write_text(CONFIG.replace("waivers.care", "own.care"), encoding="utf-8")
    assert "north.care:3 must no-upper-age" in told(*FROM_MAIN)


def test_what_was_taken_away_no_longer_counts(folder: Path, git: Run) -> None:
    register(folder, LINE)
    git("commit", "-qam", "waive")
    git("branch", "-f", "main", "change")
    register(folder)
    assert told(*FROM_MAIN) == ["north.care:3 must no-upper-age"]


def test_the_list_says_what_does_not_count(folder: Path, git: Run) -> None:
    register(folder, LINE)
    done = invoke("waivers", "--today", "2012-09-01", *FROM_MAIN)
    assert "(not agreed yet, so it waives nothing)" in done.stdout and "of which 1 not agreed yet." in done.stdout
    (one,) = json.loads(invoke("waivers", "--today", "2012-09-01", "--output", "json", *FROM_MAIN).stdout)
    assert one["stands"] is False


def test_a_record_keeps_which_revision_was_asked(folder: Path, git: Run) -> None:
    register(folder, LINE)
    assert invoke("check", "--record", "record", "--today", "2012-09-01", *FROM_MAIN).exit_code == 1
    record = json.loads((folder / "record/record.json").read_text())
    assert record["waivers"][0]["counts"] is False
    git("commit", "-qam", "waive")
    git("branch", "-f", "main", "change")
    assert invoke("verify", "record").stdout == "The record of 2012-09-01 holds.\n"


def test_the_index_holds_the_register_and_the_configuration(folder: Path, git: Run) -> None:
    register(folder, LINE)
    assert told("--from-index") == told("--from-index", "north.care") == ["north.care:3 must no-upper-age"]
    git("add", "waivers.care")
    assert told("--from-index") == told("--from-index", "north.care") == []
    (folder / "carespec.toml").write_text("nonsense", encoding="utf-8")
    (folder / "local.guidance").unlink()
    assert told("--from-index") == []
    git("rm", "-q", "--cached", "waivers.care")
    done = invoke("check", "--from-index")
    assert done.exit_code == 2 and "no register `waivers.care` in the index of git" in done.stderr


@pytest.mark.parametrize(
    ("since", "says"),
    [
        ("main", "--waivers-from takes a revision such as `git:main`, and `main` is none"),
        ("git:", "`git:` is none"),
        ("git:--help", "`git:--help` is none"),
        (
            "git:gone",
            "it knows no revision `gone` here; where the repository was cloned in part, fetch that branch first",
        ),
    ],
)
def test_what_is_no_revision_is_said(folder: Path, git: Run, since: str, says: str) -> None:
    done = invoke("check", "--waivers-from", since)
    assert done.exit_code == 2 and says in done.stderr
