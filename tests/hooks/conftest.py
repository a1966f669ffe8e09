"""A git repository that uses the hooks of this project, run by the real pre-commit.

The environment of the hooks is made once, from a clone of this project as it stands here, and shared by all tests, also
by those of other processes. The packages that carespec needs are lent by the environment that runs the tests, so that
nothing is fetched.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from support import TOP

PARTS = ("src", "grammar", "specs", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
HOOKS = ("carespec-check", "carespec-corpus", "carespec-format", "carespec-guidance")


class Installed(NamedTuple):
    """A clone of the project, its revision, and the environment in which pre-commit is run."""

    clone: Path
    revision: str
    environment: dict[str, str]


class Repository(NamedTuple):
    folder: Path
    installed: Installed

    def run(self, *words: str, fails: bool = False) -> str:
        """What a command prints; it must end as expected."""
        done = subprocess.run(
            words, cwd=self.folder, env=self.installed.environment, capture_output=True, text=True, check=False
        )
        assert bool(done.returncode) is fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    def write(self, path: str, text: str) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8", newline="")

    def add(self, **texts: str) -> None:
        """Write services by name, and stage them."""
        for name, text in texts.items():
            self.write(f"{name}.care", text)
            self.run("git", "add", f"{name}.care")

    def hook(self, name: str, *words: str, fails: bool = False) -> str:
        return self.run(sys.executable, "-m", "pre_commit", "run", "-v", name, *words, fails=fails)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    environment = _environment(shared)
    clone = shared / "clone"
    made = tmp_path_factory.mktemp("made") / "clone"
    _clone(made, environment)
    with contextlib.suppress(OSError):  # another process was first
        os.rename(made, clone)
    revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=clone, env=environment, capture_output=True, text=True)
    return Installed(clone, revision.stdout.strip(), environment)


def _environment(shared: Path) -> dict[str, str]:
    """Of git and pip only what is set here; pre-commit keeps what it makes in the shared folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PIP_", "PYTHON"))}
    return {
        **kept,
        "PRE_COMMIT_HOME": str(shared / "pre-commit"),
        "PYTHONPATH": _lent(shared / "lent"),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip takes this to mean that there is none
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_CONFIG_FILE": os.devnull,
        "VIRTUALENV_NO_PERIODIC_UPDATE": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_{what}": "tests@localhost" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }


def _lent(folder: Path) -> str:
    """Links to the packages that are installed here, without carespec, which the hooks must install themselves."""
    folder.mkdir(exist_ok=True)
    packages = os.path.dirname(os.path.dirname(os.path.abspath(pytest.__file__)))
    for name in os.listdir(packages):
        if "carespec" not in name and not name.startswith(("pip", "setuptools")) and not name.endswith(".pth"):
            with contextlib.suppress(FileExistsError):
                os.symlink(os.path.join(packages, name), folder / name)
    return str(folder)


def _clone(folder: Path, environment: dict[str, str]) -> None:
    folder.mkdir()
    for part in PARTS:
        source = os.path.join(TOP, part)
        if os.path.isdir(source):
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder)
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "as it stands")):
        subprocess.run(["git", *words], cwd=folder, env=environment, check=True)


@pytest.fixture
def repository(installed: Installed, tmp_path: Path) -> Repository:
    """One with a configuration and no service yet; its hooks run at every commit."""
    repository = Repository(tmp_path / "health, Süd", installed)
    repository.folder.mkdir()
    repository.run("git", "init", "-q", "-b", "main")
    hooks = "".join(f"  - id: {name}\n" for name in HOOKS)
    config = f"repos:\n- repo: {installed.clone.as_uri()}\n  rev: {installed.revision}\n  hooks:\n{hooks}"
    repository.write(".pre-commit-config.yaml", config)
    repository.write("carespec.toml", 'guidance = ["none"]\nfail-on = "should"\n')
    repository.run("git", "add", "-A")
    repository.run("git", "commit", "-q", "-m", "configure")
    repository.run(sys.executable, "-m", "pre_commit", "install")
    return repository
