"""`carespec journey`: what happens to one person under each service, and who is treated differently by several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from carespec.cli._shared import day, fail, files_under, is_standard_input, or_nearest, standard_input, write_text
from carespec.vocabulary import Field, Vocabulary, load, names

if TYPE_CHECKING:
    from carespec.journeys.records import Journeys, Patients
    from carespec.journeys.weights import Population
    from carespec.model.facts import Service

_OUTPUTS = ("text", "json", "markdown")
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
@click.option("--output", "outputs", multiple=True, metavar="FORMAT[=FILE]", help=f"{', '.join(_OUTPUTS)}.")
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
    _known_outputs(outputs)
    services = _services(paths, stdin_filename)
    described = {name.removeprefix("case_").replace("_", "-"): text for name, text in cases.items() if text is not None}
    if described and population:
        fail("--population weighs groups of people, and one person is described: leave out one of the two")
    if described:
        _tell_journeys(services, described, outputs or ("text",), as_at)
    else:
        _tell_patients(services, outputs or ("text",), as_at, population, everything)


def _known_outputs(outputs: Iterable[str]) -> None:
    for output in outputs:
        if output.partition("=")[0] not in _OUTPUTS:
            or_nearest("output format", output.partition("=")[0], _OUTPUTS, f"; there are {', '.join(_OUTPUTS)}")


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


# One person.


def _tell_journeys(
    services: Sequence[Service], described: dict[str, str], outputs: Sequence[str], as_at: date | None
) -> None:
    apt = [service for service in services if all(name in service.vocabulary.case_fields for name in described)]
    if not apt:
        lacking = next(name for name in described if name not in services[0].vocabulary.case_fields)
        or_nearest("case field", lacking, services[0].vocabulary.case_fields)
    others = [service for service in services if service not in apt]
    for vocabulary in {service.vocabulary.name: service.vocabulary for service in apt}.values():
        of_one = [service for service in apt if service.vocabulary is vocabulary]
        told = _journeys(of_one, described, vocabulary, as_at)
        not_asked = [
            f"{service.path}: its vocabulary has not all that the person is described by" for service in others
        ]
        _write(outputs, lambda name, t=told, s=of_one, n=not_asked: _one_person(name, t, s, n))  # type: ignore[misc]


def _journeys(
    services: Sequence[Service], described: dict[str, str], vocabulary: Vocabulary, as_at: date | None
) -> Journeys:
    from carespec.journeys.journey import journeys

    try:
        return journeys(services, described, vocabulary, as_at)
    except ValueError as error:
        fail(f"--{error}")


def _one_person(name: str, told: Journeys, services: Sequence[Service], not_asked: Sequence[str]) -> str:
    from carespec.journeys import as_data, as_markdown

    if name == "json":
        return _json(services, as_data.journeys_data(told), not_asked)
    if name == "markdown":
        return as_markdown.journeys_markdown(told) + "".join(f"\nNot asked: {why}\n" for why in not_asked)
    return _screen(told) + "".join(f"Not asked: {why}\n" for why in not_asked)


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


# Everybody.


def _tell_patients(
    services: Sequence[Service], outputs: Sequence[str], as_at: date | None, population: str | None, everything: bool
) -> None:
    vocabularies = {service.vocabulary.name: service.vocabulary for service in services}
    groups = {name: [s for s in services if s.vocabulary.name == name] for name in vocabularies}
    several = {name: found for name, found in groups.items() if len(found) > 1}
    if not several:
        fail("people are compared between two services or more of one vocabulary; describe a person to ask one service")
    alone = [f"{s.path}: no other service has its vocabulary" for n, f in groups.items() if n not in several for s in f]
    for name, found in several.items():
        told = _patients(found, vocabularies[name], as_at, population)
        _write(outputs, lambda kind, t=told, s=found: _everybody(kind, t, s, alone, everything))  # type: ignore[misc]


def _patients(services: Sequence[Service], vocabulary: Vocabulary, as_at: date | None, table: str | None) -> Patients:
    from carespec.journeys.patients import patients

    try:
        return patients(services, as_at, _population(table, vocabulary) if table else None)
    except ValueError as error:
        fail(str(error))


def _population(path: str, vocabulary: Vocabulary) -> Population:
    """The table in a file: YAML with `source` and `rows`, or CSV whose first line is `# source: …`."""
    from carespec.journeys.weights import population

    try:
        with open(path, encoding="utf-8-sig") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        fail(f"`{path}` cannot be read: {getattr(error, 'strerror', None) or 'it is not text in UTF-8'}")
    if path.lower().endswith(".csv"):
        import csv

        first, _, rest = text.partition("\n")
        source = first.removeprefix("#").strip().removeprefix("source:") if first.startswith("#") else ""
        return population(source, list(csv.DictReader(rest.splitlines())), vocabulary)
    import yaml

    try:
        data = yaml.safe_load(text)
        rows = [{str(name): str(value) for name, value in row.items()} for row in data["rows"]]
        return population(str(data.get("source") or ""), rows, vocabulary)
    except (yaml.YAMLError, KeyError, TypeError, AttributeError):
        fail(f"`{path}` is no population table: YAML with `source` and a list of `rows`, or CSV")


def _everybody(name: str, told: Patients, services: Sequence[Service], alone: Sequence[str], everything: bool) -> str:
    from carespec.journeys import as_data, as_markdown, as_text

    if name == "json":
        return _json(services, {"patients": as_data.patients_data(told)}, alone)
    if name == "markdown":
        return as_markdown.patients_markdown(told) + "".join(f"\nNot compared: {why}\n" for why in alone)
    from carespec.cli._tables import width, wrapped

    text = as_text.patients_text(told, width(), as_text.ALL if everything else as_text.FIRST)
    return text + "".join(f"{wrapped(f'Not compared: {why}')}\n" for why in alone)


# Writing.


def _json(services: Sequence[Service], records: dict[str, Any], not_asked: Sequence[str]) -> str:
    """The envelope of every report, with the records of this one."""
    import json

    from carespec import __version__
    from carespec.reporters.json import SCHEMA
    from carespec.workspace import clock

    today = clock().isoformat()
    vocabulary = services[0].vocabulary
    envelope = {
        "carespec": __version__,
        "schema": SCHEMA,
        "today": today,
        "vocabulary": f"{vocabulary.name} {vocabulary.version}",
        "guidance": [],
        "services": [_service(service, today) for service in services],
        **records,
        "not-checked": list(not_asked),
    }
    return json.dumps(envelope, ensure_ascii=False, indent=2) + "\n"


def _service(service: Service, today: str) -> dict[str, str]:
    from carespec.journeys.journey import called

    at, origin = service.as_at()
    return {
        "name": called(service), "path": service.path, "as-at": at.isoformat() if at else today, "as-at-from": origin,
    }  # fmt: skip


def _write(outputs: Sequence[str], told_as: Callable[[str], str]) -> None:
    for output in outputs:
        name, _, path = output.partition("=")
        text = told_as(name)
        if path:
            write_text(path, text)
        else:
            click.echo(text, nl=False)
