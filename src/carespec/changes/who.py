"""Who gains and who loses by all changes together: the regions of people whom the two versions treat differently.

A line knows nothing of the others; the engine of journeys works out every person's way in both versions. Where one of
them is silent, or nobody can tell, nothing is claimed; and how waits change is told by the lines themselves.
"""

from __future__ import annotations

from carespec.changes.people import NOBODY, People, in_words, joined, mirrored
from carespec.journeys.patients import patients
from carespec.journeys.records import OUTCOMES, Region
from carespec.model.facts import Service

_BEST_FIRST = ("seen", "if-judged", "by-agreement", "sent", "refused")

assert {*_BEST_FIRST, "cannot-tell"} == set(OUTCOMES)


def who(before: Service, after: Service) -> People:
    """The people who come further by the new version than by the old one, and those who come less far."""
    if before.vocabulary.name != after.vocabulary.name:
        return NOBODY
    if tuple(before.lines) > tuple(after.lines):
        # Side by side in one order, whichever is the older, so that the way back tells the same people.
        return mirrored(who(after, before))
    apart = [(region, sign) for region in patients((before, after)).regions if (sign := _sign(region))]
    gains, loses = (
        joined(in_words(region.conditions, before.vocabulary) for region, sign in apart if sign == wanted)
        for wanted in (1, -1)
    )
    return People(gains, loses)


def _sign(region: Region) -> int:
    """1 if the people of a region gain, -1 if they lose, 0 if nobody can tell."""
    outcomes = [answer.outcome for answer in region.answers]
    if len(outcomes) != 2 or not set(outcomes) <= set(_BEST_FIRST):
        return 0
    old, new = (_BEST_FIRST.index(outcome) for outcome in outcomes)
    return (new < old) - (new > old)
