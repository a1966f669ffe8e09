"""What several commands share: dates, vocabularies, files, standard input, colour, and writing a report somewhere."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, NoReturn

import click

from carespec.reporters import formats

if TYPE_CHECKING:
    from carespec.paths import Found
    from carespec.records import Report
    from carespec.reporters import Options
    from carespec.source import Source
    from carespec.tables import Block
    from carespec.vocabulary import Vocabulary


def fail(message: str) -> NoReturn:
    """End with exit code 2 and one sentence."""
    click.echo(f"carespec: {message}", err=True)
    sys.exit(2)


def said(error: OSError) -> str:
    """What the system says about a file that it refused."""
    return error.strerror or str(error)


def day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """A date option."""
    return None if value is None else day_given(parameter.opts[0], value)


def day_given(option: str, text: str, takes: str = "a date such as 2012-04-01") -> date:
    """The date that an option names."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(f"{option} takes {takes}, and `{text}` is none")


def or_nearest(what: str, name: str, known: Iterable[str], else_say: str = "") -> NoReturn:
    """End because there is no such name, with the nearest one."""
    from carespec.vocabulary import nearest

    near = nearest(name, known)
    fail(f"there is no {what} `{name}`" + (f"; did you mean `{near}`?" if near else else_say))


def _vocabulary(context: click.Context, parameter: click.Parameter, value: str | None) -> Vocabulary:
    from carespec.vocabulary import DEFAULT, load, names

    if value is not None and value not in names():
        or_nearest("vocabulary", value, names(), f"; there are {', '.join(names())}")
    return load(value or DEFAULT)


vocabulary_option = click.option(
    "--vocabulary",
    callback=_vocabulary,
    metavar="NAME",
    help="The vocabulary that is asked about; psychological-therapies by default.",
)


def wants_colour() -> bool:
    """Colour on a terminal, unless NO_COLOR is set; always when FORCE_COLOR is."""
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def is_standard_input(paths: tuple[str, ...]) -> bool:
    """Whether `-` is meant; beside another path it ends the run, which would else leave something out."""
    if "-" not in paths:
        return False
    if len(paths) > 1:
        fail("`-` reads standard input and stands alone; check the other paths in a run of their own")
    return True


def input_bytes() -> bytes:
    """All of standard input."""
    if sys.stdin is None:
        fail("standard input is closed, so there is nothing to read")
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        fail(f"standard input cannot be read: {said(error)}")


def standard_input(name: str) -> Source:
    """The source on standard input, under the name given."""
    from carespec.source import from_bytes

    return from_bytes(name, input_bytes())


def found_under(paths: tuple[str, ...]) -> Found:
    """The specifications and packs that the paths mean, without any the whole repository; none at all ends the run."""
    from carespec.paths import MissingPath, corpus_root, find

    try:
        found = find(paths or (os.path.relpath(corpus_root(".")),))
    except MissingPath as missing:
        fail(f"there is no file or folder `{missing}`")
    if not found.files and not found.unread:
        fail("there is no .care or .guidance file under " + (", ".join(paths) or "this folder"))
    return found


def files_under(paths: tuple[str, ...]) -> list[str]:
    """As `found_under`, for a command that must have every file; one that cannot be read ends the run."""
    found = found_under(paths)
    for entry in found.unread:
        fail(f"`{entry.path}` cannot be read: {entry.because}")
    return list(found.files)


def lines_reader(
    known: dict[str, tuple[str, ...]], read: Callable[[str], Source] | None = None
) -> Callable[[str], tuple[str, ...]]:
    """Gives the lines of a file of the run, read at most once and only if a frame is printed; `known` are at hand."""
    from functools import cache

    from carespec.source import read_file

    read = read or read_file

    @cache
    def lines_of(path: str) -> tuple[str, ...]:
        if path in known:
            return known[path]
        try:
            return read(path).lines
        except OSError:
            return ()

    return lines_of


TOLD_AS: Final = ("text", "json", "markdown")
"""The formats of commands that make no report of findings."""


def output_option(names: Sequence[str]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The option that says in which of these formats something is told, and where."""
    return click.option(
        "--output",
        "outputs",
        multiple=True,
        metavar="FORMAT[=FILE]",
        help=f"How to tell it, and into which file: {', '.join(names)}; may be repeated. Text by default.",
    )


outputs_option = output_option(formats())
"""How a report is told: for every command that makes one."""


assume_option = click.option(
    "--assume", "assume", multiple=True, metavar="NAME=LOW..HIGH", help="Another figure, such as dna=5%..25%."
)
assumptions_option = click.option(
    "--assumptions", "assumptions", metavar="FILE", help="Figures of your own: YAML, as in specs/assumptions/."
)


def known_outputs(outputs: Iterable[str], names: Sequence[str] | None = None) -> None:
    """End the run before it begins if it is to be told in a format that does not exist; by default, of a report."""
    names = formats() if names is None else names
    for output in outputs:
        name = output.partition("=")[0]
        if name not in names:
            or_nearest("output format", name, names, f"; there are {', '.join(names)}")


def tell(outputs: Sequence[str], told_as: Callable[[str], str]) -> None:
    """Print, or write into its file, what is told in every format asked for; as text if none is."""
    for output in outputs or ("text",):
        name, _, path = output.partition("=")
        text = told_as(name)
        if path:
            write_text(path, text)
        else:
            click.echo(text, nl=False)


def tell_pages(outputs: Sequence[str], pages: Callable[[], Iterable[Block]], as_json: Callable[[], str]) -> None:
    """As `tell`, of something that is laid out in headings, sentences and tables; on a terminal these fold."""
    from carespec.tables import as_markdown, as_text, to_terminal

    def told_as(name: str) -> str:
        return as_json() if name == "json" else (as_markdown if name == "markdown" else as_text)(pages())

    for output in outputs or ("text",):
        if output == "text" and sys.stdout.isatty():
            to_terminal(pages(), wants_colour())
        else:
            tell((output,), told_as)


def rendered(report: Report, outputs: tuple[str, ...], options: Options) -> tuple[tuple[str, str, str], ...]:
    """The report in every format asked for: what to do with each (`print`, `write`, `append`), its file, its text."""
    from carespec.reporters import also, reporter

    texts = []
    for output in outputs:
        name, _, path = output.partition("=")
        text = reporter(name)(report, options._replace(colour=options.colour and not path))
        texts.append(("write" if path else "print", path, text))
        variable, other, room = also(name) or ("", "", 0)
        if os.environ.get(variable):
            text = reporter(other)(report, options._replace(colour=False, room=room))
            texts.append(("append", os.environ[variable], text))
    return tuple(texts)


def write_outputs(report: Report, outputs: tuple[str, ...], options: Options) -> None:
    """Print and write the report in every format asked for."""
    put_out(rendered(report, outputs, options))


def bearing_on(outputs: tuple[str, ...]) -> tuple[str, ...]:
    """What of the environment bears on where formats go."""
    from carespec.reporters import also

    variables = [(also(output.partition("=")[0]) or ("", "", 0))[0] for output in outputs]
    return tuple(os.environ.get(variable, "") for variable in variables)


def put_out(texts: Iterable[tuple[str, str, str]]) -> None:
    """Print and write what `rendered` gave."""
    for what, path, text in texts:
        if what == "print":
            click.echo(text, nl=False)
        elif what == "write":
            write_text(path, text)
        else:
            append_text(path, text)


def repository_root(start: str = ".") -> str:
    """The top of the repository around a folder, else that folder: from there other programs count paths."""
    here = os.path.abspath(start)
    while not os.path.exists(os.path.join(here, ".git")):
        above = os.path.dirname(here)
        if above == here:
            return os.path.abspath(start)
        here = above
    return here


def append_text(path: str, text: str) -> None:
    """Add to the end of a file, or end with why that cannot be."""
    try:
        with open(path, "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError as error:
        fail(f"`{path}` cannot be written: {said(error)}")


def write_text(path: str, text: str, new: bool = False) -> None:
    """Write a file, or end with why it cannot be written; `new` leaves one that exists as it is."""
    try:
        with open(path, "x" if new else "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        fail(f"`{path}` exists already, and is left as it is")
    except OSError as error:
        fail(f"`{path}` cannot be written: {said(error)}")


def replace_file(path: str, text: str) -> str | None:
    """Replace the file whole, so that an interrupted run leaves the old one; a link stays one. If it fails, why."""
    true = os.path.realpath(path)
    beside = f"{true}.{os.getpid()}~"
    try:
        with open(beside, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.chmod(beside, os.stat(true).st_mode)
        os.replace(beside, true)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.remove(beside)
        return f"{path}: cannot be written: {said(error)}"
    return None
