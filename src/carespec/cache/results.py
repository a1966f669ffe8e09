"""What is kept of a run: all that it told, and what came of each file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from carespec.cache import store
from carespec.cache.data import Unknown, as_data, from_data
from carespec.cache.place import digest, folder, program
from carespec.cache.store import keep_newest, write
from carespec.source import read_bytes

_MOST_EDITIONS = 12
"""An edition is the program with one set of settings on one day."""
_MOST_RUNS = 60
_SHARDS = 32

Digests = Mapping[str, str]
"""The digest of each file's bytes, by its path."""


def digests(paths: Iterable[str], read: Callable[[str], bytes] = read_bytes) -> dict[str, str]:
    """Of what `read` gives of each file; those that cannot be read are left out."""
    found = {}
    for path in paths:
        try:
            found[path] = digest((read(path),))
        except OSError:
            continue
    return found


class Cache:
    """The results of one edition: of this program with these settings, in this folder."""

    def __init__(self, settings: Iterable[str], top: str | None = None) -> None:
        here = [os.getcwd().encode("utf-8", "surrogateescape"), program()]
        edition = digest([*here, *(each.encode("utf-8", "surrogateescape") for each in settings)])
        self._top = top or folder()
        self._folder = os.path.join(self._top, edition)

    def run(self, about: Sequence[str]) -> Any:
        """What a whole run told, by what it was over; None for one that is not known."""
        return _back(store.read(self._run_path(about)))

    def keep_run(self, about: Sequence[str], told: Any) -> None:
        """Keep what a whole run told."""
        is_new = not os.path.isdir(self._folder)
        path = self._run_path(about)
        write(path, as_data(told))
        keep_newest(os.path.dirname(path), _MOST_RUNS)
        if is_new:
            keep_newest(self._top, _MOST_EDITIONS)

    def files(self, found: Digests) -> dict[str, Any]:
        """What came of each file that is known and has not changed since."""
        known: dict[str, Any] = {}
        for shard, paths in _by_shard(found).items():
            kept = store.read(self._shard_path(shard)) or {}
            for path in paths:
                entry = kept.get(path)
                result = _back(entry[1]) if entry is not None and entry[0] == found[path] else None
                if result is not None:
                    known[path] = result
        return known

    def keep_files(self, results: Mapping[str, Any], found: Digests) -> None:
        """Keep what came of files; of each path the newest."""
        for shard, paths in _by_shard(results).items():
            where = self._shard_path(shard)
            kept = store.read(where) or {}
            kept.update({path: (found[path], as_data(results[path])) for path in paths if path in found})
            write(where, kept)

    def _run_path(self, about: Sequence[str]) -> str:
        name = digest(each.encode("utf-8", "surrogateescape") for each in about)
        return os.path.join(self._folder, "runs", name)

    def _shard_path(self, shard: int) -> str:
        return os.path.join(self._folder, "files", str(shard))


def _by_shard(paths: Iterable[str]) -> dict[int, list[str]]:
    shards: dict[int, list[str]] = {}
    for path in paths:
        number = int(digest((path.encode("utf-8", "surrogateescape"),))[:4], 16) % _SHARDS
        shards.setdefault(number, []).append(path)
    return shards


def _back(data: Any) -> Any:
    try:
        return from_data(data)
    except (Unknown, TypeError, ValueError):
        return None
