"""`carespec incentives`: what each service's payments reward, with the strength of the proof and a witness."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from carespec.cli._shared import (
    assume_option,
    assumptions_option,
    fail,
    files_under,
    is_standard_input,
    known_outputs,
    output_option,
    standard_input,
    tell,
    wants_colour,
)
from carespec.cli._tables import is_terminal, width
from carespec.incentives.tell import formats, renderer

if TYPE_CHECKING:
    from carespec.assumptions import Assumptions
    from carespec.cli._money import Asked
    from carespec.incentives.report import Incentives, Options
    from carespec.model.facts import Service


@click.command("incentives", short_help="What a contract's payments reward, with proof and a witness.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@output_option(formats())
@assume_option
@assumptions_option
@click.option("--effort", type=click.IntRange(1, 100_000), help="How many boxes a proof may take; 256 by default.")
@click.option("--material", metavar="SHARE", help="From which share of expected pay a gain counts; 1% by default.")
@click.option("--gaming", is_flag=True, help="Look also for tampering with records: coached scores, retests, clusters.")
@click.option("--also", multiple=True, metavar="NAME", help="Of these one alone, such as coach-the-score; repeatable.")
@click.option("--viability", "money", flag_value="viability", help="Instead: whether what is paid covers the cost.")
@click.option("--repair", "money", flag_value="repair", help="Instead: the fees under which nothing is to be gained.")
@click.option("--plot", metavar="FILE", help="Draw pay and cost against sessions for each step: FILE.svg or FILE.png.")
@click.option("--stdin-filename", default="<stdin>", metavar="NAME", help="What to call standard input (PATH `-`).")
def command(
    paths: tuple[str, ...], outputs: tuple[str, ...], assume: tuple[str, ...], assumptions: str | None,
    effort: int | None, material: str | None, gaming: bool, also: tuple[str, ...], money: str | None, plot: str | None,
    stdin_filename: str,
) -> None:  # fmt: skip
    """Tell which way of behaving each service's payments reward, beside the treatment that it indicates.

    A page a service, the worst first: how strong the proof is, how many pounds, which harm, and one course that shows
    it. The contract rewards; nothing is said about what anybody does. `carespec explain NAME` explains an incentive.

    Exit codes: 0 it was worked out, 2 usage, a missing path, or nothing to work out.
    """
    known_outputs(outputs, _formats(money))
    options = _options(effort, material, gaming, also)
    asked = _asked(_services(paths, stdin_filename), assumptions, assume)
    if plot is not None:
        from carespec.cli._money import draw

        draw(plot, [one for one in asked if one[1]])
    if money is not None:
        from carespec.cli._money import rendered

        _write(rendered(money, asked, width()), outputs)
        return
    found = [_analysed(service, assumed, options) for service, assumed in asked]
    _write(lambda name: renderer(name)(found, width()), outputs, found)


def _formats(money: str | None) -> Sequence[str]:
    from carespec.cli._money import FORMATS

    return FORMATS if money else formats()


def _options(effort: int | None, material: str | None, gaming: bool, also: tuple[str, ...]) -> Options:
    from carespec.incentives.report import Options

    options = Options(gaming=gaming, also=_tampering(also))
    if effort is not None:
        options = options._replace(effort=effort)
    if material is not None:
        options = options._replace(material=_share(material))
    return options


def _tampering(names: tuple[str, ...]) -> frozenset[str]:
    """The incentives named, each of which is looked for only on request."""
    if names:
        from carespec.incentives.patterns import all_patterns

        known = [pattern.name for pattern in all_patterns() if pattern.gaming]
        for name in names:
            if name not in known:
                fail(f"--also takes one of {', '.join(known)}, and `{name}` is none of them")
    return frozenset(names)


def _share(text: str) -> float:
    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share < 1:
        fail(f"--material takes a share such as 1% or 0.01, and `{text}` is none")
    return share


def _services(paths: tuple[str, ...], stdin_filename: str) -> list[Service]:
    from carespec.corpus import service_in
    from carespec.engine import Engine
    from carespec.records import NotChecked
    from carespec.source import read_file

    engine = Engine(())
    at_hand = is_standard_input(paths)
    sources = [standard_input(stdin_filename)] if at_hand else [read_file(path) for path in files_under(paths)]
    found = []
    for one in (service_in(source, engine) for source in sources):
        if isinstance(one, NotChecked):
            fail(f"`{one.path}` holds no service that can be read; `carespec check` says why")
        found += [one] if one is not None else []
    if not found:
        fail("there is no service under " + (", ".join(paths) or "this folder"))
    return found


def _asked(services: Sequence[Service], file: str | None, changes: tuple[str, ...]) -> Asked:
    """Each service with what is assumed about it; a service about which nothing is ends the run if it is alone."""
    from carespec.assumptions import default
    from carespec.cli._figures import figures_given

    given = figures_given(file, changes, {service.vocabulary.name for service in services})
    asked = [(service, given.get(name := service.vocabulary.name) or default(name)) for service in services]
    if not any(assumed for _, assumed in asked):
        names = ", ".join(dict.fromkeys(f"`{service.vocabulary.name}`" for service in services))
        fail(f"nothing is assumed about services of {names}: give --assumptions FILE")
    return asked


def _analysed(service: Service, assumed: Assumptions, options: Options) -> Incentives:
    from carespec.incentives.report import analyse, not_analysed

    return analyse(service, assumed, options) if assumed else not_analysed(service, options)


def _write(render: Callable[[str], str], outputs: Sequence[str], found: Sequence[Incentives] = ()) -> None:
    """In every format asked for; a table on a terminal is drawn."""
    for output in outputs or ("text",):
        if output == "table" and is_terminal():
            _draw_table(found)
        else:
            tell((output,), render)


def _draw_table(found: Sequence[Incentives]) -> None:
    """The table on a terminal, folded to its width."""
    from carespec.incentives.tell import table
    from carespec.tables import to_terminal

    to_terminal(table.blocks(found), wants_colour())
