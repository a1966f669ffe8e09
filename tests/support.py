"""Where the checkout is, and which sample files it has."""

from __future__ import annotations

import glob
import os

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
