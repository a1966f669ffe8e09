"""`check --fix` puts right what is certain; nothing is written whose result has not been checked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.baseline import entry_of
from carespec.checks import all_checks
from carespec.cli import carespec
from carespec.engine import Engine
from carespec.fixes import fixed, text_of
from carespec.records import Finding
from carespec.source import Source, from_text
from carespec.spelling import only_spelling
from carespec.vocabulary import load
from random_services import service

START = "service x\nstatus: published-extract\n"
ENGINE = Engine(all_checks())


def look(source: Source) -> tuple[Finding, ...]:
    return ENGINE.check(source).findings


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("minimm-age", "minimum-age", True),
        ("stp-2", "step-2", True),
        ("service: northshire", "service northshire", True),
        ("exept 16 years", "except 16 years", True),
        ("step-2", "step-3", False),
        ("within 10 days", "within 10 weeks", False),
        ("16 years", "18 years", False),
        ("16 years", "16", False),
        ("minimum-age", "maximum-age", False),
        ("", "", False),
    ],
)
def test_what_counts_as_spelling(before: str, after: str, same: bool) -> None:
    assert only_spelling(before, after) is same


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("minimm-age: 18 years", "minimum-age: 18 years"),
        ("wait stp-2: within 10 working days of referral", "wait step-2: within 10 working days of referral"),
        ("minimum-age: 18 years\n  exept 16 years when cluster is 3", None),
        ("minimum-age 18 years", "minimum-age: 18 years"),
    ],
)
def test_a_misspelling_is_put_right(before: str, after: str | None) -> None:
    after = before.replace("exept", "except") if after is None else after
    result = fixed(from_text("x.care", START + before + "\n"), look)
    assert text_of(result.source) == START + after + "\n"
    assert len(result.done) == 1 and result.left == ()


def test_what_would_show_something_new_is_left_and_said() -> None:
    before = START + "minimm-age: over 18 years\n"
    result = fixed(from_text("x.care", before), look)
    assert text_of(result.source) == before and result.done == ()
    assert [(finding.name, why) for finding, why in result.left] == [("unknown-field", "then over-age would be found")]


def test_an_edit_that_does_not_help_is_left() -> None:
    source = from_text("x.care", START + "minimm-age: 18 years\n")
    always = look(source)
    assert fixed(source, lambda _: always).left[0][1] == "it would still be found"


def test_what_changes_an_obligation_is_made_only_when_asked() -> None:
    source = from_text("x.care", START + "minimm-age: 18 years\n")
    (finding,) = look(source)
    assert finding.fix is not None and finding.fix.edit is not None and finding.fix.edit.safe
    fix = finding.fix._replace(edit=finding.fix.edit._replace(safe=False))
    doubtful = [finding._replace(fix=fix)]

    def looked(changed: Source) -> list[Finding]:
        return doubtful if changed == source else []

    assert fixed(source, looked).done == () and fixed(source, looked, unsafe=True).done == tuple(doubtful)


@given(st.integers(0, 10_000), st.integers(0, 30), st.booleans())
@settings(max_examples=15, derandomize=True, deadline=None)
def test_a_fix_never_adds_a_finding(seed: int, place: int, unsafe: bool) -> None:
    """Over random services with a letter taken away somewhere: findings only ever go."""
    text = service(Random(seed), load(), lines=6)
    at = min(place * 7 + 20, len(text) - 1)
    source = from_text("x.care", text[:at] + text[at + 1 :])
    result = fixed(source, look, unsafe)
    before, after = ([entry_of(f) for f in look(one)] for one in (source, result.source))
    assert {e.id for e in after} <= {e.id for e in before} and len(after) <= len(before) - len(result.done)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "x.care"


def check(*words: str, text: str | None = None) -> Result:
    return CliRunner().invoke(carespec, ["check", *words, "--guidance", "none"], input=text)


def test_the_command_tells_each_edit_and_formats(file: Path) -> None:
    file.write_bytes((START + "minimm-age:   18 Years\nself-referral: TBC\n").replace("\n", "\r\n").encode())
    done = check("x.care", "--fix", "--output", "concise")
    assert "x.care:3: unknown-field: `minimm-age` becomes `minimum-age`" in done.stderr
    assert "x.care: written" in done.stderr
    assert "placeholder" in done.stdout and "unknown-field" not in done.stdout
    assert b"minimum-age: 18 years\n" in file.read_bytes(), "with the line ends that `format` writes"
    again = check("x.care", "--fix")
    assert again.stderr == ""


BACKWARDS = "clusters: 4 to 1\nminimm-age: 18 years\n"
SHOWN = "x.care:3: out-of-range: this would change what the document says: `4 to 1` becomes `1 to 4`"


def test_what_changes_what_a_document_says_is_shown_and_not_made_unasked(file: Path) -> None:
    """Nobody is at a terminal here: what is certain is made, what is not is shown and left."""
    file.write_text(START + BACKWARDS, encoding="utf-8")
    done = check("x.care", "--fix", "--unsafe")
    assert (
        SHOWN in done.stderr and "x.care: 1 change of what it says not made; `--yes` makes what is shown" in done.stderr
    )
    assert file.read_text(encoding="utf-8") == START + "clusters: 4 to 1\nminimum-age: 18 years\n"


def test_it_is_made_once_somebody_has_agreed(file: Path) -> None:
    file.write_text(START + BACKWARDS, encoding="utf-8")
    done = check("x.care", "--fix", "--unsafe", "--yes")
    assert SHOWN in done.stderr and done.stderr.index(SHOWN) < done.stderr.index("x.care: written")
    assert file.read_text(encoding="utf-8") == START + "clusters: 1 to 4\nminimum-age: 18 years\n"


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no terminals of this kind here")
@pytest.mark.parametrize(("answer", "clusters"), [("y", "1 to 4"), ("n", "4 to 1"), ("", "4 to 1")])
def test_at_a_terminal_it_is_asked(file: Path, answer: str, clusters: str) -> None:
    file.write_text(START + BACKWARDS, encoding="utf-8")
    ours, theirs = os.openpty()
    words = [sys.executable, "-m", "carespec", "check", "x.care", "--fix", "--unsafe", "--guidance", "none"]
    with subprocess.Popen(words, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        os.write(ours, f"{answer}\n".encode())
        _, told = process.communicate()
    for end in (ours, theirs):
        os.close(end)
    question = "Make this 1 change of what x.care says?"
    assert told.decode().index(SHOWN) < told.decode().index(question)
    assert file.read_text(encoding="utf-8") == START + f"clusters: {clusters}\nminimum-age: 18 years\n"


def test_without_fix_nothing_is_written(file: Path) -> None:
    text = START + "minimm-age:   18 years\n"
    file.write_text(text, encoding="utf-8")
    check("x.care")
    assert file.read_text(encoding="utf-8") == text


def test_a_file_that_is_no_clean_text_is_left(file: Path) -> None:
    written = START.encode() + b"# \xa340\nminimm-age: 18 years\n"
    file.write_bytes(written)
    check("x.care", "--fix")
    assert file.read_bytes() == written


def test_it_needs_a_file(file: Path) -> None:
    for words in (("-", "--fix"), ("x.care", "--unsafe")):
        done = check(*words, text=START)
        assert done.exit_code == 2 and "--fix writes files" in done.stderr
