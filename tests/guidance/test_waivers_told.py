"""What is told of a waiver that waives nothing, or too much: what it names, and the line to write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from carespec.cli import carespec

PACK = """guidance ours
version: 1
source law: "Standards", "NHS Eastborough" published 1 March 2012

rule no-upper-age "Nobody is too old"
  text: [law 1]
  require: maximum-age is none
  message: "{maximum-age}"
  affects: "older people"
  fix: "Write `maximum-age: none`."
  fails: maximum-age is 65 years
rule both-ages "Nobody is too old or too young"
  text: [law 1]
  require: maximum-age is none and minimum-age is none
  message: "{maximum-age}"
  affects: "older people"
  fix: "Write `maximum-age: none`."
  fails: maximum-age is 65 years
rule kept "Children are kept safe"
  waivable: no
  text: [law 2]
  require: maximum-age is none
  message: "{maximum-age}"
  affects: "children"
  fix: "Write more."
  fails: maximum-age is 65 years
rule exclusions "Nobody is excluded"
  text: [law 3]
  require: every exclusion is none
  message: "{exclusion}"
  affects: "whoever is excluded"
  fix: "Write less."
  fails: exclusion psychosis is secondary-care
comparison ages-differ "The oldest age differs"
  among: programme
  measures: maximum-age
  flag-when: highest is more than lowest
  text: [law 4]
  message: "From {lowest} to {highest}."
  affects: "people on one side of a border"
"""
SERVICE = (
    "service {name}\nprogramme: iapt\nmaximum-age: {age}\nminimum-age: 18 years\nexclusion psychosis: secondary-care\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours.guidance").write_text(PACK, encoding="utf-8")
    return tmp_path


def waive(
    what: str, until: str = "31 March 2013", why: str = "The old contract runs on", who: str = "The board"
) -> str:
    return f'waive {what} until {until}: "{why}" agreed by "{who}"'


def told(folder: Path, waiver: str, *words: str, age: str = "65 years") -> list[tuple[str, str, str]]:
    """The name, the message and the fix of what is found at a waiver."""
    (folder / "x.care").write_text(SERVICE.format(name="x", age=age) + waiver + "\n", encoding="utf-8")
    words = ("check", "--guidance", "ours.guidance", "--today", "2012-09-01", "--output", "json", *words)
    data = json.loads(CliRunner().invoke(carespec, list(words)).stdout)
    found = [(f["name"], f["message"], f["fix"]["text"], f["range"]["start"]["line"]) for f in data["findings"]]
    assert all(line == 6 for name, _, _, line in found if name.startswith("waiver-"))
    return [(name, message, fix) for name, message, fix, _ in found if name.startswith("waiver-")]


@pytest.mark.parametrize(
    ("waiver", "name", "message", "fix"),
    [
        (
            waive("bare-days"),
            "waiver-of-no-rule",
            "`bare-days` is a check and no rule of guidance, so this waives nothing: a check finds what cannot be "
            "meant",
            'Delete the line. To leave the check out, write `ignore = ["bare-days"]` in `carespec.toml`.',
        ),
        (
            waive("no-uper-age"),
            "waiver-of-no-rule",
            "no guidance pack has a rule `no-uper-age`, so this waives nothing; did you mean `no-upper-age`?",
            "Write `waive no-upper-age`.",
        ),
        (
            waive("no-upper-age on wait step-2"),
            "waiver-of-other-field",
            "`no-upper-age` asks nothing about `wait step-2`, so this waives nothing; it asks about `maximum-age`",
            f"Write `{waive('no-upper-age on maximum-age')}`.",
        ),
        (
            waive("both-ages on maximumage"),
            "waiver-of-other-field",
            "`both-ages` asks nothing about `maximumage`, so this waives nothing; it asks about `maximum-age` and "
            "`minimum-age`",
            f"Write `{waive('both-ages on maximum-age')}`.",
        ),
        (
            waive("ages-differ on minimum-age"),
            "waiver-of-other-field",
            "`ages-differ` asks nothing about `minimum-age`, so this waives nothing; it asks about `maximum-age`",
            f"Write `{waive('ages-differ on maximum-age')}`.",
        ),
        (
            waive("both-ages"),
            "waiver-too-wide",
            "this one line waives `both-ages` for `maximum-age`, `minimum-age`",
            f"Write a waiver for each: `{waive('both-ages on maximum-age')}`.",
        ),
        (
            waive("no-upper-age", until="31 August 2012"),
            "waiver-expired",
            "this waiver of `no-upper-age` ended on 31 August 2012",
            f"Meet the rule, or have a new waiver agreed: `{waive('no-upper-age', until='DATE')}`.",
        ),
        (
            waive("no-upper-age", why="TBC", who="n/a"),
            "waiver-without-reason",
            "this waiver of `no-upper-age` gives no reason that could be judged, or no name, so it waives nothing",
            f"Write the reason in a sentence, and who agreed to it: `{waive('no-upper-age', why='WHY', who='WHO')}`.",
        ),
        (
            waive("kept"),
            "waiver-not-accepted",
            "`kept` accepts no waiver, so this one waives nothing",
            "Delete the line and meet the rule.",
        ),
    ],
)
def test_what_is_told(waiver: str, name: str, message: str, fix: str, folder: Path) -> None:
    assert told(folder, waiver) == [(name, message, fix)]


@pytest.mark.parametrize(
    "waiver",
    [
        waive("no-upper-age"),
        waive("ours.no-upper-age on maximum-age"),
        waive("exclusions on exclusion psychosis"),
        waive("exclusions on exclusion"),
        waive("fair-access.older-people-are-seen"),
    ],
)
def test_a_waiver_that_is_in_order_is_not_told(waiver: str, folder: Path) -> None:
    assert told(folder, waiver) == []


def test_which_checks_run_does_not_change_what_a_waiver_is_of(folder: Path) -> None:
    names = [name for name, _, _ in told(folder, waive("bare-days"), "--select", "no-upper-age")]
    assert names == ["waiver-of-no-rule"]
    assert told(folder, waive("bare-days"), "--select", "no-upper-age") == told(folder, waive("bare-days"))


def test_a_rule_that_is_met_needs_no_waiver_and_one_that_was_not_tried_is_not_called_so(folder: Path) -> None:
    assert [name for name, _, _ in told(folder, waive("no-upper-age"), age="none")] == ["waiver-unused"]
    assert told(folder, waive("no-upper-age"), "--select", "kept", age="none") == []


def test_a_waiver_of_a_comparison_is_used_by_the_comparison(folder: Path) -> None:
    """It holds in a run over several services; of one alone nobody can say that it is not needed."""
    for name, age in (("y", "70 years"), ("z", "70 years")):
        (folder / f"{name}.care").write_text(SERVICE.format(name=name, age=age), encoding="utf-8")
    waiver = waive("ages-differ")
    assert told(folder, waiver) == []
    words = ("check", "--guidance", "ours.guidance", "--today", "2012-09-01", "--output", "json")
    data = json.loads(CliRunner().invoke(carespec, list(words)).stdout)
    (found,) = [one for one in data["findings"] if one["name"] == "ages-differ"]
    assert (found["service"], found["outcome"]) == ("x", "waived")
    ended = told(folder, waive("ages-differ", until="31 August 2012"))
    assert [name for name, _, _ in ended] == ["waiver-expired"]
