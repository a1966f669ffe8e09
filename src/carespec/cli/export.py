"""`carespec export`: services as YAML, JSON or a table, the schema of their data, and the questions that they leave."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from carespec.cli._shared import fail, files_under, is_standard_input, standard_input, vocabulary_option

if TYPE_CHECKING:
    from carespec.engine import Read
    from carespec.vocabulary import Vocabulary
    from carespec.workspace import WhatWasRead

_FORMATS = ("yaml", "json", "csv", "parquet")
_PAGES = ("text", "markdown")


@click.command("export", short_help="Write services as YAML, JSON or a table; list what to ask.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--to",
    type=click.Choice([*_FORMATS, *_PAGES]),
    help="yaml or json: the service itself. csv or parquet: its facts, one row a fact. "
    "text or markdown: with --questions.",
)
@click.option("--out", metavar="FILE", help="Where to write it; a folder gets one file a service. Else it is printed.")
@click.option("--schema", is_flag=True, help="The JSON Schema of services as YAML or JSON, for an editor.")
@vocabulary_option
@click.option("--questions", is_flag=True, help="What a bidder would have to ask, by section.")
@click.option("--stdin-filename", default="<stdin>", metavar="NAME", help="What to call standard input (PATH `-`).")
def command(
    paths: tuple[str, ...],
    to: str | None,
    out: str | None,
    schema: bool,
    vocabulary: Vocabulary,
    questions: bool,
    stdin_filename: str,
) -> None:
    """Write services in another form.

    YAML and JSON say all that the language says, and `check` reads them as it reads .care files: docs/exchange.md shows
    how. A table has one row a fact. --questions lists what is silent, in words, ambiguous or undecided.

    Exit codes: 0 everything was written, 1 something could not be read and was left out, 2 usage or a missing path.
    """
    if schema:
        _write(_schema(vocabulary), out)
        return
    form = _form(to, questions)
    found, unread = _services(paths, stdin_filename)
    if out is not None and (out.endswith(("/", os.sep)) or os.path.isdir(out)):
        _write_each(found, form, out)
    else:
        _write(_exported(found, form), out)
    sys.exit(_tell_left_out(found, unread))


def _form(to: str | None, questions: bool) -> str:
    """What to write. Ends the run where the options do not fit together."""
    if questions and to in _FORMATS:
        fail(f"questions are written as {' or '.join(_PAGES)}, not as {to}")
    if not questions and (to is None or to in _PAGES):
        fail(f"say what to write: --to {', --to '.join(_FORMATS)}, --questions or --schema")
    return to or "text"


def _schema(vocabulary: Vocabulary) -> str:
    from carespec.exchange.dump import as_json
    from carespec.exchange.schema import service_schema

    return as_json(service_schema(vocabulary))


def _services(paths: tuple[str, ...], stdin_filename: str) -> WhatWasRead:
    """The services under the paths, and the files that could not be read as one."""
    from carespec.workspace import Workspace, load

    at_hand = is_standard_input(paths)
    workspace = Workspace((standard_input(stdin_filename),)) if at_hand else load(files_under(paths))
    read = workspace.read()
    if not read.services and not read.unread:
        fail("there is no service under " + ", ".join(paths))
    return read


def _exported(found: Sequence[Read], form: str) -> str | bytes:
    if form in ("csv", "parquet"):
        return _table(found, form)
    if form in _PAGES:
        return _questions(found, form)
    from carespec.exchange.dump import as_json, as_yaml
    from carespec.exchange.to_data import to_data

    data = [to_data(read.service) for read in found]
    if form == "yaml":
        return as_yaml(data)
    return as_json(data[0] if len(data) == 1 else data)


def _table(found: Sequence[Read], form: str) -> str | bytes:
    from carespec.exchange.table import as_csv, as_parquet, rows

    table = [row for read in found for row in rows(read.service, _line_of(read))]
    if form == "csv":
        return as_csv(table)
    try:
        return as_parquet(table)
    except ModuleNotFoundError:
        fail("Parquet needs another package: install it with `pip install 'carespec[parquet]'`")


def _questions(found: Sequence[Read], form: str) -> str:
    from carespec.questions import as_markdown, as_text, questions

    pages = []
    for read in found:
        line_of = _line_of(read)
        asked = [q._replace(line=line_of(q.line) if q.line else None) for q in questions(read.service)]
        pages.append((as_markdown if form == "markdown" else as_text)(_called(read), asked))
    return "\n".join(pages)


def _called(read: Read) -> str:
    from carespec.source import stem

    return read.service.name or stem(read.service.path)


def _line_of(read: Read) -> Callable[[int], int]:
    """From a line of the service to the line of its file."""
    return read.places.line if read.places else lambda number: number


def _write_each(found: Sequence[Read], form: str, folder: str) -> None:
    """One file a service, under the name of the file that it comes from."""
    from carespec.source import stem

    endings = {"yaml": ".care.yaml", "json": ".care.json", "text": ".txt", "markdown": ".md"}
    written: dict[str, str] = {}
    os.makedirs(folder, exist_ok=True)
    for read in found:
        path = os.path.join(folder, stem(read.service.path) + endings.get(form, f".{form}"))
        if path in written:
            fail(f"`{written[path]}` and `{read.service.path}` would both be written to `{path}`")
        written[path] = read.service.path
        _write(_exported([read], form), path)


def _write(content: str | bytes, out: str | None) -> None:
    if out is None:
        if isinstance(content, bytes) and sys.stdout.isatty():
            fail("a Parquet file cannot be shown: give --out FILE")
        click.echo(content, nl=False)
        return
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    try:
        with open(out, "wb") as file:
            file.write(data)
    except OSError as error:
        fail(f"`{out}` cannot be written: {error.strerror}")


def _tell_left_out(found: Sequence[Read], unread: Sequence[str]) -> int:
    """Say what could not be read, for it is not in what was written; the exit code."""
    from carespec.exchange.to_data import left_out

    missing = dict.fromkeys(unread, "it cannot be read; `carespec check` says why")
    for read in found:
        lines = sorted(set(map(_line_of(read), left_out(read.service))))
        if lines:
            numbers = ", ".join(map(str, lines))
            missing[read.service.path] = f"lines that cannot be read, see `carespec check`: {numbers}"
    for path, why in missing.items():
        click.echo(f"{path}: left out: {why}", err=True)
    return int(bool(missing))
