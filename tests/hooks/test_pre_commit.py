"""The hooks as those meet them who commit: the real pre-commit, in real repositories."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import yaml

from hooks.conftest import HOOKS, Repository
from support import TOP

GOOD = "service northshire\nstatus: published-extract\n\nminimum-age: 18 years\n"
BAD = "service northshire\nstatus: published-extract\n\nminimm-age: 18 years\n"
SAME_NAME = "duplicate-service"
FOUND = re.compile(r"^(\S.*\.care:\d+:\d+: \w+ .*?)(?: \(elsewhere\))?$", re.MULTILINE)


def test_the_tests_know_every_hook() -> None:
    with open(os.path.join(TOP, ".pre-commit-hooks.yaml"), encoding="utf-8") as file:
        assert tuple(hook["id"] for hook in yaml.safe_load(file)) == HOOKS


def test_a_commit(repository: Repository) -> None:
    repository.add(northshire=BAD)
    told = repository.run("git", "commit", "-m", "bad", fails=True)
    assert "northshire.care:4:1: must unknown-field" in told
    repository.add(northshire=GOOD)
    assert "Passed" in repository.run("git", "commit", "-m", "good")
    assert "Nothing was found" in repository.hook("carespec-corpus", "--all-files")


def test_the_program_is_the_one_that_the_hook_installed(repository: Repository) -> None:
    """Else all of this would tell about another one."""
    home = repository.installed.environment["PRE_COMMIT_HOME"]
    repository.hook("carespec-check")
    (python,) = (
        os.path.join(home, repo, place, "bin", "python")
        for repo in os.listdir(home)
        if os.path.isdir(os.path.join(home, repo))
        for place in os.listdir(os.path.join(home, repo))
        if place.startswith("py_env")
    )
    told = repository.run(python, "-c", "import carespec; print(carespec.__file__)")
    assert told.startswith(home) and "site-packages" in told


def test_names_line_ends_and_letters(repository: Repository) -> None:
    path = "Süd Öst/café & ‘quotes’.care"
    repository.write(path, BAD.replace("\n", "\r\n"))
    repository.run("git", "add", "-A")
    told = repository.run("git", "commit", "-m", "bad", fails=True)
    assert f"{path}:4:1: must unknown-field" in told


def test_what_is_staged_is_checked(repository: Repository) -> None:
    """Not what stands in the folder."""
    repository.add(northshire=BAD)
    repository.write("northshire.care", GOOD)
    repository.run("git", "commit", "-m", "staged bad", fails=True)
    repository.add(northshire=GOOD)
    repository.write("northshire.care", BAD)
    repository.run("git", "commit", "-m", "staged good")
    assert "minimm-age" in (repository.folder / "northshire.care").read_text(encoding="utf-8")


def test_what_git_does_not_know_changes_nothing(repository: Repository) -> None:
    repository.write("copy.care", GOOD)
    repository.add(northshire=GOOD)
    assert SAME_NAME not in repository.run("git", "commit", "-m", "good")
    repository.add(copy=GOOD)
    told = repository.run("git", "commit", "-m", "a second of that name", fails=True)
    assert SAME_NAME in told and "Skipped" not in re.findall(r"check service.*", told)[0]


def test_what_a_change_causes_in_another_file(repository: Repository) -> None:
    repository.add(zeta=GOOD, alpha=GOOD.replace("northshire", "southshire"))
    repository.run("git", "commit", "-m", "two names")
    repository.add(alpha=GOOD)
    told = repository.hook("carespec-check", fails=True)
    assert f"zeta.care:1:9: should {SAME_NAME}" in told
    assert "a file that was not named" in told
    assert "Checked 1 service" in told and "Held beside 1 other document" in told


def test_a_file_that_moves_is_not_its_own_double(repository: Repository) -> None:
    repository.add(northshire=GOOD)
    repository.run("git", "commit", "-m", "good")
    repository.run("git", "mv", "northshire.care", "north.care")
    told = repository.run("git", "commit", "-m", "move")
    assert len(re.findall("Passed", told)) >= 3


def test_a_commit_that_only_takes_away(repository: Repository) -> None:
    """No file is given to `carespec-check`; `carespec-corpus` runs all the same."""
    repository.add(northshire=BAD, other=GOOD.replace("northshire", "other"))
    repository.run("git", "commit", "--no-verify", "-m", "bad")
    repository.run("git", "rm", "-q", "other.care")
    told = repository.run("git", "commit", "-m", "take away", fails=True)
    assert re.search(r"check service specifications.*Skipped", told)
    assert "northshire.care:4:1: must unknown-field" in told
    repository.run("git", "reset", "-q", "--hard")
    repository.write("README.md", "A page.\n")
    repository.run("git", "add", "-A")
    assert "touches no specification" in repository.hook("carespec-corpus")
    repository.run("git", "commit", "-m", "of no concern to it")
    assert "unknown-field" in repository.hook("carespec-corpus", "--all-files", fails=True)


def test_format_and_the_tests_of_packs(repository: Repository) -> None:
    repository.add(northshire=GOOD.replace("minimum-age: ", "Minimum-Age:   "))
    assert "files were modified" in repository.hook("carespec-format", fails=True)
    assert (repository.folder / "northshire.care").read_text(encoding="utf-8") == GOOD
    with open(os.path.join(TOP, "specs/guidance/fair-access.guidance"), encoding="utf-8") as file:
        pack = file.read()
    repository.write("own.guidance", pack.replace("  fails: minimum-age", "  passes: minimum-age", 1))
    repository.run("git", "add", "-A")
    assert "own.guidance" in repository.hook("carespec-guidance", fails=True)


def test_batches_tell_what_a_run_over_everything_tells(repository: Repository) -> None:
    """Two thousand files are more than one command line holds."""
    texts = (GOOD, BAD, GOOD.replace("18 years", "over 18 years"))
    for number in range(2000):
        name = f"service-{number % 1990:04}"  # ten names twice
        text = texts[number % 3 if number % 40 == 0 else 0].replace("northshire", name)
        repository.write(f"specifications-of-all-the-areas-of-the-country/in-alphabetical-order/{number:04}.care", text)
    repository.run("git", "add", "-A")
    config = repository.folder / ".pre-commit-config.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("check\n", "check\n    args: [--output, concise]\n"), encoding="utf-8")
    repository.run("git", "add", "-A")
    told = repository.hook("carespec-check", "--all-files", fails=True)
    assert len(re.findall(r"^Checked ", told, re.MULTILINE)) > 1, "one command line held them all"
    whole = subprocess.run(
        [sys.executable, "-m", "carespec", "check", "--output", "concise", "--no-cache"],
        cwd=repository.folder, capture_output=True, text=True, check=False,
    ).stdout.replace("./", "")  # fmt: skip
    assert set(FOUND.findall(told)) == set(FOUND.findall(whole))
    assert len(re.findall(SAME_NAME, whole)) == 10 and "unknown-field" in whole
