"""Which services may be held against each other: those of one programme that are in force on a common day.

A service that does not say from when to when it holds is taken to hold on every day: nothing in it says otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from carespec.compare.gather import Gathered
from carespec.compare.index import Says
from carespec.compare.periods import together
from carespec.model.facts import WITHDRAWN
from carespec.tuples import NamedTuple


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


class Alone(NamedTuple):
    """A service that cannot be held against any other, and why."""

    service: Gathered
    why: str


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


def comparable(services: Iterable[Gathered], day: date | None = None) -> tuple[tuple[Group, ...], tuple[Alone, ...]]:
    """The groups of two services or more, and the services that are in none of them.

    With a day only what holds on it is compared.
    """
    services = tuple(services)
    asked = tuple(service for service in services if not not_asked(service, day))
    found = tuple(group for group in groups(asked) if len(group.members) > 1)
    within = {id(member) for group in found for member in group.members}
    left = (service for service in services if id(service) not in within)
    return found, tuple(Alone(service, _why_alone(service, asked, day)) for service in left)


def _holds(service: Gathered, day: date) -> bool:
    start, end = service.period
    return (start or 1) <= day.toordinal() <= (end or date.max.toordinal())


def not_asked(service: Gathered, day: date | None) -> str:
    """Why a service answers for nobody: it is withdrawn, or not in force on the day asked about; else empty."""
    if not is_in_use(service):
        return WITHDRAWN
    return f"not in force on {day.isoformat()}" if day is not None and not _holds(service, day) else ""


def _why_alone(service: Gathered, asked: Sequence[Gathered], day: date | None) -> str:
    if why := not_asked(service, day):
        return why
    if any(other.programme == service.programme for other in asked if other is not service):
        return "in force on no day on which another service of the programme is"
    if service.programme:
        return f"no other service is of the programme `{service.programme}`"
    return "of which programme is not said" if len(asked) > 1 else "there is no other service of its vocabulary"


def is_in_use(service: Gathered) -> bool:
    """Whether it is compared at all: a withdrawn document holds on no day."""
    return service.status != WITHDRAWN


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
