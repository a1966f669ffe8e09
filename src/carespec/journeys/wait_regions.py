"""People who wait longer under one service than under another, as far as the documents let that be told.

A wait is longer only if it is so on every calendar and from the same or a later start. All exceptions about one stage
are set side by side, whatever each of them depends on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from carespec.cases.partition import changed
from carespec.cases.persons import Person
from carespec.journeys.bearing import of_kind
from carespec.journeys.boxes import Piece, pieces
from carespec.journeys.branches import branches, doubt_of
from carespec.journeys.cells import Cells, Ground
from carespec.journeys.journey import called
from carespec.journeys.persons import shown
from carespec.journeys.records import Condition, Region, RegionAnswer
from carespec.journeys.tables import Table, TooLarge, side_by_side
from carespec.journeys.waiting import said, wait_fact
from carespec.journeys.weights import Population, weigh
from carespec.journeys.witnesses import distance, entry
from carespec.journeys.wording import lowered
from carespec.quantities import waits
from carespec.vocabulary import working_days

Conditions = Callable[[Piece, Ground], tuple[Condition, ...]]


def wait_tables(at: Ground) -> Iterator[Table | TooLarge]:
    """What every service promises, stage by stage; or that too many conditions bear on it."""
    for stage in dict.fromkeys(stage for found in at.waits for stage in found):
        yield from side_by_side(f"wait {stage}", promised_at(stage, at), at.partition)


def promised_at(stage: str, at: Ground) -> dict[int, Cells]:
    """The promises of the services that speak of a stage, by their row."""
    return {row: found[stage] for row, found in enumerate(at.waits) if stage in found}


def wait_regions(
    found: Iterable[Table], at: Ground, conditions: Conditions, population: Population | None = None
) -> Iterator[Region]:
    """The regions in which some service's limit is certainly longer than another's."""

    @cache
    def longer(one: int, other: int) -> bool:
        order = at.partition.vocabulary.clocks
        return waits.meets(at.promises[one], at.promises[other], order, working_days()) is False

    for piece in (piece for table in found for piece in pieces(table)):
        promised = sorted({number for number in piece.column if number >= 0})
        if any(longer(one, other) for one in promised for other in promised if one != other):
            yield _region(piece, at, conditions)._replace(weight=weigh(piece, population, at.partition))


def _region(piece: Piece, at: Ground, conditions: Conditions) -> Region:
    vocabulary = at.partition.vocabulary
    stage = piece.table.path.partition(" ")[2]
    said_of = conditions(piece, at)
    bears = of_kind(vocabulary, "wait")
    label = lowered(vocabulary.keys(bears.field).get(stage, stage)) if bears is not None else stage
    who = ", ".join(one.text for one in said_of) or "everybody"
    person = changed(at.partition.ordinary, dict(entry(piece)))
    answers = tuple(_answer(row, stage, number, piece, person, at) for number, row in enumerate(piece.table.rows))
    speak = promised_at(stage, at)
    everyone = (*answers, *(_unsaid(row, stage, at) for row in range(len(at.services)) if row not in speak))
    fields = {one.field for one in said_of}
    return Region(
        f"{piece.table.path}/{who}", "waits", piece.table.path, f"{who}, waiting for {label}", said_of,
        distance(piece), shown(person, vocabulary, fields), tuple(sorted(everyone, key=_length)),
    )  # fmt: skip


def _length(answer: RegionAnswer) -> tuple[bool, str]:
    return (answer.outcome != "waits", answer.service)


def _answer(row: int, stage: str, number: int, piece: Piece, person: Person, at: Ground) -> RegionAnswer:
    service = at.services[row]
    bears = of_kind(at.partition.vocabulary, "wait")
    fact = wait_fact(bears, stage, service) if bears is not None else None
    assert fact is not None, "a service is in the table of a stage because a line speaks of it"
    first = branches(fact, at.asked(row, person))[0]
    outcome = "waits" if piece.column[number] >= 0 else "silent"
    return RegionAnswer(
        called(service), service.path, outcome, fact.path, said(first.value, first.line, service),
        first.line, doubt=doubt_of(fact),
    )  # fmt: skip


def _unsaid(row: int, stage: str, at: Ground) -> RegionAnswer:
    service = at.services[row]
    return RegionAnswer(called(service), service.path, "silent", f"wait {stage}", "", None)
