"""What is said of every path, group by group, and its spreads: topics, prices and outliers all ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from carespec.compare.index import SERVICES, Said, Says
from carespec.compare.peers import Grouping
from carespec.compare.spread import Spread, by_measure, by_scale, spread
from carespec.tuples import NamedTuple


class Scale(NamedTuple):
    """The figures of one group on one scale: how they spread, and who says each, the lowest first."""

    spread: Spread
    says: Sequence[Says]


class Figures:
    """All that is said of the paths asked for; what each measures is worked out once."""

    def __init__(self, said: Said, services: SERVICES, grouping: Grouping) -> None:
        self.said, self.services, self.grouping = said, services, grouping
        self._parted: dict[str, list[tuple[int, list[Says]]]] = {}
        self._known: dict[str, dict[int, tuple[Scale, ...]]] = {}

    def parted(self, path: str) -> list[tuple[int, list[Says]]]:
        """What is said of a path by the number of the group."""
        known = self._parted.get(path)
        if known is None:
            known = self._parted[path] = self.grouping.parted(self.said[path])
        return known

    def of(self, path: str) -> Mapping[int, tuple[Scale, ...]]:
        """The spreads of a path by the number of the group, the scale with most figures first."""
        known = self._known.get(path)
        if known is None:
            known = self._known[path] = self._of(path)
        return known

    def who(self, numbers: Sequence[int]) -> SERVICES:
        """The services of those numbers."""
        return tuple([self.services[number] for number in numbers])

    def _of(self, path: str) -> dict[int, tuple[Scale, ...]]:
        if all(says.line.said.measure is None for says in self.said[path]):
            return {}
        return {number: found for number, group in self.parted(path) if (found := self._scales(group))}

    def _scales(self, group: Sequence[Says]) -> tuple[Scale, ...]:
        found = [
            Scale(spread(scale, says, self.services), says)
            for scale, unordered in by_scale(group).items()
            for says in (by_measure(unordered),)
        ]
        return tuple(sorted(found, key=lambda one: (-one.spread.n, one.spread.scale)))
