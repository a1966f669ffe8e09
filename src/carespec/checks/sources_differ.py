"""Two sources say different things about the same fact.

What it flags: every `differs` line: what another source says otherwise.

Why it matters: a referrer reads one page and the service goes by the other. The person is told that they will be seen,
and is refused; or never asks, and would have been.

Instead: one answer. Find out which source holds, correct the other, and delete the `differs` line.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Flag, unknown_to
from carespec.model.facts import Differs, Fact, Service

TITLE = "sources that say different things"
SEVERITY = "should"
CONCERNS = (Differs,)
AFFECTS = "people who are told one thing by one source and another by the next"
BAD = (
    'source page: "Home page"\nsource leaflet: "Leaflet"\n'
    "maximum-age: none [page]\n  differs 65 years [leaflet p2]  #! `65 years`",
    "self-referral step-3: none\n  differs allowed  #! `allowed`\n  differs not stated  #! `not stated`",
)
GOOD = ('source page: "Home page"\nmaximum-age: none [page]\n  doubt "The leaflet is not dated"',)


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag what another source says of the fact."""
    if not fact.under or unknown_to(service, fact):
        return
    for under in fact.under:
        if isinstance(under, Differs) and under.value.problem is None:
            yield _flag(fact, under, service)


def _flag(fact: Fact, under: Differs, service: Service) -> Flag:
    here = service.lines[fact.line - 1][fact.value.start : fact.value.end]
    there = service.lines[under.line - 1][under.value.start : under.value.end]
    other = f"`{under.cites[0].source}`" if under.cites else "another source"
    message = f"{other} says `{there}` where `{fact.path}` is `{here}`"
    fix = "Ask which of the two holds, write that, and delete the `differs` line."
    return Flag(message, fix, under.line, under.value.start, under.value.end, fact.path)
