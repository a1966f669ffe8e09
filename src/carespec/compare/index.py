"""Who says which line: services by their number in the order of their names, each different line once.

Ten thousand services say some hundred thousand different things in a million lines. What is worked out for each thing
said, and not for each line, costs a fraction; so counts, spreads and outliers all start here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from carespec.compare.gather import Gathered, Line
from carespec.compare.paths import wider_paths
from carespec.tuples import NamedTuple
from carespec.vocabulary import Vocabulary

SERVICES = tuple[Gathered, ...]


class Says(NamedTuple):
    """A line and the numbers of the services that say it, ascending."""

    line: Line
    who: list[int]


Said = Mapping[str, Sequence[Says]]
"""By path, all that is said of it."""


def said_by_path(services: SERVICES, vocabulary: Vocabulary) -> dict[str, list[Says]]:
    """Every path that some service has a line for, with the services that answer it.

    A line without a key answers for each key of its field that has none of its own; one for treatment, for each step.
    """
    lines = _lines(services)
    keyed = {path.partition(" ")[0] for path in lines if " " in path}
    # What stands without a key beside keys is told under each of these.
    return {path: _with_wider(path, own, lines, vocabulary) for path, own in lines.items() if path not in keyed}


def _lines(services: SERVICES) -> dict[str, list[Says]]:
    """Each different line with those who say it, by its path."""
    who: dict[int, list[int]] = defaultdict(list)
    known: dict[int, Line] = {}
    for number, service in enumerate(services):
        known.update(zip(map(id, service.lines), service.lines, strict=True))
        for identity in map(id, service.lines):
            who[identity].append(number)
    by_path: dict[str, list[Says]] = defaultdict(list)
    for identity, numbers in who.items():
        by_path[known[identity].path].append(Says(known[identity], numbers))
    return {path: _once(found) for path, found in by_path.items()}


def _once(found: Sequence[Says]) -> list[Says]:
    """Lines of one path that are equal joined: they come from different processes, or have lines under them."""
    equal: dict[object, list[Says]] = {}
    for says in found:
        equal.setdefault(says.line.said, []).append(says)
    return [
        same[0] if len(same) == 1 else Says(same[0].line, sorted(number for says in same for number in says.who))
        for same in equal.values()
    ]


def _with_wider(path: str, own: list[Says], lines: Said, vocabulary: Vocabulary) -> list[Says]:
    """The lines of a path, and for services without one those that answer for it."""
    found = own
    for wider in wider_paths(path, vocabulary):
        if wider in lines:
            have = {number for says in found for number in says.who}
            left = (Says(line, [number for number in who if number not in have]) for line, who in lines[wider])
            found = [*found, *(says for says in left if says.who)]
    return found
