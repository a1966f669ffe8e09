"""The facts of services as a table, one row a fact: for a spreadsheet, a data frame or a database."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence

from carespec.model.facts import Fact, Service, State, Value
from carespec.quantities.ages import Age
from carespec.quantities.bounds import Bound
from carespec.quantities.counts import Count, Rate
from carespec.quantities.durations import Duration, DurationRange
from carespec.quantities.money import Money
from carespec.quantities.percent import Percent
from carespec.quantities.readings import Text
from carespec.quantities.waits import Wait
from carespec.tuples import NamedTuple

LineOf = Callable[[int], int]


class Row(NamedTuple):
    """One fact. `value` is its text as written; `low` to `high`, of `unit`, what it measures, where it is a measure.

    `low` or `high` is None where there is no such end: "over 18 years" has no highest. `under` is the text of the
    lines under the fact (exceptions, limits, doubts): without them a value is only half of what is said.
    """

    service: str
    field: str
    key: str | None
    state: str
    hedge: str | None
    value: str
    low: float | None
    high: float | None
    unit: str | None
    source: str | None
    place: str | None
    under: str | None
    path: str
    line: int


NUMBERS = {"low": float, "high": float, "line": int}
"""The columns that are not text."""


class Measure(NamedTuple):
    """A range of a unit; None is no end on that side."""

    low: float | None
    high: float | None
    unit: str


def rows(service: Service, line_of: LineOf = lambda number: number) -> tuple[Row, ...]:
    """The facts of a service in the order of the document; `line_of` leads to the lines of another file."""
    return tuple(_row(fact, service, line_of) for fact in service.facts)


def _row(fact: Fact, service: Service, line_of: LineOf) -> Row:
    text = service.lines[fact.line - 1]
    value = fact.value
    measure = measure_of(value.content)
    under = "; ".join(" ".join(service.lines[u.line - 1][u.start : u.end].split()) for u in fact.under)
    return Row(
        service=service.name,
        field=fact.field,
        key=fact.key,
        state=value.state,
        hedge=value.hedge,
        value=_said(value) or " ".join(text[value.start : value.end].split()),
        low=measure.low if measure else None,
        high=measure.high if measure else None,
        unit=measure.unit if measure else None,
        source="; ".join(cite.source for cite in fact.cites) or None,
        place="; ".join(cite.place for cite in fact.cites if cite.place) or None,
        under=under or None,
        path=service.path,
        line=line_of(fact.line),
    )


def _said(value: Value) -> str:
    """A text, a code or the document's own words without their quotes; nothing for other values."""
    if isinstance(value.content, Text):
        return value.content.text
    bare = value.state in (State.STATED, State.IN_WORDS) and value.per is None
    return value.content if bare and isinstance(value.content, str) else ""


def measure_of(content: object) -> Measure | None:
    """What a quantity measures; None for words, dates, sets, and for what is no single measure."""
    if isinstance(content, Bound):
        return _bound(content)
    if isinstance(content, Wait):
        return measure_of(content.parts[0].within) if len(content.parts) == 1 else None
    if isinstance(content, DurationRange):
        low, high = measure_of(content.low), measure_of(content.high)
        return Measure(low.low, high.high, high.unit) if low and high and low.unit == high.unit else None
    return _simple(content)


def _bound(bound: Bound) -> Measure | None:
    limit = measure_of(bound.limit)
    if limit is None:
        return None
    return limit._replace(high=None) if bound.relation in ("over", "at least") else limit._replace(low=None)


def _simple(content: object) -> Measure | None:
    if isinstance(content, Age):
        return _exactly(content.months / 12, "years")
    if isinstance(content, Money):
        words = [f"per {content.per}" if content.per else "", "in total" if content.in_total else ""]
        return _exactly(float(content.amount), " ".join(filter(None, ("pounds", *words))))
    if isinstance(content, Percent):
        return _exactly(float(content.value), "%")
    if isinstance(content, Duration):
        (number, unit), *more = content.parts
        return None if more else _exactly(float(number), f"{unit.replace('-', ' ')}s")
    if isinstance(content, Count):
        return Measure(float(content.low), float(content.high), "count")
    if isinstance(content, Rate):
        unit = content.of if content.per is None else f"{content.of} per {content.per}"
        return Measure(float(content.number.low), float(content.number.high), unit)
    return None


def _exactly(number: float, unit: str) -> Measure:
    return Measure(number, number, unit)


def as_csv(table: Iterable[Row]) -> str:
    """Comma-separated, with a header; an empty cell where there is nothing."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Row._fields)
    for row in table:
        writer.writerow(_shown(cell) for cell in row)
    return out.getvalue()


def _shown(cell: object) -> object:
    """Whole numbers without a point."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def as_parquet(table: Sequence[Row]) -> bytes:
    """A Parquet file of the table. Raises ModuleNotFoundError without pyarrow (`pip install carespec[parquet]`)."""
    from importlib import import_module

    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    kinds = {str: arrow.string(), float: arrow.float64(), int: arrow.int64()}
    schema = arrow.schema([(name, kinds[NUMBERS.get(name, str)]) for name in Row._fields])
    columns = {name: [row[at] for row in table] for at, name in enumerate(Row._fields)}
    sink = arrow.BufferOutputStream()
    parquet.write_table(arrow.table(columns, schema=schema), sink)
    return bytes(sink.getvalue())
