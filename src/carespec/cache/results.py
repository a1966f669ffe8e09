"""What is kept of a run: all that it told, and what came of each file."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from typing import Any

from carespec.cache import store
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
    """The results of one edition: of this program with these settings, in this folder.

    `told` are the fields of a file's result that are only told, and bear on no other file: they are kept apart.
    """

    def __init__(self, settings: Iterable[str], top: str | None = None, told: Sequence[str] = ()) -> None:
        here = [os.getcwd().encode("utf-8", "surrogateescape"), program()]
        edition = digest([*here, *(each.encode("utf-8", "surrogateescape") for each in settings)])
        self._top, self._told = top or folder(), told
        self._folder = os.path.join(self._top, edition)

    def run(self, about: Sequence[str]) -> Any:
        """What a whole run told, by what it was over; None for one that is not known."""
        return store.read(self._run_path(about))

    def keep_run(self, about: Sequence[str], told: Any) -> None:
        """Keep what a whole run told, in plain values."""
        is_new = not os.path.isdir(self._folder)
        path = self._run_path(about)
        write(path, told)
        keep_newest(os.path.dirname(path), _MOST_RUNS)
        if is_new:
            keep_newest(self._top, _MOST_EDITIONS)

    def files(self, found: Digests, only_read: Container[str] = ()) -> dict[str, Any]:
        """What came of each file that is known and has not changed since; of those `only_read` with nothing told."""
        known: dict[str, Any] = {}
        for shard, paths in _by_shard(found).items():
            kept = self._kept(shard, [path for path in paths if path not in only_read])
            known.update((path, kept[path][1]) for path in paths if path in kept and kept[path][0] == found[path])
        return known

    def keep_files(self, results: Mapping[str, Any], found: Digests) -> None:
        """Keep what came of files; of each path the newest."""
        from carespec.cache.data import as_bytes, shared

        empty = dict.fromkeys(self._told, ())
        for shard, paths in _by_shard(results).items():
            kept = self._kept(shard)
            pieces: dict[Any, Any] = {}
            kept.update({path: (found[path], shared(results[path], pieces)) for path in paths if path in found})
            bearing = {path: (key, result._replace(**empty)) for path, (key, result) in kept.items()}
            told = {path: [getattr(result, name) for name in self._told] for path, (_, result) in kept.items()}
            write(self._shard_path(shard), (as_bytes(bearing), as_bytes(told)))

    def _kept(self, shard: int, whole: Collection[str] | None = None) -> dict[str, tuple[str, Any]]:
        """What is kept of each file of a shard, with its digest; what is told only of `whole`, else of all."""
        from carespec.cache.data import Unknown, as_records  # a run over unchanged files needs no records

        written = store.read(self._shard_path(shard))
        if written is None:
            return {}
        try:
            bearing, told = written
            kept: dict[str, tuple[str, Any]] = as_records(bearing)
            wanted = [path for path in (kept if whole is None else whole) if path in kept]
            also = as_records(told) if wanted else {}
            for path in wanted:
                key, result = kept[path]
                kept[path] = key, result._replace(**dict(zip(self._told, also[path], strict=True)))
        except (Unknown, TypeError, ValueError, LookupError):
            return {}
        return kept

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
