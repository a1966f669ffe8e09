"""A first screen of many files, told without making what is not told, is the one that the whole report gives."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.checks import all_checks
from carespec.cli import carespec
from support import TOP, sample_files

DAY = ("--today", "2013-06-01")
FIRST_WAVE = [os.path.join(TOP, path) for path in sample_files() if "first-wave" in path]
SLIPS = ("minimum-age over 18", "dna-limt: 2", "wait: TBC")


def check(many: int, *words: str) -> Result:
    """What a run prints where so many files are many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_module("carespec.cli.check"), "MANY", many)
        patch.setattr("carespec.processes.MANY", many)
        return CliRunner().invoke(carespec, ["check", *DAY, *words], color=True)


def told(many: int, *words: str) -> tuple[str, str, int]:
    result = check(many, *words)
    return result.stdout, result.stderr, result.exit_code


def same(*words: str) -> str:
    """What is told, which must be the same in brief, from what is kept, and made from everything."""
    whole = told(10**9, *words, "--no-cache")
    assert told(2, *words, "--no-cache") == whole
    assert told(2, *words) == whole
    return whole[0]


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Services that ship, some under another name, some damaged, one twice; and a pack."""
    folder = tmp_path / "specs"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(folder)
    random = Random(2012)
    for number, path in enumerate(FIRST_WAVE):
        text = Path(path).read_text(encoding="utf-8")
        Path(f"a{number}.care").write_text(text, encoding="utf-8")
        lines = text.splitlines()
        del lines[random.randrange(2, len(lines))]
        lines.insert(random.randrange(2, len(lines)), random.choice(SLIPS))
        Path(f"b{number}.care").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "words",
    [(), ("--show", "must"), ("--show", "should", "--fail-on", "may"), ("--guidance", "none"), ("--fail-on", "never"),
     ("--require-checked", "--fail-on", "never"), ("--select", "fair-access.*"), ("--as-at", "2016-01-01"),
     ("a1.care",), ("--output", "text=told.txt", "--output", "text"), ("--all",), ("--output", "json"),
     ("--horizon", "9y")],
    ids=" ".join,
)  # fmt: skip
def test_in_brief_it_is_the_same(corpus: Path, words: tuple[str, ...]) -> None:
    assert "Checked" in same(*words) or "json" in words


def test_colour_is_the_same(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\033[31;1mmust" in same()


def test_a_configuration_is_heeded(corpus: Path) -> None:
    for text in (
        '[[paths]]\npath = "a*"\nignore = ["fair-access.*"]\n', '[[paths]]\npath = "b*"\nfail-on = "may"\n',
        'ignore = ["undefined-acronym"]\nshow = "should"\n',
    ):  # fmt: skip
        Path("carespec.toml").write_text(text, encoding="utf-8")
        same()


def test_a_baseline_is_heeded(corpus: Path) -> None:
    everything = same()
    assert CliRunner().invoke(carespec, ["baseline", "create"]).exit_code == 0
    assert same() != everything


def test_a_register_is_heeded(corpus: Path) -> None:
    name = Path("a1.care").read_text(encoding="utf-8").split(None, 2)[1]
    text = (
        f'waivers w\nservice {name}\nwaive fair-access.patients-have-a-say until 31 May 2030: "The panel of 3 May."\n'
    )
    Path("w.care").write_text(text, encoding="utf-8")
    Path("carespec.toml").write_text('waivers = "w.care"\n', encoding="utf-8")
    same()


def test_packs_of_ones_own_are_heeded(corpus: Path) -> None:
    with open(os.path.join(TOP, "tests", "language", "ok", "iapt-aqp-2012.guidance"), encoding="utf-8") as file:
        text = file.read()
    Path("../own.guidance").write_text(text, encoding="utf-8")
    same("--guidance", "../own.guidance")
    Path("own.guidance").write_text(text, encoding="utf-8")
    same("--guidance", "own.guidance")


def test_a_file_that_cannot_be_read_is_told(corpus: Path) -> None:
    os.symlink("nowhere", "c.care")
    assert "Not checked: everything in ./c.care: it is a link to a file that does not exist." in same()
    assert check(2).exit_code == 2


def test_files_none_of_which_is_a_service(corpus: Path) -> None:
    for path in corpus.glob("*.care"):
        path.unlink()
    for number in range(3):
        Path(f"{number}.care").write_text("" if number else "service x\nminimum-age: 200 years\n", encoding="utf-8")
    same()
    for number in (1, 2):
        os.remove(f"{number}.care")
        os.symlink("nowhere", f"{number}.care")
    same()


EDIT = st.tuples(st.integers(0, 8), st.sampled_from(["minimum-age: over 18\n", "wait: TBC\n", "dna-limit 2\n", ""]))


@settings(max_examples=8, derandomize=True, deadline=None)
@given(st.lists(EDIT, min_size=1, max_size=3))
def test_after_any_edits_it_is_the_same(tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, str]]) -> None:
    """What is known of files that have not changed is taken up; what is told is what a first run tells."""
    top = tmp_path_factory.mktemp("edited")
    (top / ".git").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(top)
        patch.setenv("XDG_CACHE_HOME", str(top / ".cache"))
        for number, path in enumerate(FIRST_WAVE):
            Path(f"{number}.care").write_text(Path(path).read_text(encoding="utf-8"), encoding="utf-8")
        check(2)
        for number, line in edits:
            if line:
                with open(f"{number}.care", "a", encoding="utf-8") as file:
                    file.write(line)
            else:
                Path(f"{number}.care").unlink(missing_ok=True)
            assert told(2) == told(10**9, "--no-cache")


def test_only_what_changed_is_looked_at(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from carespec import brief

    check(2)
    asked: list[str] = []
    really = brief.look_at

    def counted(engine, path, read):
        asked.append(path)
        return really(engine, path, read)

    monkeypatch.setattr(brief, "look_at", counted)
    with open("a1.care", "a", encoding="utf-8") as file:
        file.write("wait: TBC\n")
    monkeypatch.setattr(brief, "across", lambda *_, **__: pytest.fail("compared again"))
    check(2)
    assert asked == ["./a1.care"]


def test_no_check_looks_at_one_file_and_at_all() -> None:
    """Findings across files are numbered by themselves: none may have the name of one in a file."""
    assert not [one.name for one in all_checks() if one.of_corpus and (one.of_fact or one.of_service)]
