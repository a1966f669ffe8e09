"""Values of a field that are enough to try: at, below and above whatever the tests on it name, and the states.

Tests are comparisons, so what no test tells apart needs no second value. Where a list was cut short, `all_told` is
false: what holds of none of them may hold of others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

from carespec.model.conditions import Test
from carespec.model.facts import State
from carespec.quantities.ages import Age
from carespec.quantities.bounds import Bound
from carespec.quantities.counts import Count, Rate
from carespec.quantities.dates import DAY, DateSpan, Period
from carespec.quantities.durations import Duration, DurationRange
from carespec.quantities.money import Money
from carespec.quantities.percent import Percent
from carespec.quantities.readings import Edition, Reading, ScaleRange, Text
from carespec.quantities.sets import WordSet
from carespec.quantities.waits import Wait, WaitPart
from carespec.rules.asked import HEDGED, Spoken
from carespec.tuples import NamedTuple
from carespec.vocabulary import Field, Vocabulary

OTHER = "something-else"
"""A word that no test names."""
_MOST_WORDS = 6
_FIRST_DAY, _SOME_DAY = date(1950, 1, 1), date(2012, 4, 1)
_DEFAULTS: dict[str, object] = {
    "age": Age(18 * 12, True), "count": Count(5, 5), "percentage": Percent(Decimal(50)), "text": Text("…"),
    "money": Money(Decimal(100), "course"), "date": DateSpan(_SOME_DAY, _SOME_DAY, DAY), "edition": Edition(OTHER, "1"),
    "duration": Duration(((10, "working-day"),)),
    "wait": Wait((WaitPart(Duration(((28, "calendar-day"),)), False, "referral", None, None, False),)),
}  # fmt: skip
"""A value for fields that are only compared with another field."""


class Candidates(NamedTuple):
    """What a field may say, and whether nothing else needs to be tried."""

    spoken: tuple[Spoken, ...]
    all_told: bool


def candidates(path: str, field: Field, tests: Sequence[Test], vocabulary: Vocabulary) -> Candidates:
    """What a document may say of a path, as far as these tests can tell it apart."""
    operands = [one for test in tests for one in _operands(test)]
    if not operands and field.type in _DEFAULTS:
        operands = [_DEFAULTS[field.type]]
    values, all_told = _values(field, operands, vocabulary)
    said = [Spoken(path, State.STATED, value) for value in dict.fromkeys(values)]
    said.append(Spoken(path, State.NONE))
    said += [Spoken(path, state) for state in _states(tests)]
    if any(_asked_state(test) == HEDGED for test in tests):
        said += [one._replace(hedged=True) for one in said if one.state == State.STATED]
    return Candidates(tuple(said), all_told)


def _operands(test: Test) -> Iterator[object]:
    if test.operator != "state" and type(test.operand) is not tuple and test.operand is not None:
        yield test.operand


def _asked_state(test: Test) -> object:
    return test.operand[0] if test.operator == "state" and type(test.operand) is tuple else None


def _states(tests: Sequence[Test]) -> Iterator[str]:
    yield State.NOT_STATED
    for state in (State.IN_WORDS, State.LOCAL, State.TO_BE_CONFIRMED, State.ELSEWHERE, State.SILENT):
        if any(_asked_state(test) == state for test in tests):
            yield state


def _values(field: Field, operands: list[object], vocabulary: Vocabulary) -> tuple[list[object], bool]:
    if field.type in ("choice", "code"):
        return [*_words(operands), *_another(field, operands, vocabulary)], True
    if field.type == "scale":
        return [ScaleRange(word, word) for word in vocabulary.choices(field)], True
    if field.type == "set":
        return _sets(field, operands, vocabulary)
    if field.type == "reading":
        return [operand for operand in operands if isinstance(operand, Reading)], False
    return [near for operand in operands for near in _near(operand, vocabulary)], True


def _words(operands: Iterable[object]) -> list[str]:
    words: list[str] = []
    for operand in operands:
        words += operand.members if isinstance(operand, WordSet) else [operand] if isinstance(operand, str) else []
    return words


def _another(field: Field, operands: list[object], vocabulary: Vocabulary) -> list[str]:
    """A word that no test names, if the field can have one."""
    named, choices = set(_words(operands)), vocabulary.choices(field)
    return [word for word in choices or (OTHER,) if word not in named][:1]


def _sets(field: Field, operands: list[object], vocabulary: Vocabulary) -> tuple[list[object], bool]:
    """Every combination of the words named, and of one other."""
    words = [*dict.fromkeys(_words(operands)), *_another(field, operands, vocabulary)]
    if len(words) > _MOST_WORDS:
        whole = [operand for operand in operands if isinstance(operand, WordSet)]
        return [*whole, *(WordSet((word,)) for word in words), WordSet(tuple(words))], False
    sizes = range(1, len(words) + 1)
    return [WordSet(chosen) for size in sizes for chosen in combinations(words, size)], True


def _near(operand: object, vocabulary: Vocabulary) -> Iterator[object]:
    """A measure, and what is just below and just above it."""
    if isinstance(operand, Bound):
        yield from _near(operand.limit, vocabulary)
        yield operand
    elif isinstance(operand, Age):
        yield from (Age(max(0, operand.months - 12), True), operand, Age(operand.months + 12, True))
    elif isinstance(operand, Count):
        yield from (
            Count(low, low) for low in (operand.low - 1, operand.low, operand.high, operand.high + 1) if low >= 0
        )
        yield operand
    elif isinstance(operand, Percent):
        yield from (
            Percent(value) for value in (operand.value - 1, operand.value, operand.value + 1) if 0 <= value <= 100
        )
    elif isinstance(operand, Money):
        yield from (operand._replace(amount=amount) for amount in _around(operand.amount))
    elif isinstance(operand, Rate):
        yield from (operand._replace(number=number) for number in _counts(operand.number))
    elif isinstance(operand, Duration | DurationRange):
        yield from _durations(operand)
    elif isinstance(operand, Wait):
        yield from _waits(operand, vocabulary)
    elif isinstance(operand, DateSpan):
        yield from _days(operand)
    elif isinstance(operand, Period):
        yield from _periods(operand)
    else:
        yield operand


def _counts(operand: Count) -> Iterator[Count]:
    figures = (operand.low - 1, operand.low, operand.high, operand.high + 1)
    yield operand
    yield from (Count(figure, figure) for figure in figures if figure >= 0)


def _around(amount: Decimal) -> tuple[Decimal, ...]:
    return (max(Decimal(0), amount - 1), amount, amount + 1)


def _durations(operand: Duration | DurationRange) -> Iterator[object]:
    yield operand
    for limit in operand if isinstance(operand, DurationRange) else (operand,):
        (count, unit), *rest = limit.parts
        yield from (Duration(((count + step, unit), *rest)) for step in (-1, 1) if count + step >= 0)


def _waits(operand: Wait, vocabulary: Vocabulary) -> Iterator[Wait]:
    """The wait, one shorter and one longer, and from other starts or for fewer people."""
    yield operand
    for number, part in enumerate(operand.parts):
        for other in _parts(part, vocabulary):
            yield Wait((*operand.parts[:number], other, *operand.parts[number + 1 :]))


def _parts(part: WaitPart, vocabulary: Vocabulary) -> Iterator[WaitPart]:
    if part.within is not None:
        for limit in _durations(part.within):
            if isinstance(limit, Duration | DurationRange):
                yield part._replace(within=limit)
    yield from (part._replace(clock=clock) for clock in vocabulary.clocks if clock != part.clock)
    if part.share is not None:
        yield part._replace(share=None, of=None)
        yield part._replace(share=Percent(part.share.value / 2))


def _days(operand: DateSpan) -> Iterator[DateSpan]:
    days = (operand.first - timedelta(days=1), operand.first, operand.last, operand.last + timedelta(days=1))
    yield from (DateSpan(day, day, DAY) for day in days)


def _periods(operand: Period) -> Iterator[Period]:
    yield operand
    for end in (operand.start, operand.end):
        if end is not None:
            yield from (Period(day, day) for day in _days(end))
