"""The atoms of a contract: one amount each, what it is paid for, up to how many, and on what condition.

`N% only when …` splits a payment in two atoms. Whatever does not fit is a `LeftOut`, with its place and why.
"""

from __future__ import annotations

from decimal import Decimal

from carespec.model.conditions import All, Condition, Test, tests
from carespec.model.facts import Fact
from carespec.payments.readings import Needs, needs_of
from carespec.quantities.bounds import Bound
from carespec.quantities.counts import Count
from carespec.quantities.readings import Reading
from carespec.tuples import NamedTuple

REFERRAL, ASSESSMENT, SESSION, MISSED, COURSE = "referral", "assessment", "session", "missed-appointment", "course"
"""What an atom can be paid per. A price per person is one per course: nobody has two courses at a step here."""


class Place(NamedTuple):
    """Where a payment stands: the path of its fact, the line (from 1), and offsets in the line."""

    path: str
    line: int
    start: int
    end: int


class LeftOut(NamedTuple):
    """A payment, or a line under one, that is not analysed: where, why, what to write. `wrong` if it contradicts."""

    place: Place
    because: str
    fix: str = ""
    wrong: bool = False


class Allowed(NamedTuple):
    """`at most N per LOW to HIGH booked`: N are paid for each whole block of LOW appointments, once LOW is reached."""

    number: int
    block: int


class Rival(NamedTuple):
    """One of several prices for the same thing, by its `number`: of those due the highest is paid, or (`first`) the
    one with the lowest number."""

    number: int
    first: bool = False


class Atom(NamedTuple):
    """One amount in pounds, paid `per` one of the constants above, at most `most` times in a course.

    `condition` is asked when the event happens if it is about sessions alone, else when the course ends. `at_risk`
    marks the share of a price that hangs on an outcome; `by_cluster` a price for one care cluster. `needs_score`: due
    only if there is a reading; `unpaired`: only if there is none. `rival`: of all prices that have one, one alone is
    due, known when the course ends.
    """

    name: str
    amount: Decimal
    per: str
    place: Place
    condition: Condition | None = None
    most: int | None = None
    allowed: tuple[Allowed, ...] = ()
    at_risk: bool = False
    by_cluster: bool = False
    needs_score: bool = False
    in_time: bool = False
    unpaired: bool = False
    rival: Rival | None = None

    @property
    def on_outcome(self) -> bool:
        """Whether it hangs on what a reading shows."""
        return bool(self.readings)

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that its condition asks about: `at last reading`."""
        asked = tests(self.condition) if self.condition else ()
        return tuple(test.operand.at for test in asked if isinstance(test.operand, Reading))

    @property
    def needs(self) -> Needs:
        """What of the readings has to be remembered for it."""
        needs = Needs()
        for at in self.readings:
            needs = needs.joined(needs_of(at) or Needs())
        return needs

    @property
    def constants(self) -> tuple[int, ...]:
        """Every number that it compares sessions or appointments with."""
        asked = tests(self.condition) if self.condition else ()
        counts = [number for test in asked for number in numbers(test.operand)]
        return (*counts, *self.needs.after, *((self.most,) if self.most is not None else ()))

    @property
    def at_end(self) -> bool:
        """Whether what is due is known only when the course ends."""
        booked = self.condition is not None and any(test.field == "booked" for test in tests(self.condition))
        scored = self.needs_score or self.unpaired
        return self.per == COURSE or self.on_outcome or bool(self.allowed) or booked or scored or self.rival is not None

    @property
    def minimum(self) -> int:
        """The fewest attended sessions at which it can be due; 1 where it asks for no number."""
        least = 1
        for test in joined(self.condition):
            if not isinstance(test, Test) or test.field != "sessions":
                continue
            found = numbers(test.operand)
            if found:
                if test.operator == "at least" or (test.operator == "is" and not isinstance(test.operand, Bound)):
                    least = max(least, found[0])
                elif test.operator == "more than":
                    least = max(least, found[-1] + 1)
        return least


def numbers(operand: object) -> tuple[int, ...]:
    """The whole numbers in what a count is compared with."""
    if isinstance(operand, Bound):
        operand = operand.limit
    return (int(operand.low), int(operand.high)) if isinstance(operand, Count) else ()


def joined(condition: Condition | None) -> tuple[Condition, ...]:
    """The parts that must all hold."""
    if condition is None:
        return ()
    if isinstance(condition, All):
        return tuple(inner for part in condition.parts for inner in joined(part))
    return (condition,)


def place_of(fact: Fact, under: object = None) -> Place:
    """The place of a payment, or of a line under it."""
    if under is None:
        return Place(fact.path, fact.line, fact.start, fact.end)
    line, start, end = (getattr(under, name, getattr(fact, name)) for name in ("line", "start", "end"))
    return Place(fact.path, line, start, end)
