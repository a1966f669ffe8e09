"""People are sent back to whoever referred them, and some of them referred themselves.

What it flags: discharge, exclusion or rejection to the referrer in a document that lets people refer themselves.

Why it matters: for somebody who referred themselves, the referrer is that person. Nobody else learns that they were
discharged or turned away: not their GP, and nobody who could ask how they are.

Instead: `discharge-to-gp`, or a line that the GP is told (`gp-told-of: discharge`), with consent where that is asked.

Exceptions: documents whose `gp-told-of` has discharge, and those that require the letter (`dna-letter`). Nothing is
concluded from silence where the document was read only in part.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Also, Flag, flag_value
from carespec.model.certain import always, includes, is_held, may_say
from carespec.model.facts import Fact, Service

TITLE = "a referrer who is the person themselves"
SEVERITY = "may"
NEEDS_WHOLE = "document"
AFFECTS = "people who referred themselves: nobody learns that they were discharged or turned away"
BAD = (
    "self-referral step-2: allowed\ndna-outcome: discharge-to-referrer  #! `discharge-to-referrer`",
    "referral-routes: gp, self-referral\nrejection too-severe: referrer  #! `referrer`",
)
GOOD = (
    "self-referral step-2: allowed\ndna-outcome: discharge-to-gp",
    "self-referral step-2: none\ndna-outcome: discharge-to-referrer",
    "self-referral step-2: allowed\ndna-outcome: discharge-to-referrer\ndna-letter: required",
    "self-referral step-2: allowed\ndna-outcome: discharge-to-referrer\ngp-told-of: referral, discharge",
    "self-referral step-2: allowed\ndna-outcome: discharge-to-referrer\ndna-letter required",
    "status: published-extract\nself-referral step-2: allowed\ndna-outcome: discharge-to-referrer",
)
_BACK = ("referrer", "discharge-to-referrer")
_SAYS_WHERE = ("dna-outcome", "unreachable-outcome", "cancellation-outcome", "exclusion", "rejection")
_TELLS = ("gp-told-of", "dna-letter")


def check(service: Service) -> Iterator[Flag]:
    """Flag each way back to a referrer who may be the person."""
    back = [fact for field in _SAYS_WHERE for fact in service.family(field) if always(fact) in _BACK]
    grants = _grants(service) if back and is_held(service) else None
    if grants is None or _somebody_told(service):
        return
    for fact in back:
        message = "for people who referred themselves the referrer is that person, so nobody else learns of it"
        fix = "Name the GP, or say in `gp-told-of` that the GP is told of discharge."
        also = (Also(grants.line, grants.start, grants.end, "people may refer themselves"),)
        yield flag_value(fact, message, fix)._replace(also=also)


def _grants(service: Service) -> Fact | None:
    """The line by which people may refer themselves."""
    routes = service.fact("referral-routes")
    if routes is not None and includes(routes, "self-referral"):
        return routes
    lines = service.family("self-referral")
    return next((fact for fact in lines if always(fact) in ("allowed", "preferred")), None)


def _somebody_told(service: Service) -> bool:
    """Whether the GP is told, or a line that could not be read may say so."""
    told, letter = (service.fact(name) for name in _TELLS)
    if told is not None or (letter is not None and always(letter) == "required"):
        return True
    return any(may_say(service, name) for name in _TELLS)
