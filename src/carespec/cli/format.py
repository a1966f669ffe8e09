"""`carespec format`: the one way to write a file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from carespec.cli._shared import fail, found_under, input_bytes, is_standard_input, replace_file
from carespec.tuples import NamedTuple

if TYPE_CHECKING:
    from carespec.records import NotChecked
    from carespec.source import Source
    from carespec.syntax.document import LineParser
    from carespec.syntax.format import Formatted


class Rewritten(NamedTuple):
    """A file, how it should be written, and whether its bytes are not yet those."""

    source: Source
    formatted: Formatted
    changed: bool


@click.command("format", short_help="Write files the one way.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 and name the files that would change.")
@click.option(
    "--diff", is_flag=True, help="Change nothing; print what would change, and exit with 1 if anything would."
)
@click.option("--stdin-filename", default="<stdin>", metavar="NAME", help="What to call standard input (PATH `-`).")
def command(paths: tuple[str, ...], check: bool, diff: bool, stdin_filename: str) -> None:
    """Rewrite specifications and guidance packs in the one way to write them.

    Meaning, comments and the order of lines stay as they are; a line that cannot be read is left untouched. The result
    is UTF-8 without a byte order mark. A file of which anything would be lost is not written. `-` reads standard input
    and prints the result.
    """
    if is_standard_input(paths):
        _in_the_language((stdin_filename,), (stdin_filename,))
        result = _rewritten(stdin_filename, input_bytes(), _parser())
        if not (check or diff or result.formatted.lost):
            click.echo(result.formatted.text, nl=False)
            return
        sys.exit(_tell([result], [], diff, write=False))
    found = found_under(paths)
    files = _in_the_language(found.files, paths)
    results, unread = _read(files)
    sys.exit(_tell(results, [*found.unread, *unread], diff, write=not (check or diff)))


def _in_the_language(files: tuple[str, ...], named: tuple[str, ...]) -> list[str]:
    """The files without those that are YAML or JSON, which have tools of their own."""
    from carespec.source import is_data

    for path in files:
        if is_data(path) and path in named:
            fail(f"`{path}` is not in the language: YAML and JSON are left as they are")
    return [path for path in files if not is_data(path)]


def _read(files: list[str]) -> tuple[list[Rewritten], list[NotChecked]]:
    """Every file as it should be written, and those that cannot be read."""
    from carespec.paths import unread

    parse = _parser()
    results, closed = [], []
    for path in files:
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError as error:
            closed.append(unread(path, error))
            continue
        results.append(_rewritten(path, data, parse))
    return results, closed


def _parser() -> LineParser:
    from carespec.built import built
    from carespec.syntax.document import LineParser
    from carespec.syntax.driver import tables_from

    return LineParser(tables_from(built()["grammar"]))


def _rewritten(path: str, data: bytes, parse: LineParser) -> Rewritten:
    """Compared byte by byte, since neither a mark nor an encoding nor mixed line ends show in the lines of a source."""
    from carespec.source import from_bytes
    from carespec.syntax.format import format_source

    source = from_bytes(path, data)
    formatted = format_source(source, parse)
    return Rewritten(source, formatted, not formatted.lost and formatted.text.encode() != data)


def _tell(results: list[Rewritten], unread: list[NotChecked], diff: bool, write: bool) -> int:
    """Print, and write where asked to; the exit code."""
    failed = [*_losses(results), *(f"{entry.path}: not formatted: {entry.because}" for entry in unread)]
    changed = 0
    for result in results:
        if not result.changed:
            continue
        why_not = replace_file(result.source.path, result.formatted.text) if write else None
        if why_not:
            failed.append(why_not)
            continue
        changed += 1
        if diff:
            _show_diff(result)
        else:
            click.echo(f"{'formatted' if write else 'would format'} {result.source.path}")
    for told in (*_left(results), *failed):
        click.echo(told, err=True)
    click.echo(_closing(results, changed, write), err=True)
    return 2 if failed else int(bool(changed) and not write)


def _losses(results: list[Rewritten]) -> list[str]:
    return [
        f"{source.path}: not written, because formatting would lose {piece}"
        for source, formatted, _ in results
        for piece in formatted.lost
    ]


def _left(results: list[Rewritten]) -> list[str]:
    return [
        f"{source.path}: left as they are, since they cannot be read: lines {', '.join(map(str, formatted.unread))}"
        for source, formatted, _ in results
        if formatted.unread
    ]


def _closing(results: list[Rewritten], changed: int, written: bool) -> str:
    from carespec.summary import counted

    done = "formatted" if written else "to format"
    right = sum(not (result.changed or result.formatted.unread or result.formatted.lost) for result in results)
    partly = sum(bool(result.formatted.unread) for result in results)
    left = f"; {counted(partly, 'file')} with lines that cannot be read" if partly else ""
    return f"{counted(len(results), 'file')}: {changed} {done}, {right} already as they should be{left}"


def _show_diff(result: Rewritten) -> None:
    """What would change in the lines; where nothing would, that the bytes would."""
    told = _diff(result.source, result.formatted.text)
    if told:
        click.echo(told, nl=False)
    else:
        click.echo(f"{result.source.path}: only its encoding, its byte order mark or its line ends would change")


def _diff(source: Source, text: str) -> str:
    from difflib import unified_diff

    before = [f"{line}\n" for line in source.lines]
    if before and before[-1] == "\n":
        before.pop()
    after = text.splitlines(keepends=True)
    return "".join(unified_diff(before, after, source.path, f"{source.path} (formatted)"))
