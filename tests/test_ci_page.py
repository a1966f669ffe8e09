"""The workflows of `docs/ci.md` are run: every command in them works, and makes the files that are then taken up."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from carespec.reporters import formats
from support import TOP

with open(os.path.join(TOP, "docs", "ci.md"), encoding="utf-8") as page:
    TEXT = page.read()
WORKFLOWS = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)]


def commands(workflow: dict[Any, Any]) -> Iterator[str]:
    """What a workflow of either host runs, in its order."""
    for job in workflow.get("jobs", workflow).values():
        if isinstance(job, dict):
            yield from job.get("script", ())
            yield from (step["run"] for step in job.get("steps", ()) if "run" in step)


def taken_up(workflow: dict[Any, Any]) -> Iterator[str]:
    """The files that a workflow hands to its host."""
    for job in workflow.get("jobs", workflow).values():
        if isinstance(job, dict):
            yield from job.get("artifacts", {}).get("reports", {}).values()
            inputs = [step["with"] for step in job.get("steps", ()) if "with" in step]
            yield from (each[key] for each in inputs for key in ("path", "sarif_file") if key in each)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "x.care").write_text("service x\nstatus: published-extract\nminimum-age: 18 years\n", encoding="utf-8")
    (tmp_path / "carespec.toml").write_text("guidance = ['none']\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=range(len(WORKFLOWS)))
def test_a_workflow_does_what_it_says(workflow: dict[Any, Any], repository: Path) -> None:
    ours = [command for command in commands(workflow) if command.startswith("carespec ")]
    assert ours, "nothing of ours is in it"
    environment = {**os.environ, "PYTHONPATH": os.path.join(TOP, "src"), "CARESPEC_TODAY": "2012-09-01"}
    for command in ours:
        words = [sys.executable, "-m", *shlex.split(command)]
        done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    for path in taken_up(workflow):
        assert (repository / path).exists(), f"nothing makes {path}"


def test_every_other_command_installs() -> None:
    others = {each for flow in WORKFLOWS for each in commands(flow) if not each.startswith("carespec ")}
    assert others == {'pip install "$CARESPEC"'}


def test_the_page_names_every_format() -> None:
    rows = re.findall(r"^\| (`.*?) \|", TEXT, re.MULTILINE)
    assert sorted(name for row in rows for name in re.findall(r"`([a-z-]+)`", row)) == list(formats())
