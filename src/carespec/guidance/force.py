"""When a rule binds: on a day, and which of that changes while a contract still runs.

A rule binds while both its pack and it are in force; without a period each binds on every day. The last day counts.
"""

from __future__ import annotations

from datetime import date, timedelta

from carespec.guidance.model import Comparison, Pack, Rule
from carespec.model.facts import Service, State
from carespec.quantities.dates import Period
from carespec.tuples import NamedTuple


class Turn(NamedTuple):
    """A day on which a rule begins or ceases to bind."""

    day: date
    begins: bool


def binds(one: Rule | Comparison, pack: Pack, day: date) -> bool:
    """Whether a rule or a comparison binds on a day."""
    return all(period is None or period.contains(day) for period in (pack.in_force, one.in_force))


def was_known(pack: Pack, day: date) -> bool:
    """Whether a pack may have been known on a day: one published later was not."""
    return pack.published is None or pack.published.first <= day


def turns(one: Rule | Comparison, pack: Pack, after: date, until: date) -> tuple[Turn, ...]:
    """The days after one and up to another on which it begins or ceases to bind, in order."""
    if pack.in_force is None and one.in_force is None:
        return ()
    days = sorted({day for period in (pack.in_force, one.in_force) for day in _edges(period) if after < day <= until})
    found = []
    before = binds(one, pack, after)
    for day in days:
        now = binds(one, pack, day)
        if now != before:
            found.append(Turn(day, now))
        before = now
    return tuple(found)


def _edges(period: Period | None) -> tuple[date, ...]:
    """The first day in a period, and the first after it."""
    if period is None:
        return ()
    start = (period.start.first,) if period.start is not None else ()
    return (*start, period.end.last + timedelta(days=1)) if period.end is not None else start


def last_day(service: Service) -> date | None:
    """The last day of a service's contract, where the document gives it."""
    contract = service.fact("contract")
    if contract is None or contract.value.state != State.STATED or not isinstance(contract.value.content, Period):
        return None
    end = contract.value.content.end
    return end.last if end is not None else None
