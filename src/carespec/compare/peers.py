"""Which services may be held against each other: those of one programme that are in force on a common day.

A service that does not say from when to when it holds is taken to hold on every day: nothing in it says otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from carespec.compare.gather import Gathered
from carespec.compare.index import Says
from carespec.compare.periods import together

_NEVER = "withdrawn"


class Group(NamedTuple):
    """Services that can be compared: of one programme (empty where they do not say), in force on a common day.

    `since` is the first day on which all of them hold; None if none of them says when it began.
    """

    programme: str
    since: date | None
    members: tuple[Gathered, ...]

    @property
    def name(self) -> str:
        """The group in an identity: `iapt`, `iapt from 2014-04-01`, `programme not said`."""
        programme = self.programme or "programme not said"
        return f"{programme} from {self.since.isoformat()}" if self.since else programme


class Grouping(NamedTuple):
    """All groups, and of each service (by its number) the numbers of those that it is in."""

    groups: tuple[Group, ...]
    of: tuple[tuple[int, ...], ...]

    def parted(self, found: Iterable[Says]) -> list[tuple[int, list[Says]]]:
        """What is said, by the number of the group whose members say it."""
        if len(self.groups) == 1:
            everything = list(found)
            return [(0, everything)] if everything else []
        by_group: dict[int, list[Says]] = defaultdict(list)
        for says in found:
            for number, part in self._parts(says.who).items():
                by_group[number].append(says if len(part) == len(says.who) else Says(says.line, part))
        return sorted(by_group.items(), key=lambda pair: pair[0])

    def _parts(self, who: list[int]) -> dict[int, list[int]]:
        """Services by the number of their group."""
        if len(who) == 1:
            return dict.fromkeys(self.of[who[0]], who)
        parts: dict[int, list[int]] = defaultdict(list)
        for service in who:
            for number in self.of[service]:
                parts[number].append(service)
        return parts


def grouped(services: Iterable[Gathered]) -> Grouping:
    """The groups of services, with who is in which."""
    services = tuple(services)
    found = groups(services)
    of: dict[int, list[int]] = {id(service): [] for service in services}
    for number, group in enumerate(found):
        for member in group.members:
            of[id(member)].append(number)
    return Grouping(found, tuple(tuple(of[id(service)]) for service in services))


def is_in_use(service: Gathered) -> bool:
    """Whether it is compared at all: a withdrawn document holds on no day."""
    return service.status != _NEVER


def groups(services: Iterable[Gathered]) -> tuple[Group, ...]:
    """The largest groups of comparable services, by programme and date; one alone is a group too.

    Where contracts follow one another a service can be in several groups; no group lies within another.
    """
    by_programme: dict[str, list[Gathered]] = {}
    for service in services:
        by_programme.setdefault(service.programme, []).append(service)
    return tuple(
        group for programme in sorted(by_programme) for group in _of_programme(programme, by_programme[programme])
    )


def _of_programme(programme: str, members: Sequence[Gathered]) -> Iterator[Group]:
    for day, indexes in together([service.period for service in members]):
        since = date.fromordinal(day) if day > 1 else None
        yield Group(programme, since, tuple(members[index] for index in indexes))
