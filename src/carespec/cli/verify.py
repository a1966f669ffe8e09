"""`carespec verify DIR`: does a record still hold?"""

from __future__ import annotations

import os
import sys
from datetime import date
from typing import Any

import click

from carespec.cli._record import make
from carespec.cli._shared import fail, repository_root, said
from carespec.cli._waived import NO_BASE, Base


@click.command("verify", short_help="Say whether a record of a run still holds.")
@click.argument("folder", metavar="DIR")
def command(folder: str) -> None:
    """Say whether the record in DIR, made by `carespec check --record DIR`, still holds.

    It holds if nobody has changed it, if the documents, the guidance and the vocabulary are those of then, and if the
    same findings come out again. Run it in the repository that the record is about.

    Exit codes: 0 it holds, 1 it does not, 2 there is no record that can be read.
    """
    from carespec.assurance import RECORD, REPORT, NoRecord, digest, parsed

    texts = {name: _read(os.path.join(folder, name)) for name in (RECORD, REPORT)}
    try:
        then = parsed(texts[RECORD].decode("utf-8", "replace"))
        told = _differences(then, texts[REPORT]) if digest(texts[REPORT]) == then["report"]["sha256"] else None
    except (NoRecord, KeyError, TypeError) as error:
        fail(f"`{folder}` holds no record: {error if isinstance(error, NoRecord) else 'part of it is missing'}")
    if told is None:
        told = [f"`{os.path.join(folder, REPORT)}` is not the report that the record was made with"]
    for line in told:
        click.echo(line)
    click.echo("The record does not hold." if told else f"The record of {then['today']} holds.")
    sys.exit(int(bool(told)))


def _differences(then: dict[str, Any], report: bytes) -> list[str]:
    from carespec.assurance import differences, parsed
    from carespec.config.find import Config
    from carespec.config.settings import settled

    root, asked = repository_root(), then["asked"]
    gone = [path for path in asked["paths"] if not os.path.exists(os.path.join(root, path))]
    if gone:
        return [f"`{path}` is there no more" for path in gone]
    folder = os.path.normpath(os.path.join(root, asked["folder"]))
    settings = settled(Config("the record" if asked["configured"] else "", folder, asked["settings"]))
    base = Base(**asked["waivers-from"]) if asked["waivers-from"] else NO_BASE
    until = date.fromisoformat(asked["until"]) if asked["until"] else None
    paths = tuple(os.path.relpath(os.path.join(root, path)) for path in asked["paths"])
    made = make(settings, paths, date.fromisoformat(then["today"]), until, root, base)
    told = differences(then, parsed(made.record))
    if not told and made.report.encode("utf-8", "backslashreplace") != report:
        told.append("other findings come out, though everything that bears on them is the same")
    return told


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        fail(f"`{path}` cannot be read: {said(error)}")
