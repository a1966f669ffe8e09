"""One stated value held against another, by the operator of a test: True, False, or None for cannot tell."""

from __future__ import annotations

from carespec.quantities import dates, money, sets, truth, waits
from carespec.quantities.bounds import Bound
from carespec.quantities.counts import Count, Rate
from carespec.quantities.dates import DateSpan, Period
from carespec.quantities.durations import Duration, DurationRange
from carespec.quantities.money import Money
from carespec.quantities.numbers import shown
from carespec.quantities.percent import Percent
from carespec.quantities.readings import Edition, Reading, ScaleRange, Text
from carespec.quantities.sets import WordSet
from carespec.quantities.truth import Number
from carespec.quantities.waits import Wait
from carespec.rules import spreads
from carespec.rules.spreads import ENDLESS, NOTHING
from carespec.tuples import NamedTuple
from carespec.vocabulary import Field, Vocabulary, working_days

ORDERED = frozenset(("at most", "at least", "more than", "less than", "before", "after"))
_WHOLE = (Edition, Rate, Reading, ScaleRange, Count)
"""Measures that say one definite thing: two that are written differently are different."""


class Side(NamedTuple):
    """A value with the field that it belongs to, taken so many times."""

    content: object
    field: Field
    factor: Number = 1


def compare(operator: str, mine: Side, other: Side, vocabulary: Vocabulary) -> bool | None:
    """Whether `mine` is, includes, meets, is at most, … `other`.

    A pair that has no such relation at all (prices per different things, words and figures) is never decided.
    """
    if operator in ("one of", "includes", "any of"):
        return _of_sets(operator, _as_set(mine, vocabulary), _as_set(other, vocabulary))
    if operator == "meets":
        return _meets(mine.content, other.content, vocabulary)
    if operator == "is":
        return _same(mine, other, vocabulary)
    return _ordered(operator, mine, other, vocabulary) if operator in ORDERED else None


def none_as(field: Field) -> object:
    """What `none` is among the values of a field: the empty set, no limit at all, nothing of it; None if no such value.

    The vocabulary's `none-is` says which; a wait without a limit is endless in every vocabulary.
    """
    if field.type == "set":
        return WordSet(())
    if field.type == "wait" or field.none_is == "no-limit":
        return ENDLESS
    return NOTHING if field.none_is == "nothing" else None


def _of_sets(operator: str, value: WordSet | None, listed: WordSet | None) -> bool | None:
    if value is None or listed is None:
        return None
    asked = {"one of": sets.one_of, "includes": sets.includes, "any of": sets.includes_any}[operator]
    return asked(value, listed)


def _as_set(side: Side, vocabulary: Vocabulary) -> WordSet | None:
    """A set; one word, or a range of them, as the set of what it covers."""
    content = side.content
    if isinstance(content, ScaleRange):
        words = vocabulary.choices(side.field)
        return WordSet(words[words.index(content.low) : words.index(content.high) + 1])
    if isinstance(content, str):
        return WordSet((content,))
    return content if isinstance(content, WordSet) else None


def _meets(mine: object, other: object, vocabulary: Vocabulary) -> bool | None:
    if not isinstance(mine, Wait) or not isinstance(other, Wait):
        return None
    return waits.meets(mine, other, vocabulary.clocks, working_days())


def _same(mine: Side, other: Side, vocabulary: Vocabulary) -> bool | None:
    """Whether two values say the same; the same words always do."""
    a, b = mine.content, other.content
    if isinstance(a, WordSet) and isinstance(b, WordSet):
        return sets.equal(a, b)
    if isinstance(a, str) and isinstance(b, str):
        return a.casefold() == b.casefold()
    if type(a) is type(b):
        if a == b:
            return True
        if isinstance(a, Text):
            # Whether other words say the same is no question for a program.
            return None
        if isinstance(a, _WHOLE):
            return False
        if isinstance(a, Wait) and isinstance(b, Wait):
            return _same_wait(a, b, vocabulary)
        if isinstance(a, DateSpan) and isinstance(b, DateSpan):
            return dates.same(a, b)
        if isinstance(a, Period) and isinstance(b, Period):
            return _same_period(a, b)
    return _by_spread("equal", mine, other, vocabulary)


def _same_wait(a: Wait, b: Wait, vocabulary: Vocabulary) -> bool | None:
    """Waits of other people or from other events are different waits, however long each is."""
    mine, theirs = _promised(a), _promised(b)
    if mine != theirs and not any(clock is None for clock, _, _ in mine | theirs):
        return False
    return truth.every((_meets(a, b, vocabulary), _meets(b, a, vocabulary)))


def _promised(wait: Wait) -> set[tuple[str | None, Percent | None, str | None]]:
    """From when, and to what share of whom; everybody is no share."""
    return {
        (part.clock, part.share, part.of) if part.share and part.share.value < 100 else (part.clock, None, None)
        for part in wait.parts
    }


def _same_period(a: Period, b: Period) -> bool | None:
    return truth.every((_same_end(a.start, b.start), _same_end(a.end, b.end)))


def _same_end(a: DateSpan | None, b: DateSpan | None) -> bool | None:
    return a is b if a is None or b is None else dates.same(a, b)


def _ordered(operator: str, mine: Side, other: Side, vocabulary: Vocabulary) -> bool | None:
    a, b = mine.content, other.content
    if isinstance(a, Period) and isinstance(b, Period):
        return _period(operator, a, b)
    if operator in ("more than", "after"):
        return truth.negate(_no_more(mine, other, vocabulary))
    if operator in ("less than", "before"):
        return truth.negate(_no_more(other, mine, vocabulary))
    return _no_more(mine, other, vocabulary) if operator == "at most" else _no_more(other, mine, vocabulary)


def _no_more(mine: Side, other: Side, vocabulary: Vocabulary) -> bool | None:
    a, b = mine.content, other.content
    if isinstance(a, Wait) and isinstance(b, Wait) and mine.factor == other.factor == 1:
        return _meets(a, b, vocabulary)
    if type(a) is type(b) and mine == other and not isinstance(a, DateSpan):
        # The same words are the same limit, however wide; "July" is not the same day as another "July".
        return True
    return _by_spread("at most", mine, other, vocabulary)


def _period(operator: str, a: Period, b: Period) -> bool | None:
    """A period is before another if it ends before that begins; they have no other order."""
    if operator == "before":
        return dates.before(a.end, b.start) if a.end is not None and b.start is not None else False
    if operator == "after":
        return dates.after(a.start, b.end) if a.start is not None and b.end is not None else False
    return None


def _by_spread(question: str, mine: Side, other: Side, vocabulary: Vocabulary) -> bool | None:
    if not counts_alike(mine.content, other.content):
        return None
    a, b = (spreads.spread_of(side.content, side.field, vocabulary) for side in (mine, other))
    if a is None or b is None:
        return None
    a, b = spreads.times(a, mine.factor), spreads.times(b, other.factor)
    return spreads.equal(a, b) if question == "equal" else spreads.at_most(a, b)


def counts_alike(a: object, b: object) -> bool:
    """Whether two values are neither prices nor numbers of different things."""
    a, b = _limit(a), _limit(b)
    if isinstance(a, Rate) and isinstance(b, Rate):
        return (a.of, a.per) == (b.of, b.per)
    return not isinstance(a, Money) or not isinstance(b, Money) or money.comparable(a, b)


def _limit(content: object) -> object:
    return content.limit if isinstance(content, Bound) else content


def undecided(mine: object, other: object) -> str:
    """Why two values could not be compared, for a reader."""
    if not counts_alike(mine, other):
        verb = "pay for" if isinstance(_limit(mine), Money) else "count"
        return f"{_quoted(mine)} and {_quoted(other)} {verb} different things"
    for value in (mine, other):
        if is_bare_days(value):
            return f"{_quoted(value)} does not say whether it means working days or calendar days"
    return f"{_quoted(mine)} leaves this open"


def is_bare_days(content: object) -> bool:
    """Whether a measure of time is in "days" that are said to be neither working nor calendar days."""
    if isinstance(content, Wait):
        return any(is_bare_days(part.within) for part in content.parts)
    if isinstance(content, Bound):
        return is_bare_days(content.limit)
    return isinstance(content, Duration | DurationRange) and content.is_bare_days


def _quoted(content: object) -> str:
    return f"`{content if isinstance(content, str) else shown(content)}`"
