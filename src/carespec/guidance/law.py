"""What a run holds services against: the packs that judge, the days that decide, the figures that incentives take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from carespec.guidance.model import Comparison, Pack, Rule
from carespec.guidance.register import NO_REGISTER, Register
from carespec.tuples import NamedTuple

if TYPE_CHECKING:
    from carespec.assumptions import Assumptions


class Law(NamedTuple):
    """The packs that judge, and the days: `as_at` for all services, else each has its own; `today` for what expires.

    With `known_at`, packs published after that day are left out. `rules` are the full names of those chosen;
    None for all. `register` holds the waivers that stand apart from the documents. With `until` also rules that begin
    to bind after `today` and up to that day are looked at, for what will be wrong then. With `full`, what the text of a
    contract leaves open about incentives is decided from figures; `assumptions` are those by vocabulary, in place of
    the ones that ship.
    """

    packs: tuple[Pack, ...] = ()
    today: date | None = None
    as_at: date | None = None
    known_at: date | None = None
    rules: frozenset[str] | None = None
    register: Register = NO_REGISTER
    until: date | None = None
    full: bool = False
    assumptions: Mapping[str, Assumptions] = {}

    def chosen(self) -> Iterator[tuple[Pack, Rule]]:
        """The rules that are held against services, each with its pack."""
        for pack in self.packs:
            for rule in pack.rules:
                if self.rules is None or f"{pack.name}.{rule.name}" in self.rules:
                    yield pack, rule

    def comparisons(self) -> Iterator[tuple[Pack, Comparison]]:
        """The comparisons that are made, each with its pack."""
        for pack in self.packs:
            for comparison in pack.comparisons:
                if self.rules is None or f"{pack.name}.{comparison.name}" in self.rules:
                    yield pack, comparison


NO_LAW = Law()
"""No rules at all."""
