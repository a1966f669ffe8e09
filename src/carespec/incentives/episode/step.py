"""One step as a table: what is indicated, what is paid, and which record follows, for every state it can be in.

The states are derived from the payments and the indicated course. Sessions only ever go up, so the table is solved in
one pass backwards, and it ends at a horizon beyond which no payment and no indication changes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from carespec.incentives.episode.actions import (
    ACCEPT,
    DISCHARGE,
    ILL,
    RECOVERED,
    REJECT,
    STEP_UP,
    TREAT,
    TREAT_UNMEASURED,
    Moment,
)
from carespec.incentives.episode.course import MOST_SESSIONS, Course
from carespec.incentives.episode.due import paid_at_close, paid_each_session, records_of
from carespec.payments.atoms import Atom
from carespec.payments.machine import Machine, Units
from carespec.payments.readings import Needs, Readings
from carespec.tuples import NamedTuple

_OPTIONS = {
    (False, False): (DISCHARGE,),
    (False, True): (DISCHARGE, STEP_UP),
    (True, False): (DISCHARGE, TREAT, TREAT_UNMEASURED),
    (True, True): (DISCHARGE, TREAT, TREAT_UNMEASURED, STEP_UP),
}
"""What can be done, by whether there may be another session, and whether there is a step to go up to."""

Departs = Callable[[Moment, int, int], bool]
"""Whether taking the second action, where the first is indicated, is a departure of a pattern."""


class Step(NamedTuple):
    """One step of a contract for one kind of person.

    `onward` says where a step up leads: "" nowhere, "own" to the same provider, "other" to somebody else.
    `dna_limit`: the appointment missed that ends the course, None if none does.
    """

    name: str
    machine: Machine
    course: Course
    onward: str = ""
    dna_limit: int | None = None
    cluster: str | None = None

    @property
    def label(self) -> str:
        """`step-2`, `step-2, cluster 3`."""
        return f"{self.name}, cluster {self.cluster}" if self.cluster else self.name

    def paid_by(self, atoms: tuple[Atom, ...]) -> Step:
        """The same step under other payments."""
        return self._replace(machine=self.machine._replace(atoms=atoms))

    def horizon(self) -> int:
        """The session after which nothing that is paid or indicated changes any more."""
        if self.course.most is not None:
            return min(self.course.most, MOST_SESSIONS)
        named = (number for atom in self.machine.atoms for number in atom.constants)
        constants = [number for number in named if number <= MOST_SESSIONS]
        after = [self.course.step_up_after or 0, self.course.limit, *constants, *self.machine.needs.after]
        return min(max(after) + 1, MOST_SESSIONS)


class Table(NamedTuple):
    """The states of a step up to `horizon` sessions. Lists are by attended sessions, then by record; `indicated` is by
    sessions, health and record.

    `read_next[n][r]` is (record after a reading that shows none, after one that shows recovery) in session n + 1;
    `skip_next[n][r]` the record after session n + 1 without a reading; `session[n]` what session n + 1 pays;
    `close[j][n][r]` what ending after n sessions and j missed appointments pays; `missed[j]` what the next missed
    appointment pays; `start` what accepting pays. Pounds.
    """

    step: Step
    horizon: int
    records: tuple[Readings, ...]
    indicated: tuple[tuple[tuple[int, ...], ...], ...]
    read_next: tuple[tuple[tuple[int, int], ...], ...]
    skip_next: tuple[tuple[int, ...], ...]
    session: tuple[float, ...]
    close: tuple[tuple[tuple[float, ...], ...], ...]
    missed: tuple[float, ...]
    start: float
    referral: float

    def options(self, session: int, health: int) -> tuple[int, ...]:
        """Everything that can be done after that many sessions, whatever is indicated."""
        course = self.step.course
        may_treat = session < self.horizon and (course.most is None or session < course.most)
        may_step_up = bool(self.step.onward) and health != RECOVERED and session > 0
        return _OPTIONS[may_treat, may_step_up]

    def allowed(self, departs: Departs, session: int, health: int, record: int) -> tuple[int, ...]:
        """The indicated action first, then those by which the pattern departs from it."""
        indicated = self.indicated[session][health][record]
        moment = Moment(self.step, session, health, self.records[record])
        options = self.options(session, health)
        return (indicated, *[a for a in options if a != indicated and departs(moment, indicated, a)])

    def rejects(self, departs: Departs) -> bool:
        """Whether the pattern may turn the referral away."""
        return departs(Moment(self.step, -1, ILL, self.records[0]), ACCEPT, REJECT)


@lru_cache(maxsize=64)
def table_of(step: Step, horizon: int | None = None, missed_limit: int | None = None) -> Table:
    """The table of a step, up to its own horizon or the one given; one report asks for the same few again and again."""
    end = step.horizon() if horizon is None else horizon
    machine = step.machine
    pay, (records, read_next, skip_next) = _payer(machine), records_of(machine.needs, end)
    limit = _missed_limit(step, end) if missed_limit is None else missed_limit
    return Table(
        step,
        end,
        records,
        _indications(step.course._replace(defaults=()), bool(step.onward), machine.needs, end),
        read_next,
        skip_next,
        paid_each_session(machine, end),
        tuple([paid_at_close(machine, end, missed) for missed in range(limit + 1)]),
        tuple([pay(machine.on_missed(missed + 1)) for missed in range(limit + 1)]),
        pay(machine.at_start()),
        pay(machine.at_referral()),
    )


@lru_cache(maxsize=256)
def _indications(course: Course, goes_on: bool, needs: Needs, horizon: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """What is indicated by sessions, health and record; contracts that differ only in what they pay share it."""
    records, *_ = records_of(needs, horizon)
    return tuple(
        tuple(
            tuple([_indicated(course, goes_on, needs, n, health, record, horizon) for record in records])
            for health in range(3)
        )
        for n in range(horizon + 1)
    )


def _indicated(
    course: Course, goes_on: bool, needs: Needs, session: int, health: int, record: Readings, horizon: int
) -> int:
    """What is indicated; at the horizon a course ends, and where no next step is there nobody goes to it."""
    action = course.indicated(session, health, record, needs)
    if action == STEP_UP and (not goes_on or session == 0):
        action = DISCHARGE if session >= course.limit else TREAT
    return DISCHARGE if action in (TREAT, TREAT_UNMEASURED) and session >= horizon else action


def _missed_limit(step: Step, horizon: int) -> int:
    """How many missed appointments are told apart: as many as payments ask about, or as end the course."""
    return max(step.machine.missed_limit(horizon), step.dna_limit or 0)


def _payer(machine: Machine) -> Callable[[Units], float]:
    amounts = machine.amounts()
    return lambda units: sum(amounts[place] * number for place, number in units)
