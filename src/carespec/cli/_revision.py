"""Files as they were at a revision of a git repository: `git:REV`, or `git:REV:PATH`."""

from __future__ import annotations

import os

from carespec.cli._git import git
from carespec.cli._shared import fail
from carespec.paths import ENDINGS
from carespec.source import Source, from_bytes

LEAD = "git:"


def at_revision(name: str, path: str) -> list[Source]:
    """The specifications under `path` at a revision. Ends the run where git cannot say."""
    revision, _, own = name.removeprefix(LEAD).partition(":")
    path = own or path
    if not revision or revision.startswith("-"):
        fail(f"`{name}` names no revision; write `git:HEAD`, `git:main` or another name that git knows")
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    while folder and not os.path.isdir(folder):
        folder = os.path.dirname(folder)  # a folder that has gone since
    inside = os.path.relpath(path, folder or ".")
    listed = git(folder, "ls-tree", "-r", "-z", "--name-only", revision, "--", inside)
    names = [name for name in listed.decode("utf-8", "surrogateescape").split("\0") if name.lower().endswith(ENDINGS)]
    if not names:
        fail(f"there is no specification under `{path}` at revision `{revision}`")
    return [
        from_bytes(os.path.join(folder, each), git(folder, "show", f"{revision}:./{each}")) for each in sorted(names)
    ]
