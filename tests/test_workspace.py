"""A run over files: which files are meant, what cannot be read, what holds over all of them, and in which order."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest

from carespec import workspace
from carespec.checks import all_checks
from carespec.paths import MissingPath, find
from carespec.records import NotChecked, Report
from carespec.source import from_text, read_file
from carespec.summary import summary

DAY = date(2012, 9, 1)
TEXT = "service northshire\n\nstatus: reconstruction\nminimum-age: 18 years\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str = TEXT) -> None:
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def check(*paths: str) -> Report:
    found = find(paths)
    looked = [*workspace.check_files(found.files, all_checks()), *found.unread]
    return workspace.report(looked, all_checks(), DAY)


def refuse(path: str) -> NoReturn:
    raise PermissionError(13, "Permission denied", path)


# --- which files are meant ---


def test_a_pipe_in_a_folder_is_passed_over(folder: Path) -> None:
    write("a.care")
    os.mkfifo("f.care")
    assert find(["."]).files == ("./a.care",)
    assert find(["."]).unread == ()


def test_a_pipe_that_is_named_is_told_and_never_opened(folder: Path) -> None:
    os.mkfifo("f.care")
    found = find(["f.care"])
    assert found.files == ()
    assert "a pipe or a device" in found.unread[0].because


def test_endings_are_compared_without_case(folder: Path) -> None:
    for name in ("A.CARE", "b.Guidance", "c.CARE.YAML", "d.careful"):
        write(name)
    assert find(["."]).files == ("./A.CARE", "./b.Guidance", "./c.CARE.YAML")


def test_an_ending_says_what_a_file_is_in_capitals_too(folder: Path) -> None:
    write("p.GUIDANCE", "guidance p\n")
    write("a.CARE.YAML", "service: northshire\nminimum-age: 18 years\n")
    refs = {ref.path: ref for ref in check(".").services}
    assert (refs["./p.GUIDANCE"].kind, refs["./p.GUIDANCE"].name) == ("guidance", "p")
    assert (refs["./a.CARE.YAML"].name, refs["./a.CARE.YAML"].facts) == ("northshire", 1)


@pytest.mark.parametrize(
    ("paths", "files"),
    [
        (["a.care", "./a.care"], ("a.care",)),
        (["./a.care", "a.care"], ("./a.care",)),
        ([".", "a.care"], ("./a.care",)),
        (["link.care", "a.care"], ("link.care",)),
        (["below/linked/a.care", "a.care"], ("below/linked/a.care",)),
    ],
)
def test_a_file_counts_once_under_its_first_name(paths: list[str], files: tuple[str, ...], folder: Path) -> None:
    write("a.care")
    os.symlink("a.care", "link.care")
    os.makedirs("below")
    os.symlink("..", "below/linked")
    assert find(paths).files == files


def test_a_path_that_is_named_must_exist(folder: Path) -> None:
    write("a.care")
    for path in ("nosuch.care", "a.care/b.care"):
        with pytest.raises(MissingPath):
            find(["a.care", path])


# --- what cannot be read ---


def test_a_link_to_nothing_loses_only_itself(folder: Path) -> None:
    write("a.care")
    os.symlink("nowhere", "d.care")
    report = check(".")
    assert [ref.name for ref in report.services] == ["northshire"]
    (entry,) = [entry for entry in report.not_checked if entry.path == "./d.care"]
    assert entry.because == "it is a link to a file that does not exist"
    assert find(["d.care"]).unread == (entry._replace(service="d.care", path="d.care"),)


def test_a_link_to_itself_loses_only_itself(folder: Path) -> None:
    write("a.care")
    os.symlink("loop.care", "loop.care")
    found = find(["."])
    assert found.files == ("./a.care",)
    assert found.unread[0].because == "it is a link that leads back to itself"


def test_a_closed_folder_loses_only_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.care")
    write("closed/b.care")
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: refuse(path) if path.endswith("closed") else scandir(path))
    found = find(["."])
    assert found.files == ("./a.care",)
    assert [(entry.path, entry.because) for entry in found.unread] == [
        ("./closed", "there is no permission to read it")
    ]


@pytest.mark.parametrize("files", [3, 90], ids=["one process", "several"])
def test_a_closed_file_loses_only_itself(files: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(files):
        write(f"{number:02}.care", TEXT.replace("northshire", f"n{number}"))
    monkeypatch.setattr(workspace, "read_file", lambda path: refuse(path) if "01" in path else read_file(path))
    report = check(".")
    assert len(report.services) == files - 1
    assert NotChecked("everything", "./01.care", "there is no permission to read it", "./01.care") in report.not_checked


def test_every_file_that_cannot_be_read_is_named(folder: Path) -> None:
    for number in range(6):
        os.symlink("nowhere", f"{number}.care")
    (told,) = (line for line in summary(check(".")) if line.startswith("Not checked"))
    assert all(f"./{number}.care" in told for number in range(6))


def test_reading_a_workspace_leaves_nothing_out_silently(folder: Path) -> None:
    write("a.care")
    assert [service.name for service in workspace.load(["."]).services()] == ["northshire"]
    os.symlink("nowhere", "d.care")
    with pytest.raises(OSError, match=r"d\.care: it is a link to a file that does not exist"):
        workspace.load(["."])


# --- all files together ---


def same_names() -> None:
    for name in ("a.care", "b.care", "below/a.care"):
        write(name)


def duplicates(report: Report) -> list[tuple[str, str, str]]:
    """The identity of each, its file, and the file that has the name already."""
    found = [finding for finding in report.findings if finding.name == "duplicate-service"]
    return [(f.id, os.path.relpath(f.path), os.path.relpath(f.related[0].path)) for f in found]


def test_two_files_of_one_name_are_told_at_the_later(folder: Path) -> None:
    same_names()
    found = duplicates(check("."))
    assert found == [
        ("check.duplicate-service/northshire/", "b.care", "a.care"),
        ("check.duplicate-service/northshire/#2", "below/a.care", "a.care"),
    ]
    (first, *_) = (f for f in check(".").findings if f.name == "duplicate-service")
    assert first.span == ((1, 9), (1, 19)) and first.severity == "should"


@pytest.mark.parametrize("paths", [["b.care", "./a.care", "below"], ["below/../below", "b.care", "{here}/a.care"]])
def test_a_report_does_not_depend_on_how_files_are_named(paths: list[str], folder: Path) -> None:
    same_names()
    write("b.care", TEXT.replace("18", "over 18"))
    write("below/a.care", TEXT.replace("18", "over 18"))
    one, other = check("."), check(*(path.format(here=folder) for path in paths))
    assert duplicates(one) == duplicates(other)
    assert [finding.id for finding in one.findings] == [finding.id for finding in other.findings]
    assert len({finding.id for finding in one.findings}) == len(one.findings)
    assert [ref.facts for ref in one.services] == [ref.facts for ref in other.services]


def test_a_name_in_yaml_counts_too(folder: Path) -> None:
    write("a.care")
    write("b.care.yaml", "# written by hand\nservice: northshire\nstatus: reconstruction\n")
    (found,) = (f for f in check(".").findings if f.name == "duplicate-service")
    assert (found.path, found.span.start) == ("./b.care.yaml", (2, 10))


def test_files_without_a_name_are_not_called_equal(folder: Path) -> None:
    write("a.care", "minimum-age: 18 years\n")
    write("below/a.care", "minimum-age: 18 years\n")
    assert duplicates(check(".")) == []


def test_checks_over_all_files_can_be_left_out() -> None:
    sources = (from_text("a.care", TEXT), from_text("b.care", TEXT))
    whole = workspace.Workspace(sources).check(today=DAY)
    assert len(duplicates(whole)) == 1
    chosen = tuple(check for check in all_checks() if check.name != "duplicate-service")
    assert duplicates(workspace.Workspace(sources).check(checks=chosen, today=DAY)) == []


def test_what_nobody_has_decided_is_counted() -> None:
    text = TEXT + "provider-lead: to be confirmed\nmaximum-age: by local agreement\nrejection: not stated\n"
    report = workspace.Workspace((from_text("a.care", text), from_text("b.care", TEXT))).check(today=DAY, guidance=())
    assert [ref.undecided for ref in report.services] == [2, 0]
    assert "2 facts are not decided yet: to be confirmed, or left to local agreement." in summary(report)
    decided = workspace.Workspace((from_text("b.care", TEXT),)).check(today=DAY, guidance=())
    assert not any("decided" in line for line in summary(decided))


def test_the_day_of_the_environment_is_a_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARESPEC_TODAY", "2012-09-01")
    assert workspace.clock() == DAY
    monkeypatch.setenv("CARESPEC_TODAY", "tomorrow")
    with pytest.raises(ValueError, match="takes a date such as 2012-04-01, and `tomorrow` is none"):
        workspace.clock()


OPEN = "service northshire\n\nstatus: reconstruction\nmaximum-age: by local agreement by 1 March 2013\n"


@pytest.mark.parametrize(
    ("days", "overdue"),
    [
        ({"today": date(2013, 3, 1)}, 0),
        ({"today": date(2013, 3, 2)}, 1),
        ({"as_at": date(2013, 3, 2)}, 1),
        ({"as_at": date(2012, 9, 1), "today": date(2013, 3, 2)}, 1),
        ({"as_at": date(2013, 3, 2), "today": date(2012, 9, 1)}, 0),
    ],
)
def test_today_decides_what_is_overdue_and_as_at_does_not(days: dict[str, date], overdue: int) -> None:
    told = workspace.Workspace((from_text("a.care", OPEN),)).check(**days)
    assert sum(finding.name == "agreement-overdue" for finding in told.findings) == overdue


def test_without_a_day_the_clock_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for day, overdue in (("2013-03-01", False), ("2013-03-02", True)):
        monkeypatch.setenv("CARESPEC_TODAY", day)
        told = workspace.Workspace((from_text("a.care", OPEN),)).check()
        assert any(finding.name == "agreement-overdue" for finding in told.findings) == overdue


@pytest.mark.parametrize("files", [3, 90], ids=["one process", "several"])
def test_today_reaches_every_file(files: int, folder: Path) -> None:
    for number in range(files):
        write(f"{number:02}.care", OPEN.replace("northshire", f"n{number}"))
    looked = workspace.check_files(find(["."]).files, all_checks(), today=date(2013, 3, 2))
    told = workspace.report(looked, all_checks(), date(2013, 3, 2)).findings
    assert sum(finding.name == "agreement-overdue" for finding in told) == files


def test_after_the_contract_nothing_is_overdue_that_was_not() -> None:
    """What was due after the contract's last day is told as that, whatever today is."""
    text = OPEN + "contract: from 1 April 2012 to 31 March 2013\n"
    for day, message in (
        (date(2013, 3, 20), "this was to be settled by 1 March 2013, which is past"),
        (date(2020, 1, 1), "this was to be settled by 1 March 2013, and the contract ended without it"),
    ):
        told = workspace.Workspace((from_text("a.care", text),)).check(today=day).findings
        assert [f.message for f in told if f.name == "agreement-overdue"] == [message]


def test_a_report_names_every_vocabulary_that_was_used() -> None:
    other = "service b\nvocabulary: adult-hearing 1\nstatus: reconstruction\n"
    sources = (from_text("a.care", TEXT), from_text("b.care", other))
    told = workspace.Workspace(sources).check(today=DAY)
    assert told.vocabulary == "adult-hearing 1, psychological-therapies 1"
    assert [ref.vocabulary for ref in told.services] == ["psychological-therapies 1", "adult-hearing 1"]
    assert workspace.Workspace(sources[1:]).check(today=DAY).vocabulary == "adult-hearing 1"
    assert workspace.Workspace(()).check(today=DAY).vocabulary == "psychological-therapies 1"


def test_what_is_no_service_is_told_apart_from_what_cannot_be_read() -> None:
    pack, broken = from_text("p.guidance", "guidance p\n"), from_text("b.care.json", "{")
    read = workspace.Workspace((from_text("a.care", TEXT), pack, broken)).read()
    assert ([one.service.name for one in read.services], read.unread) == (["northshire"], ("b.care.json",))
