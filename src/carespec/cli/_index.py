"""The specifications in the index of a git repository: what the next commit will hold.

A hook reads these and not the working tree, where files that git does not know would change the answer.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterable, Iterator

from carespec.cli._git import git
from carespec.cli._shared import fail, repository_root
from carespec.paths import ENDINGS
from carespec.source import read_bytes

_WHAT = "the index"
_IS_FILE = ("100644", "100755")
_CONFIGURES = ("carespec.toml", "pyproject.toml")
_BEARING = (*_CONFIGURES, "carespec-baseline.json")
_UNKNOWN = "it is not in the index of git; `git add` it first"


def read_index(paths: Iterable[str]) -> dict[str, bytes]:
    """The text of every specification and pack in the index under the paths, by its path from here, in their order.

    One that is in conflict ends the run.
    """
    entries = dict(_entries(tuple(paths)))
    if not entries:
        return {}
    asked = "".join(f"{blob}\n" for blob in entries.values()).encode()
    answer = git(".", "cat-file", "--batch", what=_WHAT, given=asked)
    return dict(zip(entries, contents(answer), strict=True))


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


def contents(answer: bytes) -> Iterator[bytes]:
    """What `git cat-file --batch` gives: for each object a line that ends with its size, then so many bytes."""
    at = 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        size = int(answer[at:end].split(b" ")[2])
        yield answer[end + 1 : end + 1 + size]
        at = end + size + 2


def reader() -> Callable[[str], bytes]:
    """Gives what the index has of a file of this repository, and of any other file what is there. Raises as `open`."""
    top = os.path.realpath(repository_root())

    def read(path: str) -> bytes:
        place = os.path.relpath(os.path.realpath(path), top)
        if place.startswith(os.pardir):
            return read_bytes(path)
        answer = git(".", "cat-file", "--batch", what=_WHAT, given=f":{place.replace(os.sep, '/')}\n".encode())
        if answer.endswith(b" missing\n"):
            raise FileNotFoundError(errno.ENOENT, _UNKNOWN, path)
        return next(contents(answer))

    return read


def is_concerned() -> bool:
    """Whether the next commit changes, adds, moves or takes away anything that a run may go by.

    Where nothing at all is staged it is True: nobody is about to commit, and the corpus itself is asked about.
    """
    staged = git(".", "diff", "--cached", "--name-only", "--no-renames", "--no-ext-diff", "-z", what=_WHAT)
    names = [name for name in staged.decode("utf-8", "surrogateescape").split("\0") if name]
    own = [os.path.basename(name) for name in names]
    return not names or any(name.lower().endswith(ENDINGS) or name in _BEARING for name in own) or _any_named(own)


def _any_named(names: list[str]) -> bool:
    """Whether a configuration above this folder may name one of the files, as its baseline; it is only searched."""
    here, top = os.path.abspath("."), repository_root()
    while True:
        for config in _CONFIGURES:
            with contextlib.suppress(OSError):
                text = read_bytes(os.path.join(here, config))
                if any(name.encode("utf-8", "surrogateescape") in text for name in names):
                    return True
        above = os.path.dirname(here)
        if here in (top, above):
            return False
        here = above
