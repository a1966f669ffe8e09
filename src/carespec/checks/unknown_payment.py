"""A payment has a name that does not exist.

What it flags: a `pay` line whose name is not among the vocabulary's payments.

Why it matters: prices are compared by name. One under a name of its own is compared with nothing, and an area that
pays far more or far less than its neighbours for the same care goes unseen.

Instead: the name of what is paid for; `other-` and a word for what has no name, and is then compared with nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Flag, flag_name
from carespec.model.facts import Fact, Service
from carespec.vocabulary import nearest

TITLE = "a payment with a name that does not exist"
SEVERITY = "must"
SAFE = True
AFFECTS = "providers and payers: the price is compared with no other"
BAD = (
    "pay asessment: £50.00 per assessment  #! `asessment`",
    "pay travel: £5.00 per session  #! `travel`",
    "pay cluster-9: £320.00 per course  #! `cluster-9`",
    "pay other: £5.00 per session  #! `other`",
)
GOOD = (
    "pay assessment: £50.00 per assessment",
    "pay other-travel: £5.00 per session",
    "pay cluster-3: £320.00 per course",
)


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag the name of a payment if the vocabulary does not have it."""
    if not fact.is_payment or fact.key is None or service.vocabulary.payment(fact.key) is not None:
        return
    near = None if fact.key.startswith("cluster-") else nearest(fact.key, service.vocabulary.payments)
    asked = f"; did you mean `{near}`?" if near else ""
    fix = f"Write `pay {near}`." if near else _own_name(fact.key, service)
    flag = flag_name(fact, f"there is no payment `{fact.key}`{asked}", fix, near)
    yield flag._replace(start=fact.name_end - len(fact.key))


def _own_name(key: str, service: Service) -> str:
    """How to name what the vocabulary has no payment for, where it lets anybody."""
    own = f"other-{key.removeprefix('other').strip('-') or 'travel'}"
    if service.vocabulary.payment(own) is None:
        return f"Write one of {', '.join(f'`pay {name}`' for name in service.vocabulary.payments)}."
    return f"Write the name of what is paid for, such as `pay {own}`."
