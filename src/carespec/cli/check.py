"""`carespec check`: the everyday command."""

from __future__ import annotations

import os
import sys
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from carespec.cli._guidance import guidance_option, known_at_option
from carespec.cli._settled import course, end_of_horizon, fails, looked_over, settings_for, without_known
from carespec.cli._shared import (
    day,
    is_standard_input,
    known_outputs,
    lines_reader,
    repository_root,
    standard_input,
    wants_colour,
    write_outputs,
)
from carespec.reporters import Options, formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carespec.config.settings import Settings
    from carespec.records import Report
    from carespec.source import Source
    from carespec.workspace import Looked


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
    help="The least severity that makes the exit code 1: must, unless the configuration says otherwise.",
)
@click.option(
    "--show",
    type=click.Choice(["must", "should", "may"]),
    help="The least severity to print: may, unless the configuration says otherwise.",
)
@click.option(
    "--all",
    "every",
    is_flag=True,
    help="Tell every finding in full, file by file, where several files would be told the most important first.",
)
@guidance_option
@click.option(
    "--select", "select", multiple=True, metavar="NAME", help="Run only these checks and rules; may be repeated."
)
@click.option(
    "--ignore", "ignore", multiple=True, metavar="NAME", help="Leave these checks and rules out; may be repeated."
)
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
@known_at_option
@click.option(
    "--horizon", metavar="TIME", help="Tell also what falls due in the time to come, such as 12m, 90d, 1y or a date."
)
@click.option("--config", "config_file", metavar="FILE", help="The configuration, instead of the nearest one.")
@click.option("--baseline", metavar="FILE", help="The findings that are known and not to be shown; `none` for none.")
@click.option("--stdin-filename", default="<stdin>", metavar="NAME", help="What to call standard input (PATH `-`).")
def command(
    paths: tuple[str, ...],
    outputs: tuple[str, ...],
    fail_on: str | None,
    show: str | None,
    every: bool,
    guidance: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    require_checked: bool,
    as_at: date | None,
    today: date | None,
    known_at: date | None,
    horizon: str | None,
    config_file: str | None,
    baseline: str | None,
    stdin_filename: str,
) -> None:
    """Check every service specification (.care) and guidance pack (.guidance) under the paths.

    A folder means every file below it; `-` reads standard input; without a path the whole repository is checked.
    Findings are printed with their place, what follows from them, who is affected, and what to write instead.
    Of several files the gravest findings come first, what many share is told once, and the rest is counted.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage, a missing path or a file that cannot be read.
    """
    from carespec.workspace import check_sources, report

    known_outputs(outputs)
    settings = settings_for(
        config_file, fail_on=fail_on, show=show, guidance=guidance, select=select, ignore=ignore,
        require_checked=require_checked, as_at=as_at, baseline=baseline,
    )  # fmt: skip
    run = course(settings, today, known_at)
    until = end_of_horizon(horizon, run.today) if horizon else None
    at_hand: dict[str, tuple[str, ...]] = {}
    looked: Sequence[Looked]
    if is_standard_input(paths):
        source = standard_input(stdin_filename)
        at_hand[source.path] = source.lines
        looked = check_sources([source], run.checks, run.today, run.law)
    else:
        looked = looked_over(paths, settings, run)
    # A pack that judges is checked too: what is wrong with it bears on every service.
    looked = [*looked, *check_sources(_not_among(run.named.sources, looked), run.checks, run.today, run.law)]
    told = without_known(report(looked, run.checks, run.today, settings.value("as-at"), run.law, until), settings)
    options = Options(
        settings.value("show"),
        wants_colour(),
        lines_reader(at_hand),
        every,
        partial(fails, settings),
        repository_root(),
    )
    write_outputs(told, outputs or ("text",), options)
    sys.exit(_exit_code(told, looked, settings))


def _not_among(sources: tuple[Source, ...], looked: Sequence[Looked]) -> tuple[Source, ...]:
    """The sources that are not among the files already."""
    known = {os.path.realpath(one.ref.path) for one in looked if not hasattr(one, "because")}
    return tuple(source for source in sources if os.path.realpath(source.path) not in known)


def _exit_code(report: Report, looked: Sequence[Looked], settings: Settings) -> int:
    from carespec.records import NotChecked

    if any(isinstance(one, NotChecked) for one in looked):
        return 2
    if settings.value("require-checked") and report.not_checked:
        return 1
    return int(any(fails(settings, finding) for finding in report.findings))
