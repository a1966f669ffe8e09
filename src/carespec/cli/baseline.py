"""`carespec baseline`: findings of a corpus that are known, so that only what is new or worse is told."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from carespec.cli._reach import alone
from carespec.cli._run import run
from carespec.cli._settled import (
    baseline_of,
    day_of_run,
    settings_for,
    without_ignored,
    without_known,
)
from carespec.cli._shared import fail, write_text

if TYPE_CHECKING:
    from carespec.baseline import Entry
    from carespec.config.settings import Settings
    from carespec.records import Report

_FILE = click.option("--baseline", metavar="FILE", help="The file, instead of the one that the configuration names.")


@click.group("baseline", short_help="Set apart the findings that are known.")
def command() -> None:
    """Set apart the findings that a corpus has today, so that `check` tells only what is new or has got worse.

    The file belongs under version control. An entry names what a finding is about and what the document says there: a
    line that moves or is written more tidily stays known, and a value that changes does not.
    """


@command.command("create")
@_FILE
def create(baseline: str | None) -> None:
    """Write the findings that the corpus has now; what is in the file already is replaced."""
    from carespec.baseline import entries
    from carespec.baseline.file import written
    from carespec.summary import counted

    settings = settings_for(None, baseline=baseline)
    path = _path(settings)
    found = entries(_report(settings))
    write_text(path, written(found))
    click.echo(f"{path}: {counted(len(found), 'finding')}. `carespec check` tells what is new or has got worse.")


@command.command("show")
@_FILE
def show(baseline: str | None) -> None:
    """List what is set apart, and what of it is there no more."""
    settings = settings_for(None, baseline=baseline)
    known, gone = _known_and_gone(settings)
    for entry in known:
        says = f"  {entry.says}" if entry.says else ""
        click.echo(f"{entry.severity:<8}{entry.id}{says}{'  (there no more)' if entry in gone else ''}")
    click.echo(_closing(settings, known, gone))


@command.command("prune")
@_FILE
def prune(baseline: str | None) -> None:
    """Take out what is there no more, so that it would be told if it came back."""
    from carespec.baseline.file import written

    settings = settings_for(None, baseline=baseline)
    known, gone = _known_and_gone(settings)
    left = list(known)
    for entry in gone:
        left.remove(entry)
    if gone:
        write_text(_path(settings), written(left))
    click.echo(f"{_path(settings)}: {len(gone):,} taken out, {len(left):,} left")


def _known_and_gone(settings: Settings) -> tuple[tuple[Entry, ...], list[Entry]]:
    from carespec.baseline import gone

    path = _path(settings)
    if not os.path.exists(path):
        fail(f"there is no baseline `{path}`; `carespec baseline create` writes it")
    known = baseline_of(settings)
    return known, gone(known, without_known(_report(settings), settings))


def _report(settings: Settings) -> Report:
    """What the whole corpus gives now; a file that cannot be read ends the run, for nobody knows what is in it."""
    ran = run(settings, alone(settings, ()), day_of_run(None, settings.value("as-at")))
    if ran.unread:
        fail("a file of the corpus cannot be read, so nobody knows what is in it; `carespec check` names it")
    return without_ignored(ran.report, settings)


def _path(settings: Settings) -> str:
    return os.path.relpath(settings.file("baseline"))


def _closing(settings: Settings, known: tuple[Entry, ...], gone: list[Entry]) -> str:
    from carespec.summary import counted

    told = f"{_path(settings)}: {counted(len(known), 'finding')}"
    return told + (f", {len(gone)} of them there no more: `carespec baseline prune` takes them out" if gone else "")
