"""The same people are both taken and turned away.

What it flags: a problem or a long-term condition that is in the list of those seen and is also a reason not to be
seen; a care cluster that is seen and, elsewhere, only considered.

Why it matters: a person with the problem is promised treatment by one line and sent away by another. Whoever opens
the referral chooses the line.

Instead: the word in one of the two places. If it is severity or risk that decides, an `except` or `when` line under
the exclusion says so, and then both lines can stand.

Exceptions: exclusions that hold only in some case, and lists that do.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Also, Flag
from carespec.model.certain import always, includes, piece
from carespec.model.facts import Fact, Service
from carespec.quantities.sets import WordSet

TITLE = "people who are both taken and turned away"
SEVERITY = "must"
AFFECTS = "people with the problem: who reads which line decides whether they are seen"
BAD = (
    "problems: depression, ocd\nexclusion ocd: secondary-care  #! `exclusion ocd`",
    "exclusion diabetes: not-accepted  #! `exclusion diabetes`\nlong-term-conditions: diabetes, copd among others",
    "clusters: 1 to 5\nclusters-considered: 5, 6  #! `5`",
)
GOOD = (
    "problems: depression, ocd\nexclusion psychosis: secondary-care",
    "problems: depression, ocd\nexclusion ocd: secondary-care\n  except none when severity is mild to moderate",
    "problems: depression, ocd\nexclusion ocd: secondary-care\n  when severity is at least severe",
    "problems: depression, ocd\nexclusion ocd: none",
    'problems: in words "common ones"\nexclusion ocd: secondary-care',
    "clusters: 1 to 4\nclusters-considered: 5",
    "problems: depression, psychosis\nexclusion history-of-psychosis: secondary-care",
)
_LISTS = ("problems", "long-term-conditions")


def check(service: Service) -> Iterator[Flag]:
    """Flag each exclusion of what a list takes in, and each cluster that is in both lists of clusters."""
    lists = [fact for fact in map(service.fact, _LISTS) if fact is not None and always(fact) is not None]
    for listed in lists:
        for exclusion in service.family("exclusion"):
            if exclusion.key and always(exclusion) is not None and includes(listed, exclusion.key):
                yield _excluded(exclusion, listed, service)
    yield from _clusters(service)


def _excluded(exclusion: Fact, listed: Fact, service: Service) -> Flag:
    word = exclusion.key or ""
    label = service.vocabulary.words.get("exclusion", {}).get(word, word)
    message = f"`{listed.path}` takes people with `{word}`, and this line turns them away"
    fix = f"Delete `{word}` in one of the two places, or write under this line when it holds ({label})."
    start, end = piece(service, listed.line, listed.value, word)
    also = (Also(listed.line, start, end, "here they are taken"),)
    return Flag(message, fix, exclusion.line, exclusion.start, exclusion.name_end, exclusion.path, also=also)


def _clusters(service: Service) -> Iterator[Flag]:
    seen, considered = service.fact("clusters"), service.fact("clusters-considered")
    content = always(considered)
    if seen is None or considered is None or not isinstance(content, WordSet):
        return
    for number in content.members:
        if includes(seen, number):
            message = f"cluster {number} is promised to be seen, and here is only considered"
            fix = f"Leave cluster {number} out of one of the two lines."
            also = (Also(seen.line, seen.value.start, seen.value.end, "here it is seen"),)
            span = piece(service, considered.line, considered.value, number)
            yield Flag(message, fix, considered.line, *span, considered.path, also=also)
