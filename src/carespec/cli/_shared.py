"""What several commands share: dates, standard input, colour, and writing a report to one or several places."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from carespec.records import Report
    from carespec.source import Source


def fail(message: str) -> NoReturn:
    """End with exit code 2 and one sentence."""
    click.echo(f"carespec: {message}", err=True)
    sys.exit(2)


def day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """A date option."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        fail(f"{parameter.opts[0]} takes a date such as 2012-04-01, and `{value}` is none")


def wants_colour() -> bool:
    """Colour on a terminal, unless NO_COLOR is set; always when FORCE_COLOR is."""
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def standard_input(name: str) -> Source:
    """The source on standard input, under the name given."""
    from carespec.source import from_bytes

    return from_bytes(name, sys.stdin.buffer.read())


def files_under(paths: tuple[str, ...]) -> list[str]:
    """The specifications and packs that the paths mean, without any the whole repository; none at all ends the run."""
    from carespec.workspace import MissingPath, corpus_root, find

    try:
        files = find(paths or (os.path.relpath(corpus_root(".")),))
    except MissingPath as missing:
        fail(f"there is no file or folder `{missing}`")
    if not files:
        fail("there is no .care or .guidance file under " + (", ".join(paths) or "this folder"))
    return files


def lines_reader(known: dict[str, tuple[str, ...]]) -> Callable[[str], tuple[str, ...]]:
    """Gives the lines of a file of the run, read at most once and only if a frame is printed; `known` are at hand."""
    from functools import cache

    from carespec.source import read_file

    @cache
    def lines_of(path: str) -> tuple[str, ...]:
        if path in known:
            return known[path]
        try:
            return read_file(path).lines
        except OSError:
            return ()

    return lines_of


def write_outputs(
    report: Report, outputs: tuple[str, ...], show: str, colour: bool, lines_of: Callable[[str], tuple[str, ...]]
) -> None:
    """Write the report in every format asked for, to standard output or to the file after `=`."""
    from carespec.reporters import Options, formats, reporter

    for output in outputs:
        name, _, path = output.partition("=")
        if name not in formats():
            from carespec.vocabulary import nearest

            near = nearest(name, formats())
            asked = f"; did you mean `{near}`?" if near else f"; there are {', '.join(formats())}"
            fail(f"there is no output format `{name}`{asked}")
        text = reporter(name)(report, Options(show, colour and not path, lines_of))
        if path:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        else:
            click.echo(text, nl=False)
