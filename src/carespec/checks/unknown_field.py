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
from carespec.vocabulary import nearest

TITLE = "a field that does not exist"
SEVERITY = "must"
AFFECTS = "everyone who reads the line and is judged by it: no rule sees it"
BAD = (
    "minimm-age: 18 years  #! `minimm-age`",
    "colour: blue  #! `colour`",
)
GOOD = ("minimum-age: 18 years",)


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag the field of a line if the vocabulary does not have it."""
    if not unknown_to(service, fact):
        return
    fields = service.vocabulary.fields
    written = fact.path.replace(" ", "-")
    near = written if written in fields else nearest(fact.field, fields)
    asked = f"; did you mean `{near}`?" if near else ""
    fix = f"Write `{near}`." if near else "Run `carespec fields` for the fields that exist, or begin the line with `#`."
    yield flag_name(fact, f"there is no field `{fact.field}`{asked}", fix, _instead(fact, near, written))


def _instead(fact: Fact, near: str | None, written: str) -> str | None:
    if near is None:
        return None
    return near if near == written or not fact.key else f"{near} {fact.key}"
