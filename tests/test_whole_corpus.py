"""Files that are named are judged beside the rest of their corpus: any split of it tells what a run over all tells."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.checks import all_checks
from carespec.cli import carespec
from carespec.guidance.law import Law
from carespec.guidance.library import shipped
from carespec.records import Finding
from carespec.source import from_text
from carespec.workspace import check_sources, report
from support import TOP

DAY = date(2013, 3, 2)
ONE = "service {name}\nstatus: published-extract\nprogramme: iapt\n"
LINES = (
    "minimum-age: 16 years", "minimum-age: 18 years", "pay step-3: £300.00 per course",
    "pay step-3: £500.00 per course",
    "pay step-3: £90.00 per session", "minimm-age: 18 years", "caseness-required: none",
    "wait step-2: within 10 working days of referral", "wait step-2: within 28 days of referral",
)  # fmt: skip
SERVICE = st.tuples(st.sampled_from("abcdef"), st.sets(st.sampled_from(LINES), max_size=4))


def written(service: tuple[str, set[str]]) -> str:
    return ONE.format(name=service[0]) + "\n".join(sorted(service[1])) + "\n"


def bare(found: tuple[Finding, ...]) -> set[Finding]:
    """Findings, whatever file a run was about."""
    return {finding._replace(elsewhere=False) for finding in found}


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.lists(SERVICE, min_size=1, max_size=7), st.integers(0, 1000))
def test_any_split_tells_the_same(services: list[tuple[str, set[str]]], seed: int) -> None:
    law = Law(shipped(), DAY, None)
    sources = [from_text(f"{number}.care", written(one)) for number, one in enumerate(services)]
    looked = check_sources(sources, all_checks(), DAY, law)
    whole = report(looked, all_checks(), DAY, law=law)
    paths = [source.path for source in sources]
    Random(seed).shuffle(paths)
    middle = seed % len(paths)
    told: set[Finding] = set()
    for batch in filter(None, (paths[:middle], paths[middle:])):
        aside = frozenset(paths) - set(batch)
        run = report(looked, all_checks(), DAY, law=law, aside=aside)
        mine = {f for f in run.findings if f.path in batch}
        assert mine == {f for f in whole.findings if f.path in batch}
        assert {f.path for f in run.findings if f.elsewhere} <= aside
        assert [ref.path for ref in run.services] == sorted(batch)
        told |= bare(run.findings)
    assert told == bare(whole.findings)


def run(*arguments: str, text: str | None = None) -> dict[str, object]:
    done = CliRunner().invoke(carespec, ["check", "--output", "json", "--today", "2013-03-02", *arguments], input=text)
    assert done.exit_code in (0, 1), done.output
    told: dict[str, object] = json.loads(done.output)
    return told


def named(told: dict[str, object], name: str) -> list[tuple[str, bool]]:
    return [(f["path"], f["elsewhere"]) for f in told["findings"] if f["name"] == name]  # type: ignore[attr-defined]


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for path, name in (("specs/a.care", "x"), ("specs/b.care", "x"), ("specs/c.care", "y"), ("elsewhere/d.care", "x")):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        Path(path).write_text(ONE.format(name=name), encoding="utf-8")
    Path("carespec.toml").write_text('corpus = ["specs"]\n', encoding="utf-8")
    return tmp_path


def test_one_file_of_a_corpus(corpus: Path) -> None:
    first, second = run("specs/a.care"), run("specs/b.care")
    assert named(first, "duplicate-service") == [("specs/b.care", True)]
    assert named(second, "duplicate-service") == [("specs/b.care", False)]
    assert named(run("specs/c.care"), "duplicate-service") == []
    summary = first["summary"]
    assert (summary["services"], summary["beside"]) == (1, 2)  # type: ignore[index]


def test_again_after_a_change_in_another_file(corpus: Path) -> None:
    """What was kept of the first run is of no use."""
    assert named(run("specs/b.care"), "duplicate-service")
    (corpus / "specs/a.care").write_text(ONE.format(name="z"), encoding="utf-8")
    assert not named(run("specs/b.care"), "duplicate-service")
    (corpus / "specs/a.care").unlink()
    assert not named(run("specs/b.care"), "duplicate-service")


def test_kept_or_worked_out_again(corpus: Path) -> None:
    for _ in range(2):
        assert run("specs/a.care") == run("specs/a.care", "--no-cache")


def test_a_file_outside_of_the_corpus_stands_alone(corpus: Path) -> None:
    told = run("elsewhere/d.care")
    assert (named(told, "duplicate-service"), told["summary"]["beside"]) == ([], 0)  # type: ignore[index]


def test_without_a_configuration_nobody_said_what_the_corpus_is(corpus: Path) -> None:
    (corpus / "carespec.toml").unlink()
    assert named(run("specs/b.care"), "duplicate-service") == []
    assert named(run("specs"), "duplicate-service") == [("specs/b.care", False)]


def test_a_text_stands_in_for_its_file(corpus: Path) -> None:
    assert named(run("-", "--stdin-filename", "specs/c.care", text=ONE.format(name="x")), "duplicate-service")
    assert not named(run("-", "--stdin-filename", "specs/b.care", text=ONE.format(name="w")), "duplicate-service")


def test_a_corpus_that_is_not_there(corpus: Path) -> None:
    (corpus / "carespec.toml").write_text('corpus = ["specs", "lost"]\n', encoding="utf-8")
    done = CliRunner().invoke(carespec, ["check", "specs/a.care"])
    assert (done.exit_code, "`lost`" in done.output) == (2, True)


def git(*words: str) -> None:
    subprocess.run(["git", *words], check=True, capture_output=True)


def test_from_the_index(corpus: Path) -> None:
    git("init", "-q")
    git("add", "-A")
    Path("specs/a.care").write_text(ONE.format(name="changed"), encoding="utf-8")
    Path("specs/e.care").write_text(ONE.format(name="y"), encoding="utf-8")
    assert named(run("--from-index", "specs/b.care"), "duplicate-service") == [("specs/b.care", False)]
    assert named(run("--from-index", "specs/c.care"), "duplicate-service") == []
    assert run("--from-index")["summary"]["services"] == 3  # type: ignore[index]
    os.remove("specs/b.care")
    assert named(run("--from-index", "specs"), "duplicate-service") == [("specs/b.care", False)]
    os.chdir("specs")
    assert named(run("--from-index", "a.care"), "duplicate-service") == [("b.care", True)]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("specs/new.care",), "`git add` it first"),
        (("-",), "neither with standard input"),
        (("--fix",), "neither with standard input"),
    ],
)
def test_what_the_index_cannot_give(corpus: Path, arguments: tuple[str, ...], says: str) -> None:
    git("init", "-q")
    git("add", "-A")
    text = ONE.format(name="n") + "minimm-age:   18 years\n"
    Path("specs/new.care").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(carespec, ["check", "--from-index", *arguments], input="service x\n")
    assert (done.exit_code, says in done.output) == (2, True), done.output
    assert Path("specs/new.care").read_text(encoding="utf-8") == text, "what is refused has done nothing before"


def test_a_file_in_conflict_is_named(corpus: Path) -> None:
    git("init", "-q")
    blob = subprocess.run(["git", "hash-object", "-w", "specs/a.care"], check=True, capture_output=True, text=True)
    stages = "".join(f"100644 {blob.stdout.strip()} {stage}\tspecs/a.care\n" for stage in (1, 2, 3))
    subprocess.run(["git", "update-index", "--index-info"], input=stages, check=True, text=True)
    done = CliRunner().invoke(carespec, ["check", "--from-index"])
    assert (done.exit_code, "`specs/a.care` is in conflict" in done.output) == (2, True)


NO_NETWORK = """
import sys
def forbid(event, arguments):
    if event.startswith("socket."):
        raise AssertionError(event)
sys.addaudithook(forbid)
from carespec.cli import main
main()
"""


@pytest.mark.parametrize(
    "arguments",
    [("check", "specs"), ("check", "--from-index", "specs", "--output", "sarif", "--no-cache"), ("compare", "specs")],
    ids=" ".join,
)
def test_no_run_asks_the_network(corpus: Path, arguments: tuple[str, ...]) -> None:
    git("init", "-q")
    git("add", "-A")
    environment = {**os.environ, "PYTHONPATH": os.path.join(TOP, "src")}
    done = subprocess.run(
        [sys.executable, "-c", NO_NETWORK, *arguments], env=environment, capture_output=True, text=True
    )
    assert done.returncode in (0, 1), done.stderr
    assert "x" in done.stdout and "socket" not in done.stderr
