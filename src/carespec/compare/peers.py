"""Which services may be held against each other: those of one programme that are in force on a common day.

A service that does not say from when to when it holds is taken to hold on every day: nothing in it says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from carespec.compare.gather import Gathered

_NEVER = "withdrawn"
Thing = TypeVar("Thing")


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
    """All groups, and of each service (by its identity) the numbers of those that it is in."""

    groups: tuple[Group, ...]
    of: Mapping[int, tuple[int, ...]]

    def parted(self, found: Iterable[tuple[Gathered, Thing]]) -> list[tuple[int, list[Thing]]]:
        """What was found in services, by the number of the group; in each group in the order found."""
        if len(self.groups) == 1:
            everything = [thing for _, thing in found]
            return [(0, everything)] if everything else []
        by_group: dict[int, list[Thing]] = {}
        for service, thing in found:
            for number in self.of[id(service)]:
                by_group.setdefault(number, []).append(thing)
        return sorted(by_group.items(), key=lambda pair: pair[0])


def grouped(services: Iterable[Gathered]) -> Grouping:
    """The groups of services, with who is in which."""
    services = tuple(services)
    found = groups(services)
    of: dict[int, list[int]] = {id(service): [] for service in services}
    for number, group in enumerate(found):
        for member in group.members:
            of[id(member)].append(number)
    return Grouping(found, {service: tuple(numbers) for service, numbers in of.items()})


def comparable(services: Iterable[Gathered], day: date | None = None) -> tuple[tuple[Group, ...], tuple[Alone, ...]]:
    """The groups of two services or more, and the services that are in none of them.

    With a day only what holds on it is compared.
    """
    services = tuple(services)
    asked = tuple(service for service in in_use(services) if day is None or _holds(service, day))
    found = tuple(group for group in groups(asked) if len(group.members) > 1)
    within = {id(member) for group in found for member in group.members}
    left = (service for service in services if id(service) not in within)
    return found, tuple(Alone(service, _why_alone(service, asked, day)) for service in left)


def _holds(service: Gathered, day: date) -> bool:
    start, end = service.period
    return (start or 1) <= day.toordinal() <= (end or date.max.toordinal())


def _why_alone(service: Gathered, asked: Sequence[Gathered], day: date | None) -> str:
    if service.status == _NEVER:
        return "withdrawn"
    if day is not None and not _holds(service, day):
        return f"not in force on {day.isoformat()}"
    if any(other.programme == service.programme for other in asked if other is not service):
        return "in force on no day on which another service of the programme is"
    if service.programme:
        return f"no other service is of the programme `{service.programme}`"
    return "of which programme is not said" if len(asked) > 1 else "there is no other service of its vocabulary"


def in_use(services: Iterable[Gathered]) -> tuple[Gathered, ...]:
    """Those that are compared at all: a withdrawn document holds on no day."""
    return tuple(service for service in services if service.status != _NEVER)


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


def together(periods: Sequence[tuple[int | None, int | None]]) -> list[tuple[int, tuple[int, ...]]]:
    """The largest sets of periods (by index) that share a day, each with the first day that they share.

    Periods on a line that overlap in pairs all share a day. So each largest set is all that hold on the day on which
    the last of them begins, and these days are among the first days.
    """
    spans = [(start or 1, end or date.max.toordinal()) for start, end in periods]
    days = sorted({start for start, end in spans if start <= end})
    different = sorted(set(spans))
    last = {day: min(end for start, end in different if start <= day <= end) for day in days}
    # The set of a day lies within that of the next one unless somebody leaves in between.
    largest = [day for day, following in zip(days, [*days[1:], None], strict=False) if _leaves(last[day], following)]
    return [(day, tuple(i for i, (start, end) in enumerate(spans) if start <= day <= end)) for day in largest]


def _leaves(first_end: int, following: int | None) -> bool:
    return following is None or first_end < following
