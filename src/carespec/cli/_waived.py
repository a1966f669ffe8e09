"""The register of waivers of a run, and which waivers count: with `--waivers-from git:REV` only those of a revision.

That option is none of the configuration, which a change could alter together with the waivers that it wants.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from carespec.cli._shared import fail, said
from carespec.tuples import NamedTuple

if TYPE_CHECKING:
    from carespec.cli._reach import Reach
    from carespec.config.settings import Settings
    from carespec.guidance.register import Agreement, Register
    from carespec.source import Source
    from carespec.syntax.document import LineParser

_LEAD = "git:"
_WHAT = "the waivers of that revision"


class Base(NamedTuple):
    """The revision whose waivers count, as it was asked for and as the commit that it is; empty where all count."""

    since: str = ""
    commit: str = ""


NO_BASE = Base()

waivers_from_option = click.option(
    "--waivers-from",
    metavar="git:REVISION",
    help="Count only waivers that this revision of the repository has, such as git:main, so that no change waives what "
    "it brings about.",
)


def base_from(since: str | None) -> Base:
    """The revision that `--waivers-from` names; one that git does not know ends the run."""
    if not since:
        return NO_BASE
    revision = since.removeprefix(_LEAD)
    if not since.startswith(_LEAD) or not revision or revision.startswith("-"):
        fail(f"--waivers-from takes a revision such as `git:main`, and `{since}` is none")
    from carespec.cli._git import git

    why = f"it knows no revision `{revision}` here; where the repository was cloned in part, fetch that branch first"
    words = ("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    return Base(since, git(".", *words, what=f"`{since}`", because=why).decode().strip())


def register_of(settings: Settings, reach: Reach, base: Base = NO_BASE) -> Register:
    """The register of a run, with the waivers that count."""
    from carespec.guidance.register import NO_REGISTER, by_service
    from carespec.model.from_syntax import registered
    from carespec.source import from_bytes
    from carespec.syntax.document import read_document

    found = NO_REGISTER
    if reach.register:
        try:
            source = from_bytes(reach.register, reach.bytes_of(reach.register))
        except OSError as error:
            fail(f"the register `{reach.register}` cannot be read: {said(error)}")
        document = read_document(source, _parser())
        if document.kind != "waivers":
            fail(f"`{os.path.normpath(reach.register)}` is no register: one begins with `waivers` and a name")
        found = found._replace(path=source.path, lines=source.lines, waivers=by_service(registered(document)))
    return found._replace(agreed=_agreed(settings, base), since=base.since) if base.since else found


def configured(settings: Settings, base: Base = NO_BASE) -> Register:
    """The register that the configuration names, as it stands on disk, for commands that look at services alone."""
    from carespec.cli._reach import Reach, knowing_its_register
    from carespec.paths import Found

    return register_of(settings, knowing_its_register(settings, Reach(Found(()))), base)


def _agreed(settings: Settings, base: Base) -> frozenset[Agreement]:
    """Every waiver of the corpus at a revision, of documents and of registers alike."""
    from carespec.engine import Engine
    from carespec.guidance.register import agreement
    from carespec.model.from_syntax import registered
    from carespec.syntax.document import read_document

    engine, found = Engine(()), set()
    for source in _with_waivers(settings, base.commit):
        found |= {agreement(one, one.service) for one in registered(read_document(source, engine.parse))}
        read = engine.read(source)
        if read is not None:
            found |= {agreement(one, read.service.name) for one in read.service.waivers}
    return frozenset(found)


def _with_waivers(settings: Settings, commit: str) -> Iterator[Source]:
    """The files of the corpus at a revision that may have a waiver in them, with few calls of git."""
    from carespec.cli._git import git
    from carespec.cli._index import contents
    from carespec.cli._reach import register, roots
    from carespec.cli._shared import repository_root
    from carespec.paths import ENDINGS
    from carespec.source import from_bytes

    top = repository_root()
    places = [os.path.relpath(each, top) for each in (*(roots(settings) or (top,)), register(settings)) if each]
    listed = git(top, "--literal-pathspecs", "ls-tree", "-r", "-z", commit, "--", *places, what=_WHAT)
    entries = [entry.partition("\t") for entry in listed.decode("utf-8", "surrogateescape").split("\0") if entry]
    blobs = [(path, about.split(" ")[2]) for about, _, path in entries if path.lower().endswith(ENDINGS)]
    asked = "".join(f"{blob}\n" for _, blob in blobs).encode()
    texts = contents(git(top, "cat-file", "--batch", what=_WHAT, given=asked)) if blobs else ()
    for (path, _), text in zip(blobs, texts, strict=True):
        if b"waive" in text.lower():
            yield from_bytes(path, text)


def _parser() -> LineParser:
    from carespec.built import built
    from carespec.syntax.document import LineParser
    from carespec.syntax.driver import tables_from

    return LineParser(tables_from(built()["grammar"]))
