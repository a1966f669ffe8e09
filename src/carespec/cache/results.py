"""What is kept of a run: all that it told, what came of each file, and of all together."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from zlib import crc32

from carespec.cache import store
from carespec.cache.place import digest, folder, program
from carespec.cache.store import keep_newest, write, write_parts
from carespec.results import GRAVE_TOLD, PARTS, Folded, Part
from carespec.source import read_bytes
from carespec.tuples import NamedTuple

_MOST_EDITIONS = 12
"""An edition is the program with one set of settings on one day."""
_MOST_RUNS = 60
_SHARES = 32

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


class Kept(NamedTuple):
    """What is known of a share of the files of a run: what came of each that has not changed; and their overview,
    where one was made of exactly these, which `mark` tells from others.
    """

    files: Mapping[str, Folded]
    overview: Part | None = None
    mark: str = ""


class Cache:
    """The results of one edition: of this program with these settings, in this folder."""

    def __init__(self, settings: Iterable[str], top: str | None = None) -> None:
        here = [os.getcwd().encode("utf-8", "surrogateescape"), program()]
        edition = digest([*here, *(each.encode("utf-8", "surrogateescape") for each in settings)])
        self._top = top or folder()
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

    def shares(self, found: Digests) -> dict[int, Kept]:
        """What is known of each share of the files."""
        shares = {}
        for share, paths in by_share(found).items():
            whole, overview, files = self._kept(share)
            known = {path: files[path][1] for path in paths if path in files and files[path][0] == found[path]}
            mark = mark_of(known, found)
            shares[share] = Kept(known, overview if mark == whole else None, mark)
        return shares

    def keep(self, share: int, files: Mapping[str, Folded], found: Digests, overview: bytes = b"") -> None:
        """Keep what came of the files of a share, of each path the newest, and the overview of these."""
        kept = {path: (key, one) for path, (key, one) in self._kept(share)[2].items() if path not in files}
        kept |= {path: (found[path], one) for path, one in files.items()}
        heads: dict[str, tuple[str, str, int, bytes]] = {}
        parts = [overview]
        for path, (key, one) in kept.items():
            at_hand = _at_hand(one)
            if at_hand:
                heads[path] = (key, one.sign, len(parts), at_hand[GRAVE_TOLD])
                parts += at_hand
        write_parts(self._share_path(share), (mark_of(files, found) if overview else "", heads), parts)

    def sums(self) -> dict[str, Part]:
        """Overviews of several shares together, by their marks."""
        marks, parts = store.read_parts(self._sums_path()) or ((), ())
        return dict(zip(marks, parts, strict=True)) if isinstance(marks, list) and len(marks) == len(parts) else {}

    def keep_sums(self, sums: Mapping[str, bytes]) -> None:
        """Keep overviews of several shares together, and no others."""
        write_parts(self._sums_path(), list(sums), list(sums.values()))

    def across(self, signs: Iterable[str]) -> Any:
        """What was found in looking at files together, by the signs of what bears; None for what is not known."""
        kept = store.read(self._across_path())
        return kept[1] if isinstance(kept, tuple) and len(kept) == 2 and kept[0] == joined(signs) else None

    def keep_across(self, signs: Iterable[str], written: bytes) -> None:
        """Keep what was found in looking at files together: what was found last."""
        write(self._across_path(), (joined(signs), written))

    def _kept(self, share: int) -> tuple[str, Part | None, dict[str, tuple[str, Folded]]]:
        """What is kept of a share: an overview and what it is of, and of each file its digest and what came of it."""
        try:
            (mark, heads), parts = store.read_parts(self._share_path(share)) or (("", ()), (b"",))
            of = {path: (key, _folded(sign, parts, at, grave)) for path, (key, sign, at, grave) in dict(heads).items()}
            return mark, parts[0], of
        except (TypeError, ValueError, LookupError):
            return "", None, {}

    def _run_path(self, about: Sequence[str]) -> str:
        return os.path.join(self._folder, "runs", joined(about))

    def _share_path(self, share: int) -> str:
        return os.path.join(self._folder, "files", str(share))

    def _sums_path(self) -> str:
        return os.path.join(self._folder, "sums")

    def _across_path(self) -> str:
        return os.path.join(self._folder, "across")


def by_share(paths: Iterable[str]) -> dict[int, list[str]]:
    """The files in shares: each is always in the same, whatever others there are."""
    shares: dict[int, list[str]] = {}
    for path in paths:
        shares.setdefault(crc32(path.encode("utf-8", "surrogateescape")) % _SHARES, []).append(path)
    return shares


def _at_hand(one: Folded) -> list[bytes]:
    """Every part; none where one is no longer what it was."""
    from carespec.cache.data import Unknown, content

    try:
        return [content(part) for part in one.parts]
    except Unknown:
        return []


def _folded(sign: str, parts: Sequence[Part], at: int, grave: bytes) -> Folded:
    """With what must be put right at hand, since a first screen asks for it in many files."""
    of_file = list(parts[at : at + len(PARTS)])
    of_file[GRAVE_TOLD] = grave
    return Folded(sign, tuple(of_file))


def mark_of(files: Iterable[str], found: Digests) -> str:
    """What tells files with their contents from others."""
    return joined(f"{path}\0{found[path]}" for path in sorted(files))


def joined(texts: Iterable[str]) -> str:
    """One digest of several texts, each of which counts by itself."""
    return digest(each.encode("utf-8", "surrogateescape") for each in texts)
