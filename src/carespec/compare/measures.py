"""What a value measures, on a scale where all values have one unit: values on different scales are never put in order.

Money parts by what it is per, time by whether it counts working days, calendar time, months, or bare "days". Beside its
own unit, a length of time says how many calendar days it can take.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from carespec.model.facts import State, Value
from carespec.quantities import durations
from carespec.quantities.ages import Age
from carespec.quantities.counts import Count, Rate
from carespec.quantities.durations import Duration, DurationRange, Limit, Unit
from carespec.quantities.money import Money
from carespec.quantities.numbers import show_number
from carespec.quantities.percent import Percent
from carespec.quantities.truth import Number, Range
from carespec.quantities.waits import Wait, WaitPart
from carespec.tuples import NamedTuple
from carespec.vocabulary import PAY, working_days

_DAY = 24 * 60
_SAME_DAY = DurationRange(Duration(((0, Unit.MINUTE),)), Duration(((_DAY, Unit.MINUTE),)))
_SCALES: dict[str, tuple[str, int]] = {
    Unit.MINUTE: ("calendar time", 1),
    Unit.HOUR: ("calendar time", 60),
    Unit.CALENDAR_DAY: ("calendar time", _DAY),
    Unit.WEEK: ("calendar time", 7 * _DAY),
    Unit.MONTH: ("months and years", 1),
    Unit.YEAR: ("months and years", 12),
    Unit.WORKING_DAY: ("working days", 1),
    Unit.DAY: ("days, working or calendar", 1),
}
"""For each unit, the scale that it lies on, and how many of that scale's smallest units it is."""


class Measure(NamedTuple):
    """From `low` to `high` of the unit of `scale`; the same twice where the document gives one figure.

    `limit` is the length of time itself, where it is one.
    """

    scale: str
    low: Number
    high: Number
    limit: Limit | None = None

    @property
    def days(self) -> Range | None:
        """The fewest and the most calendar days that a length of time can take; None for what is none."""
        return None if self.limit is None else durations.days(self.limit, working_days())

    @property
    def exact(self) -> bool:
        """Whether this is one figure and not a range."""
        return self.low == self.high


def measure(value: Value, field: str) -> Measure | None:
    """What a stated value measures; None for words, for a hedged or open figure, and for several at once."""
    content = value.content
    if value.state != State.STATED or value.hedge is not None:
        return None
    if isinstance(content, Money):
        return _exactly(_paid_for(content, field), content.amount)
    if isinstance(content, Age):
        return _exactly("age", content.months)
    if isinstance(content, Percent):
        return _exactly("percentage", content.value)
    if isinstance(content, Count):
        return Measure("number", content.low, content.high)
    if isinstance(content, Rate):
        return Measure(content._replace(number=Count(1, 1)).show().removeprefix("1 "), *content.number)
    if isinstance(content, Duration | DurationRange):
        return _time(content, "")
    return _wait(content) if isinstance(content, Wait) else None


def shown_on(scale: str, number: Number) -> str:
    """A figure that no document gives, such as a median, in the unit of its scale."""
    if scale.startswith(_OF_MONEY):
        return Money(Decimal(number).quantize(_PENNY, ROUND_HALF_UP), None).show()
    if scale == "age":
        return Age(int(number), number % 12 == 0).show()
    if scale == "percentage":
        return Percent(Decimal(number)).show()
    of_time = next((how for begins, how in _TIMES.items() if scale.startswith(begins)), None)
    return of_time(number) if of_time else show_number(number)


def like(content: object, measured: Measure, number: Number) -> object:
    """A quantity of the kind of `content`, which measures `measured`, with another figure on the same scale."""
    if isinstance(content, Money):
        return content._replace(amount=Decimal(number))
    if isinstance(content, Age):
        return Age(int(number), number % 12 == 0)
    if isinstance(content, Percent):
        return Percent(Decimal(number))
    if isinstance(content, Count):
        return Count(number, number)
    if isinstance(content, Rate):
        return content._replace(number=Count(number, number))
    length = Duration(((number, _smallest(measured.scale)),))
    if isinstance(content, Wait):
        return Wait((content.parts[0]._replace(within=length, same_day=False),))
    return length


def _smallest(scale: str) -> str:
    """The unit in which a scale of time counts."""
    return next(unit for unit, (name, size) in _SCALES.items() if size == 1 and scale.startswith(name))


def _calendar(minutes: Number) -> str:
    if minutes % _DAY == 0:
        return Duration(((int(minutes) // _DAY, Unit.CALENDAR_DAY),)).show()
    return Duration(((_plain(Decimal(minutes) / 60), Unit.HOUR),)).show()


def _plain(number: Number) -> Number:
    """A whole number as one, for print."""
    return int(number) if number == int(number) else Decimal(number).normalize()


_OF_MONEY = ("per ", "in total", "for ")
_PENNY = Decimal("0.01")
_TIMES: dict[str, Callable[[Number], str]] = {
    "calendar time": _calendar,
    "months and years": lambda number: Duration(((_plain(number), Unit.MONTH),)).show(),
    "working days": lambda number: Duration(((_plain(number), Unit.WORKING_DAY),)).show(),
    "days, working or calendar": lambda number: Duration(((_plain(number), Unit.DAY),)).show(),
}


def _exactly(scale: str, number: Number) -> Measure:
    return Measure(scale, number, number)


def _paid_for(money: Money, field: str) -> str:
    """What an amount buys; whom a payment is for is already in its name."""
    words = [f"per {money.per}" if money.per else "", "in total" if money.in_total else ""]
    scope = f"for {' '.join(money.scope)}" if money.scope and field != PAY else ""
    return " ".join(filter(None, (*words, scope))) or "per not said"


def _wait(wait: Wait) -> Measure | None:
    """A wait of one part that is not hedged; its scale has the event that starts it, and whom it is promised to."""
    if len(wait.parts) != 1 or wait.parts[0].about:
        return None
    part = wait.parts[0]
    if part.same_day:
        # At some time before the day ends, however little that leaves.
        return Measure(f"calendar time{_promise(part)}", 0, _DAY - 1, _SAME_DAY)
    return _time(part.within, _promise(part)) if part.within is not None else None


def _promise(part: WaitPart) -> str:
    share = f" for {part.share.show()} of {part.of or 'people'}" if part.share and part.share.value < 100 else ""
    return f" from {part.clock or 'an event that is not said'}{share}"


def _time(limit: Limit, promise: str) -> Measure | None:
    low, high = (limit.low, limit.high) if isinstance(limit, DurationRange) else (limit, limit)
    least, most = _on_scale(low), _on_scale(high)
    if least is None or most is None or least[0] != most[0]:
        return None
    return Measure(least[0] + promise, least[1], most[1], limit)


def _on_scale(duration: Duration) -> tuple[str, Number] | None:
    """A length of time on the one scale that all its parts lie on."""
    scales = {_SCALES[unit][0] for _, unit in duration.parts}
    if len(scales) != 1:
        return None
    total: Number = 0
    for count, unit in duration.parts:
        total += count * _SCALES[unit][1]
    return scales.pop(), int(total) if total == Decimal(total).to_integral_value() else total
