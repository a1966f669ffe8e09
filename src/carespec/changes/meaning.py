"""What a record means, without where it stands: two that are equal say the same thing, however they are written."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from decimal import Decimal

from carespec.compare.said import BOUND_TOGETHER
from carespec.model.facts import Differs, Doubt, Fact, Phrase, Service, State
from carespec.quantities.sets import WordSet

_PLACES = frozenset(("line", "start", "end", "name_end"))
_BESIDE = frozenset(("problem", "problems", "cites"))


def meaning(fact: Fact, service: Service) -> Hashable:
    """What a fact says, with the lines that bind it. A fact that cannot be read means what is written, and no more."""
    if fact.value.state == State.UNFIT or not fact.whole:
        lines = (fact.line, *(under.line for under in fact.under))
        return ("written", *(" ".join(service.lines[line - 1].split()) for line in lines))
    return bare(fact.value), bound(fact)


def bound(fact: Fact) -> frozenset[Hashable]:
    """What the lines under a fact make of its value: exceptions, conditions, limits."""
    return frozenset(bare(line) for line in fact.under if isinstance(line, BOUND_TOGETHER))


def wording(fact: Fact) -> Hashable:
    """What stands beside a fact and changes nothing in it: its sources, the document's own words, doubts."""
    beside = frozenset(bare(line) for line in fact.under if isinstance(line, Phrase | Doubt | Differs))
    cites = [*fact.cites, *(cite for line in fact.under for cite in getattr(line, "cites", ()))]
    return beside, frozenset((cite.source, cite.place) for cite in cites)


def bare(record: object) -> Hashable:
    """A record without places and sources, as nested tuples that can be held against each other."""
    if isinstance(record, WordSet):
        return ("WordSet", frozenset(record.members), record.among_others)
    if isinstance(record, tuple) and hasattr(record, "_fields"):
        parts = zip(record._fields, record, strict=True)
        kept = (bare(part) for name, part in parts if not _is_beside(name, part))
        return (type(record).__name__, *kept)
    if isinstance(record, tuple):
        return tuple(bare(part) for part in record)
    if isinstance(record, Decimal) and record == record.to_integral_value():
        return int(record)
    assert record is None or isinstance(record, str | int | bool | Decimal | date | frozenset), type(record)
    return record


def _is_beside(name: str, part: object) -> bool:
    """A period begins and ends too, but on days and not at offsets."""
    return name in _BESIDE or (name in _PLACES and isinstance(part, int))
