"""`carespec diff`: what a new version changes, and for whom."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from carespec.cli._revision import LEAD, at_revision
from carespec.cli._shared import TOLD_AS, fail, files_under, known_outputs, output_option, tell_pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carespec.changes.versions import Difference
    from carespec.engine import Engine
    from carespec.model.facts import Service
    from carespec.records import NotChecked


@click.command("diff", short_help="What a new version changes, and for whom.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@output_option(TOLD_AS)
def command(old: str, new: str, outputs: tuple[str, ...]) -> None:
    """Tell what changes from OLD to NEW: two files, or two folders whose services belong together by name.

    OLD may be `git:REV`, for NEW as it was at that revision, or `git:REV:PATH`; NEW may be `git:REV:PATH` too. Layout,
    order and remarks are no change. Each change has a kind, such as `access narrowed` or `price raised`.

    Exit codes: 0 the versions were compared, 2 usage, a missing path, or a file that cannot be read.
    """
    from carespec.changes.pages import pages
    from carespec.changes.versions import differences
    from carespec.changes.who import who
    from carespec.engine import Engine

    known_outputs(outputs, TOLD_AS)
    engine = Engine(())
    (before, left), (after, right) = _services(old, new, engine), _services(new, old, engine)
    if not before and not after:
        fail("there is no service to compare on either side")
    for name, other, services in ((old, new, before or left), (new, old, after or right)):
        if not services and not os.path.isdir(_path_of(name, other)) and os.path.exists(_path_of(name, other)):
            fail(f"there is no service in `{name}`")
    found = differences(before, after, who, one_to_one=not os.path.isdir(_path_of(new, old)))
    tell_pages(outputs, lambda: pages(found), lambda: _as_json(found))
    for entry in (*left, *right):
        click.echo(f"{entry.path}: left out: {entry.because}", err=True)
    sys.exit(2 if left or right else 0)


def _path_of(name: str, other: str) -> str:
    """The path that an argument means: `git:REV` without one means that of the other."""
    if not name.startswith(LEAD):
        return name
    return name.removeprefix(LEAD).partition(":")[2] or (other if not other.startswith(LEAD) else "")


def _services(name: str, other: str, engine: Engine) -> tuple[list[Service], list[NotChecked]]:
    from carespec.model.facts import Service
    from carespec.records import NotChecked

    found = _of_revision(name, other, engine) if name.startswith(LEAD) else _of_files(name, other, engine)
    return (
        [one for one in found if isinstance(one, Service)],
        [one for one in found if isinstance(one, NotChecked)],
    )


def _of_files(path: str, other: str, engine: Engine) -> Sequence[Service | NotChecked | None]:
    from carespec.corpus import read_service

    if _path_of(other, path) == path and other.startswith(LEAD) and not os.path.exists(path):
        return ()  # it has gone since that revision, or has never been: that is said where the revision is read
    return [read_service(each, engine) for each in files_under((path,))]


def _of_revision(name: str, other: str, engine: Engine) -> Sequence[Service | NotChecked | None]:
    from carespec.corpus import service_in

    path = _path_of(name, other)
    if not path:
        fail(f"say which file or folder is meant, as in `{name}:specs`")
    return [service_in(source, engine) for source in at_revision(name, path)]


def _as_json(found: Sequence[Difference]) -> str:
    import json

    from carespec import __version__
    from carespec.changes.as_data import as_data
    from carespec.reporters.json import SCHEMA
    from carespec.vocabulary import DEFAULT, load
    from carespec.workspace import clock

    try:
        today = clock().isoformat()
    except ValueError as error:
        fail(str(error))
    usual = load(DEFAULT)
    head = {"carespec": __version__, "schema": SCHEMA, "today": today, "vocabulary": f"{usual.name} {usual.version}"}
    data = {**head, "guidance": [], **as_data(found)}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
