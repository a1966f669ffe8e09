"""A problem is treated that none of the outcome measures can see.

What it flags: a problem in `problems` that has well-known measures of its own, of which the document asks for none.

Why it matters: scores of depression and worry hardly move for somebody who stops washing their hands for hours. The
person gets better and counts as not recovered, or never counted as ill, and a provider that is paid by recovery learns
to avoid them.

Instead: `measure-for ocd: oci`, or an `outcome-measure` line for a measure that can see the problem.

Exceptions: problems without a measure that is in general use; documents that use a measure of their own, a measure of
the person's own goals, or `anxiety-disorder-specific`. A document without any `outcome-measure` is told that instead.

Source: study, Part C (a therapist: "GAD-7 and PHQ-9 do not pick up on all issues, e.g. low self-esteem and social
anxiety").
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Also, Flag
from carespec.model.certain import all_read, always, piece
from carespec.model.facts import Fact, Service, State
from carespec.quantities.sets import WordSet

TITLE = "a problem that no outcome measure can see"
SEVERITY = "should"
NEEDS_WHOLE = "document"
AFFECTS = "people with the problem: their recovery does not show, and may not be paid for"
BAD = (
    "problems: depression, ocd  #! `ocd`\noutcome-measure phq-9: every-session\noutcome-measure gad-7: every-session",
    "problems: depression, social-anxiety, ocd among others  #! `social-anxiety`\n"
    "outcome-measure phq-9: every-session\nmeasure-for ocd: oci",
    "problems: depression, ptsd  #! `ptsd`\noutcome-measure phq-9: every-session\nmeasure-for ptsd: phq-9, gad-7",
    "problems: depression, ocd  #! `ocd`\noutcome-measure oci: none\noutcome-measure phq-9: every-session",
)
GOOD = (
    "problems: depression, generalised-anxiety\noutcome-measure phq-9: every-session",
    "problems: depression, ocd\noutcome-measure phq-9: every-session\noutcome-measure oci: every-session",
    "problems: depression, ocd\noutcome-measure phq-9: every-session\nmeasure-for ocd: phq-9, oci",
    "problems: ocd, ptsd\noutcome-measure anxiety-disorder-specific: every-session",
    "problems: depression, ocd\noutcome-measure our-own-scale: every-session",
    "problems: depression, ocd",
    "problems: depression, ocd\noutcome-measure: not stated",
    "problems: depression, ocd\noutcome-measure phq-9: every-session\noutcome-measure oci every-session",
    "status: published-extract\nproblems: depression, ocd\noutcome-measure phq-9: every-session",
    'source page: "Page" read in part\nproblems: ocd [page]\noutcome-measure phq-9: every-session [page]',
)
_SEEN_BY = {
    "agoraphobia": ("mobility-inventory",),
    "health-anxiety": ("hai",),
    "ocd": ("oci",),
    "ptsd": ("pcl-5", "ies-r"),
    "social-anxiety": ("spin",),
}
_SEE_NONE_OF_THEM = frozenset(("phq-9", "gad-7", "wsas", "peq", "pswq", "wemwbs", "core-10", "core-om", "pdss"))
"""Measures that certainly do not see the problems above; of any other measure that is not known."""
_GROUP = "no measure that this document asks for can see"


def check(service: Service) -> Iterator[Flag]:
    """Flag each problem treated that has a measure of its own where only others are asked for."""
    problems = service.fact("problems")
    content = always(problems)
    if problems is None or not isinstance(content, WordSet):
        return
    used = _used(service)
    if used is None:
        return
    unseen = [each for each in dict.fromkeys(content.members) if each in _SEEN_BY and _blind(each, used, service)]
    if unseen and all_read(service):
        yield from [_flag(problem, problems, service) for problem in unseen]


def _used(service: Service) -> frozenset[str] | None:
    """The measures that are asked for; None if there are none, or it is not known which."""
    lines = service.family("outcome-measure")
    if not any(line.key and line.value.state == State.STATED for line in lines):
        return None
    if any(line.key is None for line in lines):
        return None
    return frozenset(line.key for line in lines if line.key and line.value.state != State.NONE)


def _blind(problem: str, used: frozenset[str], service: Service) -> bool:
    """Whether certainly none of the measures sees the problem."""
    known, own_measures = used, frozenset(_SEEN_BY[problem])
    others = frozenset(word for words in _SEEN_BY.values() for word in words)
    own = service.fact("measure-for", problem) or service.fact("measure-for")
    if own is not None:
        content = always(own)
        if not isinstance(content, WordSet) or content.among_others:
            return False
        known |= frozenset(content.members)
    return known <= (_SEE_NONE_OF_THEM | others) - own_measures


def _flag(problem: str, problems: Fact, service: Service) -> Flag:
    first = next((m for m in service.family("outcome-measure") if m.value.state == State.STATED), problems)
    message = f"`{problem}` is treated, and no measure that this document asks for can see it"
    fix = f"Write the measure of each, such as `measure-for {problem}: {_SEEN_BY[problem][0]}`."
    also = (Also(first.line, first.start, first.end, "the first of the measures asked for"),)
    span = piece(service, problems.line, problems.value, problem)
    return Flag(message, fix, problems.line, *span, problems.path, also=also, group=_GROUP, brief=f"`{problem}`")
