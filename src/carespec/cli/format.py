"""`carespec format`: the one way to write a file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from carespec.cli._shared import fail, files_under, standard_input

if TYPE_CHECKING:
    from carespec.source import Source
    from carespec.syntax.format import Formatted


@click.command("format", short_help="Write files the one way.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 and name the files that would change.")
@click.option(
    "--diff", is_flag=True, help="Change nothing; print what would change, and exit with 1 if anything would."
)
@click.option("--stdin-filename", default="<stdin>", metavar="NAME", help="What to call standard input (PATH `-`).")
def command(paths: tuple[str, ...], check: bool, diff: bool, stdin_filename: str) -> None:
    """Rewrite specifications and guidance packs in the one way to write them.

    Meaning, comments and the order of lines stay as they are; a line that cannot be read is left untouched. A file of
    which anything would be lost is not written. `-` reads standard input and prints the result.
    """
    if "-" in paths:
        source = standard_input(stdin_filename)
        formatted = _formatted([source])[0][1]
        if not (check or diff):
            click.echo(formatted.text, nl=False)
            return
        sys.exit(_tell([(source, formatted)], diff, write=False))
    from carespec.source import read_file

    results = _formatted([read_file(path) for path in files_under(paths)])
    sys.exit(_tell(results, diff, write=not (check or diff)))


def _formatted(sources: list[Source]) -> list[tuple[Source, Formatted]]:
    from carespec.built import built
    from carespec.syntax.document import LineParser
    from carespec.syntax.driver import tables_from
    from carespec.syntax.format import format_source

    parse = LineParser(tables_from(built()["grammar"]))
    return [(source, format_source(source, parse)) for source in sources]


def _tell(results: list[tuple[Source, Formatted]], diff: bool, write: bool) -> int:
    """Print, and write where asked to; the exit code."""
    changed = [(source, formatted) for source, formatted in results if formatted.changed]
    for source, formatted in changed:
        if diff:
            click.echo(_diff(source, formatted.text), nl=False)
        else:
            click.echo(f"{'formatted' if write else 'would format'} {source.path}")
        if write:
            _write(source.path, formatted.text)
    lost = [(source, piece) for source, formatted in results for piece in formatted.lost]
    for source, piece in lost:
        click.echo(f"{source.path}: not written, because formatting would lose {piece}", err=True)
    for source, formatted in results:
        if formatted.unread:
            lines = ", ".join(map(str, formatted.unread))
            click.echo(f"{source.path}: left as they are, since they cannot be read: lines {lines}", err=True)
    if lost:
        return 2
    click.echo(_closing(len(results), len(changed), write), err=True)
    return int(bool(changed) and not write)


def _closing(files: int, changed: int, written: bool) -> str:
    from carespec.summary import counted

    done = "formatted" if written else "to format"
    return f"{counted(files, 'file')}: {changed} {done}, {files - changed} already as they should be"


def _diff(source: Source, text: str) -> str:
    from difflib import unified_diff

    before = [f"{line}\n" for line in source.lines]
    if before and before[-1] == "\n":
        before.pop()
    after = text.splitlines(keepends=True)
    return "".join(unified_diff(before, after, source.path, f"{source.path} (formatted)"))


def _write(path: str, text: str) -> None:
    """Replace the file whole, so that an interrupted run leaves the old one."""
    import os

    beside = f"{path}.{os.getpid()}~"
    try:
        with open(beside, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.chmod(beside, os.stat(path).st_mode)
        os.replace(beside, path)
    except OSError as error:
        fail(f"`{path}` cannot be written: {error.strerror}")
