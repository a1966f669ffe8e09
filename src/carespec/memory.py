"""A memory that forgets: what was met lately is known, and a run over any number of files stays small.

Two generations: what is met again in the old one moves to the young; a full young one becomes the old.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

Key = TypeVar("Key")
Known = TypeVar("Known")

_GENERATION = 8192


class Memory(Generic[Key, Known]):
    """Remembers at most two generations of entries."""

    def __init__(self, generation: int = _GENERATION, known: Mapping[Key, Known] | None = None) -> None:
        self._generation = generation
        self._young: dict[Key, Known] = dict(known or {})
        self._old: dict[Key, Known] = {}

    def get(self, key: Key) -> Known | None:
        """What is known of a key, None if it was never met or is forgotten."""
        found = self._young.get(key)
        if found is None and key in self._old:
            found = self._old[key]
            self.put(key, found)
        return found

    def put(self, key: Key, known: Known) -> Known:
        """Remember something of a key, and give it."""
        if len(self._young) >= self._generation:
            self._old, self._young = self._young, {}
        self._young[key] = known
        return known

    def all(self) -> dict[Key, Known]:
        """All that is known."""
        return {**self._old, **self._young}
