"""Single words and marks as quantities: figures, dates, money, lengths of time, texts. No vocabulary needed."""

from __future__ import annotations

from decimal import Decimal

from carespec.quantities.dates import (
    DateSpan,
    make_day,
    make_financial_year,
    make_month,
    make_year,
    month_number,
    nearest_month,
)
from carespec.quantities.durations import UNITS, Duration
from carespec.quantities.money import Money
from carespec.quantities.truth import Number
from carespec.syntax.tree import Node, Token
from carespec.tuples import NamedTuple


class ImpossibleDate(NamedTuple):
    """A date that cannot be meant: why not, the date that was probably meant, and which check reports it."""

    because: str
    write: str | None
    check: str = "impossible-date"


EARLIEST, LATEST = 1948, 2099
"""The years that a specification can speak of: there is no health service to commission before the first."""


def number_of(token: Token) -> Number:
    """A figure; thousands may be parted by commas. Whole numbers are int, others Decimal."""
    text = token.text.replace(",", "")
    return Decimal(text) if "." in text else int(text)


def text_of(token: Token) -> str:
    """What stands between the quotes; a doubled straight quote is one."""
    inner = token.text[1:-1]
    return inner.replace('""', '"') if token.text[0] == '"' else inner


def duration_of(node: Node) -> Duration:
    """A length of time in the units as written: `17 years 9 months`."""
    words = [child for child in node.children if isinstance(child, Token)]
    return Duration(tuple((number_of(words[i]), _unit(words[i + 1].text)) for i in range(0, len(words), 2)))


def is_unit(text: str) -> bool:
    """Whether a word is a unit of time, so that so many of it are a length of time and not a number of something."""
    return _unit(text) in UNITS


def _unit(text: str) -> str:
    return "-".join(text.lower().split()).removesuffix("s")


def money_of(node: Node) -> Money:
    """An amount with what it is per, and for whom."""
    amount, per, scope = node.text_of("MONEY") or "", node.first("per"), node.first("scope")
    return Money(
        Decimal(amount[1:].replace(",", "")),
        _words(per)[0] if isinstance(per, Node) else None,
        _words(scope) if isinstance(scope, Node) else (),
        node.first("in_total") is not None,
    )


def _words(node: Node) -> tuple[str, ...]:
    return tuple(child.text.lower() for child in node.children if isinstance(child, Token))


def date_of(token: Token) -> DateSpan | ImpossibleDate:
    """A day, a month, a year or a financial year; an ImpossibleDate if there is none such, or none in our time."""
    found = _any_date(token)
    if isinstance(found, ImpossibleDate) or EARLIEST <= found.first.year <= LATEST:
        return found
    because = f"is outside the years that a specification can speak of, {EARLIEST} to {LATEST}"
    return ImpossibleDate(because, None, "out-of-range")


def _any_date(token: Token) -> DateSpan | ImpossibleDate:
    text = token.text
    if token.kind == "NUMBER":
        only = make_year(int(text)) if text.isdecimal() and len(text) == 4 else None
        return only or ImpossibleDate("is no year that a specification can speak of", None)
    if "/" in text:
        start, ending = text.split("/")
        return make_financial_year(int(start), int(ending)) or ImpossibleDate(
            "is not a financial year: the second figure is the year after the first",
            f"{start}/{(int(start) + 1) % 100:02d}",
        )
    if text[4:5] == "-":
        year, month, day = (int(piece) for piece in text.split("-"))
        return make_day(year, month, day) or ImpossibleDate("is a date that does not exist", None)
    pieces = text.split()
    number = month_number(pieces[-2])
    if number is None:
        return _misspelt_month(pieces)
    return _in_month(pieces, number) or ImpossibleDate("is a date that does not exist", None)


def _in_month(pieces: list[str], number: int) -> DateSpan | None:
    if len(pieces) == 2:
        return make_month(int(pieces[-1]), number)
    return make_day(int(pieces[2]), number, int(pieces[0]))


def _misspelt_month(pieces: list[str]) -> ImpossibleDate:
    """The month that was meant is only proposed where it has that day."""
    near = nearest_month(pieces[-2])
    if near is None or _in_month(pieces, month_number(near) or 0) is None:
        return ImpossibleDate("has no month that exists", None)
    write = " ".join((*pieces[:-2], near, pieces[-1]))
    return ImpossibleDate(f"has no month that exists; did you mean `{near}`?", write)
