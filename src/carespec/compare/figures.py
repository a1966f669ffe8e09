"""The spreads of every path and group, each worked out once: topics, prices and outliers all ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from carespec.compare.gather import Cell, Gathered
from carespec.compare.peers import Grouping
from carespec.compare.spread import Figure, Spread, spreads

Said = Mapping[str, Sequence[tuple[Gathered, Cell]]]
"""By path, the services that say something, in the order of their names, with the line that says it."""


class Figures:
    """What is measured, by path."""

    def __init__(self, said: Said, grouping: Grouping) -> None:
        self.said, self.grouping = said, grouping
        self._known: dict[str, dict[int, tuple[Spread, ...]]] = {}

    def of(self, path: str) -> Mapping[int, tuple[Spread, ...]]:
        """The spreads of a path, by the number of the group; nothing for a path that measures nothing."""
        known = self._known.get(path)
        if known is None:
            known = self._known[path] = self._of(path)
        return known

    def _of(self, path: str) -> dict[int, tuple[Spread, ...]]:
        figures = [
            (service, Figure(service, cell, cell.said.measure))
            for service, cell in self.said[path]
            if cell.said.measure is not None
        ]
        return {number: spreads(group) for number, group in self.grouping.parted(figures)} if figures else {}
