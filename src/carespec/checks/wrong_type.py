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
CONCERNS = ()
AFFECTS = "the people whom the line is about: no rule can be applied to it"
BAD = (
    "minimum-age: 18  #! `18`",
    'minimum-age: "18 or so"  #! `"18 or so"`',
    "wait assessment: 10 working days  #! `10 working days`",
    "pay step-2: 40  #! `40`",
    "minimum-age: 18 years\n  except 19 when education is full-time  #! `19`",
    "minimum-age: 18 years\n  except 16 years when age is at least 17  #! `17`",
    "minimum-age: 19yrs  #! `19yrs`",
    "target recovery-rate: 0.5  #! `0.5`",
    "clusters: one to four  #! `one to four`",
    "clusters: all  #! `all`",
    "dna-limit assessment: two  #! `two`",
    "minimum-age: nineteen  #! `nineteen`",
    "minimum-age: 18 years\n  except 16 years when cluster is severe  #! `severe`",
    "pay step-3: £300.00 per course\n  when sessions is at least two  #! `two`\n"
    "  when age is at least sixteen  #! `sixteen`\n  when route is at least gp  #! `at least gp`\n"
    "  50% only when route at last reading  #! `at last reading`",
    "pay step-3: £300.00 per course\n  when age is more than sessions  #! `sessions`\n"
    "  when problem is at most panic  #! `at most panic`\n  when age is before 18 years  #! `before`\n"
    "  when age is one of gp, midwife  #! `one of gp, midwife`\n  when sessions includes x  #! `includes x`",
    'maximum-age: none\n  differs "sixty-five"  #! `"sixty-five"`',
    "title: Psychological-therapies  #! `Psychological-therapies`",
)
GOOD = (
    "minimum-age: 18 years",
    "wait assessment: within 10 working days of referral",
    'minimum-age: in words "18 or so"',
    "commissioner code: 5ZZ",
    "pay step-3: £300.00 per course\n  when cluster is at least 4 and severity is at most moderate\n"
    "  50% only when recovered at last reading",
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
