"""A line is about a step of treatment that the document does not offer.

What it flags: a payment, a longest wait, or a number of sessions for a step that is not among `steps-offered`.

Why it matters: either people are promised a step that nobody has to give, or the list of steps has lost one, and the
provider that reads the list will not offer it. Nobody can earn the payment.

Instead: the step in `steps-offered`, or no line about it.

Exceptions: level 1, which is a way in and not treatment; lists that hold only in some case; `none`.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Also, Flag, flag_name
from carespec.model.certain import exactly
from carespec.model.facts import Fact, OnlyFor, Service, State
from carespec.quantities.bounds import Bound
from carespec.quantities.money import Money
from carespec.vocabulary import PAY

TITLE = "a line about a step that is not offered"
SEVERITY = "should"
AFFECTS = "people who need the step: it is priced or timed, and nobody has to give it"
BAD = (
    "steps-offered: step-2\npay step-3: £300.00 per course  #! `pay step-3`",
    "steps-offered: step-2, step-3\npay recovery-step-3-plus: £934.96 per course  #! `pay recovery-step-3-plus`",
    "steps-offered: step-2\npay other-cbt: £60.00 per session for step-3  #! `pay other-cbt`",
    "wait step-3: within 28 calendar days of referral  #! `wait step-3`\nsteps-offered: step-2",
    "steps-offered: counselling\nindicated-sessions step-2: 6 to 8  #! `indicated-sessions step-2`",
)
GOOD = (
    "steps-offered: step-2, step-3\npay step-3: £300.00 per course\nwait step-3: within 28 calendar days of referral",
    "steps-offered: step-2 among others\npay step-3: £300.00 per course",
    "steps-offered: step-2\npay step-3: none",
    "steps-offered: step-2\nwait step-3: none",
    "steps-offered: step-2\npay level-1: £30.00 per referral",
    "steps-offered: step-2\n  except step-3 until 31 March 2013\npay step-3: £300.00 per course",
    "pay step-3: £300.00 per course",
)
_OF_STEPS = (
    "wait", "aimed-wait", "indicated-sessions", "average-sessions", "session-cap", "session-extension", PAY,
)  # fmt: skip
_NOTHING_SAID = (State.NONE, State.NOT_STATED)


def check(service: Service) -> Iterator[Flag]:
    """Flag each line that promises, prices or measures a step that a complete list of steps leaves out."""
    offered = service.fact("steps-offered")
    steps = exactly(offered)
    if offered is None or not steps:
        return
    judged = [step for step in service.vocabulary.words.get("step", {}) if step not in steps and step != "level-1"]
    for fact in (fact for field in _OF_STEPS for fact in service.family(field)):
        if fact.value.state not in _NOTHING_SAID:
            named = _steps(fact)
            if not named.isdisjoint(judged):
                yield _flag(fact, next(step for step in judged if step in named), offered)


def _steps(fact: Fact) -> set[str]:
    """The steps that a line is for, by its key, its name, or the words after `for`."""
    if not fact.is_payment:
        return {fact.key or ""}
    named = [(fact.key or "").removeprefix(lead) for lead in ("recovery-", "performance-")]
    content = fact.value.content.limit if isinstance(fact.value.content, Bound) else fact.value.content
    scope = content.scope if isinstance(content, Money) else fact.value.scope
    under = {word for line in fact.under if isinstance(line, OnlyFor) for word in line.scope}
    return {*scope, *under, *named}


def _flag(fact: Fact, step: str, offered: Fact) -> Flag:
    message = f"`{step}` is not among the steps offered, so nobody has to give what this line is about"
    fix = f"Add `{step}` to `steps-offered`, or delete this line."
    also = (Also(offered.line, offered.value.start, offered.value.end, "the steps offered"),)
    return flag_name(fact, message, fix)._replace(also=also)
