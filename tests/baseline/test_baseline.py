"""A baseline knows what it knew: whatever moves stays known, whatever says something else does not."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.baseline import Entry, accept, entries, gone
from carespec.baseline.file import Damaged, parsed, written
from carespec.checks import all_checks
from carespec.cli import carespec
from carespec.records import Report
from carespec.source import Source, from_text
from carespec.syntax.document import LineParser
from carespec.syntax.format import format_source
from carespec.vocabulary import load
from carespec.workspace import check_sources, report
from hard_report import BASE, EMPTY
from random_services import service

OLD = """service x
status: published-extract
minimum-age: over 18 years
wait step-2: within 10 days of referral
wait step-3: within 28 days of referral
"""


def checked(*sources: Source) -> Report:
    return report(check_sources(sources, all_checks()), all_checks())


def text(lines: str) -> Report:
    return checked(from_text("x.care", lines))


def new(before: str, after: str) -> list[str]:
    """What is told of a text when the baseline was made of another."""
    return [f"{f.name} {f.field}" for f in accept(text(after), entries(text(before))).findings]


def test_what_is_known_is_set_apart_and_not_lost() -> None:
    told = accept(text(OLD), entries(text(OLD)))
    assert told.findings == () and len(told.accepted) == 3


@pytest.mark.parametrize(
    "after",
    [
        OLD.replace("minimum-age", "\n\n# a remark\n\nminimum-age"),
        "\n".join([OLD.splitlines()[0], *reversed(OLD.splitlines()[1:])]),
        OLD.replace("10 days", "10  Days"),
        'section "3. Access"\n'.join(OLD.split("wait step-3", 1)[:1])
        + 'section "4"\nwait step-3'
        + OLD.split("wait step-3")[1],
        OLD.replace("\n", "\r\n"),
    ],
)
def test_moving_and_tidying_change_nothing(after: str) -> None:
    assert new(OLD, after) == []


def test_what_got_worse_is_told_again() -> None:
    assert new(OLD, OLD.replace("10 days", "12 days")) == ["bare-days wait step-2"]
    assert new(OLD, OLD.replace("over 18 years", "over 16 years")) == ["over-age minimum-age"]


def test_one_in_place_of_another_is_told() -> None:
    after = OLD.replace("wait step-2: within 10 days", "wait assessment: within 10 days")
    assert new(OLD, after) == ["bare-days wait assessment"]
    assert new(OLD, OLD.replace("service x", "service y")) == [
        "over-age minimum-age", "bare-days wait step-2", "bare-days wait step-3",
    ]  # fmt: skip


def test_a_graver_finding_is_told_and_a_lesser_one_is_known() -> None:
    known = entries(EMPTY._replace(findings=(BASE,)))
    for severity, told in (("must", 1), ("should", 0), ("may", 0)):
        now = EMPTY._replace(findings=(BASE._replace(severity=severity),))
        assert len(accept(now, known).findings) == told


def test_equal_findings_are_known_one_by_one() -> None:
    """Two lines that say the same are two entries: a third is new."""
    twice = (BASE, BASE._replace(id=f"{BASE.id}#2"))
    known = entries(EMPTY._replace(findings=twice))
    assert len(known) == 2 and len(set(known)) == 1
    assert accept(EMPTY._replace(findings=twice), known).findings == ()
    thrice = (*twice, BASE._replace(id=f"{BASE.id}#3"))
    assert [f.id for f in accept(EMPTY._replace(findings=thrice), known).findings] == [f"{BASE.id}#3"]


def test_what_is_waived_is_no_business_of_a_baseline() -> None:
    waived = EMPTY._replace(findings=(BASE._replace(outcome="waived"),))
    assert entries(waived) == () and accept(waived, [Entry(BASE.id, BASE.says, "should")]).accepted == ()


@given(st.integers(0, 10_000))
@settings(max_examples=25, derandomize=True, deadline=None)
def test_random_services_formatted_are_known(seed: int) -> None:
    """Formatting changes how a service is written, and no finding of it becomes new; nor does any order of lines."""
    parse = _parser()
    before = from_text("x.care", service(Random(seed), load(), lines=10))
    after = from_text("x.care", format_source(before, parse).text)
    known = entries(checked(before))
    told = accept(checked(after), known)
    assert [f for f in told.findings if f.kind != "syntax"] == [] and gone(known, told) == []


def _parser() -> LineParser:
    from carespec.built import built
    from carespec.syntax.driver import tables_from

    return LineParser(tables_from(built()["grammar"]))


@given(st.lists(st.builds(Entry, st.text(), st.text(), st.sampled_from(["must", "should", "may"]))))
@settings(max_examples=100, derandomize=True, deadline=None)
def test_a_file_gives_back_what_was_written(known: list[Entry]) -> None:
    assert list(parsed(written(known))) == sorted(known)
    assert written(reversed(known)) == written(known)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("{", "it is not written as JSON"),
        ("[]", "it is no baseline of carespec"),
        ('{"carespec-baseline": 9}', "written by another version"),
        ('{"carespec-baseline": 1}', "no list of findings"),
        ('{"carespec-baseline": 1, "findings": [{"id": "x"}]}', "its entry 1 does not have"),
        ('{"carespec-baseline": 1, "findings": [{"id": "x", "says": "", "severity": "error"}]}', "its entry 1"),
    ],
)
def test_a_file_that_is_none_is_refused_with_why(lines: str, why: str) -> None:
    with pytest.raises(Damaged, match=why):
        parsed(lines)


# The command.


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "x.care").write_text(OLD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str, standard_input: str | None = None) -> Result:
    return CliRunner().invoke(carespec, list(words), input=standard_input)


def test_from_the_first_run_to_a_clean_corpus(repository: Path) -> None:
    assert run("check", "--fail-on", "may").exit_code == 1
    assert "3 findings" in run("baseline", "create").stdout
    clean = run("check", "--fail-on", "may")
    assert clean.exit_code == 0
    assert "Nothing new was found.\n3 findings in the baseline are not shown." in clean.stdout
    (repository / "x.care").write_text(OLD.replace("10 days", "10 working days"), encoding="utf-8")
    shown = run("baseline", "show").stdout
    assert "should  check.bare-days/x/wait step-2  10 days  (there no more)" in shown
    assert "1 of them there no more" in shown
    assert run("baseline", "prune").stdout == "carespec-baseline.json: 1 taken out, 2 left\n"
    (repository / "x.care").write_text(OLD, encoding="utf-8")
    back = run("check", "--fail-on", "may", "--output", "concise")
    assert back.exit_code == 1 and "bare-days" in back.stdout and "over-age" not in back.stdout


def test_text_on_standard_input_is_held_to_it_too(repository: Path) -> None:
    run("baseline", "create")
    words = ("check", "-", "--stdin-filename", "x.care", "--fail-on", "may")
    assert run(*words, standard_input=OLD).exit_code == 0
    assert run(*words, standard_input=OLD.replace("28", "30")).exit_code == 1


def test_programs_see_what_was_set_apart(repository: Path) -> None:
    run("baseline", "create")
    data = json.loads(run("check", "--output", "json").stdout)
    assert data["findings"] == [] and len(data["accepted"]) == 3


def test_without_it_everything_is_told(repository: Path) -> None:
    run("baseline", "create")
    assert run("check", "--baseline", "none", "--fail-on", "may").exit_code == 1


def test_a_file_that_was_named_and_is_not_there_ends_the_run(repository: Path) -> None:
    done = run("check", "--baseline", "other.json")
    assert done.exit_code == 2 and "`carespec baseline create` writes it" in done.stderr
    (repository / "carespec.toml").write_text("baseline = 'kept/b.json'\n", encoding="utf-8")
    assert run("check").exit_code == 2
    (repository / "kept").mkdir()
    assert run("baseline", "create").exit_code == 0 and (repository / "kept" / "b.json").exists()
    assert run("check", "--fail-on", "may").exit_code == 0


def test_a_damaged_file_ends_the_run_and_stays(repository: Path) -> None:
    path = repository / "carespec-baseline.json"
    path.write_text("<<<<<<< ours\n", encoding="utf-8")
    done = run("check")
    assert done.exit_code == 2 and "cannot be used: it is not written as JSON" in done.stderr
    assert path.read_text(encoding="utf-8") == "<<<<<<< ours\n"
