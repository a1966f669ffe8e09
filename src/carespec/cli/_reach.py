"""How far a run reaches: the files that it tells about, and those of their corpus that they are judged beside.

What is told of a file must not depend on which others were named with it, so that a hook that is given the changed
files, in batches, tells what a run over everything tells. The corpus is what the configuration says, by default the
folder in which it stands. Where there is no configuration nobody has said how far a corpus goes, and the files named
are all there is; in the index it is then the whole repository.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from carespec.cli._settled import corpus
from carespec.cli._shared import fail, found_under, repository_root
from carespec.paths import Found, MissingPath, find

if TYPE_CHECKING:
    from carespec.config.settings import Settings
    from carespec.source import Source


class Reach(NamedTuple):
    """What a run tells about, and what it only reads; `texts` are the bytes of files that are not read from disk."""

    found: Found
    beside: Found = Found(())
    at_hand: tuple[Source, ...] = ()
    texts: Mapping[str, bytes] | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """All files to be read."""
        return (*self.found.files, *self.beside.files)

    @property
    def read(self) -> Callable[[str], Source] | None:
        """How a file is read; None for one that is read from disk."""
        from carespec.source import from_bytes

        texts = self.texts
        return None if texts is None else lambda path: from_bytes(path, texts[path])


def alone(settings: Settings, paths: tuple[str, ...]) -> Reach:
    """The files under the paths, else the whole corpus, beside nothing else."""
    return Reach(found_under(paths or corpus(settings)))


def in_corpus(settings: Settings, paths: tuple[str, ...]) -> Reach:
    """The files under the paths within their corpus, else the whole corpus; a missing path ends the run."""
    if not paths:
        return alone(settings, paths)
    named = found_under(paths)
    return Reach(named, _rest(_corpus(settings), named.files))


def of_text(settings: Settings, source: Source) -> Reach:
    """A text at hand; if its name is that of a file of the corpus, it stands in for that file."""
    return Reach(Found(()), _rest(_corpus(settings), (source.path,)), (source,))


def in_index(settings: Settings, paths: tuple[str, ...]) -> Reach:
    """As `in_corpus`, of what the next commit will hold."""
    from carespec.cli._index import read_index

    whole = read_index(_roots(settings) or (os.path.relpath(repository_root()),))
    if not paths:
        return Reach(Found(tuple(whole)), texts=whole)
    named = read_index(paths)
    for path in paths:
        if not _holds(named, os.path.relpath(path)):
            fail(f"there is no specification `{path}` in the index of git; `git add` it first")
    return Reach(Found(tuple(named)), _rest(Found(tuple(whole)), tuple(named)), texts={**whole, **named})


def _holds(names: Mapping[str, bytes], path: str) -> bool:
    """Whether a file or a folder is among the names, or has some below it."""
    return path in names or any(path == os.curdir or name.startswith(path + os.sep) for name in names)


def _roots(settings: Settings) -> tuple[str, ...]:
    """The folders of the corpus; none where nobody has configured anything."""
    if not settings.config.path:
        return ()
    return corpus(settings) or (os.path.relpath(settings.config.folder),)


def _corpus(settings: Settings) -> Found:
    try:
        return find(_roots(settings))
    except MissingPath as missing:
        fail(f"there is no folder `{missing}`, which the configuration has in `corpus`")


def _rest(whole: Found, named: tuple[str, ...]) -> Found:
    """What of a corpus is not named; nothing if none of what is named belongs to it."""
    mine = {os.path.realpath(path) for path in named}
    rest = tuple(os.path.normpath(path) for path in whole.files if os.path.realpath(path) not in mine)
    return Found(rest, whole.unread) if len(rest) < len(whole.files) else Found(())
