"""The people whom services treat differently, among services that can be compared; and a short table of them.

Services of one programme that hold on a common day are set side by side, as everywhere in a comparison: `peers` says
which those are. `carespec journey` tells all of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from carespec.compare.gather import Gathered, placed
from carespec.compare.pages import counted
from carespec.compare.peers import Alone, Group, comparable
from carespec.journeys.as_data import dead_end_data, patients_data
from carespec.journeys.patients import patients
from carespec.journeys.records import DeadEnd, Patients, Region
from carespec.journeys.telling import KIND_WORDS, SHORT_WORDS
from carespec.journeys.trails import dead_ends
from carespec.journeys.weights import Population
from carespec.model.facts import Service
from carespec.tables import Block, Heading, Table
from carespec.tuples import NamedTuple
from carespec.vocabulary import load

MOST_SERVICES = 200
"""Of more services people are not set side by side here: it would take longer than somebody waits at a terminal."""
_TOLD = 6
NO_TABLES: Mapping[str, Population] = {}


class Among(NamedTuple):
    """The people whom the services of one group treat differently."""

    group: Group
    patients: Patients


class Everybody(NamedTuple):
    """The people whom services of one vocabulary treat differently, group by group; `alone` are compared with none.

    `dead_ends` are of all services: a destination is followed into a service of another programme too.
    """

    vocabulary: str
    services: tuple[Gathered, ...]
    among: tuple[Among, ...]
    alone: tuple[Alone, ...]
    dead_ends: tuple[DeadEnd, ...]


def everybody(
    services: Sequence[Service], day: date | None = None, populations: Mapping[str, Population] = NO_TABLES
) -> tuple[Everybody, ...]:
    """Who is treated differently, one record for each vocabulary, in the order of their names.

    With a `day` only services that hold on it are compared, by what holds on it; without, those that hold on a common
    day, each by its own day. `populations` has, by vocabulary, the table that weighs people.
    """
    by_vocabulary: dict[str, list[Service]] = {}
    for service in services:
        by_vocabulary.setdefault(service.vocabulary.name, []).append(service)
    return tuple(_everybody(by_vocabulary[name], day, populations.get(name)) for name in sorted(by_vocabulary))


def _everybody(services: Sequence[Service], day: date | None, population: Population | None) -> Everybody:
    records = tuple(placed(service) for service in services)
    whose = {id(record): service for record, service in zip(records, services, strict=True)}
    groups, alone = comparable(records, day)
    among = tuple(
        Among(group, patients([whose[id(member)] for member in group.members], day, population)) for group in groups
    )
    vocabulary = services[0].vocabulary
    return Everybody(
        f"{vocabulary.name} {vocabulary.version}", records, among, alone, dead_ends(services, day),
    )  # fmt: skip


# In a comparison.


class LeftOut(NamedTuple):
    """Services of one vocabulary that are too many for people to be set side by side here."""

    vocabulary: str
    services: int


class Apart(NamedTuple):
    """Who is treated differently, a record a vocabulary; and the vocabularies of which that was left out."""

    found: tuple[Everybody, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def paths_of_few(gathered: Iterable[Gathered]) -> tuple[list[str], tuple[LeftOut, ...]]:
    """The files of the services that are not too many of their vocabulary, and what is left out for being too many."""
    groups: dict[str, list[str]] = {}
    for service in gathered:
        groups.setdefault(service.vocabulary, []).append(service.path)
    few = [path for paths in groups.values() if len(paths) <= MOST_SERVICES for path in paths]
    many = sorted((name, len(paths)) for name, paths in groups.items() if len(paths) > MOST_SERVICES)
    return few, tuple(LeftOut(f"{name} {load(name).version}", number) for name, number in many)


def patients_pages(apart: Apart) -> Iterator[Block]:
    """Of each group the people for whom most is at stake; the others counted."""
    for one in apart.found:
        if not one.among:
            continue
        yield Heading(f"People treated differently: {one.vocabulary}")
        for among in one.among:
            yield from _of_group(among)
        if one.alone:
            yield f"{counted(len(one.alone), 'service')} can be compared with no other; `carespec journey` says why."
    for left in apart.left_out:
        yield Heading(f"People treated differently: {left.vocabulary}")
        yield (
            f"Left out: setting people side by side takes long for more than {MOST_SERVICES} services, and these are "
            f"{left.services:,}. `carespec journey` with the same paths does it."
        )


def _of_group(among: Among) -> Iterator[Block]:
    regions = [region for region in among.patients.regions if region.kind != "silence"]
    yield f"{counted(len(among.group.members), 'service')}: {among.group.name}"
    if regions:
        rows = tuple((region.who, KIND_WORDS[region.kind], _counts(region)) for region in regions[:_TOLD])
        yield Table(("people", "what happens", "services"), rows)
    yield _rest(len(regions), len(among.patients.regions) - len(regions))


def _counts(region: Region) -> str:
    """`turned away 5, seen 2`."""
    counted = Counter(answer.outcome for answer in region.answers)
    return ", ".join(f"{word} {counted[outcome]}" for outcome, word in SHORT_WORDS.items() if counted[outcome])


def _rest(apart: int, silent: int) -> str:
    more = f" {counted(apart - _TOLD, 'more group')} of people {_is(apart - _TOLD)} treated differently."
    more = more if apart > _TOLD else ""
    few = "Nobody is certainly treated differently." if not apart else ""
    left = f" {counted(silent, 'group')} {_is(silent)} spoken of by some and left open by others." if silent else ""
    return f"{few}{more}{left} `carespec journey` tells everybody, and by which lines.".strip()


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


# As data.


def apart_records(apart: Apart) -> dict[str, list[dict[str, Any]]]:
    """The records `patients` and `patients-left-out`."""
    return {
        "patients": patients_records(apart.found),
        "patients-left-out": [one._asdict() for one in apart.left_out],
    }


def patients_records(found: Sequence[Everybody]) -> list[dict[str, Any]]:
    """The records `patients`, one a group of comparable services."""
    return [_record(among, one.vocabulary) for one in found for among in one.among]


def _record(among: Among, vocabulary: str) -> dict[str, Any]:
    group = among.group
    return {
        "vocabulary": vocabulary,
        "programme": group.programme or None,
        "since": group.since.isoformat() if group.since else None,
        "services": [member.name for member in group.members],
        **patients_data(among.patients),
    }


def dead_end_records(found: Sequence[Everybody]) -> list[dict[str, Any]]:
    """The records `dead-ends`."""
    return [dead_end_data(end) for one in found for end in one.dead_ends]
