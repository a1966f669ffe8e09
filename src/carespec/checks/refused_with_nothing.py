"""People are turned away with nowhere to go, with no reason, or with no advice.

What it flags: exclusions and rejections whose destination is `not-accepted`; and `none` where the reason, or the
advice to the person, should be.

Why it matters: a referral that is turned away with nothing ends there. The referrer thinks that the person is being
seen, the person thinks that nobody wants them, and nobody can tell whether the hard cases are being refused.

Instead: where each goes, such as `exclusion psychosis: early-intervention-team`; `rejection-reason: required` and
`rejection-advice: required`.

Exceptions: published extracts and reconstructions, and documents read only in part, where the destination may stand on
a page that nobody read. An exclusion that leads nowhere is let pass where the provider must recommend a better pathway.

Source: study 4.8.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Flag, flag_value
from carespec.model.certain import always, is_held, missing, never
from carespec.model.facts import Fact, Service

TITLE = "people turned away with nothing"
SEVERITY = "should"
NEEDS_WHOLE = "document"
AFFECTS = "people who are turned away: they are told neither where to go nor why"
BAD = (
    "exclusion psychosis: not-accepted  #! `not-accepted`\nexclusion anger: not-accepted  #! `not-accepted`\n"
    "exclusion current-crisis: crisis-team",
    "rejection no-capacity: not-accepted  #! `not-accepted`\nrejection-recommendation: none",
    "rejection-reason: none  #! `none`\nrejection-advice: none  #! `none`",
    "status: published-extract\nrejection-advice: none  #! `none`",
)
GOOD = (
    "exclusion psychosis: secondary-care\nrejection-reason: required\nrejection-advice: required",
    "exclusion psychosis: not-accepted\nrejection-recommendation: required",
    "status: published-extract\nexclusion psychosis: not-accepted",
    'source page: "Page" read in part\nexclusion psychosis: not-accepted [page]',
    "exclusion psychosis: none\nrejection-reason: not stated",
    "exclusion psychosis: not-accepted\nrejection-recommendation required",
)
_TOLD = {
    "rejection-reason": "nobody has to be told why a referral is turned away",
    "rejection-advice": "nobody has to tell the person what to do, or where else to find help",
}
_GROUP = "people are turned away and nothing says where they go instead, for"


def check(service: Service) -> Iterator[Flag]:
    """Flag each way of being turned away that leads nowhere, and each denial of a reason or of advice."""
    if is_held(service) and not _recommends(service):
        for fact in (*service.family("exclusion"), *service.family("rejection")):
            if fact.key and always(fact) == "not-accepted":
                yield _nowhere(fact)
    for name, message in _TOLD.items():
        denied = service.fact(name)
        if denied is not None and never(denied):
            yield flag_value(denied, message, f"Write `{name}: required`.")


def _recommends(service: Service) -> bool:
    """Whether a better pathway must be recommended, or a line that nobody could read may say so."""
    name = "rejection-recommendation"
    if name not in service.vocabulary.fields or missing(service, (name,)):
        return False
    return not never(service.fact(name))


def _nowhere(fact: Fact) -> Flag:
    message = f"people are turned away for `{fact.key}`, and nothing says where they go instead"
    fix = "Write where they go instead of `not-accepted`, or `rejection-recommendation: required`."
    return flag_value(fact, message, fix)._replace(group=_GROUP, brief=f"`{fact.key}`")
