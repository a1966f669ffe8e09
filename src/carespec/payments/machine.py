"""The reward machine of one step: what each event pays, given no more than a finite register of what went before.

The register holds the attended sessions, the missed appointments up to the largest number that a payment or a limit
asks about, and the record of readings as far as one is asked about (`readings.Needs`). Two courses with equal
registers are paid the same for whatever comes after, so the machine's states are derived from the contract, never
written by hand: a counter beyond every constant that it is compared with may stay where it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carespec.payments.atoms import ASSESSMENT, COURSE, MISSED, REFERRAL, SESSION, Atom
from carespec.payments.conditions import Events, holds
from carespec.payments.readings import Needs, Readings, records
from carespec.tuples import NamedTuple
from carespec.vocabulary import Vocabulary, load

MOST_MISSED = 24
"""No more missed appointments of a course are told apart; a limit beyond it is told, and taken as none."""

Units = tuple[tuple[int, float], ...]
"""How many of which atom fall due: (its place in `Machine.atoms`, how many)."""


class Machine(NamedTuple):
    """The payments of a course at one step as a function of events. Amounts are pounds."""

    atoms: tuple[Atom, ...]
    needs: Needs
    vocabulary_name: str

    @property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary of the contract; named and not held, so that equal machines are equal keys."""
        return load(self.vocabulary_name)

    def amounts(self) -> tuple[float, ...]:
        """What one unit of each atom pays."""
        return tuple(float(atom.amount) for atom in self.atoms)

    def at_start(self) -> Units:
        """What falls due when a referral is accepted and assessed."""
        return self._units(1.0 if atom.per in (REFERRAL, ASSESSMENT) else 0.0 for atom in self.atoms)

    def at_referral(self) -> Units:
        """What falls due whether or not the referral is accepted."""
        return self._units(1.0 if atom.per == REFERRAL else 0.0 for atom in self.atoms)

    def on_session(self, session: int) -> Units:
        """What falls due at the `session`-th attended session (from 1), whatever happens afterwards."""
        events = Events(session, 0, self.needs.start())
        return self._units(self._event_due(atom, SESSION, session, events) for atom in self.atoms)

    def on_missed(self, missed: int) -> Units:
        """What falls due at the `missed`-th missed appointment (from 1), whatever happens afterwards."""
        events = Events(0, missed, self.needs.start())
        return self._units(self._event_due(atom, MISSED, missed, events) for atom in self.atoms)

    def at_close(self, events: Events) -> Units:
        """What falls due when the course ends; a price of a course only if a session was attended."""
        return self._units(self._one_of_rivals([self._close_due(atom, events) for atom in self.atoms]))

    def missed_limit(self, horizon: int) -> int:
        """How many missed appointments have to be told apart: 0 where no payment asks.

        Of an allowance, as many as a course of all those sessions and four missed appointments earns; those beyond
        are taken as unpaid, since they would be counted without end.
        """
        limits = [atom.most or 0 for atom in self.atoms if atom.per == MISSED and (atom.most or 0) <= MOST_MISSED]
        limits += [_allowed(atom, horizon + 4) for atom in self.atoms if atom.allowed]
        limits += [max(atom.constants) + 1 for atom in self.atoms if atom.at_end and not atom.allowed and _booked(atom)]
        return min(MOST_MISSED, max(limits, default=0))

    def records(self, horizon: int) -> tuple[Readings, ...]:
        """Every record of readings that a course can have."""
        return records(self.needs, horizon)

    def _units(self, numbers: Iterator[float] | Sequence[float]) -> Units:
        return tuple((place, number) for place, number in enumerate(numbers) if number)

    def _event_due(self, atom: Atom, per: str, number: int, events: Events) -> float:
        if atom.per != per or atom.at_end or (atom.most is not None and number > atom.most):
            return 0.0
        return float(holds(atom.condition, events, self.needs, self.vocabulary) is True)

    def _close_due(self, atom: Atom, events: Events) -> float:
        if not atom.at_end or atom.per in (REFERRAL, ASSESSMENT):
            return 0.0
        if (atom.needs_score, atom.unpaired)[events.record.last is not None]:
            return 0.0
        if atom.rival and atom.per == SESSION and not atom.on_outcome:
            plain = atom._replace(rival=None)
            each = (
                self._event_due(plain, SESSION, s, Events(s, 0, events.record)) for s in range(1, events.sessions + 1)
            )
            return sum(each)
        if holds(atom.condition, events, self.needs, self.vocabulary) is not True:
            return 0.0
        if atom.per == COURSE:
            return float(events.sessions > 0)
        number = events.sessions if atom.per == SESSION else events.missed
        if atom.allowed:
            number = min(number, _allowed(atom, events.sessions + events.missed))
        return float(number if atom.most is None else min(number, atom.most))

    def _one_of_rivals(self, due: list[float]) -> list[float]:
        """What is due, of rivals only that of the one price that is paid: the first, or the highest."""
        sums: dict[int, float] = {}
        for atom, number in zip(self.atoms, due, strict=True):
            if atom.rival and number:
                sums[atom.rival.number] = sums.get(atom.rival.number, 0.0) + number * float(atom.amount)
        if len(sums) < 2:
            return due
        is_first = any(atom.rival and atom.rival.first for atom in self.atoms)
        paid = min(sums) if is_first else min(sums, key=lambda number: (-sums[number], number))
        rivals = [atom.rival for atom in self.atoms]
        return [0.0 if rival and rival.number != paid else number for rival, number in zip(rivals, due, strict=True)]


def _allowed(atom: Atom, booked: int) -> int:
    """How many missed appointments are paid for when so many were booked: by the largest block that they reach."""
    reached = [allowed for allowed in atom.allowed if booked >= allowed.block] or list(atom.allowed[:1])
    if not reached:
        return 0
    block = max(reached, key=lambda allowed: allowed.block)
    return max(block.number, block.number * (booked // block.block))


def _booked(atom: Atom) -> bool:
    from carespec.payments.conditions import asks_about

    return asks_about(atom.condition, "booked")


def machine(atoms: Sequence[Atom], needs: Needs, vocabulary: Vocabulary) -> Machine:
    """The machine of some atoms; `needs` is what else has to be remembered of the readings."""
    for atom in atoms:
        if atom.condition is not None:
            needs = needs.joined(atom.needs)
    return Machine(tuple(atoms), needs, vocabulary.name)
