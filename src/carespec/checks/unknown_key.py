"""A line names a part of a field that does not exist, or leaves out which part it is about.

What it flags: a key that the family does not have, a key after a field that has none, and a field of a family without
a key, unless the line only says that there is nothing to say.

Why it matters: a waiting time for a stage that nobody knows binds nobody, and no rule about that stage sees it.

Instead: one of the family's keys, one line each: `wait assessment: …`, `wait step-2: …`.

Exceptions: families such as `exclusion` are open: any key will do. Without a key a family's field may be `none`,
`not stated`, `in words …`, `by local agreement …` or `elsewhere in …`; it then speaks for every key without a line.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Flag, flag_name
from carespec.model.facts import Fact, Service, State
from carespec.vocabulary import Field, nearest

TITLE = "a key that the field does not have, or none where one is needed"
SEVERITY = "must"
SAFE = True
AFFECTS = "the people whom the line is about: no rule or comparison finds it"
BAD = (
    "wait asessment: within 10 working days of referral  #! `asessment`",
    "wait someday: within 10 working days of referral  #! `someday`",
    'commissioner lead: "Head of Commissioning"  #! `commissioner lead`',
    "minimum-age step-2: 18 years  #! `minimum-age step-2`",
    "wait: within 10 working days of referral  #! `wait`",
)
GOOD = (
    "wait assessment: within 10 working days of referral",
    "wait: not stated",
    "wait: none",
    "dna-limit: to be confirmed by 1 April 2013",
    'dna-limit: elsewhere in "6.9 Non-attendance"',
    "exclusion sleeping-rough: not-accepted",
)
_MAY_STAND_ALONE = (State.NONE, State.NOT_STATED, State.IN_WORDS, State.LOCAL, State.TO_BE_CONFIRMED, State.ELSEWHERE)


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag a key that is not there or should not be."""
    field = service.vocabulary.fields.get(fact.field)
    if field is None or (fact.key is None and field.keyed_by is None):
        return
    if fact.key is None:
        if fact.value.state not in _MAY_STAND_ALONE and fact.value.problem is None:
            yield _missing(fact, field, service)
    elif field.keyed_by is None:
        yield _needless(fact, service)
    elif not field.open_keys and fact.key not in service.vocabulary.keys(field):
        yield _unknown(fact, field, service)


def _missing(fact: Fact, field: Field, service: Service) -> Flag:
    message = f"`{field.name}` is said of one {_kind(field)} at a time, and this line does not say which"
    return flag_name(fact, message, f"Write one line for each: `{field.name}` and one of {_listed(field, service)}.")


def _needless(fact: Fact, service: Service) -> Flag:
    joined = f"{fact.field}-{fact.key}"
    fields = service.vocabulary.fields
    near = joined if joined in fields else nearest(joined, (name for name in fields if name != fact.field))
    if near is not None and near.startswith(f"{fact.field}-"):
        message = f"`{fact.field}` has no parts such as `{fact.key}`; did you mean `{near}`?"
        return flag_name(fact, message, f"Write `{near}`.", near)
    message = f"`{fact.field}` is said once for the whole service, and `{fact.key}` is no part of it"
    return flag_name(fact, message, f"Write `{fact.field}` alone.", fact.field)


def _unknown(fact: Fact, field: Field, service: Service) -> Flag:
    near = nearest(fact.key or "", service.vocabulary.keys(field))
    asked = f"; did you mean `{near}`?" if near else ""
    message = f"`{field.name}` has no {_kind(field)} `{fact.key}`{asked}"
    fix = f"Write `{near}`." if near else f"Write one of {_listed(field, service)}."
    flag = flag_name(fact, message, fix, near)
    return flag._replace(start=fact.name_end - len(fact.key or ""))


def _kind(field: Field) -> str:
    return (field.keyed_by or "").replace("-", " ")


def _listed(field: Field, service: Service) -> str:
    keys = list(service.vocabulary.keys(field))
    more = f" and {len(keys) - 7} more" if len(keys) > 8 else ""
    return ", ".join(f"`{key}`" for key in (keys[:7] if more else keys)) + more
