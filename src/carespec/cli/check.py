"""`carespec check`: the everyday command."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from carespec.cli._shared import (
    day,
    fail,
    files_under,
    lines_reader,
    standard_input,
    wants_colour,
    write_outputs,
)

if TYPE_CHECKING:
    from carespec.checks import Check
    from carespec.engine import FileResult
    from carespec.records import Report
    from carespec.source import Source
    from carespec.workspace import Progress


@click.command("check", short_help="Check specifications and guidance packs.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--output", "outputs", multiple=True, metavar="FORMAT[=FILE]", help="text, concise or json; may be repeated."
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
@click.option("--select", "select", multiple=True, metavar="NAME", help="Run only these checks; may be repeated.")
@click.option("--ignore", "ignore", multiple=True, metavar="NAME", help="Leave these checks out; may be repeated.")
@click.option("--require-checked", is_flag=True, help="Exit with 1 when something could not be checked.")
@click.option("--as-at", callback=day, metavar="DATE", help="The day whose law applies, as YYYY-MM-DD.")
@click.option("--today", callback=day, metavar="DATE", help="The day that decides what has expired.")
@click.option("--stdin-filename", default="<stdin>", metavar="NAME", help="What to call standard input (PATH `-`).")
def command(
    paths: tuple[str, ...],
    outputs: tuple[str, ...],
    fail_on: str,
    show: str,
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

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage or a missing path.
    """
    from carespec.workspace import report

    checks = _chosen(select, ignore)
    at_hand: dict[str, tuple[str, ...]] = {}
    if "-" in paths:
        source = standard_input(stdin_filename)
        at_hand[source.path] = source.lines
        results = _checked(source, checks)
    else:
        results = _results(paths, checks)
    found = report(results, len(checks), today, as_at)
    write_outputs(found, outputs or ("text",), show, wants_colour(), lines_reader(at_hand))
    sys.exit(_exit_code(found, fail_on, require_checked))


def _checked(source: Source, checks: tuple[Check, ...]) -> list[FileResult]:
    from carespec.engine import Engine

    return [Engine(checks).check(source)]


def _results(paths: tuple[str, ...], checks: tuple[Check, ...]) -> list[FileResult]:
    from carespec.workspace import check_files

    try:
        return check_files(files_under(paths), checks, _progress())
    except OSError as error:
        fail(f"`{error.filename}` cannot be read: {error.strerror}")


def _progress() -> Progress | None:
    """A bar on a terminal, shown only once a run has taken a second."""
    if not sys.stderr.isatty():
        return None
    from carespec.cli._progress import Bar

    return Bar("checking")


def _chosen(select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[Check, ...]:
    """The checks to run. A name that does not exist ends the run, with the nearest; so does leaving nothing to run."""
    from carespec.checks import all_checks

    known = {check.name: check for check in all_checks()}
    for name in (*select, *ignore):
        if name not in known:
            from carespec.vocabulary import nearest

            near = nearest(name, known)
            fail(
                f"there is no check `{name}`"
                + (f"; did you mean `{near}`?" if near else "")
                + " See `carespec explain`."
            )
    chosen = tuple(check for name, check in known.items() if (not select or name in select) and name not in ignore)
    if not chosen:
        fail("these options leave no check to run, so a clean result would mean nothing")
    return chosen


def _exit_code(report: Report, fail_on: str, require_checked: bool) -> int:
    from carespec.records import at_least

    if require_checked and report.not_checked:
        return 1
    if fail_on == "never":
        return 0
    return int(any(f.outcome == "fails" and at_least(f.severity, fail_on) for f in report.findings))
