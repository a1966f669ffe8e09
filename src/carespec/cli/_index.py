"""The specifications in the index of a git repository: what the next commit will hold.

A hook reads these and not the working tree, where files that git does not know would change the answer.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from carespec.cli._git import git
from carespec.cli._shared import fail
from carespec.paths import ENDINGS

_WHAT = "the index"
_IS_FILE = ("100644", "100755")
_CONFIGURES = ("carespec.toml", "pyproject.toml")


def read_index(paths: Iterable[str]) -> dict[str, bytes]:
    """The text of every specification and pack in the index under the paths, by its path from here, in their order.

    One that is in conflict ends the run.
    """
    entries = dict(_entries(tuple(paths)))
    if not entries:
        return {}
    asked = "".join(f"{blob}\n" for blob in entries.values()).encode()
    answer = git(".", "cat-file", "--batch", what=_WHAT, given=asked)
    return dict(zip(entries, _contents(answer), strict=True))


def _entries(paths: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The path and the object of each file, by path; links and modules are none, nor are files in hidden folders."""
    listed = git(".", "--literal-pathspecs", "ls-files", "-s", "-z", "--", *(paths or (".",)), what=_WHAT)
    found = {}
    for entry in listed.decode("utf-8", "surrogateescape").split("\0"):
        about, _, path = entry.partition("\t")
        if not path.lower().endswith(ENDINGS) or _is_hidden(path):
            continue
        mode, blob, stage = about.split(" ")
        if stage != "0":
            fail(f"`{path}` is in conflict: settle it and add it, then run again")
        if mode in _IS_FILE:
            found[path.replace("/", os.sep)] = blob
    yield from sorted(found.items())


def _is_hidden(path: str) -> bool:
    """Whether a folder on the way is one that a run passes over; as in `carespec.paths`."""
    return any((name[0] == "." and name != "..") or name == "node_modules" for name in path.split("/")[:-1])


def _contents(answer: bytes) -> Iterator[bytes]:
    """What `git cat-file --batch` gives: for each object a line that ends with its size, then so many bytes."""
    at = 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        size = int(answer[at:end].split(b" ")[2])
        yield answer[end + 1 : end + 1 + size]
        at = end + size + 2


def is_concerned(baseline: str) -> bool:
    """Whether the next commit changes, adds, moves or takes away anything that a run goes by.

    Where nothing at all is staged it is True: nobody is about to commit, and the corpus itself is asked about.
    """
    staged = git(".", "diff", "--cached", "--name-only", "--no-renames", "--no-ext-diff", "-z", what=_WHAT)
    names = [name for name in staged.decode("utf-8", "surrogateescape").split("\0") if name]
    bearing = (*_CONFIGURES, os.path.basename(baseline))
    return not names or any(name.lower().endswith(ENDINGS) or os.path.basename(name) in bearing for name in names)
