"""`carespec test`: what a pack's author is told, and the exit code."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from carespec.cli.test import command
from carespec.source import from_text
from carespec.trials import try_sources

HEAD = """guidance local

title: "Local rules"
version: 1

source study: "Mental Health's Market Experiment", "University of Chester" published 2013

"""
RULE = """rule no-upper-age "Nobody is too old"
  severity: must
  authority: local
  text: [study 4.2]
  require: maximum-age is none
  message: "This specification stops at {maximum-age}."
  affects: "people who are older than that"
  fix: "Write `maximum-age: none`."
"""
EXAMPLES = """  passes: maximum-age is none
  fails: maximum-age is 65 years
  fails: maximum-age is not stated
  cannot-tell: maximum-age is in words "adults"
"""


def _found(text: str) -> list[tuple[str, int, str]]:
    report = try_sources([from_text("local.guidance", text)])
    return [(f.name, f.span.start.line, f.fix.text if f.fix else "") for f in report.findings]


def test_a_tested_rule_is_clean() -> None:
    assert _found(HEAD + RULE + EXAMPLES) == []


def test_an_example_that_does_not_hold_is_told_with_both_ways_out() -> None:
    found = _found(HEAD + RULE + EXAMPLES + "  passes: maximum-age is 70 years\n")
    line = (HEAD + RULE + EXAMPLES).count("\n") + 1
    fix = "Write `fails: maximum-age is 70 years` if that is right; if not, change what `no-upper-age` requires."
    assert found == [("example-fails", line, fix)]


def test_an_example_that_cannot_be_read_is_told_once_and_its_rule_is_not_tried() -> None:
    found = _found(HEAD + RULE + EXAMPLES + "  fails: maximum-age is high\n")
    assert [name for name, _, _ in found] == ["wrong-type"]


def test_a_slip_that_nobody_would_notice_is_told_at_its_line_with_the_example_to_add() -> None:
    found = _found(HEAD + RULE + "  passes: maximum-age is none\n")
    assert [name for name, _, _ in found] == ["slip-unnoticed"] * len(found)
    assert {line for _, line, _ in found} == {HEAD.count("\n") + 5}
    assert any("`fails: maximum-age is" in fix for _, _, fix in found)


def test_a_rule_without_examples_is_told() -> None:
    assert [name for name, _, _ in _found(HEAD + RULE)] == ["rule-without-examples"]


def test_what_is_wrong_with_the_pack_itself_is_told_too() -> None:
    found = _found(HEAD + RULE + EXAMPLES + "this is no line\n")
    assert len(found) == 1
    assert found[0][1] == (HEAD + RULE + EXAMPLES).count("\n") + 1


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_command(folder: Path) -> None:
    (folder / "local.guidance").write_text(HEAD + RULE + EXAMPLES, encoding="utf-8")
    done = CliRunner().invoke(command, ["."])
    assert done.exit_code == 0, done.output
    assert "Tried 1 guidance pack: 1 rule, 4 examples." in done.output
    (folder / "local.guidance").write_text(HEAD + RULE + "  passes: maximum-age is none\n", encoding="utf-8")
    done = CliRunner().invoke(command, [os.curdir])
    assert done.exit_code == 1
    assert "no example of `no-upper-age` would notice this slip" in done.output


def test_command_without_a_pack_is_not_clean(folder: Path) -> None:
    (folder / "one.care").write_text("service one\n", encoding="utf-8")
    done = CliRunner().invoke(command, ["."])
    assert done.exit_code == 2
    assert "no .guidance file" in done.output
