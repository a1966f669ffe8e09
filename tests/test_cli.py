"""The command line as a person or a script meets it: exit codes, streams, files, and words for what went wrong."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from carespec import __version__, built
from carespec.checks.reserved_name import RESERVED
from carespec.cli import carespec, explain
from carespec.language_words import FORMS
from carespec.reporters import formats
from carespec.source import from_text
from carespec.syntax.document import LineParser, read_document
from carespec.vocabulary import DEFAULT, load, names
from carespec.words import word_lists
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
        (["check", "empty"], "no .care or .guidance file"),
        (["check", "a.care", "--select", "over-ages"], "did you mean `over-age`?"),
        (["check", "a.care", "--ignore", "nothing-like-this"], "there is no check or rule `nothing-like-this`"),
        (["check", "a.care", "--select", "over-age", "--ignore", "over-age"], "leave no check and no rule to run"),
        (["check", "a.care", "--output", "jsn"], "did you mean `json`?"),
        (["check", "a.care", "--as-at", "1 April"], "takes a date such as 2012-04-01"),
        (["check", "--nonsense"], "`carespec check` has no option `--nonsense`"),
        (["check", "--hrizon", "3m"], "did you mean `--horizon`?"),
        (["check", "--over", "18"], "--over takes `including` or `excluding`, and `18` is none"),
        (["chek"], "there is no command `carespec chek`; did you mean `check`?"),
        (["baseline", "craete"], "did you mean `create`?"),
        (["verify"], "missing argument 'DIR'; `carespec verify --help` shows how to call it"),
        (["explain", "bare-day"], "did you mean `bare-days`?"),
        (["fields", "--section", "nope"], "there is no section `nope`"),
        (["fields", "zzzz"], "no field is like that"),
        (["new", "service", "North Shire"], "such as `north-shire`"),
        (["new", "service", "northshire", "--out", "nowhere/x.care"], "`nowhere/x.care` cannot be written"),
        (["new", "service", "northshire", "--vocabulary", "adult-hearin"], "did you mean `adult-hearing`?"),
        (["fields", "--vocabulary", "nothing-like-it"], "there are adult-hearing, psychological-therapies"),
        (["explain", "bare-days", "--vocabulary", "nothing-like-it"], "there is no vocabulary `nothing-like-it`"),
        (["explain", "hearing-loss"], "add `--vocabulary adult-hearing`"),
        (["format", "nowhere"], "no file or folder `nowhere`"),
        (["check", "-", "a.care", "nosuch.care"], "`-` reads standard input and stands alone"),
        (["format", "a.care", "-"], "`-` reads standard input and stands alone"),
        (["check", "a.care", "--output", "json=nowhere/x"], "`nowhere/x` cannot be written"),
        (["format", "a.care.yaml"], "YAML and JSON are left as they are"),
    ],
)
def test_usage_ends_with_two_and_says_why(arguments: list[str], words: str, folder: Path) -> None:
    write(folder, a=GOOD)
    (folder / "empty").mkdir()
    (folder / "a.care.yaml").write_text("service: a\n", encoding="utf-8")
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


def test_format_counts_files_with_lines_that_it_left(folder: Path) -> None:
    write(folder, a="service northshire\nminimum-age   18 years\n", b="service b\n")
    done = run("format", "--check", ".")
    assert "2 files: 0 to format, 1 already as they should be; 1 file with lines that cannot be read" in done.output
    assert done.exit_code == 0


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfservice a\n",
        "service a  # £5\n".encode("cp1252"),
        "service a\n".encode("utf-16"),
        b"service a\r\n",
        b"service a\r\nminimum-age: 18 years\n",
    ],
    ids=["mark", "Windows-1252", "UTF-16", "Windows line ends", "mixed line ends"],
)
def test_format_compares_bytes(data: bytes, folder: Path) -> None:
    path = folder / "a.care"
    path.write_bytes(data)
    done = run("format", "--check", "a.care")
    assert done.exit_code == 1 and "would format a.care" in done.output
    assert path.read_bytes() == data
    assert "a.care" in run("format", "--diff", "a.care").output
    assert run("format", "a.care").exit_code == 0
    assert path.read_bytes().startswith(b"service a") and b"\r" not in path.read_bytes()
    assert run("format", "--check", "a.care").exit_code == 0


def test_format_keeps_a_link(folder: Path) -> None:
    (folder / "kept").mkdir()
    (folder / "kept" / "a.care").write_text("SERVICE a\n")
    (folder / "a.care").symlink_to("kept/a.care")
    assert run("format", "a.care").exit_code == 0
    assert (folder / "a.care").is_symlink()
    assert (folder / "kept" / "a.care").read_text() == "service a\n"
    assert os.listdir(folder / "kept") == ["a.care"]


def test_format_goes_on_after_a_file_that_it_cannot_read_or_write(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, a="SERVICE a\n", b="SERVICE b\n")
    (folder / "d.care").symlink_to("nowhere")
    replace = os.replace

    def full(beside: str, path: str) -> None:
        if path.endswith("a.care"):
            raise OSError(28, "No space left on device")
        replace(beside, path)

    monkeypatch.setattr(os, "replace", full)
    done = run("format", ".")
    assert done.exit_code == 2
    assert "./a.care: cannot be written: No space left on device" in done.output
    assert "./d.care: not formatted: it is a link to a file that does not exist" in done.output
    assert "formatted ./b.care" in done.output and "formatted ./a.care" not in done.output
    assert (folder / "b.care").read_text() == "service b\n"
    assert sorted(os.listdir(folder)) == ["a.care", "b.care", "d.care"]


def test_format_leaves_data_alone(folder: Path) -> None:
    write(folder, a="service a\n")
    (folder / "b.care.json").write_text('{"service":   "b"}')
    assert "1 file: 0 formatted" in run("format", ".").output
    assert (folder / "b.care.json").read_text() == '{"service":   "b"}'


def test_new_service_writes_once(folder: Path) -> None:
    assert run("new", "service", "northshire").exit_code == 0
    before = (folder / "northshire.care").read_text()
    again = run("new", "service", "northshire")
    assert again.exit_code == 2 and "left as it is" in again.output
    assert (folder / "northshire.care").read_text() == before
    assert run("check", "northshire.care").exit_code == 0
    assert run("format", "--check", "northshire.care").exit_code == 0


def test_a_form_is_not_taken_for_a_finished_document(folder: Path) -> None:
    """Nobody has looked yet, so it says `to be confirmed` and never `not stated`; and a check says how much is open."""
    done = run("new", "service", "northshire")
    assert "replace each `to be confirmed`" in done.output
    form = (folder / "northshire.care").read_text()
    open_lines = form.count(": to be confirmed\n")
    assert open_lines > 10 and ": not stated" not in form
    assert f"{open_lines} facts are not decided yet" in run("check", "northshire.care").output
    services = json.loads(run("check", "northshire.care", "--output", "json").output)["services"]
    assert services[0]["undecided"] == open_lines


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_a_new_service_is_never_called_by_a_word_of_the_language(name: str, folder: Path) -> None:
    done = run("new", "service", name)
    assert done.exit_code == 2 and f"`{name}` is a word of the language" in done.output
    assert os.listdir(folder) == []


@pytest.mark.parametrize("vocabulary", names())
def test_a_form_in_each_vocabulary(vocabulary: str, folder: Path) -> None:
    assert run("new", "service", "northshire", "--vocabulary", vocabulary).exit_code == 0
    assert f"vocabulary: {vocabulary} " in (folder / "northshire.care").read_text()
    assert run("check", "northshire.care").exit_code == 0


def test_fields_and_explain() -> None:
    assert "minimum-age: 18 years" in run("fields").output
    assert {field["name"] for field in json.loads(run("fields", "letter", "--output", "json").output)} >= {"dna-letter"}
    assert "Why it matters" in run("explain", "bare-days").output
    assert "Youngest age seen" in run("explain", "minimum-age").output
    assert "There is no colon" in run("explain", "colon-missing").output
    assert "bare-days" in run("explain").output


def test_fields_of_another_vocabulary() -> None:
    listed = {
        field["name"] for field in json.loads(run("fields", "--vocabulary", "adult-hearing", "--output", "json").output)
    }
    assert listed == set(load("adult-hearing").fields)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("pay", "recovery-step-2"),
        ("recovery-step-2", "Moving to recovery, step 2"),
        ("pay recovery-step-2", "Moving to recovery, step 2"),
        ("cluster-3", "One care cluster"),
        ("pay other-travel", "Another payment"),
        ("step-2", "`wait step-2: …`"),
        ("step-2", "`steps-offered: step-2`"),
        ("wait step-2", "Longest wait: Treatment at step 2"),
        ("exclusion homeless-people", "# exclusion homeless-people"),
        ("age", "The person's age"),
        ("age", "The boundary between child and adult"),
        ("waited treatment", "# waited"),
        ("commissioner", "organisation code"),
        ("booked", "Sessions booked"),
        ("per", "each referral"),
        ("session", "`pay …: £50.00 per session`"),
        ("referral", "`wait …: within 10 working days of referral`"),
        ("non-attendance", "`dna-limit`"),
        ("stage", "Decision to treat"),
        ("severity", "mild"),
        ("not stated", "Somebody looked"),
        ("except", "minimum-age"),
    ],
)
def test_what_a_finding_or_a_file_names_is_explained(name: str, words: str) -> None:
    done = run("explain", name)
    assert done.exit_code == 0 and words in done.output
    assert run("explain", *name.split()).exit_code == 0


@pytest.mark.parametrize("vocabulary", names())
def test_every_name_of_a_vocabulary_is_explained(vocabulary: str) -> None:
    known = load(vocabulary)
    listed = [word for each in word_lists(known) for word in each.words]
    everything = {
        *known.fields,
        *known.case_fields,
        *known.topics,
        *known.sections,
        *known.payments,
        *known.per,
        *listed,
    }
    everything |= {f"{f.name} {key}" for f in known.fields.values() for key in known.keys(f)}
    pages = explain.pages_of(known)
    assert [name for name in sorted(everything) if not explain.found(name, pages, known)] == []
    assert all(page.text().startswith("# ") for name in ("pay", *listed) for page in pages[name])


@pytest.mark.parametrize("vocabulary", names())
def test_every_word_can_stand_somewhere(vocabulary: str) -> None:
    """A list that no field uses is either dead or missing from the pages."""
    assert [each.name for each in word_lists(load(vocabulary)) if not each.places] == []


@pytest.mark.parametrize("name", FORMS)
def test_the_example_of_every_word_of_the_language_is_read(name: str, parse: LineParser) -> None:
    text = "service x\n" + FORMS[name].example.removeprefix("service northshire")
    document = read_document(from_text("x.care", text), parse)
    assert not document.damaged and not document.orphans
    assert name in FORMS[name].example


def test_the_list_of_what_can_be_explained() -> None:
    listed = run("explain").output
    for name in ("bare-days", "non-attendance", "booked", "not stated", "stage"):
        assert name in listed


@pytest.mark.parametrize("name", ["header-missing", "header-repeated", "unseen-character", "not-utf-8", "unexpected"])
def test_every_name_in_a_finding_is_explained(name: str) -> None:
    assert f"# {name}" in run("explain", name).output


def test_version_and_help() -> None:
    assert run("--version").output == f"carespec {__version__}\n"
    for command in ("check", "format", "fields", "explain", "new"):
        assert command in run("--help").output
        assert run(command, "--help").exit_code == 0


def shell(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a command line gives in a shell, with `carespec` for the program."""
    command = command.replace("carespec ", f"{sys.executable} -m carespec ")
    return subprocess.run(
        command, shell=True, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("carespec check a.care >&-", "standard output is closed"),
        ("carespec fields >&-", "standard output is closed"),
        ("carespec check - <&-", "standard input is closed"),
        ("carespec format - <&-", "standard input is closed"),
        ("carespec check a.care >/dev/full", "standard output: No space left on device"),
        ("carespec check a.care --output json=/dev/full", "`/dev/full` cannot be written: No space left on device"),
        ("CARESPEC_TODAY=tomorrow carespec check a.care", "CARESPEC_TODAY takes a date such as 2012-04-01"),
    ],
)
def test_what_the_system_refuses_is_not_a_fault_of_the_program(command: str, words: str, folder: Path) -> None:
    write(folder, a=BAD)
    done = shell(command, folder)
    assert done.returncode == 2
    assert words in done.stderr
    assert "fault of carespec" not in done.stderr and "Traceback" not in done.stderr and "Exception" not in done.stderr


def test_standard_error_may_be_closed(folder: Path) -> None:
    write(folder, a=GOOD)
    assert shell("carespec check a.care 2>&-", folder).returncode == 0


def test_a_day_that_is_given_needs_no_clock(folder: Path) -> None:
    write(folder, a=GOOD)
    assert shell("carespec check a.care --today 2012-09-01", folder, CARESPEC_TODAY="tomorrow").returncode == 0


def test_one_file_that_cannot_be_read_does_not_lose_the_run(folder: Path) -> None:
    write(folder, a=BAD)
    (folder / "B.CARE").write_text(GOOD.replace("northshire", "b"))
    (folder / "d.care").symlink_to("nowhere")
    done = run("check", ".", "--output", "concise", "--fail-on", "never")
    assert done.exit_code == 2
    assert "./a.care:4:13: must colon-missing" in done.output
    assert "Checked 2 services" in done.output
    assert "Not checked: everything in ./d.care: it is a link to a file that does not exist." in done.output


def test_a_name_that_is_not_text_can_be_reported(folder: Path) -> None:
    with open(b"\xff.care", "w", encoding="utf-8") as file:
        file.write(BAD)
    done = shell("carespec check . --output text --output json=report.json", folder)
    assert done.returncode == 1, done.stderr
    assert len(json.loads((folder / "report.json").read_text())["findings"]) == 1


def test_an_unknown_format_ends_the_run_before_it_begins(folder: Path) -> None:
    write(folder, a=BAD)
    assert run("check", "a.care", "--output", "json=report.json", "--output", "jsn").exit_code == 2
    assert not (folder / "report.json").exists()


def test_help_lists_what_the_registry_has() -> None:
    told = " ".join(run("check", "--help").output.split())
    assert ", ".join(formats()) in told
    for command in ("fields", "explain"):
        assert f"{DEFAULT} by default" in " ".join(run(command, "--help").output.split()).replace("- ", "-")


@pytest.mark.parametrize("module", ["check", "format"])
def test_commands_leave_the_engine_to_the_workspace(module: str) -> None:
    with open(os.path.join(TOP, "src", "carespec", "cli", f"{module}.py"), encoding="utf-8") as file:
        assert "carespec.engine" not in file.read()


def test_a_checkout_that_cannot_be_written_to_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(built, "KEPT_IN", os.path.join("pyproject.toml", "below-a-file"))
    assert built._from_checkout() == built.built()


def test_generate_in_an_installed_copy_says_so(tmp_path: Path) -> None:
    shutil.copytree(os.path.join(TOP, "src", "carespec"), tmp_path / "carespec")
    done = subprocess.run(
        [sys.executable, "-m", "carespec.generate"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "installed copy" in done.stderr


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
