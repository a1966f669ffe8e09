"""People may refer themselves, and there is no way to do it.

What it flags: self-referral that is allowed while the list of who may refer leaves it out, or that is in that list
while every line about it says `none`; and self-referral that is allowed where no line says whom to contact.

Why it matters: people who would ask nobody else, and so are reached by nothing else, read that they may refer
themselves and find no door. The referral that does arrive is sent back.

Instead: `self-referral` in `referral-routes`, and `self-referral-to` with whom to contact.

Exceptions: a list of routes that is not complete (`among others`), or that holds only in some case. An `entry-point` or
`referral-methods` line says how, too. Nothing is concluded from silence where the document was read only in part.

Source: study 4.4.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Also, Flag, flag_name
from carespec.model.certain import always, exactly, includes, missing, never, piece
from carespec.model.facts import Fact, Service

TITLE = "self-referral that has no way in"
SEVERITY = "should"
NEEDS_WHOLE = "document"
AFFECTS = "people who would refer themselves, and whom nobody else would have referred"
BAD = (
    "self-referral step-2: allowed  #! `self-referral step-2`\nreferral-routes: gp, midwife\n"
    "self-referral-to: appointment-line",
    "referral-routes: gp, self-referral  #! `self-referral`\nself-referral step-2: none\nself-referral step-3: none",
    "self-referral service: allowed  #! `self-referral service`",
)
GOOD = (
    "self-referral step-2: allowed\nreferral-routes: gp, self-referral\nself-referral-to: appointment-line",
    "self-referral step-2: allowed\nreferral-routes: gp among others\nentry-point: appointment-line",
    "referral-routes: gp, self-referral\nself-referral step-2: allowed\nself-referral step-3: none\n"
    "self-referral-to: provider-of-choice",
    "referral-routes: gp, self-referral\nself-referral: not stated",
    "self-referral service: none\nreferral-routes: gp",
    "status: published-extract\nself-referral service: allowed",
    "self-referral service: allowed\nself-refferal-to: appointment-line",
    "self-referral service: allowed\nentry-point single-point-of-access",
)
_WAYS = ("self-referral-to", "entry-point", "referral-methods")
_ALLOWED = ("allowed", "preferred")


def check(service: Service) -> Iterator[Flag]:
    """Flag self-referral that one line grants and another takes away, or that leads nowhere."""
    lines = service.family("self-referral")
    allowed = next((fact for fact in lines if always(fact) in _ALLOWED), None)
    routes = service.fact("referral-routes")
    denied = bool(lines) and all(map(never, lines)) and not service.damaged
    if routes is not None and denied and includes(routes, "self-referral"):
        yield _denied(routes, lines[0], service)
    if allowed is None:
        return
    listed = exactly(routes)
    if routes is not None and listed is not None and "self-referral" not in listed:
        message = "people may refer themselves, and `referral-routes` leaves them out"
        fix = "Add `self-referral` to `referral-routes`, or write `none` here."
        also = (Also(routes.line, routes.value.start, routes.value.end, "who may refer"),)
        yield flag_name(allowed, message, fix)._replace(also=also)
    elif len(missing(service, _WAYS)) == len(_WAYS):
        message = "people may refer themselves, and no line says how: whom they contact, or where they come in"
        yield flag_name(allowed, message, "Add `self-referral-to:` with whom they contact.")


def _denied(routes: Fact, line: Fact, service: Service) -> Flag:
    message = "people are listed among those who may refer themselves, and every line about self-referral says `none`"
    fix = "Leave `self-referral` out here, or say at which step it is `allowed`."
    also = (Also(line.line, line.start, line.end, "where it is denied"),)
    span = piece(service, routes.line, routes.value, "self-referral")
    return Flag(message, fix, routes.line, *span, routes.path, also=also)
