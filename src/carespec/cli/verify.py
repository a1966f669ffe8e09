"""`carespec verify DIR`: does a record still hold?"""

from __future__ import annotations

import os
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from carespec.cli._record import make
from carespec.cli._shared import fail, repository_root, said
from carespec.cli._waived import NO_BASE, Base

if TYPE_CHECKING:
    from carespec.config.settings import Settings


@click.command("verify", short_help="Say whether a record of a run still holds.")
@click.argument("folder", metavar="DIR")
def command(folder: str) -> None:
    """Say whether the record in DIR, made by `carespec check --record DIR`, still holds.

    It holds if nobody has changed it, if the documents, the guidance and the vocabulary are those of then, and if the
    same findings come out again. Run it in the repository that the record is about.

    Exit codes: 0 it holds, 1 it does not, 2 there is no record that can be read.
    """
    from carespec.assurance import RECORD, REPORT, NoRecord, digest, parsed

    record, report = (_read(os.path.join(folder, name)) for name in (RECORD, REPORT))
    try:
        then = parsed(record.decode("utf-8", "replace"))
        settings = _settings(then["asked"])
    except NoRecord as error:
        fail(f"`{folder}` holds no record that can be verified: {error}")
    if digest(report) == then["report"]["sha256"]:
        told = _differences(then, settings, record, report)
    else:
        told = [f"`{os.path.join(folder, REPORT)}` is not the report that the record was made with"]
    for line in told:
        click.echo(line)
    click.echo("The record does not hold." if told else f"The record of {then['today']} holds.")
    sys.exit(int(bool(told)))


def _settings(asked: dict[str, Any]) -> Settings:
    """The settings that a record was made with. Raises NoRecord for any that there are not."""
    from carespec.assurance import RECORD, NoRecord
    from carespec.config.find import Config
    from carespec.config.problems import problems
    from carespec.config.settings import settled

    folder = os.path.normpath(os.path.join(repository_root(), asked["folder"]))
    config = Config("the record" if asked["configured"] else "", folder, asked["settings"])
    wrong = problems(config)
    if wrong:
        raise NoRecord(f"of the settings in its {RECORD}, {wrong[0].message}")
    return settled(config)


def _differences(then: dict[str, Any], settings: Settings, record: bytes, report: bytes) -> list[str]:
    from carespec.assurance import RECORD, differences, parsed

    root, asked = repository_root(), then["asked"]
    gone = [path for path in asked["paths"] if not os.path.exists(os.path.join(root, path))]
    if gone:
        return [f"`{path}` is there no more" for path in gone]
    base = Base(**asked["waivers-from"]) if asked["waivers-from"] else NO_BASE
    until = date.fromisoformat(asked["until"]) if asked["until"] else None
    paths = tuple(os.path.relpath(os.path.join(root, path)) for path in asked["paths"])
    made = make(settings, paths, date.fromisoformat(then["today"]), until, root, base)
    told = differences(then, parsed(made.record))
    if not told and made.report.encode("utf-8", "backslashreplace") != report:
        told.append("other findings come out, though everything that bears on them is the same")
    if not told and made.record.encode("utf-8", "backslashreplace") != record:
        told.append(f"its {RECORD} is not as it was written, though what it says of the documents holds")
    return told


def _read(path: str) -> bytes:
    """A file as it was written: git may have given it other line ends since."""
    try:
        with open(path, "rb") as file:
            return file.read().replace(b"\r\n", b"\n")
    except OSError as error:
        fail(f"`{path}` cannot be read: {said(error)}")
