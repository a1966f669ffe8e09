"""People are sent to a place that the same document rules out.

What it flags: another provider as a destination where there is only one; the counselling service as a destination of
the counselling service itself; step 4 where the document offers step 4; and the older adults' service for age where
there is no upper age limit.

Why it matters: the destination looks like an answer and is a circle. The person is sent from the service to itself,
and each side of the circle believes that the other has them.

Instead: a destination that can take the person; or the line that rules it out, corrected.

Exceptions: lines that hold only in some case.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Also, Flag, flag_name, flag_value
from carespec.model.certain import always, includes, never
from carespec.model.facts import Fact, Service, State
from carespec.quantities.counts import Count

TITLE = "a destination that the document itself rules out"
SEVERITY = "should"
AFFECTS = "people who are turned away: they are sent in a circle"
BAD = (
    "scheme: single-provider\nrejection no-capacity: another-provider  #! `another-provider`",
    "providers-to-choose-from: 1\nexclusion high-risk: another-provider  #! `another-provider`",
    "programme: primary-care-counselling\nrejection below-caseness: primary-care-counselling"
    "  #! `primary-care-counselling`",
    "steps-offered: step-3, step-4\nrejection too-severe: step-4  #! `step-4`",
    "maximum-age: none\nrejection outside-age: older-adult-service  #! `older-adult-service`",
    "scheme: direct-award\nrejection-transfer another-provider: within 2 working days of rejection"
    "  #! `rejection-transfer another-provider`",
)
GOOD = (
    "scheme: any-qualified-provider\nrejection no-capacity: another-provider",
    "programme: iapt\nrejection below-caseness: primary-care-counselling",
    "steps-offered: step-2, step-3\nrejection too-severe: step-4",
    "maximum-age: 65 years\nrejection outside-age: older-adult-service",
    "maximum-age: none\n  except 65 years when cluster is 4\nrejection outside-age: older-adult-service",
    "providers-to-choose-from: at least 1\nexclusion high-risk: another-provider",
    "scheme: single-provider\nrejection-transfer another-provider: none",
)
_ONE_PROVIDER = ("single-provider", "direct-award")


def check(service: Service) -> Iterator[Flag]:
    """Flag each destination that another line of the document makes impossible."""
    for fact in (*service.family("exclusion"), *service.family("rejection")):
        destination = always(fact)
        rules_out = _ruled_out(destination, fact, service)
        if rules_out is not None:
            yield _flag(flag_value(fact, *_words(destination, rules_out)), rules_out)
    for fact in service.family("rejection-transfer"):
        rules_out = _ruled_out(fact.key, fact, service) if fact.value.state == State.STATED else None
        if rules_out is not None:
            yield _flag(flag_name(fact, *_words(fact.key, rules_out)), rules_out)


def _ruled_out(destination: object, fact: Fact, service: Service) -> Fact | None:
    """The line that makes it impossible to send anybody there; None if there is none."""
    if destination == "another-provider":
        scheme, providers = service.fact("scheme"), service.fact("providers-to-choose-from")
        if always(scheme) in _ONE_PROVIDER:
            return scheme
        return providers if always(providers) == Count(1, 1) else None
    if destination == "primary-care-counselling":
        programme = service.fact("programme")
        return programme if always(programme) == destination else None
    if destination == "step-4":
        steps = service.fact("steps-offered")
        return steps if includes(steps, "step-4") else None
    oldest = service.fact("maximum-age")
    too_old = destination == "older-adult-service" and fact.key == "outside-age"
    return oldest if too_old and never(oldest) else None


def _words(destination: object, rules_out: Fact) -> tuple[str, str]:
    message = f"people are sent to `{destination}`, and `{rules_out.path}` on line {rules_out.line} rules that out"
    return message, f"Write a destination that can take them, or correct line {rules_out.line}."


def _flag(flag: Flag, rules_out: Fact) -> Flag:
    place = Also(rules_out.line, rules_out.value.start, rules_out.value.end, "what rules it out")
    return flag._replace(also=(place,))
