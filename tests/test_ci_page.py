"""The workflows of `docs/ci.md` are run: every command in them works, and makes the files that are then taken up.

That the hosts would take them is held to the schemas that these publish, which check-jsonschema brings with it.
"""

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
BLOCKS = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
WORKFLOWS = [yaml.safe_load(block) for block in BLOCKS]
TAKEN = {True: "vendor.github-workflows", False: "vendor.gitlab-ci"}
"""The schema of a workflow's host, by whether that is GitHub."""


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


def taken_by(host: str, *files: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", host, *map(str, files)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def test_their_hosts_take_them(tmp_path: Path) -> None:
    files: dict[str, list[Path]] = {}
    for number, (block, workflow) in enumerate(zip(BLOCKS, WORKFLOWS, strict=True)):
        file = tmp_path / f"{number}.yml"
        file.write_text(block, encoding="utf-8")
        files.setdefault(TAKEN["jobs" in workflow], []).append(file)
    assert sorted(files) == sorted(TAKEN.values())
    for host, written in files.items():
        done = taken_by(host, *written)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("host", "before", "after"), [(True, "runs-on:", "run-on:"), (False, "junit:", "junitt:")])
def test_and_would_refuse_a_slip(host: bool, before: str, after: str, tmp_path: Path) -> None:
    """Else the test above could not fail."""
    block = next(block for block in BLOCKS if before in block)
    (tmp_path / "x.yml").write_text(block.replace(before, after), encoding="utf-8")
    done = taken_by(TAKEN[host], tmp_path / "x.yml")
    assert done.returncode == 1 and after.rstrip(":") in done.stdout + done.stderr


def test_every_other_command_installs() -> None:
    others = {each for flow in WORKFLOWS for each in commands(flow) if not each.startswith("carespec ")}
    assert others == {'pip install "$CARESPEC"'}


def test_the_page_names_every_format() -> None:
    rows = re.findall(r"^\| (`.*?) \|", TEXT, re.MULTILINE)
    assert sorted(name for row in rows for name in re.findall(r"`([a-z-]+)`", row)) == list(formats())
