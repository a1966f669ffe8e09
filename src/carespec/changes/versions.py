"""Two versions of one service, or of a whole folder: which belong together, and what each pair changes.

Services belong together by name; those left over by the place of their file, and have then changed their name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from carespec.changes.between import Change, Who, changes
from carespec.changes.kinds import bears_on_people, of_tariff
from carespec.changes.people import NOBODY, People
from carespec.model.facts import Service
from carespec.records import SourceRef
from carespec.tuples import NamedTuple

CHANGED, ADDED, REMOVED, SAME = "changed", "added", "removed", "the same"

STUDY = SourceRef(
    "Mental Health’s Market Experiment: Commissioning Psychological Therapies through Any Qualified Provider",
    "University of Chester, 2013",
    "B4",
    "Because we materially changed the tariff we’re mandated to go back out to procurement",
)
"""A commissioner who had rebased the tariff, on what followed."""
GUIDANCE = SourceRef(
    "Guidance on local prices under Any Qualified Provider, as reported by Pulse", "Department of Health", "", ""
)
"""Second-hand: local prices are fixed for the contract and change only yearly; else a new opportunity is needed."""

_BINDING = ("signed",)


class Difference(NamedTuple):
    """One service in two versions; a path is None where one of them is missing.

    `people` are those of all changes together, if somebody worked that out. `material` says what a change of the tariff
    leads to, empty where the tariff is the same. `unread` are lines that were not understood in either version.
    """

    name: str
    state: str
    before: str | None
    after: str | None
    was_called: str | None
    changes: tuple[Change, ...]
    people: People
    material: str
    unread: tuple[tuple[str, int], ...]


def differences(
    before: Iterable[Service], after: Iterable[Service], who: Who | None = None, one_to_one: bool = False
) -> tuple[Difference, ...]:
    """What became of each service, by name. `one_to_one`: a file against a file, whatever they are called."""
    old, new = list(before), list(after)
    pairs = [(old[0], new[0])] if one_to_one and len(old) == len(new) == 1 else _pairs(old, new)
    paired = {id(service) for pair in pairs for service in pair}
    found = [difference(one, other, who) for one, other in pairs]
    found += [_alone(service, REMOVED) for service in old if id(service) not in paired]
    found += [_alone(service, ADDED) for service in new if id(service) not in paired]
    return tuple(sorted(found, key=lambda one: (one.name, one.state)))


def difference(before: Service, after: Service, who: Who | None = None) -> Difference:
    """What changes from one version to another."""
    found = changes(before, after)
    unread = tuple((service.path, line) for service in (before, after) for line in service.damaged)
    renamed = before.name != after.name
    state = CHANGED if found or renamed else SAME
    people = who(before, after) if who is not None and any(bears_on_people(change.kind) for change in found) else NOBODY
    return Difference(
        after.name, state, before.path, after.path, before.name if renamed else None, found, people,
        material(before, found), unread,
    )  # fmt: skip


def material(before: Service, found: Sequence[Change]) -> str:
    """What follows from a change of the tariff. It hangs on the version that is replaced: does that bind anybody?"""
    touched = [change for change in found if of_tariff(change.kind)]
    if not touched:
        return ""
    if before.status not in _BINDING:
        return (
            f"The tariff changes. The version that is replaced is no signed contract ({before.status}), so whether "
            "this has to go back to procurement is not known here."
        )
    return (
        "The tariff of a signed contract changes. Local prices are fixed for the contract and change only once a year; "
        "any other change is material and has to go back to procurement: providers may have stayed away from the old "
        "tariff who would have come for the new one."
    )


def sources_of_material(found: Sequence[Difference]) -> tuple[SourceRef, ...]:
    """What the remark on the tariff rests on, if there is one."""
    return (STUDY, GUIDANCE) if any(one.material for one in found) else ()


def _pairs(old: list[Service], new: list[Service]) -> list[tuple[Service, Service]]:
    """By name, where it is the only one of its name; the rest by the end of their path."""
    pairs = _by(old, new, lambda service: service.name)
    paired = {id(service) for pair in pairs for service in pair}
    left = [[service for service in side if id(service) not in paired] for side in (old, new)]
    return pairs + _by(left[0], left[1], _file)


def _by(old: list[Service], new: list[Service], key: object) -> list[tuple[Service, Service]]:
    assert callable(key)
    mine, theirs = _unique(old, key), _unique(new, key)
    return [(mine[name], theirs[name]) for name in mine if name in theirs and name]


def _unique(services: list[Service], key: object) -> dict[str, Service]:
    assert callable(key)
    found: dict[str, list[Service]] = {}
    for service in services:
        found.setdefault(key(service), []).append(service)
    return {name: only[0] for name, only in found.items() if len(only) == 1}


def _file(service: Service) -> str:
    return service.path.replace("\\", "/").rsplit("/", 1)[-1]


def _alone(service: Service, state: str) -> Difference:
    before, after = (service.path, None) if state == REMOVED else (None, service.path)
    unread = tuple((service.path, line) for line in service.damaged)
    return Difference(service.name, state, before, after, None, (), NOBODY, "", unread)
