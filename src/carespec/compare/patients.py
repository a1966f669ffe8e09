"""The people whom services side by side treat differently, as a short table; `carespec journey` has all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from carespec.compare.gather import Gathered
from carespec.compare.pages import counted
from carespec.journeys.as_data import patients_data
from carespec.journeys.patients import patients
from carespec.journeys.records import Patients, Region
from carespec.journeys.telling import KIND_WORDS, SHORT_WORDS
from carespec.model.facts import Service
from carespec.tables import Block, Heading, Table
from carespec.vocabulary import load

MOST_SERVICES = 200
"""Of more services people are not set side by side here: it would take longer than somebody waits at a terminal."""
_TOLD = 6


class LeftOut(NamedTuple):
    """Services of one vocabulary that are too many for people to be set side by side here."""

    vocabulary: str
    services: int


class Apart(NamedTuple):
    """Who is treated differently, a record a vocabulary; and the vocabularies of which that was left out."""

    found: tuple[Patients, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def paths_of_few(gathered: Iterable[Gathered]) -> tuple[list[str], tuple[LeftOut, ...]]:
    """The files of the services that are not too many of their vocabulary, and what is left out for being too many."""
    groups: dict[str, list[str]] = {}
    for service in gathered:
        groups.setdefault(service.vocabulary, []).append(service.path)
    few = [path for paths in groups.values() if len(paths) <= MOST_SERVICES for path in paths]
    many = sorted((name, len(paths)) for name, paths in groups.items() if len(paths) > MOST_SERVICES)
    return few, tuple(LeftOut(f"{name} {load(name).version}", number) for name, number in many)


def apart(services: Sequence[Service]) -> tuple[Patients, ...]:
    """For each vocabulary with two services or more, who is treated differently."""
    groups: dict[str, list[Service]] = {}
    for service in services:
        groups.setdefault(service.vocabulary.name, []).append(service)
    return tuple(patients(group) for group in groups.values() if len(group) > 1)


def patients_pages(apart: Apart) -> Iterator[Block]:
    """The people for whom most is at stake; the others counted."""
    for one in apart.found:
        regions = [region for region in one.regions if region.kind != "silence"]
        yield Heading(f"People treated differently: {one.vocabulary}")
        if regions:
            rows = tuple((region.who, KIND_WORDS[region.kind], _counts(region)) for region in regions[:_TOLD])
            yield Table(("people", "what happens", "services"), rows)
        yield _rest(len(regions), len(one.regions) - len(regions))
    for left in apart.left_out:
        yield Heading(f"People treated differently: {left.vocabulary}")
        yield (
            f"Left out: setting people side by side takes long for more than {MOST_SERVICES} services, and these are "
            f"{left.services:,}. `carespec journey` with the same paths does it."
        )


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


def patients_records(apart: Apart) -> dict[str, list[dict[str, Any]]]:
    """The records `patients`, one a vocabulary, and `patients-left-out`."""
    found = apart.found
    return {
        "patients": [
            {"vocabulary": one.vocabulary, "services": len(one.services), **patients_data(one)} for one in found
        ],
        "patients-left-out": [one._asdict() for one in apart.left_out],
    }
