"""People under 18 are seen, and the duties that come with that are not asked for.

What it flags: a youngest age below 18, as stated or through an exception, in a document that does not ask for records
checks, for safeguarding procedures and training, and for an agreement with children's services.

Why it matters: adult services that see a young person take on duties to children. Where nobody agreed with children's
services who sees whom, somebody of 16 or 17 can be refused by both.

Instead: `under-18-records-checks`, `under-18-safeguarding` and `under-18-interface`, each `required`.

Exceptions: nothing is concluded from silence in reconstructions and published extracts, nor where a source was read
only in part; `none` is reported everywhere.

Source: study 4.2 (it "has implications for providers in terms of Disclosure and Barring Service (DBS) … checks being
required").
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Also, Flag
from carespec.model.certain import missing, never
from carespec.model.facts import Fact, Service, Value
from carespec.quantities import bounds
from carespec.quantities.ages import Age
from carespec.quantities.bounds import Bound

TITLE = "under-18s seen without the duties that follow"
SEVERITY = "should"
NEEDS_WHOLE = "document"
AFFECTS = "young people of 16 and 17, and the providers who must answer for their safety"
BAD = (
    "minimum-age: 16 years  #! `16 years`",
    "minimum-age: 18 years\n  except 16 years when education is not full-time  #! `16 years`",
    "minimum-age: 16 years  #! `16 years`\nunder-18-records-checks: required\nunder-18-safeguarding: required",
    "status: published-extract\nminimum-age: 17 years 9 months  #! `17 years 9 months`\nunder-18-records-checks: none",
    "minimum-age: none  #! `none`\nunder-18-records-checks: not stated",
    "minimum-age: over 16 years  #! `over 16 years`",
)
GOOD = (
    "minimum-age: 18 years",
    "minimum-age: over 17 years",
    "minimum-age: 16 years\nunder-18-records-checks: required\nunder-18-safeguarding: required\n"
    "under-18-interface: required",
    "status: published-extract\nminimum-age: 16 years",
    'source page: "Page" read in part\nminimum-age: 16 years [page]',
    'minimum-age: in words "adults"',
    "minimum-age: 16 years\nunder-18-records-checks required\nunder-18-safeguarding required\n"
    "under-18-interface required",
)
_DUTIES = {
    "under-18-records-checks": "records checks",
    "under-18-safeguarding": "safeguarding procedures and training",
    "under-18-interface": "an agreement with children's services",
}
_ADULT = 18 * 12


def check(service: Service) -> Iterator[Flag]:
    """Flag the first age below 18 where a duty is missing or denied."""
    fact = service.fact("minimum-age")
    place = _young(fact) if fact is not None else None
    if fact is None or place is None:
        return
    denied = {name: other for name in _DUTIES if (other := service.fact(name)) is not None and never(other)}
    lacking = {*missing(service, _DUTIES), *denied}
    if lacking:
        yield _flag(fact, *place, [name for name in _DUTIES if name in lacking], denied)


def _young(fact: Fact) -> tuple[Value, int] | None:
    """The first value, with its line, by which somebody under 18 is certainly seen."""
    places = ((fact.value, fact.line), *((exception.value, exception.line) for exception in fact.exceptions))
    return next(((value, line) for value, line in places if _is_young(value, fact)), None)


def _is_young(value: Value, fact: Fact) -> bool:
    content = value.content
    if value.hedge is not None:
        return False
    if isinstance(content, Age):
        return content.first_month < _ADULT
    if isinstance(content, Bound):
        interval = bounds.ages(content)
        return bool(interval and interval.first and interval.first[1] < _ADULT)
    return value is fact.value and never(fact)


def _flag(fact: Fact, value: Value, line: int, lacking: list[str], denied: dict[str, Fact]) -> Flag:
    what = ", ".join(_DUTIES[name] for name in lacking)
    message = f"people under 18 are seen, and these are not asked for: {what}"
    fix = f"Write a line for each, such as `{lacking[0]}: required`."
    also = tuple(Also(no.line, no.start, no.end, f"says `none` to {_DUTIES[name]}") for name, no in denied.items())
    return Flag(message, fix, line, value.start, value.end, fact.path, also=also)
