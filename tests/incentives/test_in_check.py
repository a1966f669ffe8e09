"""`carespec check --incentives full` as a person meets it: what the text leaves open, figures decide."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from carespec.cli import carespec
from support import TOP

CARE = """service east

indicated-sessions step-2: 8
pay step-2: £367.29 per course
  when sessions is at least 2
pay recovery-step-2: £150.00 per course
  when recovered at last reading
"""
PACK = """guidance ours

title: "Ours"
version: 1

source board: "Minutes of the board", "East"

rule nobody-is-let-go-early "No payment rewards letting people go early"
  severity: must
  authority: local
  text: [board 3]
  require: incentive stop-at-minimum is one of absent, possible, does-not-apply
  message: "Letting people go earns {gain} more."
  affects: "people who are still ill"
  fix: "Pay by the session."
  passes: incentive stop-at-minimum is absent
  fails: incentive stop-at-minimum is robust
"""
DAY = ("--today", "2012-09-01")


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "corpus" / ".git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "corpus")
    Path("east.care").write_text(CARE, encoding="utf-8")
    Path("ours.guidance").write_text(PACK, encoding="utf-8")


def check(*words: str, command: str = "check") -> Result:
    given = ("--guidance", "ours.guidance", "--select", "nobody-is-let-go-early") if command == "check" else ()
    return CliRunner().invoke(carespec, [command, "east.care", *DAY, *given, *words])


def test_what_the_text_leaves_open_is_decided_in_full_and_the_option_is_named() -> None:
    plain = check()
    assert plain.exit_code == 0
    assert "does not prove it, and figures decide only with `--incentives full`, so nobody can tell" in plain.output
    full = check("--incentives", "full")
    assert (full.exit_code, "Not decided" in full.output) == (1, False)
    assert "east.care:4:13: must nobody-is-let-go-early" in full.output
    assert "Letting people go earns £160.83 (at the likely figures) more." in full.output


def test_a_repository_can_always_ask_for_all() -> None:
    Path("carespec.toml").write_text('incentives = "full"\n', encoding="utf-8")
    assert check().exit_code == 1
    assert check("--incentives", "text").exit_code == 0
    assert "carespec.toml:1" in CliRunner().invoke(carespec, ["config", "show"]).output


def test_the_cache_tells_figures_apart() -> None:
    """Each answer is that of a run that keeps nothing, in whatever order the runs are made, and twice."""
    mine = "mine.yaml"
    with open(os.path.join(TOP, "specs", "assumptions", "psychological-therapies.yaml"), encoding="utf-8") as file:
        text = file.read()
    asked = [(), ("--incentives", "full"), ("--incentives", "full", "--assume", "cost.session.step-2=0..1")]
    for words in (*asked, *reversed(asked)):
        assert check(*words).output == check(*words, "--no-cache").output
    Path(mine).write_text(text, encoding="utf-8")
    dear = check("--incentives", "full", "--assumptions", mine)
    Path(mine).write_text(
        text.replace("low: 20\n    likely: 35\n    high: 99", "low: 0\n    likely: 0\n    high: 1"), "utf-8"
    )
    cheap = check("--incentives", "full", "--assumptions", mine)
    assert (dear.exit_code, cheap.exit_code) == (1, 0)


def test_a_record_holds_with_the_figures_that_it_was_made_with() -> None:
    with open(os.path.join(TOP, "specs", "assumptions", "psychological-therapies.yaml"), encoding="utf-8") as file:
        Path("mine.yaml").write_text(file.read(), encoding="utf-8")
    check("--incentives", "full", "--assumptions", "mine.yaml", "--assume", "dna=10%", "--record", "record")
    verify = CliRunner().invoke(carespec, ["verify", "record"])
    assert (verify.exit_code, verify.output) == (0, "The record of 2012-09-01 holds.\n")
    with Path("mine.yaml").open("a", encoding="utf-8") as file:
        file.write("# seen\n")
    assert "`mine.yaml` has changed" in CliRunner().invoke(carespec, ["verify", "record"]).output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--incentives", "all"), "--incentives takes `text` or `full`"),
        (("--assume", "dnaa=5%"), "nothing is assumed about `dnaa`; did you mean `dna`?"),
        (("--assumptions", "nowhere.yaml"), "`nowhere.yaml` cannot be read"),
    ],
)
def test_bad_input_gets_an_answer(words: tuple[str, ...], said: str) -> None:
    done = check(*words)
    assert (done.exit_code, said in done.output) == (2, True)
