"""`carespec new service NAME`: a file to start from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from carespec.cli._shared import fail, vocabulary_option, write_text

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
    from carespec.checks.reserved_name import RESERVED
    from carespec.forms import OPEN, service_form

    if not _NAME.fullmatch(name):
        proposed = "-".join(re.findall("[a-z0-9]+", name.lower())).lstrip("0123456789-")
        fail(f"a name is one word, or several joined by hyphens, such as `{proposed or 'northshire'}`")
    if name in RESERVED:
        fail(f"`{name}` is a word of the language, so no service can be called by it; `{name}-service` could be")
    text, path = service_form(name, vocabulary), out or f"{name}.care"
    if path == "-":
        click.echo(text, nl=False)
        return
    write_text(path, text, new=True)
    click.echo(f"wrote {path}: replace each `{OPEN}` by what your service offers, then run `carespec check {path}`")
