"""Where the value that a document gives can lie: the one form in which limits, ranges and open words are compared.

`over 18 years` leaves 18 open, `6 to 8` is any of three, `10 days` may be working days. An order is decided where it
holds, or fails, wherever in its spread each value lies; else nobody can tell.
"""

from __future__ import annotations

from decimal import Decimal

from carespec.quantities import bounds, durations, truth
from carespec.quantities.ages import Age
from carespec.quantities.bounds import Bound
from carespec.quantities.counts import Count, Rate
from carespec.quantities.dates import DateSpan
from carespec.quantities.durations import Duration, DurationRange, Unit
from carespec.quantities.money import Money
from carespec.quantities.percent import Percent
from carespec.quantities.readings import ScaleRange
from carespec.quantities.truth import Number
from carespec.quantities.waits import Wait
from carespec.tuples import NamedTuple
from carespec.vocabulary import Field, Vocabulary, working_days

End = Number | Duration
ENDLESS, NOTHING = Decimal("Infinity"), 0
"""What `none` can be among the measures of a field, whatever their unit: no limit at all, or none of it."""

_NO_TIME, _A_DAY = Duration(((0, Unit.MINUTE),)), Duration(((1, Unit.CALENDAR_DAY),))


class Spread(NamedTuple):
    """From `low` to `high`, both included, None for no end on that side; `below` if it stays under `high`."""

    low: End | None
    high: End | None
    below: bool = False


def spread_of(content: object, field: Field, vocabulary: Vocabulary) -> Spread | None:
    """The spread of a measure as the field means it; None for what has no order, such as a list of words."""
    if isinstance(content, Age):
        return _age(content, field)
    if isinstance(content, Bound):
        return _bound(content, field, vocabulary)
    if isinstance(content, Count | DurationRange):
        return Spread(content.low, content.high)
    if isinstance(content, Rate):
        return Spread(content.number.low, content.number.high)
    if isinstance(content, Percent):
        return Spread(content.value, content.value)
    if isinstance(content, Money):
        return Spread(content.amount, content.amount)
    if isinstance(content, Duration):
        return Spread(content, content)
    if isinstance(content, DateSpan):
        return Spread(content.first.toordinal(), content.last.toordinal())
    if isinstance(content, int | Decimal):
        return Spread(content, content)
    if isinstance(content, Wait):
        return _wait(content)
    return _scale(content, field, vocabulary) if isinstance(content, ScaleRange) else None


def at_most(a: Spread, b: Spread) -> bool | None:
    """Whether a value in `a` is no more than one in `b`, wherever in them the two lie."""
    if a.high is not None and b.low is not None and _no_more(a.high, b.low) is True:
        return True
    if a.low is None or b.high is None:
        return None
    past = _no_more(a.low, b.high) is False or (b.below and _no_more(b.high, a.low) is True)
    return False if past else None


def equal(a: Spread, b: Spread) -> bool | None:
    """Whether the two are the same value: never certain unless each is one value."""
    return truth.every((at_most(a, b), at_most(b, a)))


def times(spread: Spread, factor: Number) -> Spread:
    """That many times the value."""
    return Spread(_multiplied(spread.low, factor), _multiplied(spread.high, factor), spread.below)


def _no_more(a: End, b: End) -> bool | None:
    if ENDLESS in (a, b):
        return b == ENDLESS
    if not isinstance(a, Duration) and not isinstance(b, Duration):
        return a <= b
    mine, other = _as_time(a), _as_time(b)
    return None if mine is None or other is None else durations.at_most(mine, other, working_days())


def _as_time(end: End) -> Duration | None:
    if isinstance(end, Duration):
        return end
    return _NO_TIME if end == NOTHING else None


def _multiplied(end: End | None, factor: Number) -> End | None:
    if isinstance(end, Duration):
        return Duration(tuple((_product(count, factor), unit) for count, unit in end.parts))
    return end if end is None or end == ENDLESS else _product(end, factor)


def _product(a: Number, b: Number) -> Number:
    return a * b if isinstance(a, int) and isinstance(b, int) else Decimal(a) * Decimal(b)


def _age(age: Age, field: Field) -> Spread:
    """An age in years alone is a year long: a lowest age begins with it, a highest age ends with it.

    So someone of 65 years and 3 months is within `maximum-age: 65 years`. Which of the two a field is follows from
    the direction that is better for the patient.
    """
    if field.better == "lower":
        return Spread(age.first_month, age.first_month)
    if field.better == "higher":
        return Spread(age.last_month, age.last_month)
    return Spread(age.first_month, age.last_month)


def _bound(bound: Bound, field: Field, vocabulary: Vocabulary) -> Spread | None:
    if isinstance(bound.limit, Age):
        return _ages_within(bound, field)
    limit = spread_of(bound.limit, field, vocabulary)
    if limit is None or bound.relation in ("over", "at least"):
        # After "over 5" nobody can tell whether 5 itself is meant, so it is not left out.
        return limit and Spread(limit.low, None)
    return Spread(None, limit.high, below=bound.relation == "under")


def _ages_within(bound: Bound, field: Field) -> Spread:
    """Of the people that the words let in, the youngest or the oldest: whichever the field is about."""
    people = bounds.ages(bound)
    assert people is not None
    if field.better == "lower":
        return Spread(*(people.first or (None, None)))
    if field.better == "higher":
        return Spread(*(people.last or (None, None)))
    return Spread(people.open_from, people.open_to)


def _wait(wait: Wait) -> Spread | None:
    """The limit of a wait of one part; a hedged limit, or several, can be held to nothing."""
    if len(wait.parts) != 1 or wait.parts[0].about:
        return None
    only = wait.parts[0]
    if only.same_day:
        return Spread(_NO_TIME, _A_DAY, below=True)
    if isinstance(only.within, DurationRange):
        return Spread(only.within.low, only.within.high)
    return Spread(only.within, only.within)


def _scale(content: ScaleRange, field: Field, vocabulary: Vocabulary) -> Spread:
    words = vocabulary.choices(field)
    return Spread(words.index(content.low), words.index(content.high))
