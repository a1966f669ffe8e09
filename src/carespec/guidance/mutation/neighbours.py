"""The values just beside a value: a limit one higher or lower, another unit, another clock, a word more or fewer.

They serve twice: a rule whose limit is moved to one of them is another rule (a mutant), and a service that says one of
them stands at the edge where the two can differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any, TypeAlias, cast

from carespec.quantities.ages import Age
from carespec.quantities.bounds import RELATIONS, Bound
from carespec.quantities.counts import Count, Rate
from carespec.quantities.dates import DateSpan, Period
from carespec.quantities.durations import Duration, DurationRange, Unit
from carespec.quantities.money import Money
from carespec.quantities.percent import Percent
from carespec.quantities.readings import Edition, Reading, ScaleRange
from carespec.quantities.sets import WordSet
from carespec.quantities.waits import Wait, WaitPart
from carespec.vocabulary import Field, Vocabulary

Near: TypeAlias = Iterator[object]

_OTHER_UNIT = {
    Unit.MINUTE: Unit.HOUR,
    Unit.HOUR: Unit.CALENDAR_DAY,
    Unit.DAY: Unit.WORKING_DAY,
    Unit.WORKING_DAY: Unit.CALENDAR_DAY,
    Unit.CALENDAR_DAY: Unit.WORKING_DAY,
    Unit.WEEK: Unit.MONTH,
    Unit.MONTH: Unit.WEEK,
    Unit.YEAR: Unit.MONTH,
}


def neighbours(content: object, field: Field, vocabulary: Vocabulary) -> tuple[object, ...]:
    """The values beside one, each once and never itself; nothing for what has no neighbours, such as a text."""
    make = _MAKERS.get(type(content))
    if make is None:
        return ()
    found: list[object] = []
    for one in make(content, field, vocabulary):
        if one != content and one not in found:
            found.append(one)
    return tuple(found)


def _age(age: Age, field: Field, vocabulary: Vocabulary) -> Near:
    step = 12 if age.whole_years else 1
    yield from (age._replace(months=months) for months in (age.months - step, age.months + step) if months >= 0)


def _count(count: Count, field: Field, vocabulary: Vocabulary) -> Near:
    low, high = count
    if low == high:
        yield from (Count(n, n) for n in (low - 1, low + 1) if n >= 0)
        return
    yield from (
        Count(a, b) for a, b in ((low - 1, high), (low + 1, high), (low, high - 1), (low, high + 1)) if 0 <= a <= b
    )


def _rate(rate: Rate, field: Field, vocabulary: Vocabulary) -> Near:
    yield from (rate._replace(number=cast("Any", n)) for n in neighbours(rate.number, field, vocabulary))


def _percent(percent: Percent, field: Field, vocabulary: Vocabulary) -> Near:
    yield from (Percent(value) for value in (percent.value - 1, percent.value + 1) if 0 <= value <= 100)


def _money(money: Money, field: Field, vocabulary: Vocabulary) -> Near:
    yield from (money._replace(amount=a) for a in (money.amount - 1, money.amount + 1) if a >= 0)


def _duration(duration: Duration, field: Field, vocabulary: Vocabulary) -> Near:
    (count, unit), rest = duration.parts[0], duration.parts[1:]
    yield from (Duration(((n, unit), *rest)) for n in (count - 1, count + 1) if n >= 0)
    if not rest:
        yield Duration(((count, _OTHER_UNIT[unit]),))


def _duration_range(limit: DurationRange, field: Field, vocabulary: Vocabulary) -> Near:
    yield from (
        limit._replace(high=high) for high in _duration(limit.high, field, vocabulary) if isinstance(high, Duration)
    )


def _wait(wait: Wait, field: Field, vocabulary: Vocabulary) -> Near:
    parts = wait.parts
    for number, part in enumerate(parts):
        for other in _wait_part(part, field, vocabulary):
            yield Wait((*parts[:number], other, *parts[number + 1 :]))
        if len(parts) > 1:
            yield Wait((*parts[:number], *parts[number + 1 :]))


def _wait_part(part: WaitPart, field: Field, vocabulary: Vocabulary) -> Iterator[WaitPart]:
    if part.within is not None:
        for within in neighbours(part.within, field, vocabulary):
            yield part._replace(within=cast("Any", within))
    if part.clock in vocabulary.clocks:
        place = vocabulary.clocks.index(part.clock)
        for other in (place - 1, place + 1):
            if 0 <= other < len(vocabulary.clocks):
                yield part._replace(clock=vocabulary.clocks[other])
    if part.share is None:
        yield part._replace(share=Percent(Decimal(99)), of=part.of or "people")
    else:
        yield from (
            part._replace(share=share)
            for share in _percent(part.share, field, vocabulary)
            if isinstance(share, Percent)
        )
        yield part._replace(share=None, of=None)


def _words(words: WordSet, field: Field, vocabulary: Vocabulary) -> Near:
    members, choices = words.members, vocabulary.choices(field)
    if field.numbers is not None and set(members) <= set(choices):
        yield from _runs(words, choices)
        return
    for member in members:
        yield words._replace(members=tuple(m for m in members if m != member))
    more = next((word for word in choices if word not in members), None)
    if more is not None:
        yield words._replace(members=(*members, more))


def _runs(words: WordSet, choices: tuple[str, ...]) -> Near:
    """Numbers are limits at both ends of each run of them: `1 to 4` is mistaken for `1 to 3`, not for `1, 2, 4`."""
    taken = set(words.members)
    for place, number in enumerate(choices):
        beside = {choices[n] for n in (place - 1, place + 1) if 0 <= n < len(choices)}
        if number in taken and not beside <= taken:
            yield words._replace(members=tuple(m for m in words.members if m != number))
        elif number not in taken and beside & taken:
            yield words._replace(members=tuple(m for m in choices if m in taken or m == number))


def _word(word: str, field: Field, vocabulary: Vocabulary) -> Near:
    choices = vocabulary.choices(field)
    if word not in choices:
        yield f"other-{word}"
        return
    place = choices.index(word)
    yield choices[(place + 1) % len(choices)]
    yield choices[place - 1]


def _scale(scale: ScaleRange, field: Field, vocabulary: Vocabulary) -> Near:
    order = vocabulary.choices(field)
    low, high = order.index(scale.low), order.index(scale.high)
    for a, b in (
        (low - 1, high),
        (low + 1, high),
        (low, high - 1),
        (low, high + 1),
        (low - 1, high - 1),
        (low + 1, high + 1),
    ):
        if 0 <= a <= b < len(order):
            yield ScaleRange(order[a], order[b])


def _date(day: DateSpan, field: Field, vocabulary: Vocabulary) -> Near:
    for one in (day.first - timedelta(1), day.last + timedelta(1)):
        yield DateSpan(one, one, "day")


def _period(period: Period, field: Field, vocabulary: Vocabulary) -> Near:
    if period.start is not None:
        yield from (period._replace(start=cast("Any", day)) for day in _date(period.start, field, vocabulary))
    if period.end is not None:
        yield from (period._replace(end=cast("Any", day)) for day in _date(period.end, field, vocabulary))


def _bound(bound: Bound, field: Field, vocabulary: Vocabulary) -> Near:
    yield from (bound._replace(limit=limit) for limit in neighbours(bound.limit, field, vocabulary))
    yield from (bound._replace(relation=relation) for relation in sorted(RELATIONS) if relation != bound.relation)


def _edition(edition: Edition, field: Field, vocabulary: Vocabulary) -> Near:
    if edition.number.isdigit():
        yield edition._replace(number=str(int(edition.number) + 1))


def _reading(reading: Reading, field: Field, vocabulary: Vocabulary) -> Near:
    """Another measure, the opposite, and one reading or session fewer or more."""
    measures = [one.name for one in vocabulary.case_fields.values() if one.type == "reading"]
    yield from (reading._replace(measure=measure) for measure in measures)
    yield reading._replace(negated=not reading.negated)
    figure = re.search(r"\d+", reading.at)
    if figure is None:
        yield reading._replace(at="at first reading" if "first" not in reading.at else "at last reading")
        return
    beside = (number for number in (int(figure[0]) - 1, int(figure[0]) + 1) if number >= 1)
    yield from (reading._replace(at=reading.at.replace(figure[0], str(number))) for number in beside)


_MAKERS: dict[type, Callable[[Any, Field, Vocabulary], Near]] = {
    Age: _age, Count: _count, Rate: _rate, Percent: _percent, Money: _money, Duration: _duration,
    DurationRange: _duration_range, Wait: _wait, WordSet: _words, str: _word, ScaleRange: _scale, DateSpan: _date,
    Period: _period, Bound: _bound, Edition: _edition, Reading: _reading,
}  # fmt: skip
