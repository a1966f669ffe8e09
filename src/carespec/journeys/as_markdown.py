"""Journeys and regions as Markdown, for a paper that a board reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from carespec.journeys.as_text import LOSER_HEADERS, all_services, loser_row
from carespec.journeys.records import DeadEnd, Journeys, Patients, Region
from carespec.journeys.telling import (
    JOURNEY_HEADERS,
    KIND_WORDS,
    OUTCOME_WORDS,
    groups_of,
    journey_row,
    named,
    person_words,
    weight_words,
)

_MOST_NAMES = 20


def journeys_markdown(told: Journeys) -> str:
    """One person under several services, as a table."""
    described, assumed = person_words(told)
    lines = [f"**{described}**", ""]
    if assumed:
        lines += [f"Taken as usual, for nobody said otherwise: {assumed}.", ""]
    lines += table(JOURNEY_HEADERS, map(journey_row, told.journeys))
    return "\n".join(lines) + "\n"


def patients_markdown(found: Patients, of: str = "") -> str:
    """Everybody who is treated differently; `of` says which services."""
    usual = "; ".join(f"{name} {value}" for name, value in found.ordinary)
    lines = ["## People treated differently", ""]
    services = f"{len(found.services)} services{f' ({of})' if of else ''}"
    lines += [f"{services}. Told from an ordinary person outwards: {usual}.", ""]
    lines += _regions([region for region in found.regions if region.kind != "silence"])
    silent = [region for region in found.regions if region.kind == "silence"]
    if silent:
        lines += ["## Said by some, left open by others", "", *_regions(silent)]
    lines += [f"## Turned away by {all_services(found)}", ""]
    lines += [f"- {one.who}" for one in found.refused_by_all] or ["Nobody, for one reason or two together."]
    lines += ["", "## For an equality assessment", "", *table(LOSER_HEADERS, map(loser_row, found.losers)), ""]
    lines += [f"Not compared: {why}." for why in found.not_compared]
    weighed = f"Numbers of people: {found.weighed_by}." if found.weighed_by else "Groups are not weighed."
    return "\n".join([*lines, weighed]) + "\n"


def dead_ends_markdown(ends: Sequence[DeadEnd]) -> str:
    """Destinations that are no way on, as a table; empty if there is none."""
    if not ends:
        return ""
    rows = ((end.path, str(end.line), end.field, " → ".join(end.trail), end.kind) for end in ends)
    lines = ["## Destinations that are no way on", "", *table(("Document", "Line", "Field", "Trail", "Ends"), rows)]
    return "\n".join(lines) + "\n"


def _regions(regions: Sequence[Region]) -> list[str]:
    lines: list[str] = []
    for region in regions:
        weight = weight_words(region)
        rows = (
            (OUTCOME_WORDS[group.outcome], str(len(group.services)), group.words, named(group.places, _MOST_NAMES))
            for group in groups_of(region.answers)
        )
        lines += [f"### {region.who}", "", f"{KIND_WORDS[region.kind]}{f'; {weight}' if weight else ''}", ""]
        lines += [*table(("What happens", "Services", "By", "Where"), rows), ""]
    return lines


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table of Markdown; a bar within a cell is written so that it stays there."""
    lines = [f"| {' | '.join(headers)} |", f"| {' | '.join('---' for _ in headers)} |"]
    return lines + [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
