"""What falls due at each point of a course, atom by atom, and what follows each record: the parts of a step's table.

Nothing here depends on an amount, so contracts that differ only in their prices share these parts. They are remembered
for the few kinds of payment that a run meets; the machine of payments stays the one place that says what is due.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from carespec.payments.atoms import SESSION, Atom, Place
from carespec.payments.conditions import Events
from carespec.payments.machine import Machine
from carespec.payments.readings import Needs, Readings, read, records, unread

_NOWHERE = Place("", 0, 0, 0)


Reads = tuple[tuple[tuple[int, int], ...], ...]
Skips = tuple[tuple[int, ...], ...]


@lru_cache(maxsize=64)
def records_of(needs: Needs, horizon: int) -> tuple[tuple[Readings, ...], Reads, Skips]:
    """Every record of readings that a course of so many sessions can have, and which follows which; see `step.Table`:
    `records`, `read_next`, `skip_next`."""
    found = records(needs, horizon)
    place = {record: number for number, record in enumerate(found)}

    def reads(record: Readings, n: int) -> tuple[int, int]:
        ill, well = (place.get(read(record, needs, n + 1, shows), 0) for shows in (False, True))
        return ill, well

    return (
        found,
        tuple(tuple(reads(record, n) for record in found) for n in range(horizon)),
        tuple(tuple(place.get(unread(record, needs, n + 1), 0) for record in found) for n in range(horizon)),
    )


def paid_each_session(machine: Machine, horizon: int) -> tuple[float, ...]:
    """Pounds that fall due at each attended session, whatever happens afterwards."""
    totals = [0.0] * horizon
    for atom in machine.atoms:
        if atom.per == SESSION and not atom.at_end:
            amount = float(atom.amount)
            due = _due_each_session(_kind(atom), machine.needs, machine.vocabulary_name, horizon)
            totals = [total + amount * number for total, number in zip(totals, due, strict=True)]
    return tuple(totals)


def paid_at_close(machine: Machine, horizon: int, missed: int) -> tuple[tuple[float, ...], ...]:
    """Pounds that fall due when a course ends with so many missed appointments, by attended sessions and record."""
    totals = _of_rivals(machine, horizon, missed)
    for atom in machine.atoms:
        if atom.at_end and atom.rival is None:
            amount = float(atom.amount)
            due = _due_at_close(_kind(atom), machine.needs, machine.vocabulary_name, horizon, missed)
            totals = [
                [total + amount * number for total, number in zip(row, numbers, strict=True)]
                for row, numbers in zip(totals, due, strict=True)
            ]
    return tuple([tuple(row) for row in totals])


def _of_rivals(machine: Machine, horizon: int, missed: int) -> list[list[float]]:
    """What the one price pays that is due of several: which one it is hangs on the amounts of all."""
    found, *_ = records_of(machine.needs, horizon)
    rivals = machine._replace(atoms=tuple([atom for atom in machine.atoms if atom.rival is not None]))
    if not rivals.atoms:
        return [[0.0] * len(found)] * (horizon + 1)
    amounts = rivals.amounts()
    return [
        [
            sum([amounts[place] * number for place, number in rivals.at_close(Events(n, missed, record))], 0.0)
            for record in found
        ]
        for n in range(horizon + 1)
    ]


def _kind(atom: Atom) -> Atom:
    """The atom without what does not bear on when it is due."""
    return atom._replace(name="", amount=Decimal(0), place=_NOWHERE, at_risk=False, by_cluster=False, in_time=False)


@lru_cache(maxsize=512)
def _due_each_session(kind: Atom, needs: Needs, vocabulary: str, horizon: int) -> tuple[float, ...]:
    machine = Machine((kind,), needs, vocabulary)
    return tuple(sum(number for _, number in machine.on_session(n + 1)) for n in range(horizon))


@lru_cache(maxsize=512)
def _due_at_close(
    kind: Atom, needs: Needs, vocabulary: str, horizon: int, missed: int
) -> tuple[tuple[float, ...], ...]:
    machine, (found, *_) = Machine((kind,), needs, vocabulary), records_of(needs, horizon)
    return tuple(
        tuple([sum(number for _, number in machine.at_close(Events(n, missed, record))) for record in found])
        for n in range(horizon + 1)
    )
