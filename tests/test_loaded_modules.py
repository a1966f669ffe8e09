"""What each everyday command loads: start-up is imports, and a list of them is exact where milliseconds are not.

`benchmarks/` measures the time. `pytest tests/test_loaded_modules.py --update` rewrites the list of our own modules.
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from carespec.built import built
from support import TOP

SERVICE = "specs/first-wave-2012/area-5.care"
MANY = "many"
"""Stands for a folder with enough files to be shared between processes."""

COMMANDS = {
    "--version": ("--version",),
    "--help": ("--help",),
    "check one file": ("check", SERVICE),
    "check many files": ("check", MANY),
    "check one file again": ("check", SERVICE),
    "check many files again": ("check", MANY),
    "explain a check": ("explain", "bare-days"),
    "explain a field": ("explain", "minimum-age"),
    "explain an incentive": ("explain", "stop-at-minimum"),
    "fields": ("fields",),
    "format --check": ("format", "--check", SERVICE),
    "new service": ("new", "service", "northshire", "--out", "-"),
}
EXACT = ("--version", "check one file", "check many files", "check one file again")
AGAIN = " again"
"""Ends the name of a command that has been run before, so that the cache knows all of it."""


HEAVY = frozenset(
    ("lark", "interegular", "yaml", "jsonschema", "rich", "holidays", "hatchling", "numpy", "scipy", "matplotlib",
     "argparse", "ast", "asyncio", "concurrent", "dataclasses", "difflib", "email", "fractions", "http",
     "importlib.metadata", "importlib.resources", "json", "logging", "multiprocessing", "pathlib", "socket",
     "statistics", "subprocess", "tempfile", "tomllib", "typing_extensions", "unittest", "urllib", "xml")
)  # fmt: skip
"""What costs more than it gives while a command starts; not held against us where click itself loads it."""

NOT_NEEDED_YET = frozenset(("scipy", "matplotlib"))

PROBE = """
import sys
into, before = sys.argv.pop(1), set(sys.modules)
from carespec.cli import main
try:
    main()
finally:
    with open(into, "w", encoding="utf-8") as file:
        file.write("\\n".join(sorted(set(sys.modules) - before)))
"""
DATA = os.path.join(TOP, "tests", "data", "loaded-modules.yaml")


@pytest.fixture(scope="module")
def probe(tmp_path_factory: pytest.TempPathFactory) -> Probe:
    built()  # a checkout makes its tables on first use, and that needs Lark
    folder = tmp_path_factory.mktemp("loaded")
    with open(os.path.join(TOP, SERVICE), encoding="utf-8") as file:
        text = file.read()
    (folder / MANY).mkdir()
    for number in range(40):
        (folder / MANY / f"{number}.care").write_text(text, encoding="utf-8")
    return Probe(folder)


class Probe:
    """Runs a command in a process of its own, once, and tells which modules that loaded."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cache  # noqa: B019 - one probe for the module, and few commands
    def loaded(self, command: str) -> frozenset[str]:
        words = [str(self.folder / MANY) if word == MANY else word for word in COMMANDS[command]]
        into = self.folder / "modules"
        environment = {**os.environ, "XDG_CACHE_HOME": str(self.folder / "cache" / command)}
        for _ in range(2 if command.endswith(AGAIN) else 1):
            done = subprocess.run(
                [sys.executable, "-c", PROBE, str(into), *words],
                cwd=TOP, env=environment, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert done.returncode in (0, 1), done.stderr
            assert "Traceback" not in done.stderr, done.stderr
        return frozenset(into.read_text(encoding="utf-8").split())


@cache
def loaded_by_click() -> frozenset[str]:
    code = "import sys, click; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return frozenset(done.stdout.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_heavy_is_loaded(command: str, probe: Probe) -> None:
    extra = probe.loaded(command) - loaded_by_click()
    assert "carespec.cli" in extra, "the probe saw nothing"
    assert sorted(extra & HEAVY) == []


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.endswith(AGAIN)])
def test_what_is_known_needs_neither_the_language_nor_the_checks(command: str, probe: Probe) -> None:
    loaded = probe.loaded(command)
    assert "carespec.cache.results" in loaded
    for part in ("built", "_built", "syntax", "model", "checks", "guidance", "engine", "vocabulary", "workspace"):
        assert not [name for name in loaded if f"{name}.".startswith(f"carespec.{part}.")], part


@pytest.mark.parametrize("command", EXACT)
def test_our_own_modules(command: str, probe: Probe, request: pytest.FixtureRequest) -> None:
    """A module more is a choice: read the diff. All checks count as one module, so that adding one is adding a file;
    so do all patterns of incentives."""
    own = sorted({_folder_as_one(name) for name in probe.loaded(command) if name.split(".")[0] == "carespec"})
    with open(DATA, encoding="utf-8") as file:
        expected = yaml.safe_load(file)
    if request.config.getoption("--update") and expected.get(command) != own:
        expected[command] = own
        with open(DATA, "w", encoding="utf-8") as file:
            file.write(HEADER + yaml.safe_dump(expected, sort_keys=True))
    assert own == expected[command]


HEADER = """\
# The modules of carespec that everyday commands load, each once a run.
# Made by `pytest tests/test_loaded_modules.py --update`. A line more is time at every start: is it needed?
"""


def _folder_as_one(name: str) -> str:
    folders = ("carespec.checks", "carespec.incentives.patterns")
    return next((f"{folder}.*" for folder in folders if name.startswith(f"{folder}.")), name)


def test_the_data_has_no_other_command() -> None:
    with open(DATA, encoding="utf-8") as file:
        assert sorted(yaml.safe_load(file)) == sorted(EXACT)


@pytest.mark.parametrize("name", sorted(HEAVY - NOT_NEEDED_YET))
def test_heavy_names_are_names_of_modules(name: str) -> None:
    """A name that nothing has would never be found loaded."""
    assert find_spec(name) is not None
