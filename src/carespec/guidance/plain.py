"""Records as plain literals and back, so that packs that ship are read once, when the program is built.

A record is a tuple that begins with the number of its kind, any other tuple one that begins with 0. Whoever adds a
kind of record to a pack adds it to `KINDS`; `to_plain` raises TypeError for one that is missing.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from carespec.guidance import model
from carespec.model import conditions, facts
from carespec.quantities import ages, bounds, counts, dates, durations, money, percent, readings, sets, waits

KINDS: Final[tuple[Any, ...]] = (
    model.Clause, model.Law, model.Supposed, model.Example, model.Detail, model.Rule, model.Measure, model.Sample,
    model.Comparison, model.PackProblem, model.Pack,
    conditions.Test, conditions.InWords, conditions.Not, conditions.All, conditions.Any,
    facts.Value, facts.Cite, facts.Problem, facts.Definition, facts.SourceDocument,
    ages.Age, bounds.Bound, counts.Count, counts.Rate, dates.DateSpan, dates.Period, durations.Duration,
    durations.DurationRange, money.Money, percent.Percent, readings.Text, readings.Edition, readings.ScaleRange,
    readings.Reading, sets.WordSet, waits.Wait, waits.WaitPart,
)  # fmt: skip
_TUPLE, _DECIMAL, _DATE = 0, -1, -2
_NUMBER: Final = {kind: number for number, kind in enumerate(KINDS, 1)}


def to_plain(value: Any) -> Any:
    """A record, and all that it is made of, as literals. Raises TypeError for what has no plain form."""
    if isinstance(value, tuple):
        kind = type(value)
        if kind is not tuple and kind not in _NUMBER:
            raise TypeError(f"{kind.__name__} has no plain form: add it to KINDS")
        return (_NUMBER.get(kind, _TUPLE), *(to_plain(part) for part in value))
    if isinstance(value, Decimal):
        return (_DECIMAL, str(value))
    if isinstance(value, date):
        return (_DATE, value.toordinal())
    if value is None or isinstance(value, bool | int | str):
        return value
    raise TypeError(f"{type(value).__name__} has no plain form")


def from_plain(value: Any) -> Any:
    """What `to_plain` was given."""
    if type(value) is not tuple:
        return value
    number = value[0]
    if number > 0:
        return tuple.__new__(KINDS[number - 1], [from_plain(v) if type(v) is tuple else v for v in value[1:]])
    if number == _TUPLE:
        return tuple([from_plain(v) if type(v) is tuple else v for v in value[1:]])
    return Decimal(value[1]) if number == _DECIMAL else date.fromordinal(value[1])
