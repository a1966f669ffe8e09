"""What several tests share: where the checkout is, which sample files it has, a pack, and how a command ends."""

from __future__ import annotations

import glob
import os

from click.testing import CliRunner

from carespec.cli import carespec

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def sample_files() -> list[str]:
    """Every specification and pack in the checkout, relative to its top."""
    found = [
        path
        for folder in ("specs", "tests", "docs")
        for ending in ("care", "guidance")
        for path in glob.glob(f"{folder}/**/*.{ending}", root_dir=TOP, recursive=True)
    ]
    return sorted(found)


def no_upper_age(*lines: str) -> str:
    """A pack with one rule, `local.no-upper-age`, with these lines in it too."""
    own = "".join(f"  {line}\n" for line in lines)
    return f"""guidance local
publisher: "NHS Northshire"
version: 1
source policy: "Policy", "NHS Northshire" published 2012

section "Who"

rule no-upper-age "No upper age limit"
{own}  text: [policy 1]
  | There is no upper age limit.
  require: maximum-age is none
  message: "It stops at {{maximum-age}}."
  affects: "older people"
  fix: "Write `maximum-age: none`."
  passes: maximum-age is none
  fails: maximum-age is 65 years
"""


def ended(*words: str) -> tuple[int, str]:
    """The exit code of a command, and all that it printed."""
    done = CliRunner().invoke(carespec, list(words))
    return done.exit_code, done.output
