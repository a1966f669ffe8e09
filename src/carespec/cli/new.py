"""`carespec new service NAME`: a file to start from."""

from __future__ import annotations

import os
import re

import click

from carespec.cli._shared import fail

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@click.group("new", short_help="Start a file.")
def command() -> None:
    """Start a file."""


@command.command("service")
@click.argument("name")
@click.option("--out", metavar="FILE", help="Where to write it; NAME.care in this folder by default, `-` to print it.")
def service(name: str, out: str | None) -> None:
    """A service specification to fill in: every field that is expected, by section, with what to write.

    NAME is one word, or several joined by hyphens.
    """
    from carespec.forms import service_form
    from carespec.vocabulary import load

    if not _NAME.fullmatch(name):
        proposed = "-".join(re.findall("[a-z0-9]+", name.lower())).lstrip("0123456789-")
        fail(f"a name is one word, or several joined by hyphens, such as `{proposed or 'northshire'}`")
    text, path = service_form(name, load()), out or f"{name}.care"
    if path == "-":
        click.echo(text, nl=False)
        return
    if os.path.exists(path):
        fail(f"`{path}` exists already, and is left as it is")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    click.echo(f"wrote {path}: replace each `not stated` by what your service offers, then run `carespec check {path}`")
