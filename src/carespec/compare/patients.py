"""The people whom services side by side treat differently, as a short table; `carespec journey` has all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from carespec.compare.pages import counted
from carespec.journeys.as_data import patients_data
from carespec.journeys.patients import patients
from carespec.journeys.records import Patients, Region
from carespec.journeys.telling import KIND_WORDS, SHORT_WORDS
from carespec.model.facts import Service
from carespec.tables import Block, Heading, Table

MOST_SERVICES = 40
"""Of more services people are not set side by side here: it takes longer than the rest of a comparison."""
_TOLD = 6


def apart(services: Sequence[Service]) -> tuple[Patients, ...]:
    """For each vocabulary with two services or more, and no more than `MOST_SERVICES`, who is treated differently."""
    groups: dict[str, list[Service]] = {}
    for service in services:
        groups.setdefault(service.vocabulary.name, []).append(service)
    return tuple(patients(group) for group in groups.values() if 1 < len(group) <= MOST_SERVICES)


def patients_pages(found: Sequence[Patients]) -> Iterator[Block]:
    """The people for whom most is at stake; the others counted."""
    for one in found:
        regions = [region for region in one.regions if region.kind != "silence"]
        yield Heading(f"People treated differently: {one.vocabulary}")
        if regions:
            rows = tuple((region.who, KIND_WORDS[region.kind], _counts(region)) for region in regions[:_TOLD])
            yield Table(("people", "what happens", "services"), rows)
        yield _rest(len(regions), len(one.regions) - len(regions))


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


def patients_records(found: Sequence[Patients]) -> list[dict[str, Any]]:
    """The records `patients`, one a vocabulary."""
    return [{"vocabulary": one.vocabulary, "services": len(one.services), **patients_data(one)} for one in found]
