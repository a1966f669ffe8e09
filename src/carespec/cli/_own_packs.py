"""Guidance packs of one's own, found by name as those that ship are: in the corpus, or among files that are configured.

A name without a version means every version of the pack, since each judges the documents of its own time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

from carespec.cli._guidance import ENDING, NONE, is_file
from carespec.cli._shared import fail, or_nearest
from carespec.tuples import NamedTuple

if TYPE_CHECKING:
    from carespec.config.settings import Settings
    from carespec.source import Source


class Kept(NamedTuple):
    """One version of a pack: its file, "" for one that ships."""

    name: str
    version: str
    path: str = ""

    def told(self) -> str:
        """`version 2 (packs/ours.guidance)`, `version 1 (ships with carespec)`."""
        version = f"version {self.version}" if self.version else "no version"
        return f"{version} ({self.path or 'ships with carespec'})"


def located(name: str, settings: Settings) -> tuple[str, ...]:
    """What a pack's name stands for: itself for one that ships or is a file already, else the files that hold it.

    A name that no pack has, or not in that version, ends the run.
    """
    if name == NONE or is_file(name):
        return (name,)
    wanted, _, version = name.lower().partition("@")
    ships = _shipped()
    if any(one.name == wanted and version in ("", one.version) for one in ships):
        return (name.lower(),)
    own = tuple(_own(settings))
    files = tuple(one.path for one in own if one.name == wanted and version in ("", one.version))
    return files or _refuse(wanted, version, [*ships, *own])


def _shipped() -> list[Kept]:
    from carespec.guidance.library import shipped

    return [Kept(pack.name, pack.version) for pack in shipped()]


def _own(settings: Settings) -> Iterator[Kept]:
    """The packs in files of one's own; a file that cannot be read is passed over, and told of where it is asked for."""
    from carespec.source import read_file

    for path in _files(settings):
        try:
            yield _kept(read_file(path))
        except OSError:
            continue


def _files(settings: Settings) -> tuple[str, ...]:
    """The files of packs that are configured, and those in the corpus, by name."""
    from carespec.paths import MissingPath, corpus_root, find

    config = settings.config
    configured = [os.path.join(config.folder, one) for one in config.data.get("guidance", ()) if is_file(one)]
    folders = [os.path.join(config.folder, one) for one in settings.value("corpus")]
    roots = folders if config.path else [corpus_root(".")]
    try:
        found = find([*filter(os.path.isfile, configured), *roots])
    except MissingPath as missing:
        fail(f"there is no folder `{missing}`, which the configuration has in `corpus`")
    return tuple(os.path.relpath(path) for path in found.files if path.endswith(ENDING))


def _kept(source: Source) -> Kept:
    """The name and the version that a pack's first lines give; no parser is needed, or loaded, to know those."""
    from carespec.source import stem

    name, version = stem(source.path), ""
    for line in source.lines:
        first, *rest = line.partition("#")[0].replace(":", " ").lower().split() or ("",)
        if first == "guidance" and rest:
            name = rest[0]
        elif first == "version" and rest:
            version = rest[0].strip('"“”')
        elif first in ("section", "rule", "comparison"):
            break
    return Kept(name.lower(), version, source.path)


def _refuse(wanted: str, version: str, known: list[Kept]) -> NoReturn:
    versions = [one.told() for one in known if one.name == wanted]
    if versions:
        fail(f"of the guidance pack `{wanted}` there is {' and '.join(versions)}, and no version {version}")
    names = dict.fromkeys(one.name for one in known)
    there = f"; there are {', '.join(names)}. A pack outside the corpus is named by its file"
    or_nearest("guidance pack", wanted, names, there)
