"""What the readings recorded so far say, as far as a payment or the indicated course asks: finite, whatever the course.

A reading here is one recorded in a treatment session. It shows `recovered` or not; nothing smaller is modelled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from carespec.tuples import NamedTuple


class Readings(NamedTuple):
    """The record of a course: its first and last reading (None before there is any), whether any showed recovery, how
    many of the latest did in a row and the most that ever did (up to the longest run asked for), and what was on
    record after certain sessions."""

    first: bool | None = None
    last: bool | None = None
    ever: bool = False
    run: int = 0
    best: int = 0
    after: tuple[bool | None, ...] = ()


class Needs(NamedTuple):
    """What has to be remembered of the readings; the last one always is, since a record can be wrong at the end."""

    first: bool = False
    ever: bool = False
    run: int = 0
    after: tuple[int, ...] = ()

    def joined(self, other: Needs) -> Needs:
        """What two askers need together."""
        after = tuple(sorted({*self.after, *other.after}))
        return Needs(self.first or other.first, self.ever or other.ever, max(self.run, other.run), after)

    def start(self) -> Readings:
        """The record before the first reading."""
        return Readings(after=(None,) * len(self.after))


_RUN, _AFTER = r"at (\d+) readings in a row$", r"after (\d+) sessions$"
_PLAIN = {"at first reading": Needs(first=True), "at last reading": Needs(), "at any reading": Needs(ever=True)}


@lru_cache(maxsize=256)
def needs_of(at: str) -> Needs | None:
    """What a reading such as `at 2 readings in a row` asks to be remembered; None for one that no session shows."""
    if at in _PLAIN:
        return _PLAIN[at]
    run, after = re.match(_RUN, at), re.match(_AFTER, at)
    if run and int(run[1]) > 0:
        return Needs(run=int(run[1]))
    if after and int(after[1]) > 0:
        return Needs(after=(int(after[1]),))
    return None


def shows(at: str, record: Readings, needs: Needs) -> bool | None:
    """Whether the record shows it at that reading; None where no reading says. `needs` is what the record was kept by.

    Raises ValueError for a reading that `needs_of` does not know.
    """
    asked = needs_of(at)
    if asked is None:
        raise ValueError(at)
    if asked.after:
        return record.after[needs.after.index(asked.after[0])]
    if asked.first:
        return record.first
    if record.last is None:
        return None
    if asked.run:
        return record.best >= asked.run
    return record.ever if asked.ever else record.last


def read(record: Readings, needs: Needs, session: int, recovered: bool) -> Readings:
    """The record after a reading in the `session`-th attended session."""
    first = recovered if needs.first and record.first is None else record.first
    ever = needs.ever and (record.ever or recovered)
    run = min(record.run + 1, needs.run) if recovered else 0
    best = max(record.best, run)
    if best == needs.run:
        run = best  # nothing that is asked can change any more
    after = tuple(recovered if s == session else old for s, old in zip(needs.after, record.after, strict=True))
    return Readings(first, recovered, ever, run, best, after)


def unread(record: Readings, needs: Needs, session: int) -> Readings:
    """The record after a session without a reading: what is asked after that session is what was on record before."""
    after = tuple(record.last if s == session else old for s, old in zip(needs.after, record.after, strict=True))
    return record._replace(after=after)


def records(needs: Needs, horizon: int) -> tuple[Readings, ...]:
    """Every record that can be reached in that many sessions, in a fixed order; the empty one first."""
    found: dict[Readings, None] = {needs.start(): None}
    front: Iterable[Readings] = tuple(found)
    for session in range(1, horizon + 1):
        after = [
            new
            for record in front
            for new in (unread(record, needs, session), *(read(record, needs, session, r) for r in (False, True)))
        ]
        found.update(dict.fromkeys(after))
        front = tuple(dict.fromkeys(after))
    return tuple(found)
