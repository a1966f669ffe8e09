"""`carespec journey` without a person: who is treated differently, and the population table that weighs them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from carespec.cli._envelope import as_json
from carespec.cli._shared import fail, tell

if TYPE_CHECKING:
    from carespec.compare.patients import Everybody
    from carespec.journeys.weights import Population
    from carespec.model.facts import Service


def tell_everybody(
    services: Sequence[Service], outputs: Sequence[str], as_at: date | None, population: str | None, everything: bool
) -> None:
    """Tell who is treated differently by services that can be compared; end the run if no two can be."""
    from carespec.compare.in_full import set_apart
    from carespec.compare.patients import everybody
    from carespec.journeys.telling import folder_of

    tables = _populations(population, services) if population else {}
    found = everybody(services, as_at, tables)
    if not any(one.among for one in found):
        folder = folder_of([service.path for service in services])
        why = "; ".join(reason for one in found for reason in set_apart(one, folder))
        fail(f"no two services can be compared ({why}); describe a person, as with --age 17, to ask each by itself")
    tell(outputs, lambda name: _told(name, found, services, everything))


def _told(name: str, found: Sequence[Everybody], services: Sequence[Service], everything: bool) -> str:
    from carespec.compare.in_full import everybody_markdown, everybody_text, remarks

    if name == "json":
        from carespec.compare.patients import dead_end_records, patients_records

        records = {"patients": patients_records(found), "dead-ends": dead_end_records(found)}
        return as_json(services, records, [remark for one in found for remark in remarks(one)])
    if name == "markdown":
        return everybody_markdown(found)
    from carespec.cli._tables import width

    return everybody_text(found, width(), everything)


def _populations(path: str, services: Sequence[Service]) -> dict[str, Population]:
    """The table of a file, read in the words of each vocabulary that has them all; ends the run if none has."""
    from carespec.journeys.weights import population

    source, rows = _table(path)
    found, unfit = {}, {}
    for name, vocabulary in sorted({one.vocabulary.name: one.vocabulary for one in services}.items()):
        try:
            found[name] = population(source, rows, vocabulary)
        except ValueError as error:
            unfit[name] = str(error)
    if not found:
        fail(f"`{path}`: " + "; ".join(dict.fromkeys(unfit.values())))
    for name, why in unfit.items():
        click.echo(f"{path} weighs nobody under the vocabulary {name}: {why}", err=True)
    return found


def _table(path: str) -> tuple[str, list[dict[str, str]]]:
    """The source and the rows of a file: YAML with `source` and `rows`, or CSV whose first line is `# source: …`."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        fail(f"`{path}` cannot be read: {getattr(error, 'strerror', None) or 'it is not text in UTF-8'}")
    if path.lower().endswith(".csv"):
        import csv

        first, _, rest = text.partition("\n")
        source = first.removeprefix("#").strip().removeprefix("source:") if first.startswith("#") else ""
        return source, list(csv.DictReader(rest.splitlines()))
    import yaml

    try:
        data = yaml.safe_load(text)
        rows = [{str(name): str(value) for name, value in row.items()} for row in data["rows"]]
        return str(data.get("source") or ""), rows
    except (yaml.YAMLError, KeyError, TypeError, AttributeError):
        fail(f"`{path}` is no population table: YAML with `source` and a list of `rows`, or CSV")
