"""`carespec journey`: what happens to one person under each service, and who is treated differently by several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from carespec.cli._envelope import as_json
from carespec.cli._shared import (
    TOLD_AS,
    day,
    fail,
    files_under,
    is_standard_input,
    known_outputs,
    or_nearest,
    output_option,
    standard_input,
    tell,
)
from carespec.tuples import NamedTuple
from carespec.vocabulary import Field, load, names

if TYPE_CHECKING:
    from carespec.journeys.records import Journeys
    from carespec.model.facts import Service

_NARROW = 80
"""On a narrower terminal a table of four columns folds into a word a line."""


def _described() -> dict[str, Field]:
    """The case fields by which a person can be described, of every vocabulary; the first that has a name labels it."""
    known: dict[str, Field] = {}
    for name in sorted(names(), key=lambda name: name != load().name):
        for field in load(name).case_fields.values():
            if field.ordinary is not None or field.left_open or field.judged:
                known.setdefault(field.name, field)
    return known


def _case_options(command: Callable[..., None]) -> Callable[..., None]:
    """One option for each case field: the vocabularies are the list of them."""
    for field in reversed(_described().values()):
        usual = f" Usually {field.ordinary}." if field.ordinary else ""
        words = f"{field.label[:1].upper()}{field.label[1:]}.{usual}"
        command = click.option(
            f"--{field.name}", f"case_{field.name.replace('-', '_')}", metavar=field.type.upper(), help=words
        )(command)
    return command


@click.command("journey", short_help="What happens to one person, or who is treated differently.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@_case_options
@output_option(TOLD_AS)
@click.option("--as-at", callback=day, metavar="DATE", help="The day to ask about, as YYYY-MM-DD.")
@click.option("--population", metavar="FILE", help="How many people there are of which kind: CSV or YAML.")
@click.option("--all", "everything", is_flag=True, help="Tell every group of people, and by which lines.")
@click.option("--stdin-filename", default="<stdin>", metavar="NAME", help="What to call standard input (PATH `-`).")
def command(
    paths: tuple[str, ...],
    outputs: tuple[str, ...],
    as_at: date | None,
    population: str | None,
    everything: bool,
    stdin_filename: str,
    **cases: str | None,
) -> None:
    """Tell what happens to a person under each service: seen, turned away, sent elsewhere, and by which lines.

    The options describe the person, in the words of a condition: --age "17 years" --education full-time --cluster 3.
    What is not described is taken as usual, and said. Without a person, tell which people the services treat
    differently, and which nobody sees; --population weighs them.

    Exit codes: 0 told, 2 usage, a missing path, or words that are none.
    """
    known_outputs(outputs, TOLD_AS)
    services = _services(paths, stdin_filename)
    described = {name.removeprefix("case_").replace("_", "-"): text for name, text in cases.items() if text is not None}
    if described and population:
        fail("--population weighs groups of people, and one person is described: leave out one of the two")
    if described:
        told = _journeys(services, described, as_at)
        tell(outputs, lambda name: _one_person(name, told))
    else:
        from carespec.cli._everybody import tell_everybody

        tell_everybody(services, outputs, as_at, population, everything)


def _services(paths: tuple[str, ...], stdin_filename: str) -> tuple[Service, ...]:
    from carespec.workspace import Workspace
    from carespec.workspace import load as load_paths

    if is_standard_input(paths):
        found = Workspace((standard_input(stdin_filename),)).services()
    else:
        found = load_paths(files_under(paths)).services()
    if not found:
        fail("there is no service under " + (", ".join(paths) or "this folder"))
    return found


class _Asked(NamedTuple):
    """What happens to one person, vocabulary by vocabulary; the services of which nobody can ask it, and why."""

    services: tuple[Service, ...]
    told: tuple[Journeys, ...]
    not_asked: tuple[str, ...]


def _journeys(services: Sequence[Service], described: dict[str, str], as_at: date | None) -> _Asked:
    from carespec.journeys.journey import journeys

    in_use, without = _parted(services, as_at)
    apt = tuple(service for service in in_use if all(name in service.vocabulary.case_fields for name in described))
    if not apt:
        lacking = next(name for name in described if name not in in_use[0].vocabulary.case_fields)
        or_nearest("case field", lacking, in_use[0].vocabulary.case_fields)
    vocabularies = {service.vocabulary.name: service.vocabulary for service in apt}
    try:
        told = tuple(
            journeys([one for one in apt if one.vocabulary is vocabulary], described, vocabulary, as_at)
            for vocabulary in vocabularies.values()
        )
    except ValueError as error:
        fail(f"--{error}")
    others = (service.path for service in in_use if service not in apt)
    lacking_words = (f"{path}: its vocabulary has not all that the person is described by" for path in others)
    return _Asked(apt, told, (*lacking_words, *without))


def _parted(services: Sequence[Service], as_at: date | None) -> tuple[tuple[Service, ...], tuple[str, ...]]:
    """The services that somebody can be seen by, and why the others are not asked; ends the run if none is left."""
    from carespec.compare.gather import placed
    from carespec.compare.peers import not_asked

    reasons = [not_asked(placed(service), as_at) for service in services]
    in_use = tuple(service for service, why in zip(services, reasons, strict=True) if not why)
    without = tuple(f"{service.path}: {why}" for service, why in zip(services, reasons, strict=True) if why)
    if not in_use:
        fail(f"there is no service that can be asked ({'; '.join(without)})")
    return in_use, without


def _one_person(name: str, asked: _Asked) -> str:
    from carespec.journeys import as_data, as_markdown

    if name == "json":
        return as_json(asked.services, as_data.journeys_data(asked.told), asked.not_asked)
    if name == "markdown":
        parts = [*map(as_markdown.journeys_markdown, asked.told), *(f"Not asked: {why}\n" for why in asked.not_asked)]
        return "\n".join(parts)
    from carespec.cli._tables import wrapped

    not_asked = "".join(wrapped(f"Not asked: {why}") + "\n" for why in asked.not_asked)
    return "\n".join(map(_screen, asked.told)) + not_asked


def _screen(told: Journeys) -> str:
    """A table on a terminal that has room for one; else a few lines for each service."""
    from carespec.cli._tables import is_terminal, table, width
    from carespec.journeys.as_text import heading, journeys_text
    from carespec.journeys.telling import JOURNEY_HEADERS, folder_of, journey_row, where

    if not is_terminal() or width() < _NARROW:
        return journeys_text(told, width())
    folder = folder_of([journey.path for journey in told.journeys])
    lines = [*heading(told, width()), *where(folder)]
    return "\n".join([*lines, table(JOURNEY_HEADERS, [journey_row(one, folder) for one in told.journeys])]) + "\n"
