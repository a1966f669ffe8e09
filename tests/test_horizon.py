"""What will stop being right, and from which day: told by `check --horizon`, and never counted as a finding."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from carespec.checks import all_checks
from carespec.cli import carespec
from carespec.source import from_text
from carespec.workspace import check_sources
from support import no_upper_age

SERVICE = """service x
status: signed
signed: 17 August 2012
contract: from 1 September 2012 to 31 August 2015
price-review: 1 April 2013
review: July 2013
maximum-age: by local agreement with "each provider" by 1 October 2012
provider-lead: to be confirmed by 1 November 2012
minimum-age: 18 years
  except 16 years until 31 December 2012
waive bare-days on wait step-2 until 31 March 2013: "Bookings move to a new system" agreed by "Head of Commissioning"
equality-assessment: 1 March 2013
"""
AHEAD = [
    ("2012-10-02", 7, "`maximum-age` was to be settled by 1 October 2012"),
    ("2012-11-02", 8, "`provider-lead` was to be settled by 1 November 2012"),
    ("2013-01-01", 10, "an exception to `minimum-age` has ended (31 December 2012)"),
    ("2013-04-01", 5, "prices are due for review (`price-review`: 1 April 2013)"),
    ("2013-04-01", 11, "the waiver of `bare-days` has ended (31 March 2013)"),
    ("2013-07-01", 6, "the document is due for review (`review`: July 2013)"),
    ("2015-09-01", 4, "the contract has ended (`contract`: from 1 September 2012 to 31 August 2015)"),
]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "x.care"
    path.write_text(SERVICE, encoding="utf-8")
    return path


def check(*words: str) -> Result:
    return CliRunner().invoke(carespec, ["check", "x.care", "--today", "2012-09-01", *words])


def ahead(*words: str) -> list[tuple[str, int, str]]:
    data = json.loads(check("--output", "json", *words).stdout)
    return [(entry["day"], entry["range"]["start"]["line"], entry["message"]) for entry in data["coming"]]


@pytest.mark.parametrize(
    ("horizon", "number"),
    [
        ("30d", 0),
        ("31d", 1),
        ("3m", 2),
        ("4 months", 3),
        ("12m", 6),
        ("1y", 6),
        ("2013-03-31", 3),
        ("2013-04-01", 5),
        ("3 years", 7),
    ],
)
def test_what_falls_due_in_time(file: Path, horizon: str, number: int) -> None:
    """The first day and the last one count as they are said: after today, up to the end of the horizon."""
    assert ahead("--horizon", horizon) == AHEAD[:number]


def test_what_has_fallen_due_already_is_no_longer_ahead(file: Path) -> None:
    assert ahead("--horizon", "5y", "--today", "2013-04-01") == AHEAD[5:]


def test_a_person_reads_it_at_the_end_and_the_exit_code_stays(file: Path) -> None:
    asked, unasked = check("--horizon", "3m", "--select", "over-age"), check("--select", "over-age")
    assert asked.exit_code == unasked.exit_code == 0
    assert asked.stdout == unasked.stdout + (
        "Falls due until 2012-12-01:\n"
        "  2012-10-02  x.care:7  `maximum-age` was to be settled by 1 October 2012\n"
        "              who  each provider\n"
        "              do   Write what was agreed, or agree a new day.\n"
        "  2012-11-02  x.care:8  `provider-lead` was to be settled by 1 November 2012\n"
        "              who  whoever commissions x\n"
        "              do   Write what was agreed, or agree a new day.\n"
    )
    assert "Nothing that these documents say falls due until 2012-09-02." in check("--horizon", "1d").stdout


def test_who_has_it_to_see_to_and_what_to_do(file: Path) -> None:
    file.write_text(SERVICE + 'commissioner: "NHS Northshire"\n', encoding="utf-8")
    entries = json.loads(check("--output", "json", "--horizon", "3 years").stdout)["coming"]
    assert all(entry["fix"].endswith(".") for entry in entries)
    assert [entry["who"] for entry in entries] == [
        "each provider", "NHS Northshire", "NHS Northshire", "NHS Northshire", "Head of Commissioning",
        "NHS Northshire", "NHS Northshire",
    ]  # fmt: skip


PACK = no_upper_age("in-force: from 1 January 2013 to 31 December 2013")
RULE = "`local.no-upper-age` begins to bind: It stops at 65 years."


def rules_ahead(folder: Path, text: str, *words: str) -> list[tuple[str, int, str]]:
    (folder / "local.guidance").write_text(PACK, encoding="utf-8")
    (folder / "x.care").write_text(f"service x\n{text}", encoding="utf-8")
    return ahead("--guidance", "./local.guidance", "--horizon", "12m", *words)


WAIVED = 'waive no-upper-age until {}: "The older adults\' service carries on" agreed by "Clinical Lead"\n'


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("maximum-age: 65 years\n", True),
        ("contract: from 1 April 2012 to 31 March 2014\nmaximum-age: 65 years\n", True),
        ("maximum-age: 65 years\n" + WAIVED.format("1 December 2012"), True),
        ("maximum-age: none\n", False),
        ("maximum-age: by local agreement\n", False),
        ("maximum-age: 65 years\n" + WAIVED.format("31 March 2014"), False),
    ],
)
def test_a_rule_that_will_begin_to_bind(file: Path, text: str, begins: bool) -> None:
    found = [entry for entry in rules_ahead(file.parent, text) if "begins" in entry[2]]
    line = text.split("\n").index("maximum-age: 65 years") + 2 if begins else 0
    assert found == ([("2013-01-01", line, RULE)] if begins else [])


def test_a_rule_that_begins_after_the_contract_has_ended(file: Path) -> None:
    text = "contract: from 1 April 2012 to 30 November 2012\nmaximum-age: 65 years\n"
    assert [day for day, _, _ in rules_ahead(file.parent, text)] == ["2012-12-01"]


def test_a_rule_that_binds_already_is_found_and_not_ahead(file: Path) -> None:
    assert rules_ahead(file.parent, "maximum-age: 65 years\n", "--today", "2013-02-01") == []


def test_what_is_ahead_is_told_once(file: Path) -> None:
    """A rule that begins while the contract runs is told at the end of every run, but not twice of one."""
    text = "contract: from 1 April 2012 to 31 March 2014\nmaximum-age: 65 years\n"
    rules_ahead(file.parent, text)
    told = check("--guidance", "./local.guidance", "--horizon", "12m").stdout
    assert told.count("begins to bind") == 1 and "From 2014-01-01: in x `local.no-upper-age` no longer binds" in told
    assert "From 2013-01-01: in x" in check("--guidance", "./local.guidance").stdout


def test_without_a_horizon_nothing_is_said(file: Path) -> None:
    data = json.loads(check("--output", "json").stdout)
    assert data["until"] is None and data["coming"] == []


def test_the_end_of_a_month_is_kept(file: Path) -> None:
    told = check("--today", "2012-11-30", "--horizon", "3m").stdout
    assert "Falls due until 2013-02-28:" in told


def test_it_looks_ahead(file: Path) -> None:
    done = check("--horizon", "2012-08-31")
    assert done.exit_code == 2 and "--horizon looks ahead, and 2012-08-31 is before 2012-09-01" in done.stderr
    assert "falls due until 2012-09-01." in check("--horizon", "2012-09-01").stdout


@pytest.mark.parametrize("horizon", ["soon", "12", "m12", "-3m", "2013-02-30"])
def test_what_is_no_time_is_said(file: Path, horizon: str) -> None:
    done = check(f"--horizon={horizon}")
    assert done.exit_code == 2 and f"`{horizon}` is none" in done.stderr and "12m, 90d or 1y" in done.stderr


def test_yaml_counts_its_own_lines(file: Path) -> None:
    text = "service: x\n\nsections:\n  - section: One\n    review: 1 July 2013\n"
    (result,) = check_sources([from_text("x.care.yaml", text)], all_checks())
    assert [(entry.day, entry.span.start.line) for entry in result.coming] == [("2013-07-01", 5)]
