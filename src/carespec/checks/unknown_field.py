"""A line begins with a field that does not exist.

What it flags: a field name that the vocabulary does not have, most often a misspelling.

Why it matters: nothing can be checked about a line that nobody understands, and a misspelt field must never make a
rule pass.

Instead: the nearest field, or a comment if the line says something that no field is for.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Flag, flag_name, unknown_to
from carespec.model.facts import Fact, Service
from carespec.vocabulary import PAY, nearest

TITLE = "a field that does not exist"
SEVERITY = "must"
SAFE = True
AFFECTS = "everyone who reads the line and is judged by it: no rule sees it"
BAD = (
    "minimm-age: 18 years  #! `minimm-age`",
    "colour: blue  #! `colour`",
    "registerd with: none  #! `registerd with`",
    "wiat step-2: within 4 weeks of referral  #! `wiat step-2`",
    "dna outcome: case-by-case  #! `dna outcome`",
    'sorce page: "Home page"  #! `sorce page`\nminimum-age: 18 years [page]',
    "payment step-2: £40.00 per session  #! `payment step-2`\ntariff missed: none  #! `tariff missed`",
    "waiting time: within 6 weeks of referral  #! `waiting time`\n"
    "waits step2: within 6 weeks of referral  #! `waits step2`",
    "pya step-2: £40.00 per session  #! `pya step-2`\n  at most 12 per course",
)
GOOD = ("minimum-age: 18 years",)
_WITH_A_NAME = ("pay", "source", "define")
"""Lines that look like a field with a key, and are none."""
_LIKE_PAY = (PAY, "pays", "paid", "payment", "payments", "price", "tariff", "fee")


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag the field of a line if the vocabulary does not have it."""
    if not unknown_to(service, fact):
        return
    near = _meant(fact, service)
    asked = f"; did you mean `{near}`?" if near else ""
    fix = f"Write `{near}`." if near else "Run `carespec fields` for the fields that exist, or begin the line with `#`."
    family = service.vocabulary.fields.get(near or "")
    if family is not None and family.keyed_by:
        # The name is told; which of its keys was meant, nobody can say.
        fix = f"Write `{near}` and one of {', '.join(f'`{key}`' for key in service.vocabulary.keys(family))}."
        yield flag_name(fact, f"there is no field `{fact.field}`{asked}", fix)
        return
    yield flag_name(fact, f"there is no field `{fact.field}`{asked}", fix, near)


def _meant(fact: Fact, service: Service) -> str | None:
    """The start of the line that was most likely meant, key and all."""
    fields, key = service.vocabulary.fields, fact.key
    if key is None:
        return nearest(fact.field, fields)
    families = (*_WITH_A_NAME, *(name for name, field in fields.items() if field.keyed_by))
    joined = f"{fact.field}-{key}"
    if joined in fields:
        return joined
    if nearest(fact.field, _LIKE_PAY) is not None and service.vocabulary.payment(key) is not None:
        return f"{PAY} {key}"
    family = nearest(fact.field, families)
    if family is not None:
        return _in_family(family, key, service)
    return nearest(joined, fields) or nearest(fact.field, fields)


def _in_family(family: str, key: str, service: Service) -> str:
    """A family with the key that was meant; the family alone if it has none like it."""
    field = service.vocabulary.fields.get(family)
    if field is None or field.open_keys or key in service.vocabulary.keys(field):
        return f"{family} {key}"
    near = nearest(key, service.vocabulary.keys(field))
    return f"{family} {near}" if near else family
