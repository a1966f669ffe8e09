"""Something was to be settled by a date that is past, and the line still says that it is open.

What it flags: `by local agreement … by DATE` and `to be confirmed by DATE` whose date is past today, or was past on the
last day of the contract, on the day that the document was signed, or on the day that the cited source was published or
read; or is after the contract has ended. In the cases here today is 1 September 2012.

Why it matters: everybody has signed, and the line still says that it will be settled last autumn. Until it is, each
provider does as it likes, and no patient can be told.

Instead: what was agreed; or a new date, and who will see to it.

Exceptions: lines without a date. A month or a year is past when its last day is.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Also, Flag, flag_value
from carespec.model.certain import always
from carespec.model.facts import Fact, Service, State
from carespec.quantities.dates import DateSpan, Period

TITLE = "an agreement that is overdue"
SEVERITY = "should"
AFFECTS = "everyone whom the line is about: what holds for them was never settled"
BAD = (
    'status: signed\nsigned: 17 August 2012\nmaximum-age: by local agreement with "each provider" by 1 July 2012'
    '  #! `by local agreement with "each provider" by 1 July 2012`',
    'source page: "Page" published 1 May 2014\nmaximum-age: by local agreement by 1 October 2013 [page]'
    "  #! `by local agreement by 1 October 2013`",
    "contract: from 1 April 2012 to 31 March 2013\nprovider-lead: to be confirmed by 1 April 2014"
    "  #! `to be confirmed by 1 April 2014`",
    "signed: 17 May 2012\nmaximum-age: by local agreement by August 2012  #! `by local agreement by August 2012`",
    "contract: from 1 April 2011 to 31 March 2012\nprovider-lead: to be confirmed by 1 March 2012"
    "  #! `to be confirmed by 1 March 2012`",
)
GOOD = (
    'signed: 17 August 2012\nmaximum-age: by local agreement with "each provider" by 1 October 2012',
    'maximum-age: by local agreement with "each provider"',
    "signed: September 2012\nmaximum-age: by local agreement by 17 September 2012",
    "provider-lead: to be confirmed by 1 April 2013",
    "maximum-age: by local agreement by September 2012",
    "contract: from 1 April 2012\nmaximum-age: by local agreement by 1 September 2012",
)
_OPEN = (State.LOCAL, State.TO_BE_CONFIRMED)


def check(service: Service) -> Iterator[Flag]:
    """Flag each open line whose date the document itself, or what it cites, shows to be past or too late."""
    for fact in service.facts:
        by = fact.value.by
        if by is not None and fact.value.state in _OPEN:
            found = _passed(fact, by, service) or _too_late(by, service) or _past_today(by, service)
            if found is not None:
                message, also = found
                fix = "Write what was agreed, or a date that can still be kept."
                yield flag_value(fact, message, fix)._replace(also=also)


_Found = tuple[str, tuple[Also, ...]]


def _passed(fact: Fact, by: DateSpan, service: Service) -> _Found | None:
    """A day on which the document, or the source of the line, still said so after the date."""
    signed = service.fact("signed")
    day = always(signed)
    if signed is not None and isinstance(day, DateSpan) and by.last < day.first:
        place = Also(signed.line, signed.value.start, signed.value.end, "when the document was signed")
        return f"this was to be settled by {by.show()}, before the document was signed", (place,)
    for source in service.sources:
        if any(cite.source == source.name for cite in fact.cites):
            for when, what in ((source.published, "published"), (source.read, "read")):
                if when is not None and by.last < when.first:
                    place = Also(source.line, source.start, source.end, f"the source, {what} {when.show()}")
                    return f"this was to be settled by {by.show()}, and the source still says so later", (place,)
    return None


def _too_late(by: DateSpan, service: Service) -> _Found | None:
    contract = service.fact("contract")
    period = always(contract)
    if contract is None or not isinstance(period, Period) or period.end is None or by.first <= period.end.last:
        return None
    place = _beside(contract)
    return f"this is to be settled by {by.show()}, when the contract has ended", (place,)


def _past_today(by: DateSpan, service: Service) -> _Found | None:
    """Today counts no longer than the contract lasts: afterwards nobody is to settle anything."""
    contract = service.fact("contract")
    period = always(contract)
    if contract is not None and isinstance(period, Period) and period.end is not None:
        end = period.end.last
        if service.today is not None and by.last < end < service.today:
            return f"this was to be settled by {by.show()}, and the contract ended without it", (_beside(contract),)
    if service.today is not None and by.last < service.today:
        return f"this was to be settled by {by.show()}, which is past", ()
    return None


def _beside(contract: Fact) -> Also:
    return Also(contract.line, contract.value.start, contract.value.end, "the contract")
