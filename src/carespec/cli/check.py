"""`carespec check`: the everyday command."""

from __future__ import annotations

import sys
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from carespec.cli._guidance import guidance_option, known_at_option
from carespec.cli._run import Ran, Told, in_whole, setup, told_again
from carespec.cli._settled import (
    as_meant,
    baseline_of,
    day_of_run,
    end_of_horizon,
    fails,
    settings_for,
    without_known,
)
from carespec.cli._shared import (
    assume_option,
    assumptions_option,
    bearing_on,
    day,
    fail,
    is_standard_input,
    known_outputs,
    lines_reader,
    outputs_option,
    put_out,
    rendered,
    repository_root,
    standard_input,
    wants_colour,
)
from carespec.cli._waived import base_from, waivers_from_option
from carespec.processes import MANY
from carespec.reporters import Options, carries_edits
from carespec.source import read_bytes
from carespec.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from carespec.brief import Brief
    from carespec.cli._reach import Reach
    from carespec.cli._run import Done, Known, Setup
    from carespec.cli._waived import Base
    from carespec.config.settings import Settings
    from carespec.overview import Kind
    from carespec.records import Finding, Report
    from carespec.source import Source


@click.command("check", short_help="Check specifications and guidance packs.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@outputs_option
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
    "--select",
    "select",
    multiple=True,
    metavar="NAME",
    help="Run only these checks and rules, or PACK.*; may be repeated.",
)
@click.option(
    "--ignore", "ignore", multiple=True, metavar="NAME", help="Leave these checks and rules out; may be repeated."
)
@click.option(
    "--incentives",
    type=click.Choice(["text", "full"]),
    help="How far it is worked out what payments reward, for rules that ask: from the contract's text (the default), "
    "or in full, from figures about patients and costs too.",
)
@assume_option
@assumptions_option
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
@waivers_from_option
@click.option(
    "--fix",
    is_flag=True,
    help="First put right what is certain: misspelt names, what you say is meant, and how a file is written.",
)
@click.option(
    "--unsafe",
    is_flag=True,
    help="With --fix: also what changes what a document says. Each change is shown first, and made if you agree.",
)
@click.option("--yes", "agreed", is_flag=True, help="With --unsafe: agree to what is shown, without being asked.")
@click.option(
    "--over",
    type=click.Choice(["including", "excluding"]),
    help="With --fix: what `over 18 years` means, with people of that age (including) or without.",
)
@click.option("--up-to", type=click.Choice(["including", "excluding"]), help="With --fix: what `up to 25 years` means.")
@click.option("--days", type=click.Choice(["working", "calendar"]), help="With --fix: what `10 days` means.")
@click.option(
    "--record", metavar="DIR", help="Keep a record of this run that `carespec verify DIR` can hold to account."
)
@click.option("--from-index", is_flag=True, help="Read what the next commit will hold, from the index of git.")
@click.option(
    "--if-staged",
    is_flag=True,
    help="Do nothing where a commit is being made that touches no specification, pack or configuration.",
)
@click.option("--no-cache", is_flag=True, help="Work everything out again, and keep nothing of it.")
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
    incentives: str | None,
    assume: tuple[str, ...],
    assumptions: str | None,
    require_checked: bool,
    as_at: date | None,
    today: date | None,
    known_at: date | None,
    horizon: str | None,
    config_file: str | None,
    baseline: str | None,
    waivers_from: str | None,
    fix: bool,
    unsafe: bool,
    agreed: bool,
    over: str | None,
    up_to: str | None,
    days: str | None,
    record: str | None,
    from_index: bool,
    if_staged: bool,
    no_cache: bool,
    stdin_filename: str,
) -> None:
    """Check every service specification (.care) and guidance pack (.guidance) under the paths.

    A folder means every file below it; `-` reads standard input; without a path the whole repository is checked.
    Where a configuration stands, files are judged beside the rest of their corpus, and what they cause there is told.
    Findings are printed with their place, what follows from them, who is affected, and what to write instead.
    Of several files the gravest findings come first, what many share is told once, and the rest is counted.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage, a missing path or a file that cannot be read.
    """
    known_outputs(outputs)
    if if_staged and _is_of_no_concern():
        click.echo("Not checked: what is staged touches no specification, pack or configuration.")
        return
    settings = settings_for(
        config_file, _reader(from_index), guidance=guidance, fail_on=fail_on, show=show, select=select, ignore=ignore,
        require_checked=require_checked, as_at=as_at, known_at=known_at, baseline=baseline, incentives=incentives,
        assume=assume, assumptions=assumptions, over=over, up_to=up_to, days=days,
    )  # fmt: skip
    today, base = day_of_run(today, settings.value("as-at")), base_from(waivers_from)
    until = end_of_horizon(horizon, today) if horizon else None
    source = standard_input(stdin_filename) if is_standard_input(paths) else None
    writes = fix or unsafe or record is not None
    if from_index and (writes or source is not None):
        fail("--from-index reads the index of git: it goes neither with standard input nor with --fix and --record")
    if fix or unsafe:
        _fix(settings, paths, today, unsafe, agreed, fix and source is None)
    if record is not None:
        _keep(settings, paths, today, until, record, source is None, base)
    reach = _reach(settings, paths, source, from_index)
    colour, root = wants_colour(), repository_root()
    outputs = outputs or ("text",)

    lines_of = lines_reader({source.path: source.lines} if source is not None else {}, reach.read)
    options = Options(settings.value("show"), colour, lines_of, every, partial(fails, settings), root)
    telling = Telling(settings, outputs, options)
    way = partial(_briefly if _is_brief(telling, until, reach) else _wholly, telling)
    if source is not None or no_cache:
        told = way(setup(settings, reach, today, until, base), reach, None).told
    else:
        bearing = (repr(outputs), repr((every, colour, root)), *bearing_on(outputs))
        told = told_again(settings, reach, today, until, bearing, way, base)
    put_out(told.texts)
    sys.exit(told.code)


class Telling(NamedTuple):
    """How a run is told."""

    settings: Settings
    outputs: tuple[str, ...]
    options: Options


def _is_brief(told: Telling, until: date | None, reach: Reach) -> bool:
    """Whether all that is told is a first screen of many files, of which none only bears on others, and of whose
    findings none is known or ignored.
    """
    beside = reach.beside.files or reach.beside.unread or reach.at_hand or reach.register
    if told.options.every or until is not None or beside or len(reach.files) < MANY:
        return False
    in_text = all(output.partition("=")[0] == "text" for output in told.outputs)
    on_paths = any(told.settings.on_some_paths(name) for name in ("ignore", "fail-on"))
    return in_text and not on_paths and not baseline_of(told.settings)


def _wholly(told: Telling, held: Setup, reach: Reach, known: Known | None) -> Done:
    """A run that tells all there is."""

    def tell(ran: Ran) -> Told:
        report = without_known(ran.report, told.settings)
        if any(carries_edits(output.partition("=")[0]) for output in told.outputs):
            report = _with_sound_edits(report, held, reach)
        texts = rendered(report, told.outputs, told.options)
        return Told(texts, 2 if ran.unread else _exit_code(report, told.settings))

    return in_whole(tell, held, reach, known)


def _briefly(told: Telling, held: Setup, reach: Reach, known: Known | None) -> Done:
    """A run that tells a first screen."""
    from carespec.cli._brief import in_brief  # what has not changed is told again without any of it
    from carespec.records import at_least
    from carespec.reporters.text import first_of

    def tell(brief: Brief, unread: bool) -> Told:
        def findings_of(path: str, kind: Kind) -> tuple[Finding, ...]:
            return as_meant(brief.findings_of(path, kind), told.settings)

        def text(path: str) -> str:
            options = told.options._replace(colour=told.options.colour and not path)
            return first_of(brief.overview, findings_of, options)

        paths = [output.partition("=")[2] for output in told.outputs]
        texts = tuple(("write" if path else "print", path, text(path)) for path in paths)
        level = told.settings.value("fail-on")
        failing = level != "never" and any(at_least(severity, level) for severity, _, _ in brief.overview.kinds)
        unchecked = told.settings.value("require-checked") and brief.overview.gaps
        return Told(texts, 2 if unread else int(bool(failing or unchecked)))

    return in_brief(tell, held, reach, known)


def _is_of_no_concern() -> bool:
    from carespec.cli._index import is_concerned

    return not is_concerned()


def _reader(from_index: bool) -> Callable[[str], bytes]:
    """How the configuration and what it names are read: as the documents are."""
    if not from_index:
        return read_bytes
    from carespec.cli._index import reader

    return reader()


def _reach(settings: Settings, paths: tuple[str, ...], source: Source | None, from_index: bool) -> Reach:
    from carespec.cli._reach import in_corpus, in_index, of_text

    if source is not None:
        return of_text(settings, source)
    return in_index(settings, paths) if from_index else in_corpus(settings, paths)


def _fix(settings: Settings, paths: tuple[str, ...], today: date, unsafe: bool, agreed: bool, possible: bool) -> None:
    from carespec.cli._fix import fix_files

    if not possible:
        fail("--fix writes files, so it needs a path and not standard input; --unsafe goes with it")
    fix_files(settings, paths, today, unsafe, agreed)


def _with_sound_edits(report: Report, held: Setup, reach: Reach) -> Report:
    from carespec.cli._offered import with_sound_edits  # most runs are for people

    return with_sound_edits(report, held, reach)


def _keep(
    settings: Settings, paths: tuple[str, ...], today: date, until: date | None, folder: str, possible: bool, base: Base
) -> None:
    from carespec.cli._record import keep

    if not possible:
        fail("--record is of files, and not of standard input")
    keep(settings, paths, today, until, folder, base)


def _exit_code(report: Report, settings: Settings) -> int:
    if settings.value("require-checked") and report.not_checked:
        return 1
    return int(any(fails(settings, finding) for finding in report.findings))
