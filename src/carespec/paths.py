"""Which files the paths of a run mean, and what was met on the way that cannot be read.

One bad file must not lose the run: a link to nothing, or a folder that may not be opened, becomes an entry under
*not checked*, and the rest goes on. Only a path that somebody named and that does not exist ends it.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable

from carespec.records import NotChecked
from carespec.source import DATA_ENDINGS
from carespec.tuples import NamedTuple

ENDINGS = (".care", ".guidance", *DATA_ENDINGS)
_ROOT_MARKS = ("carespec.toml", "pyproject.toml", ".git")
_REASONS = {
    errno.EACCES: "there is no permission to read it",
    errno.EPERM: "there is no permission to read it",
    errno.ELOOP: "it is a link that leads back to itself",
    errno.ENOENT: "it is no longer there",
    errno.EISDIR: "it is a folder",
}
_LEADS_NOWHERE = "it is a link to a file that does not exist"
_NO_FILE = "it is a pipe or a device and not a file; give its text on standard input, as `-`"


class MissingPath(Exception):
    """A path that was named and does not exist."""


class Found(NamedTuple):
    """The files that paths mean, each once under the first name that it was met by, and what cannot be read."""

    files: tuple[str, ...]
    unread: tuple[NotChecked, ...] = ()


def find(paths: Iterable[str]) -> Found:
    """The files that the paths mean: a folder means every specification and pack below it, by name.

    A file that is reached by two names, or by a link, counts once. Raises MissingPath.
    """
    search = _Search()
    for path in paths:
        search.named(path)
    return Found(tuple(search.files.values()), tuple(search.unread.values()))


def unread(path: str, error: OSError) -> NotChecked:
    """A file or a folder that cannot be read, with why, as an entry of a report."""
    because = _REASONS.get(error.errno or 0, f"the system says: {error.strerror or error}")
    return NotChecked("everything", path, because, path)


def corpus_root(start: str) -> str:
    """The folder of the nearest configuration or repository above `start`, else `start` itself."""
    here = os.path.abspath(start)
    while True:
        if any(os.path.exists(os.path.join(here, mark)) for mark in _ROOT_MARKS):
            return here
        above = os.path.dirname(here)
        if above == here:
            return start
        here = above


class _Search:
    """What was found so far, by the true place of each file."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.unread: dict[str, NotChecked] = {}
        self._folders: dict[str, str] = {}

    def named(self, path: str) -> None:
        """A path that somebody named, whatever its ending."""
        mode = self._mode(path, named=True)
        if mode is not None and stat.S_ISDIR(mode):
            self._below(path)
        elif mode is not None and stat.S_ISREG(mode):
            self.files.setdefault(self._true_place(path), path)
        elif mode is not None:
            self._leave(path, NotChecked("everything", path, _NO_FILE, path))

    def _below(self, folder: str) -> None:
        """Every specification and pack below a folder; a pipe of such a name is no document, and is passed over."""
        candidates = []
        for here, folders, names in os.walk(folder, onerror=self._closed):
            folders[:] = [name for name in folders if not name.startswith(".") and name != "node_modules"]
            candidates += [os.path.join(here, name) for name in names if name.lower().endswith(ENDINGS)]
        for path in sorted(candidates):
            mode = self._mode(path)
            if mode is not None and stat.S_ISREG(mode):
                self.files.setdefault(self._true_place(path), path)

    def _mode(self, path: str, named: bool = False) -> int | None:
        """What a path is; None for what cannot be looked at, which is then noted."""
        try:
            return os.stat(path).st_mode
        except (FileNotFoundError, NotADirectoryError) as error:
            if os.path.islink(path):
                self._leave(path, NotChecked("everything", path, _LEADS_NOWHERE, path))
            elif named:
                raise MissingPath(path) from None
            else:
                self._leave(path, unread(path, error))
        except OSError as error:
            self._leave(path, unread(path, error))
        return None

    def _closed(self, error: OSError) -> None:
        self._leave(str(error.filename), unread(str(error.filename), error))

    def _leave(self, path: str, entry: NotChecked) -> None:
        self.unread.setdefault(os.path.abspath(path), entry)

    def _true_place(self, path: str) -> str:
        """As `os.path.realpath`, which would ask the system again for every folder of every file."""
        if os.path.islink(path):
            return os.path.realpath(path)
        folder, name = os.path.split(path)
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder)
        return os.path.join(self._folders[folder], name)
