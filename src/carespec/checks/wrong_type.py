"""A value is of a kind that its field cannot take.

What it flags: a text where an age belongs, a figure without its unit, a length of time where a wait with `within`
belongs, and so on; on the line itself, in its exceptions and in their conditions.

Why it matters: nothing can be concluded from the line. A limit that looks as if it were there protects nobody.

Instead: a value of the field's type, as in the example that the message gives. What the document says only in words
is written `in words "…"`.

Exceptions: where the key before the colon does not exist, that is said instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Flag, flag_problem, problems_of
from carespec.model.facts import Fact, Service

TITLE = "a value that the field cannot take"
SEVERITY = "must"
AFFECTS = "the people whom the line is about: no rule can be applied to it"
BAD = (
    "minimum-age: 18  #! `18`",
    'minimum-age: "18 or so"  #! `"18 or so"`',
    "wait assessment: 10 working days  #! `10 working days`",
    "pay step-2: 40  #! `40`",
    "minimum-age: 18 years\n  except 16 when education is not full-time  #! `16`",
    "minimum-age: 18 years\n  except 16 years when age is at least 17  #! `17`",
    'maximum-age: none\n  differs "sixty-five"  #! `"sixty-five"`',
    "title: Psychological-therapies  #! `Psychological-therapies`",
)
GOOD = (
    "minimum-age: 18 years",
    "wait assessment: within 10 working days of referral",
    'minimum-age: in words "18 or so"',
    "commissioner code: 5ZZ",
)


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag what reading a value of the wrong type ran into."""
    if fact.value.problem is None and not fact.under:
        return
    if fact.key is not None and _is_doubtful(fact.field, fact.key, service):
        return
    for problem, line in problems_of(fact, "wrong-type"):
        yield flag_problem(fact, problem, line)


def _is_doubtful(field: str, key: str, service: Service) -> bool:
    """Whether the name before the colon is not one that exists, so that the type that was meant is not known."""
    known = service.vocabulary.fields.get(field)
    return known is not None and not known.open_keys and key not in service.vocabulary.keys(known)
