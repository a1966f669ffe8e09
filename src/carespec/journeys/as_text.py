"""Regions as plain text for a screen or a letter: what is at stake, who, which services, by which lines."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap

from carespec.journeys.records import DeadEnd, Journeys, Loser, Patients, Region
from carespec.journeys.telling import (
    KIND_WORDS,
    SHORT_WORDS,
    Group,
    folder_of,
    groups_of,
    journey_row,
    named,
    person_words,
    weight_words,
    where,
)
from carespec.tuples import NamedTuple

LOSER_HEADERS = ("Characteristic", "People", "Turned away", "Not turned away", "Cannot tell", "Not said")


class Most(NamedTuple):
    """How much is told at most: regions (and other rows) of a kind, kinds of answer of a region, places of an answer.

    `silent_in_full` tells of those whom some documents leave open also by which lines.
    """

    rows: int
    answers: int
    names: int
    of_characteristic: int
    silent_in_full: bool


FIRST = Most(rows=7, answers=4, names=2, of_characteristic=3, silent_in_full=False)
"""What somebody reads first: the worst, and how much more there is."""
ALL = Most(rows=sys.maxsize, answers=sys.maxsize, names=6, of_characteristic=sys.maxsize, silent_in_full=True)


_ROOMY = 80
"""On a narrower screen what goes on below is set in less: names of files are long words."""


def patients_text(found: Patients, of: str, folder: str, width: int = 100, most: Most = FIRST) -> Iterator[str]:
    """Everybody who is treated differently, the worst first, as lines of at most `width`.

    `of` says which services these are, after their number; places are told from the folder.
    """
    apart = [region for region in found.regions if region.kind != "silence"]
    silent = [region for region in found.regions if region.kind == "silence"]
    services = f"{len(found.services)} services{f' ({of})' if of else ''}"
    yield from (_wrapped(f"{services} treat {_counted(len(apart))} differently.", width, ""), "")
    usual = "; ".join(f"{name} {value}" for name, value in found.ordinary)
    yield from (_wrapped(f"Told from an ordinary person outwards: {usual}.", width, ""), "")
    yield from where(folder)
    yield from _regions(apart, found, folder, width, most, True)
    if silent:
        yield from (_wrapped("Said by some, and left open by others (silence is no difference):", width, ""), "")
        yield from _regions(silent, found, folder, width, most, most.silent_in_full)
    yield from (*_refused(found, width, most), *_losers(found, width, most), *_foot(found, width), "")


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
    """Lines of at most `width`: a name that is too long where it would stand is set in less, and never broken."""
    lines = wrap(text, width, initial_indent=indent if first is None else first, subsequent_indent=indent,
                 break_on_hyphens=False, break_long_words=False)  # fmt: skip
    return "\n".join(line if len(line) <= width else line.lstrip().rjust(width) for line in lines)


def _regions(
    regions: Sequence[Region], found: Patients, folder: str, width: int, most: Most, in_full: bool
) -> list[str]:
    lines: list[str] = []
    for number, region in enumerate(regions[: most.rows], 1):
        lines.append(_headline(number, region, width, in_full))
        lines += [*_answers(region, found, folder, width, most), ""] if in_full else []
    lines += _and_more(len(regions), most.rows)
    return lines if not lines or lines[-1] == "" else [*lines, ""]


def _and_more(number: int, most: int) -> list[str]:
    """How many were left out, and how to see them."""
    return [f"    … and {number - most} more: --all"] if number > most else []


def _headline(number: int, region: Region, width: int, in_full: bool) -> str:
    """Who, and what is at stake; or what the services do, where no line says by what."""
    counts = Counter(answer.outcome for answer in region.answers)
    told = ", ".join(f"{word} {counts[outcome]}" for outcome, word in SHORT_WORDS.items() if counts[outcome])
    weight = weight_words(region)
    words = f"{region.who}: {KIND_WORDS[region.kind] if in_full else told}{f' ({weight})' if weight else ''}"
    return _wrapped(words, width, "    ", f"{number:>2}. ")


def _answers(region: Region, found: Patients, folder: str, width: int, most: Most) -> Iterator[str]:
    """What happens to them, the worst first, with the words and the places of the lines."""
    services = len(found.services)
    groups = groups_of(region.answers)
    for group, others in _merged(groups) if len(groups) > most.answers else [(group, 0) for group in groups]:
        head = f"    {SHORT_WORDS[group.outcome]:<15}{len(group.services):>{len(str(services))}} of {services}  "
        said = "" if group.outcome == "silent" else f"{group.words}{_other_reasons(others)}  "
        places = [place.removeprefix(folder) for place in group.places]
        at = named(places if group.outcome != "silent" else group.services, most.names)
        yield _wrapped(f"{head}{said}[{at}]", width, " " * (len(head) if width >= _ROOMY else 6), "")


def _merged(groups: Sequence[Group]) -> list[tuple[Group, int]]:
    """One for each outcome, in the words of the first, with the places of all; and how many other reasons there are."""
    by_outcome: dict[str, list[Group]] = {}
    for group in groups:
        by_outcome.setdefault(group.outcome, []).append(group)
    return [
        (
            same[0]._replace(
                services=tuple(name for group in same for name in group.services),
                places=tuple(place for group in same for place in group.places),
            ),
            len(same) - 1,
        )
        for same in by_outcome.values()
    ]


def _other_reasons(number: int) -> str:
    return f", or for {number} other reason{'' if number == 1 else 's'}" if number else ""


def _refused(found: Patients, width: int, most: Most) -> Iterator[str]:
    if not found.refused_by_all:
        nobody = "No one reason, and no two together, make every service turn a person away."
        yield from (_wrapped(nobody, width, ""), "")
        return
    yield from (f"Turned away by {all_services(found)}:", "")
    yield from (_wrapped(one.who, width, "    ", "  - ") for one in found.refused_by_all[: most.rows])
    yield from (*_and_more(len(found.refused_by_all), most.rows), "")


def all_services(found: Patients) -> str:
    """`both services`, `all 9 services`."""
    return "both services" if len(found.services) == 2 else f"all {len(found.services)} services"


_ENDS = {
    "back": "sent back to whoever referred",
    "nowhere": "sent nowhere",
    "circle": "sent in a circle",
}


def dead_ends_text(ends: Sequence[DeadEnd], folder: str, width: int, most: Most = FIRST) -> Iterator[str]:
    """Destinations that are no way on, as lines; nothing if there is none."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for end in ends:
        grouped.setdefault((end.kind, end.path.removeprefix(folder)), []).append(
            f"{end.field} (line {end.line}{'' if len(end.trail) < 3 else ': ' + ' → '.join(end.trail)})"
        )
    if grouped:
        yield from ("Destinations that are no way on:", "")
        for (kind, path), fields in list(grouped.items())[: most.rows]:
            yield _wrapped(f"{path}: {_ENDS[kind]}: {named(fields, most.names)}", width, "    ", "  - ")
        yield from (*_and_more(len(grouped), most.rows), "")


def loser_row(row: Loser) -> tuple[str, str, str, str, str, str]:
    """A row of the table for an equality assessment, under `LOSER_HEADERS`."""
    counts = (row.turned_away, row.not_turned_away, row.cannot_tell, row.silent)
    if row.note:
        return (row.characteristic, f"{row.who}: {row.note}" if row.who else row.note, "", "", "", "")
    away, seen, unknown, silent = (str(len(names)) for names in counts)
    return (row.characteristic, row.who, away, seen, unknown, silent)


def _losers(found: Patients, width: int, most: Most) -> Iterator[str]:
    documents = "both documents" if len(found.services) == 2 else f"the {len(found.services)} documents"
    heading = f"For an equality assessment: what {documents} say, by protected characteristic."
    yield from (_wrapped(heading, width, ""), "")
    for _, rows in groupby(found.losers, key=lambda row: row.characteristic):
        of_one = list(rows)
        yield from (_loser(row, width) for row in of_one[: most.of_characteristic])
        yield from _and_more(len(of_one), most.of_characteristic)
    yield ""


def _loser(row: Loser, width: int) -> str:
    cells = loser_row(row)
    numbers = ", ".join(
        f"{head.lower()} {number}" for head, number in zip(LOSER_HEADERS[2:], cells[2:], strict=True) if number
    )
    return _wrapped(f"{cells[0]}: {cells[1]}{f': {numbers}' if numbers else ''}", width, "    ", "  - ")


def _foot(found: Patients, width: int) -> Iterator[str]:
    for why in found.not_compared:
        yield _wrapped(f"Not compared: {why}.", width, "  ", "")
    if found.weighed_by is None:
        unweighed = "Groups are not weighed by how many people they are: no population table was given for them."
        yield _wrapped(unweighed, width, "  ", "")
    else:
        yield _wrapped(f"Numbers of people: {found.weighed_by}.", width, "  ", "")
