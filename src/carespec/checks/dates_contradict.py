"""Dates of the contract contradict each other.

What it flags: a document signed when its contract had ended, or after it had begun; a price review or an exception that
falls outside the contract; rules said to hold (`in-effect`) at no time of the contract.

Why it matters: a promise outside the contract binds nobody, and a price review that falls after the last day means that
the price is never reviewed, whatever the document says.

Instead: dates that fit; usually one of them has the wrong year.

Exceptions: months and years are taken at their widest, a contract without an end as going on, and one that can be
extended as extended. A document that is signed late is only a remark: it happens, and both sides should know for how
long they worked without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from carespec.flags import Also, Flag, flag_value
from carespec.model.certain import always, may_say, never
from carespec.model.facts import Fact, Service
from carespec.quantities.dates import DateSpan, Period

TITLE = "dates that contradict each other"
SEVERITY = "should"
NEEDS_WHOLE = "file"
AFFECTS = "both sides of the contract, and the people who rely on it: one of the dates is wrong"
BAD = (
    "signed: 1 May 2015  #! `1 May 2015`\ncontract: from 1 April 2012 to 31 March 2015",
    "signed: 1 May 2012  #! `1 May 2012`\ncontract: from 1 April 2012 to 31 March 2015",
    "contract: from 1 April 2012 to 31 March 2015\nprice-review: 1 April 2016  #! `1 April 2016`",
    "contract: from 1 April 2012 to 31 March 2015\nprice-review: 1 April 2011  #! `1 April 2011`",
    "contract: from 1 April 2012 to 31 March 2015\nin-effect: from 2016  #! `from 2016`",
    "contract: from 1 April 2012 to 31 March 2015\nminimum-age: 18 years\n"
    "  except 16 years until 31 March 2012  #! `except 16 years until 31 March 2012`",
)
GOOD = (
    "signed: 17 August 2012\ncontract: from 1 September 2012 to 31 August 2015\nprice-review: 1 April 2013",
    "signed: April 2012\ncontract: from 1 April 2012 to 31 March 2015",
    "contract: from 1 April 2012\nprice-review: 1 April 2020",
    "contract: from 1 April 2012 to 31 March 2015\ncontract-extension: 2 years\nprice-review: 1 April 2016",
    "contract: from 1 April 2012 to 31 March 2015\nin-effect: until 2013",
    "contract: from 1 April 2012 to 31 March 2015\nminimum-age: 18 years\n  except 16 years from 1 April 2013",
    "signed: none\ncontract: none",
)


def check(service: Service) -> Iterator[Flag]:
    """Flag each date that cannot be true beside the contract's own."""
    contract = service.fact("contract")
    period = always(contract)
    if contract is None or not isinstance(period, Period):
        return
    yield from _signed(service.fact("signed"), contract, period)
    end = _last_day(period, service)
    yield from _review(service.fact("price-review"), contract, period, end)
    yield from _in_effect(service.fact("in-effect"), contract, period, end)
    for fact in service.facts:
        if fact.under:
            yield from _exceptions(fact, contract, period, end)


def _last_day(period: Period, service: Service) -> date | None:
    """The last day on which the contract can still bind; None if it may go on."""
    extension = service.fact("contract-extension")
    may_go_on = extension is not None and not never(extension)
    if period.end is None or may_go_on or may_say(service, "contract-extension"):
        return None
    return period.end.last


def _signed(fact: Fact | None, contract: Fact, period: Period) -> Iterator[Flag]:
    day = always(fact)
    if fact is None or not isinstance(day, DateSpan):
        return
    if period.end is not None and day.first > period.end.last:
        message = "this was signed when the contract had ended"
        yield _flag(fact, message, "Correct the date, or the contract's.", contract)._replace(severity="must")
    elif period.start is not None and day.first > period.start.last:
        message = "this was signed after the contract had begun, so nothing bound anybody in between"
        fix = "Correct the date, or let the contract begin when it is signed."
        yield _flag(fact, message, fix, contract)._replace(severity="may")


def _review(fact: Fact | None, contract: Fact, period: Period, end: date | None) -> Iterator[Flag]:
    day = always(fact)
    if fact is None or not isinstance(day, DateSpan):
        return
    if end is not None and day.first > end:
        message = "this price review falls after the contract has ended, so prices are never reviewed"
        yield _flag(fact, message, "Write a date within the contract, or `none`.", contract)
    elif period.start is not None and day.last < period.start.first:
        message = "this price review falls before the contract begins"
        yield _flag(fact, message, "Write a date within the contract, or `none`.", contract)


def _in_effect(fact: Fact | None, contract: Fact, period: Period, end: date | None) -> Iterator[Flag]:
    held = always(fact)
    whole = period if end is not None else Period(period.start, None)
    if fact is not None and isinstance(held, Period) and not held.overlaps(whole):
        message = "the rules are said to hold at no time of the contract"
        yield _flag(fact, message, "Correct one of the two periods.", contract)


def _exceptions(fact: Fact, contract: Fact, period: Period, end: date | None) -> Iterator[Flag]:
    for line in fact.exceptions:
        over = line.until is not None and period.start is not None and line.until.last < period.start.first
        not_yet = line.since is not None and end is not None and line.since.first > end
        if over or not_yet:
            message = f"this exception holds only {'before' if over else 'after'} the contract"
            fix = "Correct the date, or delete the exception."
            yield Flag(message, fix, line.line, line.start, line.end, fact.path, also=_beside(contract))


def _flag(fact: Fact, message: str, fix: str, contract: Fact) -> Flag:
    return flag_value(fact, message, fix)._replace(also=_beside(contract))


def _beside(contract: Fact) -> tuple[Also, ...]:
    return (Also(contract.line, contract.value.start, contract.value.end, "the contract"),)
