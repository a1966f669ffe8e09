"""A line needs another beside it, and that one is missing.

What it flags: a limit without what happens at it, a penalty without what it is for, sessions that may be added to a cap
that is not there, and other lines that mean nothing alone.

Why it matters: half a rule is filled in by whoever applies it. "Three cancellations" without what follows means a
discharge with one provider and a telephone call with the next.

Instead: the line that the message names; `none` says that there is no such thing, and is an answer.

Exceptions: lines that say `none` or `not stated`; partners that are expected of every document, whose silence is
reported as that. Nothing is concluded from silence in reconstructions and published extracts, nor where a source was
read only in part.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Flag, flag_name
from carespec.model.certain import missing
from carespec.model.facts import Fact, Service, State
from carespec.tuples import NamedTuple

TITLE = "a line without the one that it needs"
SEVERITY = "should"
NEEDS_WHOLE = "document"
AFFECTS = "the people to whom the line is applied: each provider completes it in its own way"
BAD = (
    "cancellation-limit assessment: 3  #! `cancellation-limit assessment`",
    "audit-penalty: £600.00 per record  #! `audit-penalty`",
    "session-extension step-2: 4  #! `session-extension step-2`\nsession-extension-decided-by: therapist",
    "activity-limit: 1,200 courses per year  #! `activity-limit`\noverflow: not stated",
    "unreachable-attempts: 3  #! `unreachable-attempts`",
    "opt-in: required  #! `opt-in`",
)
GOOD = (
    "cancellation-limit assessment: 3\ncancellation-outcome: discharge",
    "cancellation-limit assessment: none",
    "audit-penalty: £600.00 per record\naudit-rate: none",
    "activity-limit: 1,200 courses per year\noverflow: not-paid",
    "activity-limit: 1,200 courses per year\noverflow not-paid",
    "status: published-extract\nunreachable-attempts: 3",
    'source page: "Page" read in part\nunreachable-attempts: 3 [page]',
    "opt-in: required\nopt-in-time: 14 calendar days",
)


class _Need(NamedTuple):
    """A field, those of which one must stand beside it, and what is unknown without."""

    field: str
    partners: tuple[str, ...]
    unknown: str


_NEEDS = (
    _Need("cancellation-limit", ("cancellation-outcome",), "what happens when it is reached"),
    _Need("cancellation-outcome", ("cancellation-limit",), "after how many cancellations"),
    _Need("unreachable-attempts", ("unreachable-outcome",), "what happens when they fail"),
    _Need("unreachable-outcome", ("unreachable-attempts",), "after how many attempts"),
    _Need("opt-in", ("opt-in-time",), "how long a person has to answer"),
    _Need("opt-in-time", ("opt-in",), "whether a person has to answer at all"),
    _Need("session-extension", ("session-cap",), "which number of sessions it extends"),
    _Need("session-cap", ("session-extension",), "whether anybody may have more"),
    _Need("activity-limit", ("overflow",), "what happens to people beyond it"),
    _Need("overflow", ("volume-guarantee", "activity-limit"), "beyond which volume"),
    _Need("audit-penalty", ("audit-rate",), "how many records are audited"),
    _Need("allocation-published", ("allocation",), "how people are shared out"),
    _Need("system-cost", ("required-system",), "whether providers must use the system"),
    _Need("group-size", ("groups",), "at which step there are groups"),
    _Need("group-facilitators", ("groups",), "at which step there are groups"),
    _Need("contract-extension", ("contract",), "which contract it extends"),
    _Need("caseness-required", ("caseness", "outcome-measure"), "on which measure"),
    _Need("dna-policy-agreed-with", ("dna-policy",), "which policy was agreed"),
)
_SAYS_NOTHING = (State.NONE, State.NOT_STATED, State.UNFIT)


def check(service: Service) -> Iterator[Flag]:
    """Flag the first line of each field that certainly lacks the line it needs."""
    for need in _NEEDS:
        if need.field not in service.by_field:
            continue
        lines = service.family(need.field)
        alone = next((fact for fact in lines if fact.value.state not in _SAYS_NOTHING), None)
        if alone is not None and _lacks(need, service):
            yield _flag(alone, need)


def _lacks(need: _Need, service: Service) -> bool:
    fields = service.vocabulary.fields
    partners = [name for name in need.partners if name in fields]
    if not partners or any(fields[name].expected is not None and not service.family(name) for name in partners):
        return False
    return len(missing(service, partners)) == len(partners)


def _flag(fact: Fact, need: _Need) -> Flag:
    message = f"`{fact.path}` does not say by itself {need.unknown}, and no other line does"
    fix = f"Add a `{need.partners[0]}` line, or `{need.partners[0]}: none` if there is none."
    return flag_name(fact, message, fix)
