"""Whole files in, the whole answer out, exactly as the author sees it.

`tests/language/ok/` and `tests/language/wrong/` hold pairs: a file, and beside it what `carespec check` prints of it.
Run pytest with `--update` to write the answers again, and read the diff as the author would.
"""

from __future__ import annotations

import glob
import os

import pytest
from click.testing import CliRunner

from carespec.cli import carespec
from support import TOP

FILES = sorted(
    path
    for folder in ("ok", "wrong")
    for ending in ("care", "guidance")
    for path in glob.glob(f"tests/language/{folder}/*.{ending}", root_dir=TOP)
)


@pytest.mark.parametrize("path", FILES)
def test_answer(path: str, at_top: str, request: pytest.FixtureRequest) -> None:
    done = CliRunner().invoke(carespec, ["check", path, "--today", "2026-01-01", "--guidance", "none"])
    expected_path = os.path.join(TOP, os.path.splitext(path)[0] + ".out")
    if request.config.getoption("--update"):
        with open(expected_path, "w", encoding="utf-8") as file:
            file.write(done.output)
    with open(expected_path, encoding="utf-8") as file:
        assert done.output == file.read()
    assert done.exit_code == (1 if "/wrong/" in path else 0)
