"""`carespec check`: the everyday command."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from carespec.cli._shared import (
    day,
    fail,
    found_under,
    is_standard_input,
    known_outputs,
    lines_reader,
    or_nearest,
    repository_root,
    standard_input,
    wants_colour,
    write_outputs,
)
from carespec.reporters import Options, formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carespec.checks import Check
    from carespec.records import Report
    from carespec.workspace import Looked, Progress


@click.command("check", short_help="Check specifications and guidance packs.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help=f"How to tell it, and into which file: {', '.join(formats())}; may be repeated. Text by default.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["must", "should", "may", "never"]),
    default="must",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@click.option(
    "--show",
    type=click.Choice(["must", "should", "may"]),
    default="may",
    show_default=True,
    help="The least severity to print.",
)
@click.option(
    "--all",
    "every",
    is_flag=True,
    help="Tell every finding in full, file by file, where several files would be told the most important first.",
)
@click.option("--select", "select", multiple=True, metavar="NAME", help="Run only these checks; may be repeated.")
@click.option("--ignore", "ignore", multiple=True, metavar="NAME", help="Leave these checks out; may be repeated.")
@click.option("--require-checked", is_flag=True, help="Exit with 1 when something could not be checked.")
@click.option(
    "--as-at", callback=day, metavar="DATE", help="The day whose law applies to every document, as YYYY-MM-DD."
)
@click.option(
    "--today",
    callback=day,
    metavar="DATE",
    help="The day to take as today: it decides what is overdue, and its law applies to a document that says neither "
    "when it was signed nor from when its contract binds.",
)
@click.option("--stdin-filename", default="<stdin>", metavar="NAME", help="What to call standard input (PATH `-`).")
def command(
    paths: tuple[str, ...],
    outputs: tuple[str, ...],
    fail_on: str,
    show: str,
    every: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    require_checked: bool,
    as_at: date | None,
    today: date | None,
    stdin_filename: str,
) -> None:
    """Check every service specification (.care) and guidance pack (.guidance) under the paths.

    A folder means every file below it; `-` reads standard input; without a path the whole repository is checked.
    Findings are printed with their place, what follows from them, who is affected, and what to write instead.
    Of several files the gravest findings come first, what many share is told once, and the rest is counted.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage, a missing path or a file that cannot be read.
    """
    from carespec.workspace import check_files, check_sources, report

    known_outputs(outputs)
    checks, today = _chosen(select, ignore), _today(today, as_at)
    at_hand: dict[str, tuple[str, ...]] = {}
    looked: Sequence[Looked]
    if is_standard_input(paths):
        source = standard_input(stdin_filename)
        at_hand[source.path] = source.lines
        looked = check_sources([source], checks, today)
    else:
        found = found_under(paths)
        looked = [*check_files(found.files, checks, _progress(), today), *found.unread]
    told = report(looked, checks, today, as_at)
    options = Options(show, wants_colour(), lines_reader(at_hand), every, fail_on, repository_root())
    write_outputs(told, outputs or ("text",), options)
    sys.exit(_exit_code(told, looked, fail_on, require_checked))


def _today(today: date | None, as_at: date | None) -> date:
    """The day of the run; the clock is asked only where no option says one."""
    from carespec.workspace import clock

    try:
        return today or as_at or clock()
    except ValueError as error:
        fail(str(error))


def _progress() -> Progress | None:
    """A bar on a terminal, shown only once a run has taken a second."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    from carespec.cli._progress import Bar

    return Bar("checking")


def _chosen(select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[Check, ...]:
    """The checks to run. A name that does not exist ends the run, with the nearest; so does leaving nothing to run."""
    from carespec.checks import all_checks

    known = {check.name: check for check in all_checks()}
    for name in (*select, *ignore):
        if name not in known:
            or_nearest("check", name, known, "; `carespec explain` lists them")
    chosen = tuple(check for name, check in known.items() if (not select or name in select) and name not in ignore)
    if not chosen:
        fail("these options leave no check to run, so a clean result would mean nothing")
    return chosen


def _exit_code(report: Report, looked: Sequence[Looked], fail_on: str, require_checked: bool) -> int:
    from carespec.records import NotChecked, at_least

    if any(isinstance(one, NotChecked) for one in looked):
        return 2
    if require_checked and report.not_checked:
        return 1
    if fail_on == "never":
        return 0
    return int(any(f.outcome == "fails" and at_least(f.severity, fail_on) for f in report.findings))
