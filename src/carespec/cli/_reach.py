"""How far a run reaches: the files that it tells about, and those of their corpus that they are judged beside.

What is told of a file must not depend on which others were named with it, so that a hook that is given the changed
files, in batches, tells what a run over everything tells. The corpus is what the configuration says, by default the
folder in which it stands. Where there is no configuration nobody has said how far a corpus goes, and the files named
are all there is; in the index it is then the whole repository.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from carespec.cli._settled import corpus
from carespec.cli._shared import fail, found_under, repository_root
from carespec.paths import Found, MissingPath, find
from carespec.source import from_bytes, read_bytes
from carespec.tuples import NamedTuple

if TYPE_CHECKING:
    from carespec.config.settings import Settings
    from carespec.source import Source


class Reach(NamedTuple):
    """What a run tells about, and what it only reads; `texts` are the bytes of files that are not read from disk.

    `register` is the path of the register of waivers, if there is one: by the name under which it is found.
    """

    found: Found
    beside: Found = Found(())
    at_hand: tuple[Source, ...] = ()
    texts: Mapping[str, bytes] | None = None
    register: str = ""

    @property
    def files(self) -> tuple[str, ...]:
        """All files to be read."""
        return (*self.found.files, *self.beside.files)

    @property
    def read(self) -> Callable[[str], Source] | None:
        """How a file is read; None for one that is read from disk."""
        return None if self.texts is None else lambda path: from_bytes(path, self.bytes_of(path))

    def bytes_of(self, path: str) -> bytes:
        """What a file of the run holds. Raises as `open` does."""
        return read_bytes(path) if self.texts is None else self.texts[path]


def alone(settings: Settings, paths: tuple[str, ...]) -> Reach:
    """The files under the paths, else the whole corpus, beside nothing else."""
    found = found_under(paths or corpus(settings))
    return knowing_its_register(settings, Reach(found if paths else _with_register(found, settings)))


def in_corpus(settings: Settings, paths: tuple[str, ...]) -> Reach:
    """The files under the paths within their corpus, else the whole corpus; a missing path ends the run."""
    if not paths:
        return alone(settings, paths)
    named = found_under(paths)
    return knowing_its_register(settings, Reach(named, _rest(_corpus(settings), named.files)))


def of_text(settings: Settings, source: Source) -> Reach:
    """A text at hand; if its name is that of a file of the corpus, it stands in for that file."""
    return knowing_its_register(settings, Reach(Found(()), _rest(_corpus(settings), (source.path,)), (source,)))


def in_index(settings: Settings, paths: tuple[str, ...]) -> Reach:
    """As `in_corpus`, of what the next commit will hold."""
    from carespec.cli._index import read_index

    own = register(settings)
    whole = read_index((*(roots(settings) or (os.path.relpath(repository_root()),)), *([own] if own else [])))
    if not paths:
        return knowing_its_register(settings, Reach(Found(tuple(whole)), texts=whole))
    named = read_index(paths)
    for path in paths:
        if not _holds(named, os.path.relpath(path)):
            fail(f"there is no specification `{path}` in the index of git; `git add` it first")
    beside = _rest(Found(tuple(whole)), tuple(named))
    return knowing_its_register(settings, Reach(Found(tuple(named)), beside, texts={**whole, **named}))


def _holds(names: Mapping[str, bytes], path: str) -> bool:
    """Whether a file or a folder is among the names, or has some below it."""
    return path in names or any(path == os.curdir or name.startswith(path + os.sep) for name in names)


def roots(settings: Settings) -> tuple[str, ...]:
    """The folders of the corpus; none where nobody has configured anything."""
    if not settings.config.path:
        return ()
    return corpus(settings) or (os.path.relpath(settings.config.folder),)


def _corpus(settings: Settings) -> Found:
    try:
        found = find(roots(settings))
    except MissingPath as missing:
        fail(f"there is no folder `{missing}`, which the configuration has in `corpus`")
    return _with_register(found, settings) if found.files else found


def register(settings: Settings) -> str:
    """The register of waivers that the configuration names, from here; empty without one."""
    if settings.value("waivers") is None:
        return ""
    path = os.path.relpath(settings.file("waivers"))
    if not path.lower().endswith(".care"):
        fail(f"the register `{path}` is no `.care` file; give it a name such as `waivers.care`")
    return path


def _with_register(found: Found, settings: Settings) -> Found:
    """The register belongs to the corpus, wherever it stands."""
    path = register(settings)
    if not path or _among(path, found.files):
        return found
    return Found((*found.files, path), found.unread)


def knowing_its_register(settings: Settings, reach: Reach) -> Reach:
    """With the register by the name under which the run has it; one that is not there ends the run."""
    path = register(settings)
    if not path:
        return reach
    path = _among(path, reach.files) or path
    known = reach.texts is None and os.path.isfile(path)
    if not known and not (reach.texts is not None and path in reach.texts):
        where = "" if reach.texts is None else " in the index of git"
        fail(f"there is no register `{os.path.normpath(path)}`{where}, which the configuration names in `waivers`")
    return reach._replace(register=path)


def _among(path: str, files: tuple[str, ...]) -> str:
    """The name that a file has among others; empty if it is none of them."""
    name, true = os.path.basename(path), os.path.realpath(path)
    return next((each for each in files if each.endswith(name) and os.path.realpath(each) == true), "")


def _rest(whole: Found, named: tuple[str, ...]) -> Found:
    """What of a corpus is not named; nothing if none of what is named belongs to it."""
    if not whole.files:
        return Found(())
    mine = {os.path.realpath(path) for path in named}
    rest = tuple(os.path.normpath(path) for path in whole.files if os.path.realpath(path) not in mine)
    return Found(rest, whole.unread) if len(rest) < len(whole.files) else Found(())
