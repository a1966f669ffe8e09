"""`check --fix` puts right what is certain; nothing is written whose result has not been checked."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from random import Random

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.baseline import entry_of
from carespec.checks import Check, all_checks
from carespec.cli import carespec
from carespec.cli.check import command as check_command
from carespec.config.table import SETTINGS, setting
from carespec.engine import Engine
from carespec.fixes import edited, fixed, text_of
from carespec.processes import MANY
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
        ("minimum-age: 18 yeers", "minimum-age: 18 years"),
        ("wait step-2: within 6 wekes of referral", "wait step-2: within 6 weeks of referral"),
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


OPEN = (
    START
    + """minimum-age: over 18 years
  except over 16 years when age is over 15 years 6 months
maximum-age: up to 65 years
wait step-2: within 2 to 3 days of referral
"""
)


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ((), {}),
        (
            ("--over", "including"),
            {"over 18": "18", "over 16": "16", "is over 15 years 6 months": "is at least 15 years 6 months"},
        ),
        (
            ("--over", "excluding"),
            {"over 18": "19", "over 16": "17", "is over 15 years 6 months": "is at least 15 years 7 months"},
        ),
        (("--up-to", "including"), {"up to 65": "65"}),
        (("--up-to", "excluding"), {"up to": "under"}),
        (("--days", "working"), {"3 days": "3 working days"}),
        (("--days", "calendar"), {"3 days": "3 calendar days"}),
    ],
)
def test_what_can_be_read_in_two_ways_is_written_as_its_author_says(
    file: Path, words: tuple[str, ...], changed: dict[str, str]
) -> None:
    file.write_text(OPEN, encoding="utf-8")
    done = check("x.care", "--fix", *words)
    expected = OPEN
    for before, after in changed.items():
        expected = expected.replace(before, after)
    assert file.read_text(encoding="utf-8") == expected
    assert done.stderr.count(" becomes ") == len(changed)
    assert "over-age" in done.stdout or "bare-days" in done.stdout, "what nobody has said is still told"


def test_what_is_meant_may_hold_for_some_paths_and_is_shown_with_its_origin(file: Path) -> None:
    (file.parent / "carespec.toml").write_text('[paths."x.care"]\nover = "excluding"\n', encoding="utf-8")
    other = file.with_name("y.care")
    for one in (file, other):
        one.write_text(OPEN.replace("service x", f"service {one.stem}"), encoding="utf-8")
    shown = CliRunner().invoke(carespec, ["config", "show", "x.care"]).stdout
    assert re.search(r"^over +excluding +carespec.toml:2 \(paths x.care\)$", shown, re.MULTILINE), shown
    told = check("x.care").stdout
    assert "`--fix` writes it: `over` is set to `excluding`." in told
    assert "`--fix --up-to including` writes the one, `--fix --up-to excluding` the other." in told
    check("x.care", "y.care", "--fix")
    assert "minimum-age: 19 years\n" in file.read_text(encoding="utf-8")
    assert "minimum-age: over 18 years\n" in other.read_text(encoding="utf-8"), "nobody has said what it means there"


def test_what_is_meant_is_told_among_many_files_too(file: Path) -> None:
    for number in range(MANY):
        text = OPEN.replace("service x", f"service x{number}")
        file.with_name(f"x{number}.care").write_text(text, encoding="utf-8")
    assert "`--fix --over including` writes the one" in check(".").stdout
    assert "`--fix` writes it: `over` is set to `including`." in check(".", "--over", "including").stdout


def test_what_is_meant_is_not_written_where_that_would_show_something_new(file: Path) -> None:
    file.write_text(START + "minimum-age: over 25 years\nmaximum-age: 25 years\n", encoding="utf-8")
    done = check("x.care", "--fix", "--over", "excluding")
    assert "x.care:3: over-age is left as it is: then ages-crossed would be found" in done.stderr
    assert "over 25 years" in file.read_text(encoding="utf-8")


def test_formats_that_carry_edits_have_the_one_that_is_meant(file: Path) -> None:
    file.write_text(START + "minimum-age: over 18 years\n", encoding="utf-8")
    suggested = [
        json.loads(check("x.care", "--output", "rdjson", *words).stdout)["diagnostics"][0].get("suggestions")
        for words in ((), ("--over", "including"))
    ]
    assert suggested[0] is None and [one["text"] for one in suggested[1]] == ["18 years"]
    (fix,) = [found["fix"] for found in json.loads(check("x.care", "--output", "json").stdout)["findings"]]
    assert fix["edit"] is None
    assert [(one["word"], one["edit"]["text"]) for one in fix["readings"]] == [
        ("including", "18 years"),
        ("excluding", "19 years"),
    ]


@pytest.mark.parametrize("name", ["json", "rdjson", "sarif"])
def test_an_edit_is_offered_to_others_only_where_it_would_be_kept(file: Path, name: str) -> None:
    """The first two, which are about the same thing, lead to a finding on the age, the third to none."""
    text = START + 2 * "minimm-age: over 18 years\n" + "wait stp-2: within 6 weeks of referral\n"
    file.write_text(text, encoding="utf-8")
    for done in (
        check("x.care", "--output", name),
        check("-", "--stdin-filename", "x.care", "--output", name, text=text),
    ):
        assert "step-2" in texts_of_edits(json.loads(done.stdout))
        assert "minimum-age" not in texts_of_edits(json.loads(done.stdout))


def texts_of_edits(data: object) -> list[str]:
    """What stands anywhere as the new text of an edit: beside a range, or as inserted content."""
    if isinstance(data, list):
        return [text for one in data for text in texts_of_edits(one)]
    if not isinstance(data, dict):
        return []
    own = [data["text"]] if {"text", "range"} == {*data} else [data.get("insertedContent", {}).get("text")]
    return [*filter(None, own), *(text for one in data.values() for text in texts_of_edits(one))]


@pytest.mark.parametrize("check_", all_checks(), ids=lambda one: one.name)
def test_what_a_piece_can_mean_is_something_that_a_repository_can_set(check_: Check) -> None:
    """And each way of writing it is one that the check lets pass."""
    for case in check_.bad:
        text = re.sub(r"\s+#!.*", "", case)
        source = from_text("x.care", f"{START}{text}\n")
        for finding in look(source):
            for one in finding.fix.readings if finding.fix is not None else ():
                assert one.word in setting(one.setting).choices and setting(one.setting).per_path
                left = [f for f in look(edited(source, one.edit)) if f.name == finding.name]
                assert len(left) < len([f for f in look(source) if f.name == finding.name])


def test_words_of_a_setting_are_those_of_its_option() -> None:
    options = {each.name: each for each in check_command.params}
    for one in SETTINGS:
        option = options.get(one.option.removeprefix("--").replace("-", "_"))
        if one.choices and option is not None:
            assert isinstance(option.type, click.Choice) and tuple(option.type.choices) == one.choices


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
