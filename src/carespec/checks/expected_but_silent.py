"""Nothing is said about something that a specification is expected to settle.

What it flags: a field that the vocabulary expects, in this document, of which no line says anything.

Why it matters: silence is the commonest fault of a specification. Where nobody wrote what happens to a rejected
referral, each provider does as it likes, and the person turned away is told nothing.

Instead: a line that says it; or `not stated`, if somebody looked and the document does not say: then the silence is
on record and this check has nothing more to say.

Exceptions: reconstructions and published extracts are not held to completeness, nor is a document with a source that
was read only in part. Where a line that could not be read, or a field that does not exist, may be the one that is
missed, nothing is said. A family counts as mentioned by any line of it. What people under 18 call for has a check of
its own.

Source: study 4.3 (three areas "made no clear definition of the patient group") and 4.8 (three "made no mention of the
requirements if a provider rejected a referral").
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Flag
from carespec.model.certain import is_held, may_say
from carespec.model.facts import Service
from carespec.model.places import MissingPlace, missing_places
from carespec.vocabulary import Field

TITLE = "what is expected and not said"
SEVERITY = "may"
NEEDS_WHOLE = "document"
AFFECTS = "everyone who has to guess: referrers, providers and patients each guess another way"
_COMPLETE = """\
title: "Psychological therapies"
status: draft
commissioner: "NHS Northshire"
programme: primary-care-counselling
scheme: single-provider
minimum-age: 18 years
maximum-age: none
registered-with: none
clusters: 1 to 4
problems: none
exclusion: none
entry-point: each-provider
referral-routes: gp
self-referral: none
steps-offered: counselling
section "4. How quickly people are seen"
wait treatment: within 28 calendar days of referral
section "5. Missed appointments"
dna-limit: none
dna-outcome: new-appointment
dna-contact-attempts: not stated
cancellation-notice: 24 hours
rejection: not stated
rejection-reply: within 2 working days of referral
rejection-reason: required
rejection-advice: required
volume-guarantee: none
price-review: none
indicated-sessions: not stated
outcome-measure phq-9: every-session
"""
BAD = (
    _COMPLETE.replace("maximum-age: none\n", "").replace(
        "problems: none\nexclusion: none", "problems: none  #! ``  #! ``"
    ),
    _COMPLETE.replace("dna-contact-attempts: not stated\n", "").replace("24 hours", "24 hours  #! ``"),
    _COMPLETE.replace("wait treatment: within 28 calendar days of referral\n", "").replace(
        "every-session", "every-session  #! ``"
    ),
    _COMPLETE.replace("single-provider", "any-qualified-provider").replace(
        "offered: counselling", "offered: counselling  #! ``"
    ),
    _COMPLETE.replace("status: draft", "status: signed").replace("single-provider", "single-provider  #! ``  #! ``"),
    _COMPLETE.replace("maximum-age: none\n", "colour: blue\n").replace("exclusion: none", "exclusion: none  #! ``"),
)
GOOD = (
    _COMPLETE,
    "status: reconstruction",
    "status: published-extract\nminimum-age: 18 years",
    'title: "Home page"\nsource page: "Home page" read in part',
    _COMPLETE.replace("maximum-age: none", "maximum-age none"),
    _COMPLETE.replace("maximum-age: none", "maximmum-age: none"),
    _COMPLETE.replace("maximum-age: none", "oldest age 65"),
    _COMPLETE.replace("wait treatment: within 28 calendar days of referral", "wait treatment within 28 days"),
    "status: reconstrution\nminimum-age: 18 years",
    'source page: "Home page", read in part\nminimum-age: 18 years',
)


def check(service: Service) -> Iterator[Flag]:
    """Flag each expected field that no line is about, at the end of the lines on the same part of the service."""
    if not is_held(service):
        return
    missed = [field for field in service.vocabulary.fields.values() if field.expected and _is_missed(field, service)]
    if missed:
        place = missing_places(service)
        yield from _told_together([_flag(field, place(field.section or ""), service) for field in missed])


def _told_together(flags: list[Flag]) -> Iterator[Flag]:
    """The flags; where several are one remark, the fix speaks of all of them."""
    for flag in flags:
        several = sum((other.group, other.severity) == (flag.group, flag.severity) for other in flags) > 1
        yield flag._replace(fix=flag.fix.replace("a line such as", "a line for each, such as")) if several else flag


def _is_missed(field: Field, service: Service) -> bool:
    """Whether no line is about the field, nor may be, and it is expected of this service."""
    if field.name in service.by_field or may_say(service, field.name):
        return False
    if field.expected == "always":
        return True
    from carespec.rules.evaluate import holds  # few fields hang on a condition, and it needs the grammar

    return holds(field.expected or "", service) is True


def _flag(field: Field, place: MissingPlace, service: Service) -> Flag:
    if not place.begun:
        group = f'no line is about "{place.part}", so nothing is said about'
    else:
        named = f'section "{place.heading}" says' if place.heading else "the first lines say"
        group = f"{named} nothing about"
    return Flag(
        f"nothing is said about `{field.name}` ({field.label})",
        f"{place.where()} a line such as `{_example(field, service)}`; write `to be confirmed by` and a date "
        "where nobody has decided, `not stated` where the document does not say.",
        place.line, place.end, place.end, field.name, severity=field.expected_severity, group=group,
        brief=f"{field.label} (`{field.name}`)",
    )  # fmt: skip


def _example(field: Field, service: Service) -> str:
    example = next((each for each in field.examples if each != "none"), "none")
    key = next(iter(service.vocabulary.keys(field)), None)
    return f"{field.name} {key}: {example}" if key else f"{field.name}: {example}"
