"""Waiting times: a limit, the event that starts the clock, and the share of people it is promised to.

Two waits compare only part by part and only as far as their words decide: a shorter limit from a later start
may be the longer wait, and nobody can tell from the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from carespec.quantities import durations, truth
from carespec.quantities.durations import Duration, DurationRange, Limit, Unit
from carespec.quantities.percent import Percent
from carespec.quantities.truth import Range
from carespec.quantities.working_days import WorkingDays
from carespec.tuples import NamedTuple

_EVERYBODY: Final = Percent(Decimal(100))
# The same day is some time before that day ends: never the 24 hours that reach into the next.
_SAME_DAY: Final = DurationRange(Duration(((0, Unit.MINUTE),)), Duration(((24 * 60 - 1, Unit.MINUTE),)))


class WaitPart(NamedTuple):
    """One promise. Either `within` is its limit, or `same_day` is True and `within` is None.

    `clock` is the event that starts it, None if the document does not say; `share` of `of` is whom it is
    promised to, None for everybody; `about` if the document hedges the limit.
    """

    within: Limit | None
    same_day: bool
    clock: str | None
    share: Percent | None
    of: str | None
    about: bool

    def show(self) -> str:
        """`within 10 working days of referral for 95% of people`, `the same day as rejection`."""
        words = [self._limit_words()]
        if self.clock is not None:
            words.append(f"{'as' if self.same_day else 'of'} {self.clock}")
        if self.share is not None:
            words.append(f"for {self.share.show()}")
            if self.of is not None:
                words.append(f"of {self.of}")
        return " ".join(words)

    def _limit_words(self) -> str:
        if self.within is None:
            return "the same day"
        return f"within {'about ' if self.about else ''}{self.within.show()}"


class Wait(NamedTuple):
    """One or more promises that bind together."""

    parts: tuple[WaitPart, ...]

    def show(self) -> str:
        """The parts with commas: `within 2 weeks of referral for 75% of people, within 6 weeks`."""
        return ", ".join(part.show() for part in self.parts)


def meets(wait: Wait, standard: Wait, order: Sequence[str], working_days: WorkingDays) -> bool | None:
    """Whether a service's wait keeps to a standard.

    True if each part of the standard is met by some part of the wait: the same or an earlier clock, no longer
    limit, no smaller share. False if, for some part of the standard, every part of the wait has a smaller
    share, or is longer from the same or a later start. Else None.

    `order` names the events that can start a clock, earliest first. A clock that is not written may be any of
    them: so a wait without a clock fails a standard from the first event if its limit is longer, and meets
    none that could have started before it. An event outside `order` compares only with itself. Shares of
    different things (of people, of referrals) compare only where one of them is everybody.
    """
    met = truth.every(
        truth.some(_meets(mine, theirs, order, working_days) for mine in wait.parts) for theirs in standard.parts
    )
    if met is True:
        return True
    missed = truth.some(
        truth.every(_misses(mine, theirs, order, working_days) for mine in wait.parts) for theirs in standard.parts
    )
    return False if missed is True else None


def at_most(wait: Wait, limit: Limit, working_days: WorkingDays) -> bool | None:
    """Whether the limit of a wait of one part is no longer than `limit`, whatever its clock and share.

    None for a hedged limit, and for a wait of several parts, which has no one limit to compare.
    """
    if len(wait.parts) != 1:
        return None
    mine = _limit(wait.parts[0])
    return None if mine is None else durations.at_most(mine, limit, working_days)


def _meets(mine: WaitPart, theirs: WaitPart, order: Sequence[str], working_days: WorkingDays) -> bool | None:
    return truth.every(
        (
            _starts_no_later(mine.clock, theirs.clock, order),
            _no_longer(mine, theirs, working_days),
            _no_smaller_share(mine, theirs),
        )
    )


def _misses(mine: WaitPart, theirs: WaitPart, order: Sequence[str], working_days: WorkingDays) -> bool | None:
    longer = truth.negate(_no_longer(mine, theirs, working_days))
    starts_no_earlier = _starts_no_later(theirs.clock, mine.clock, order)
    smaller_share = truth.negate(_no_smaller_share(mine, theirs))
    return truth.some((smaller_share, truth.every((longer, starts_no_earlier))))


def _starts_no_later(one: str | None, other: str | None, order: Sequence[str]) -> bool | None:
    if one is not None and one == other:
        return True
    return truth.range_at_most(_positions(one, order), _positions(other, order))


def _positions(clock: str | None, order: Sequence[str]) -> Range | None:
    """Where in the order the clock can start: anywhere if it is not written; None if not in the order."""
    if clock is None:
        return (0, len(order) - 1) if order else None
    return (order.index(clock), order.index(clock)) if clock in order else None


def _no_longer(mine: WaitPart, theirs: WaitPart, working_days: WorkingDays) -> bool | None:
    my_limit, their_limit = _limit(mine), _limit(theirs)
    if my_limit is None or their_limit is None:
        return None
    return durations.at_most(my_limit, their_limit, working_days)


def _limit(part: WaitPart) -> Limit | None:
    """The part's limit; None if it is hedged, because "about 2 weeks" can be held to nothing."""
    if part.about:
        return None
    return _SAME_DAY if part.same_day else part.within


def _no_smaller_share(mine: WaitPart, theirs: WaitPart) -> bool | None:
    my_share, their_share = mine.share or _EVERYBODY, theirs.share or _EVERYBODY
    if my_share.value >= _EVERYBODY.value:
        return True
    if their_share.value >= _EVERYBODY.value:
        return False
    return my_share.value >= their_share.value if mine.of == theirs.of else None
