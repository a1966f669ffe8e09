"""`carespec new service NAME` and `carespec new guidance NAME`: a file to start from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from carespec.cli._shared import fail, vocabulary_option, write_text
from carespec.spelling import as_name

if TYPE_CHECKING:
    from carespec.vocabulary import Vocabulary

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@click.group("new", short_help="Start a file.")
def command() -> None:
    """Start a file."""


@command.command("service")
@click.argument("name")
@click.option("--out", metavar="FILE", help="Where to write it; NAME.care in this folder by default, `-` to print it.")
@vocabulary_option
def service(name: str, out: str | None, vocabulary: Vocabulary) -> None:
    """A service specification to fill in: every field that is expected, by section, with what to write.

    NAME is one word, or several joined by hyphens.
    """
    from carespec.forms import OPEN, service_form

    _refuse_name(name, "service")
    _write(
        service_form(name, vocabulary), name, "care", out, f"replace each `{OPEN}` by what your service offers, then"
    )


@command.command("guidance")
@click.argument("name")
@click.option(
    "--out", metavar="FILE", help="Where to write it; NAME.guidance in this folder by default, `-` to print it."
)
def guidance(name: str, out: str | None) -> None:
    """A guidance pack to start from: one rule that works, with its tests, and remarks on what to change.

    NAME is one word, or several joined by hyphens.
    """
    from carespec.guidance.form import pack_form
    from carespec.workspace import clock

    _refuse_name(name, "pack")
    try:
        today = clock()
    except ValueError as error:
        fail(str(error))
    _write(pack_form(name, today), name, "guidance", out, "read the remarks, put your own rule in place, then")


def _refuse_name(name: str, what: str) -> None:
    """End the run over a name that nothing can be called by."""
    from carespec.checks.reserved_name import RESERVED

    if not _NAME.fullmatch(name):
        fail(
            "a name is one word, or several joined by hyphens, of the letters a to z and figures, such as "
            f"`{as_name(name, 'northshire')}`"
        )
    if name in RESERVED:
        fail(f"`{name}` is a word of the language, so no {what} can be called by it; `{name}-{what}` could be")


def _write(text: str, name: str, ending: str, out: str | None, then: str) -> None:
    path = out or f"{name}.{ending}"
    if path == "-":
        click.echo(text, nl=False)
        return
    write_text(path, text, new=True)
    click.echo(f"wrote {path}: {then} run `carespec check {path}`")
