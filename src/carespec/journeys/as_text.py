"""Regions as plain text for a screen or a letter: what is at stake, who, which services, by which lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill

from carespec.journeys.records import DeadEnd, Journeys, Loser, Patients, Region
from carespec.journeys.telling import (
    KIND_WORDS,
    SHORT_WORDS,
    folder_of,
    groups_of,
    journey_row,
    named,
    person_words,
    weight_words,
    where,
)

MOST = 12
"""So many regions of a kind are told unless all are asked for."""
_MOST_NAMES = 6
LOSER_HEADERS = ("Characteristic", "People", "Turned away", "Not turned away", "Cannot tell", "Not said")


def patients_text(found: Patients, of: str, folder: str, width: int = 100, most: int = MOST) -> Iterator[str]:
    """Everybody who is treated differently, as lines of at most `width`; `of` says which services, after their number.

    Places are told from the folder.
    """
    apart = [region for region in found.regions if region.kind != "silence"]
    silent = [region for region in found.regions if region.kind == "silence"]
    services = f"{len(found.services)} services{f' ({of})' if of else ''}"
    yield from (_wrapped(f"{services} treat {_counted(len(apart))} differently.", width, ""), "")
    usual = "; ".join(f"{name} {value}" for name, value in found.ordinary)
    yield from (_wrapped(f"Told from an ordinary person outwards: {usual}.", width, ""), "")
    yield from where(folder)
    yield from _regions(apart, found, folder, width, most)
    if silent:
        yield from (_wrapped("Said by some, and left open by others (silence is no difference):", width, ""), "")
        yield from _regions(silent, found, folder, width, most)
    yield from (*_refused(found, width, most), *_losers(found, width), *_foot(found, width), "")


def journeys_text(told: Journeys, width: int = 100) -> str:
    """One person under several services: for each what happens, how soon or where to, and by which lines."""
    folder = folder_of([journey.path for journey in told.journeys])
    lines = [*heading(told, width), *where(folder)]
    for journey in told.journeys:
        service, happens, how_soon, decided = journey_row(journey, folder)
        lines.append(_wrapped(f"{service}: {happens}", width, "    ", ""))
        lines += [_wrapped(text, width, "      ", "    ") for text in (how_soon, decided) if text]
    return "\n".join(lines) + "\n"


def heading(told: Journeys, width: int) -> list[str]:
    """The person, and what was taken for granted."""
    described, assumed = person_words(told)
    lines = [_wrapped(described, width, ""), ""]
    if assumed:
        lines += [_wrapped(f"Taken as usual, for nobody said otherwise: {assumed}.", width, ""), ""]
    return lines


def _counted(number: int) -> str:
    return f"{number} group{'' if number == 1 else 's'} of people"


def _wrapped(text: str, width: int, indent: str, first: str | None = None) -> str:
    return fill(text, width, initial_indent=indent if first is None else first, subsequent_indent=indent,
                break_on_hyphens=False, break_long_words=False)  # fmt: skip


def _regions(regions: Sequence[Region], found: Patients, folder: str, width: int, most: int) -> list[str]:
    lines: list[str] = []
    for number, region in enumerate(regions[:most], 1):
        lines += [*_region(number, region, found, folder, width), ""]
    if len(regions) > most:
        lines += [f"(and {len(regions) - most} more; --all tells them, --output json has them all)", ""]
    return lines


def _region(number: int, region: Region, found: Patients, folder: str, width: int) -> Iterator[str]:
    services = len(found.services)
    weight = weight_words(region)
    yield _wrapped(f"{region.who}: {KIND_WORDS[region.kind]}{f' ({weight})' if weight else ''}", width, "    ",
                   f"{number:>2}. ")  # fmt: skip
    for group in groups_of(region.answers):
        head = f"    {SHORT_WORDS[group.outcome]:<15}{len(group.services)} of {services}  "
        said = "" if group.outcome == "silent" else f"{group.words}  "
        places = [place.removeprefix(folder) for place in group.places]
        at = named(places if group.outcome != "silent" else group.services, _MOST_NAMES)
        yield _wrapped(f"{said}[{at}]", width, " " * len(head), head)


def _refused(found: Patients, width: int, most: int) -> Iterator[str]:
    if not found.refused_by_all:
        yield from (
            _wrapped("No one reason, and no two together, make every service turn a person away.", width, ""),
            "",
        )
        return
    yield from (f"Turned away by {all_services(found)}:", "")
    yield from (_wrapped(one.who, width, "    ", "  - ") for one in found.refused_by_all[:most])
    if len(found.refused_by_all) > most:
        yield f"    (and {len(found.refused_by_all) - most} more)"
    yield ""


def all_services(found: Patients) -> str:
    """`both services`, `all 9 services`."""
    return "both services" if len(found.services) == 2 else f"all {len(found.services)} services"


_ENDS = {
    "back": "sent back to whoever referred",
    "nowhere": "sent nowhere",
    "circle": "sent in a circle",
}


def dead_ends_text(ends: Sequence[DeadEnd], folder: str, width: int) -> Iterator[str]:
    """Destinations that are no way on, as lines; nothing if there is none."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for end in ends:
        grouped.setdefault((end.kind, end.path.removeprefix(folder)), []).append(
            f"{end.field} (line {end.line}{'' if len(end.trail) < 3 else ': ' + ' → '.join(end.trail)})"
        )
    if grouped:
        yield from ("Destinations that are no way on:", "")
        for (kind, path), fields in grouped.items():
            yield _wrapped(f"{path}: {_ENDS[kind]}: {named(fields, _MOST_NAMES)}", width, "    ", "  - ")
        yield ""


def loser_row(row: Loser) -> tuple[str, str, str, str, str, str]:
    """A row of the table for an equality assessment, under `LOSER_HEADERS`."""
    counts = (row.turned_away, row.not_turned_away, row.cannot_tell, row.silent)
    if row.note:
        return (row.characteristic, f"{row.who}: {row.note}" if row.who else row.note, "", "", "", "")
    away, seen, unknown, silent = (str(len(names)) for names in counts)
    return (row.characteristic, row.who, away, seen, unknown, silent)


def _losers(found: Patients, width: int) -> Iterator[str]:
    documents = "both documents" if len(found.services) == 2 else f"the {len(found.services)} documents"
    heading = f"For an equality assessment: what {documents} say, by protected characteristic."
    yield from (_wrapped(heading, width, ""), "")
    for row in found.losers:
        cells = loser_row(row)
        numbers = ", ".join(
            f"{head.lower()} {number}" for head, number in zip(LOSER_HEADERS[2:], cells[2:], strict=True) if number
        )
        yield _wrapped(f"{cells[0]}: {cells[1]}{f': {numbers}' if numbers else ''}", width, "    ", "  - ")
    yield ""


def _foot(found: Patients, width: int) -> Iterator[str]:
    for why in found.not_compared:
        yield _wrapped(f"Not compared: {why}.", width, "  ", "")
    if found.weighed_by is None:
        unweighed = "Groups are not weighed by how many people they are: no population table was given."
        yield _wrapped(unweighed, width, "  ", "")
    else:
        yield _wrapped(f"Numbers of people: {found.weighed_by}.", width, "  ", "")
