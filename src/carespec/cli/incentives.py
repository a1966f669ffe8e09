"""`carespec incentives`: what each service's payments reward, with the strength of the proof and a witness."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from carespec.cli._shared import (
    fail,
    files_under,
    is_standard_input,
    or_nearest,
    standard_input,
    wants_colour,
    write_text,
)

if TYPE_CHECKING:
    from carespec.assumptions import Assumptions
    from carespec.incentives.report import Incentives, Options
    from carespec.model.facts import Service


@click.command("incentives", short_help="What a contract's payments reward, with proof and a witness.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help="text (the default), markdown, json, table (services side by side).",
)
@click.option(
    "--assume", "changes", multiple=True, metavar="NAME=LOW..HIGH", help="Another figure, such as dna=5%..25%."
)
@click.option("--assumptions", "file", metavar="FILE", help="Figures of your own: YAML, as in specs/assumptions/.")
@click.option("--effort", type=click.IntRange(1, 100_000), help="How many boxes a proof may take; 256 by default.")
@click.option("--material", metavar="SHARE", help="From which share of expected pay a gain counts; 1% by default.")
@click.option("--gaming", is_flag=True, help="Look also for tampering with records: coaching scores, dearer clusters.")
@click.option("--viability", "money", flag_value="viability", help="Instead: whether what is paid covers the cost.")
@click.option("--repair", "money", flag_value="repair", help="Instead: the fees under which nothing is to be gained.")
@click.option("--plot", metavar="FILE", help="Draw pay and cost against sessions for each step: FILE.svg or FILE.png.")
@click.option("--stdin-filename", default="<stdin>", metavar="NAME", help="What to call standard input (PATH `-`).")
def command(
    paths: tuple[str, ...], outputs: tuple[str, ...], changes: tuple[str, ...], file: str | None, effort: int | None,
    material: str | None, gaming: bool, money: str | None, plot: str | None, stdin_filename: str,
) -> None:  # fmt: skip
    """Tell which way of behaving each service's payments reward, beside the treatment that it indicates.

    A page a service, the worst first: how strong the proof is, how many pounds, which harm, and one course that shows
    it. The contract rewards; nothing is said about what anybody does. `carespec explain NAME` explains an incentive.

    Exit codes: 0 it was worked out, 2 usage, a missing path, or nothing to work out.
    """
    _known(outputs)
    options = _options(effort, material, gaming)
    services = _services(paths, stdin_filename)
    if plot is not None:
        from carespec.cli._money import draw

        draw(plot, [(service, _assumed(service, changes, file)) for service in services])
    if money is not None:
        from carespec.cli._money import page
        from carespec.cli._tables import fitting

        text = page(money, [(service, _assumed(service, changes, file)) for service in services])
        click.echo(fitting(text), nl=False)
        return
    found = [_analysed(service, changes, file, options) for service in services]
    _write(found, outputs or ("text",))


def _known(outputs: Sequence[str]) -> None:
    from carespec.incentives.tell import formats as known

    formats = known()
    for output in outputs:
        name = output.partition("=")[0]
        if name not in formats:
            or_nearest("output format", name, formats, f"; there are {', '.join(formats)}")


def _options(effort: int | None, material: str | None, gaming: bool) -> Options:
    from carespec.incentives.report import Options

    options = Options(gaming=gaming)
    if effort is not None:
        options = options._replace(effort=effort)
    if material is not None:
        options = options._replace(material=_share(material))
    return options


def _share(text: str) -> float:
    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share < 1:
        fail(f"--material takes a share such as 1% or 0.01, and `{text}` is none")
    return share


def _services(paths: tuple[str, ...], stdin_filename: str) -> list[Service]:
    from carespec.engine import Engine
    from carespec.source import read_file

    engine = Engine(())
    at_hand = is_standard_input(paths)
    sources = [standard_input(stdin_filename)] if at_hand else [read_file(path) for path in files_under(paths)]
    found = [read.service for read in map(engine.read, sources) if read is not None]
    if not found:
        fail("there is no service under " + (", ".join(paths) or "this folder"))
    return found


def _analysed(service: Service, changes: tuple[str, ...], file: str | None, options: Options) -> Incentives:
    from carespec.incentives.report import analyse

    return analyse(service, _assumed(service, changes, file), options)


def _assumed(service: Service, changes: tuple[str, ...], file: str | None) -> Assumptions:
    from carespec.assumptions import BadAssumption, changed, default

    try:
        assumed = _from_file(file) if file else default(service.vocabulary.name)
        if not assumed:
            fail(f"nothing is assumed about services of `{service.vocabulary.name}`: give --assumptions FILE")
        return changed(assumed, changes)
    except BadAssumption as error:
        fail(str(error))


def _from_file(path: str) -> Assumptions:
    """Assumptions from a user's file, held to the same schema as ours."""
    from carespec.assumptions import BadAssumption
    from carespec.assumptions.files import from_yaml
    from carespec.source import read_file

    try:
        return from_yaml("\n".join(read_file(path).lines))
    except OSError as error:
        fail(f"`{path}` cannot be read: {error.strerror}")
    except BadAssumption as error:
        fail(f"`{path}`: {error}")


def _write(found: Sequence[Incentives], outputs: Sequence[str]) -> None:
    from carespec.cli._tables import fitting, is_terminal
    from carespec.incentives.tell import renderer, table
    from carespec.tables import to_terminal

    for output in outputs:
        name, _, path = output.partition("=")
        if name == "table" and not path and is_terminal():
            to_terminal(table.blocks(found), wants_colour())
            continue
        text = renderer(name)(found)
        if path:
            write_text(path, text)
        else:
            click.echo(fitting(text) if name == "text" else text, nl=False)
