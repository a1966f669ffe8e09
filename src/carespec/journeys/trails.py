"""Destinations followed: to another service of the run where it is one, and to where they lead back, or nowhere.

A document that sends people away has done its part by naming a place. Whether that place takes them is in another
document, which nobody reads beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

from carespec.cases.partition import changed
from carespec.cases.persons import Person, completed
from carespec.journeys.cells import Cells, Code, Ground
from carespec.journeys.journey import journey
from carespec.journeys.records import DeadEnd, Journey
from carespec.journeys.verdicts import verdict
from carespec.model.facts import Service, State
from carespec.quantities.readings import Text
from carespec.rules.evaluate import holds


def dead_ends(at: Ground, day: date | None = None) -> tuple[DeadEnd, ...]:
    """Every reason for which a service sends people to a place that leads back or nowhere, with the trail."""
    return tuple(end for row in range(len(at.services)) for end in _of_service(row, at, day))


def _of_service(row: int, at: Ground, day: date | None) -> Iterator[DeadEnd]:
    service = at.services[row]
    for path, cells in at.cells[row].items():
        person = _turned_away(cells, at)
        found = verdict(at.gates[row][path], at.asked(row, person)) if person is not None else None
        if person is None or found is None or found.value is None:
            continue
        first = journey(service, person, day)
        # Another line may send an ordinary person elsewhere; here it is this line's own destination that is followed.
        own = first._replace(destination=found.destination, leads=_leads(found.destination, person, at))
        kind, trail = _followed(own, person, at.services, day)
        named = found.destination is not None or at.gates[row][path].bears.kind == "excluded"
        if kind and named:
            says = service.lines[(found.line or 1) - 1].strip()
            yield DeadEnd(kind, own.service, service.path, found.line, path, trail, says)


def _leads(destination: str | None, person: Person, at: Ground) -> str:
    if destination is None:
        return "nowhere"
    vocabulary = at.partition.vocabulary
    routes = (v for f, v in person.values.items() if vocabulary.case_fields[f.split(" ")[0]].of == "route")
    return "back" if destination in routes else vocabulary.destinations.get(destination, {}).get("leads", "")


def _turned_away(cells: Cells, at: Ground) -> Person | None:
    """The person nearest to an ordinary one whom a line turns away."""
    sizes = (range(size) for size in cells.shape)
    classes = at.partition.classes
    for place in sorted(product(*sizes), key=lambda cell: (sum(n > 0 for n in cell), cell)):
        if cells.at(dict(zip(cells.factors, place, strict=True))) >= Code.REFUSED:
            choice = {f: classes[f][n] for f, n in zip(cells.factors, place, strict=True) if n}
            return completed(changed(at.partition.ordinary, choice), at.partition.vocabulary)
    return None


def _followed(
    first: Journey, person: Person, services: Sequence[Service], day: date | None
) -> tuple[str, tuple[str, ...]]:
    """Where a trail ends badly, and its stations; an empty kind if it ends at a place, or with somebody who sees them."""
    trail, at, now = [first.service], first.path, first
    while True:
        if now.destination is None:
            return "nowhere", tuple(trail)
        trail.append(now.destination)
        if now.leads == "back":
            return "back", tuple(trail)
        here = next(service for service in services if service.path == at)
        meant = meant_service(now.destination, here, services)
        if meant is None:
            return "", tuple(trail)
        now, at = journey(meant, person, day), meant.path
        circle = now.service in trail
        trail.append(now.service)
        if circle:
            return "circle", tuple(trail)
        if now.outcome not in ("refused", "sent"):
            return "", tuple(trail)


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
