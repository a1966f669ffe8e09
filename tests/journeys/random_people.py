"""Random services whose lines bear on persons, with exceptions that name several things at once; random persons."""

from __future__ import annotations

from random import Random

from carespec.cases.answers import CaseValue
from carespec.cases.persons import Person, completed
from carespec.cases.values import NEVER
from carespec.quantities.durations import Duration, Unit
from carespec.vocabulary import Vocabulary

CONDITIONS = (
    "education is not full-time", "route is gp", "route is one of self-referral, gp", "severity is at least severe",
    "severity is mild to moderate and route is not gp", "problem includes psychosis", "main-problem is psychosis",
    "problem includes any of ocd, ptsd or cluster is at most 2", "age is under 65 years", "fixed-abode is no",
    "occupation is nhs-staff and works-in-area is yes", "likely-to-benefit is yes", 'in words "urgent"',
    "not (cluster is 3 or education is full-time)", "person-group includes pregnant-or-new-parents",
    "since-last-course is at most 6 months", "needs-interpreter is yes", "problem is depression, ocd",
)  # fmt: skip
VALUES = {
    "minimum-age": ("18 years", "16 years", "17 years 9 months", "over 18 years", 'in words "adults"', "none"),
    "maximum-age": ("65 years", "none", "up to 25 years", "not stated"),
    "clusters": ("1 to 4", "1 to 3", "1, 2, 5", "not stated", 'in words "mild to moderate mental health problems"'),
    "clusters-considered": ("5", "none", "5 to 7"),
    "registered-with": ('"a practice"', "none"),
    "severity": ("mild to moderate", "moderate", "none"),
    "caseness-required": ("required", "none"),
    "problems": ("depression, ocd", "depression, panic among others", "none"),
    "long-term-conditions": ("diabetes, copd", "cancer among others"),
    "exclusion psychosis": ("secondary-care", "not-accepted", "none"),
    "exclusion ocd": ("gp", "not-accepted"),
    "exclusion open-to-secondary-care": ("not-accepted", "none"),
    "exclusion current-crisis": ("crisis-team", "by local agreement"),
    "exclusion cancer": ("not-accepted", "gp"),
    "time-between-courses": ("6 months", "3 months", "none"),
    "referral-routes": ("gp", "gp, self-referral", "gp, midwife among others"),
    "self-referral step-2": ("allowed", "none"),
    "self-referral service": ("allowed", "none"),
    "self-referral-requires": ("assessment-measures-met", "none"),
    "steps-offered": ("step-2, step-3", "step-2, step-3, step-3-plus", "not stated"),
    "wait step-2": ("within 10 working days of referral", "within 28 calendar days of referral", "within 10 days"),
    "wait treatment": ("within 28 calendar days of referral", "within 18 weeks of referral", "not stated"),
    "rejection outside-age": ("camhs", "not-accepted"),
    "rejection outside-clusters": ("secondary-care", "gp"),
}  # fmt: skip


def lines(random: Random) -> str:
    """The lines of one service."""
    found = []
    for field, values in VALUES.items():
        if random.random() < 0.6:
            found.append(f"{field}: {random.choice(values)}")
            if random.random() < 0.35:
                found.append(f"  except {random.choice(values)} when {random.choice(CONDITIONS)}")
            elif random.random() < 0.15:
                found.append(f"  when {random.choice(CONDITIONS)}")
    return "\n".join(found)


def person(random: Random, ordinary: Person, vocabulary: Vocabulary) -> Person:
    """Somebody: an ordinary person but for some of everything that can be so of people."""
    values: dict[str, CaseValue] = dict(ordinary.values)
    for field in vocabulary.case_fields.values():
        if (field.ordinary is None and not field.left_open) or random.random() < 0.85:
            continue
        words = vocabulary.choices(field)
        if field.type in ("choice", "scale"):
            values[field.name] = random.choice(words)
        elif field.type == "set":
            values[field.name] = frozenset(random.sample(words, random.choice((0, 1, 1, 2))))
        elif field.type == "age":
            values[field.name] = random.choice((191, 192, 203, 212, 213, 215, 216, 228, 299, 300, 312, 791, 792, 900))
        elif field.type == "duration":
            values[field.name] = random.choice((Duration(((random.randint(1, 9), Unit.MONTH),)), NEVER))
    return completed(Person(values), vocabulary)
