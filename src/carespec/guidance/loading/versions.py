"""Whether the versions of a pack follow on each other: on every day between them one is in force, and only one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from carespec.guidance.model import Pack, PackProblem
from carespec.quantities.dates import Period
from carespec.tuples import NamedTuple

OVERLAP, GAP = "versions-overlap", "gap-between-versions"


class Edition(NamedTuple):
    """One version of a pack, and where its file says when it binds."""

    name: str
    version: str
    digest: str
    in_force: Period | None
    path: str
    line: int
    start: int
    end: int

    @property
    def first(self) -> date:
        """The first day on which it binds."""
        start = self.in_force.start if self.in_force is not None else None
        return start.first if start is not None else date.min

    @property
    def last(self) -> date:
        """The last day on which it binds."""
        end = self.in_force.end if self.in_force is not None else None
        return end.last if end is not None else date.max

    def called(self) -> str:
        """`version 2 of NAME`."""
        return f"version {self.version or 'without a number'} of `{self.name}`"


def edition_of(pack: Pack) -> Edition:
    """The edition that a pack is."""
    detail = next((detail for detail in pack.details if detail.name in ("in-force", "version")), None)
    place = (detail.line, detail.start, detail.end) if detail is not None else (1, 0, 1)
    return Edition(pack.name, pack.version, pack.digest, pack.in_force, pack.path, *place)


def between_versions(editions: Iterable[Edition]) -> Iterator[tuple[Edition, PackProblem]]:
    """What is wrong between versions of one pack, told at the later of the two; packs with the same text are one."""
    by_name: dict[str, dict[str, Edition]] = {}
    for edition in sorted(editions, key=lambda one: (one.first, one.version, one.path)):
        by_name.setdefault(edition.name, {}).setdefault(edition.digest, edition)
    for versions in by_name.values():
        for earlier, later in pairwise(versions.values()):
            problem = _between(earlier, later)
            if problem is not None:
                yield later, problem


def _between(earlier: Edition, later: Edition) -> PackProblem | None:
    place = later.line, later.start, later.end
    if later.first <= earlier.last:
        day = _shown(max(later.first, earlier.first))
        message = f"{later.called()} and {earlier.called()} are both in force on {day}, so nobody can say which judges"
        return PackProblem(OVERLAP, message, "End the earlier version on the day before the later begins.", *place)
    missing = earlier.last + timedelta(days=1)
    if missing < later.first:
        message = f"no version of `{later.name}` is in force from {_shown(missing)} until {later.called()} begins"
        fix = "Let the later version begin on the day after the earlier ends, or say in a remark why there is a gap."
        return PackProblem(GAP, message, fix, *place, severity="should")
    return None


def _shown(day: date) -> str:
    return "any day" if day in (date.min, date.max) else f"{day.day} {day:%B %Y}"
