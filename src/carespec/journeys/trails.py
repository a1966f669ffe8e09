"""Destinations followed: to another service of the run where it is one, and to where they lead back, or nowhere.

A document that sends people away has done its part by naming a place. Whether that place takes them is in another
document, which nobody reads beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from carespec.cases.partition import changed
from carespec.cases.persons import Person, completed
from carespec.journeys.cells import Code, ground
from carespec.journeys.journey import called, journey, leads_to
from carespec.journeys.records import DeadEnd
from carespec.journeys.verdicts import verdict
from carespec.model.facts import Service, State
from carespec.quantities.readings import Text
from carespec.rules.evaluate import holds
from carespec.tuples import NamedTuple


def dead_ends(services: Sequence[Service], day: date | None = None) -> tuple[DeadEnd, ...]:
    """Every reason for which a service sends people to a place that leads back or nowhere, with the trail.

    All services must have one vocabulary; a destination is followed into any of them, whether the two can be compared
    or not.
    """
    return tuple(end for service in services for end in _of_service(service, services, day))


def _of_service(service: Service, services: Sequence[Service], day: date | None) -> Iterator[DeadEnd]:
    at = ground((service,), day)
    for path, cells in at.cells[0].items():
        if max(cells.codes) < Code.REFUSED:
            continue
        gate = at.gates[0][path]
        change = at.nearest(cells, lambda code: code >= Code.REFUSED)
        if change is None:
            continue
        person = completed(changed(at.partition.ordinary, change), at.partition.vocabulary)
        found = verdict(gate, at.asked(0, person))
        # A line that turns people away without a word about where to is a gap, and told as a refusal.
        if found.value is None or (found.destination is None and gate.bears.kind != "excluded"):
            continue
        kind, trail = _followed(_Station(service, found.destination), person, services, day)
        if kind:
            says = service.lines[(found.line or 1) - 1].strip()
            yield DeadEnd(kind, trail[0], service.path, found.line, path, trail, says)


class _Station(NamedTuple):
    """A service on a trail, and where it sends the person."""

    service: Service
    destination: str | None


def _followed(
    first: _Station, person: Person, services: Sequence[Service], day: date | None
) -> tuple[str, tuple[str, ...]]:
    """Where a trail ends badly, and its stations; an empty kind if it ends at a place, or with who sees them."""
    trail, now = [called(first.service)], first
    while True:
        leads = leads_to(now.destination, person, now.service.vocabulary)
        if now.destination is not None:
            trail.append(now.destination)
        meant = meant_service(now.destination, now.service, services) if now.destination and not leads else None
        if meant is None:
            return leads, tuple(trail)
        circle = called(meant) in trail
        trail.append(called(meant))
        next_one = journey(meant, person, day)
        if circle or next_one.outcome not in ("refused", "sent"):
            return "circle" if circle else "", tuple(trail)
        now = _Station(meant, next_one.destination)


def meant_service(destination: str, sender: Service, services: Sequence[Service]) -> Service | None:
    """The service of the run that a destination means: the one of that name, or the only one of the same commissioner
    of which the vocabulary's condition holds; None for a place outside."""
    by_name = next((service for service in services if service.name == destination), None)
    condition = sender.vocabulary.destinations.get(destination, {}).get("service")
    if by_name is not None or condition is None:
        return by_name
    found = [s for s in services if s is not sender and _same_commissioner(s, sender) and holds(condition, s) is True]
    return found[0] if len(found) == 1 else None


def _same_commissioner(one: Service, other: Service) -> bool:
    """Whether two documents name the same commissioner: by its code, or else by its name."""
    for field in ("commissioner-code", "commissioner"):
        mine, theirs = one.fact(field), other.fact(field)
        if mine is not None and theirs is not None and mine.value.state == theirs.value.state == State.STATED:
            a, b = mine.value.content, theirs.value.content
            return (a.text if isinstance(a, Text) else a) == (b.text if isinstance(b, Text) else b)
    return False
