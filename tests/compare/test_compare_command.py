"""`carespec compare` as a person or a script meets it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from carespec.cli import carespec
from carespec.tables import Heading, Table, as_markdown, as_text, to_terminal
from support import TOP

FIRST_WAVE = os.path.join(TOP, "specs", "first-wave-2012")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(carespec, ["compare", *arguments], env={"CARESPEC_TODAY": "2013-12-01"})


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "there is no file or folder `nowhere`"),
        ([FIRST_WAVE, "--topic", "acess"], "there is no topic `acess`; did you mean `access`?"),
        ([FIRST_WAVE, "--topic", "x"], "there is no topic `x`; there are access, age,"),
        ([FIRST_WAVE, "--field", "minimum-aeg"], "there is no field `minimum-aeg`; did you mean `minimum-age`?"),
        ([FIRST_WAVE, "--field", "pay assesment"], "there is no payment `assesment`; did you mean `assessment`?"),
        ([FIRST_WAVE, "--field", "languages"], "no service says anything about `languages`"),
        ([FIRST_WAVE, "--output", "jsn"], "there is no output format `jsn`; did you mean `json`?"),
        ([FIRST_WAVE, "--guidance", "fair-acess"], "there is no guidance pack `fair-acess`"),
        ([os.path.join(TOP, "specs", "guidance")], "there is no service to compare under"),
    ],
)
def test_usage_ends_with_two_and_says_why(arguments: list[str], words: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2 and words in done.output, done.output


def test_one_field_tells_everybody() -> None:
    done = run(FIRST_WAVE, "--field", "wait step-3", "--guidance", "none")
    assert done.exit_code == 0 and "Longest wait: Treatment at step 3" in done.stdout
    assert "step-2" not in done.stdout and "Prices" not in done.stdout


def test_several_outputs_in_one_run(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    done = run(FIRST_WAVE, "--topic", "age", "--output", "json", "--output", f"markdown={page}")
    assert json.loads(done.stdout)["topics"][0]["name"] == "age"
    assert page.read_text(encoding="utf-8").startswith("# 9 services side by side")


def test_two_vocabularies_are_two_comparisons() -> None:
    done = run(os.path.join(TOP, "specs"), "--topic", "age", "--guidance", "none")
    assert "1 service side by side: Adult hearing services" in done.stdout
    assert "24 services side by side: Talking therapies" in done.stdout


def test_what_cannot_be_read_is_told_and_ends_with_two(tmp_path: Path) -> None:
    (tmp_path / "a.care").write_text("service a\nminimum-age: 18 years\n", encoding="utf-8")
    (tmp_path / "b.care.json").write_text("{", encoding="utf-8")
    done = run(str(tmp_path))
    assert done.exit_code == 2 and "18 years" in done.stdout
    assert "b.care.json: left out: the file cannot be read" in done.stderr


def test_in_many_processes_it_says_the_same(tmp_path: Path) -> None:
    """From forty files on the work is shared."""
    few, many = tmp_path / "few", tmp_path / "many"
    for folder, copies in ((few, 1), (many, 5)):
        folder.mkdir()
        for name in sorted(os.listdir(FIRST_WAVE)):
            text = Path(FIRST_WAVE, name).read_text(encoding="utf-8")
            for number in range(copies):
                own = text.replace("service first-wave-", f"service n{number}-")
                (folder / f"{number}-{name}").write_text(own, encoding="utf-8")
    small, large = (json.loads(run(str(folder), "--output", "json").stdout) for folder in (few, many))
    assert len(large["services"]) == 45
    for one, five in zip(small["topics"], large["topics"], strict=True):
        assert [f["field"] for f in one["fields"]] == [f["field"] for f in five["fields"]]
        for field, same in zip(one["fields"], five["fields"], strict=True):
            assert 5 * field["n"] == same["n"]
    rows = [
        [(row["payment"], row["lowest"], row["highest"], row["ratio"]) for row in d["prices"]] for d in (small, large)
    ]
    assert [row[:3] for row in rows[0]] == [row[:3] for row in rows[1]]


BLOCKS = (
    Heading("Title"),
    "A sentence | with a bar.",
    Table(("a", "n"), (("x", "1"), ("longer", "20")), frozenset((1,))),
)


def test_tables_in_a_pipe_and_on_a_page() -> None:
    assert as_text(BLOCKS) == ("Title\n=====\n\nA sentence | with a bar.\n\n  a        n\n  x        1\n  longer  20\n")
    assert as_markdown(BLOCKS) == (
        "# Title\n\nA sentence \\| with a bar.\n\n| a | n |\n| --- | ---: |\n| x | 1 |\n| longer | 20 |\n"
    )


@pytest.mark.parametrize("width", [30, 200])
def test_tables_fold_on_a_narrow_terminal(width: int, capsys: pytest.CaptureFixture[str], monkeypatch: object) -> None:
    monkeypatch.setenv("COLUMNS", str(width))  # type: ignore[attr-defined]
    long = "a cell that is much longer than thirty columns of a narrow terminal"
    to_terminal((Heading("Title"), Table(("field", "says"), ((long, "yes"),)), "A sentence."), colour=False)
    shown = capsys.readouterr().out
    assert max(len(line.rstrip()) for line in shown.splitlines()) <= width
    assert (long in shown) is (width == 200)
    assert "".join(shown.split()).count("yes") == 1 and "\033" not in shown
