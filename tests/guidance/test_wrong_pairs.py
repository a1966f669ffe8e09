"""Every type of field against every form of value and every way to ask: no pair that means nothing loads silently.

What is wrong is told at its line, with what the field holds and what to write, and what is told to write is right.
"""

from __future__ import annotations

import re
from itertools import product

import pytest

from carespec.checks import all_checks
from carespec.engine import Engine
from carespec.guidance.advice import questions
from carespec.guidance.derived import joined
from carespec.records import Finding
from carespec.source import from_text
from carespec.vocabulary import DEFAULT, Field, load, names

HEAD = 'guidance some\nversion: 1\nsource law: "The law", "The body"\nrule one "One"\n'
WORDS = '  text: [law 1]\n  message: "m"\n  affects: "a"\n  fix: "f"\n'

FIELDS = {
    "age": "minimum-age", "choice": "status", "code": "commissioner-code", "count": "dna-limit treatment",
    "date": "signed", "duration": "cancellation-notice", "edition": "vocabulary", "money": "pay step-2",
    "percentage": "attendance-assumed", "period": "contract", "rate": "volume-guarantee", "reading": "stop-when",
    "scale": "severity", "set": "referral-routes", "text": "area", "wait": "wait step-2",
}  # fmt: skip
"""One field of each type."""

VALUES = {
    "years": "18 years", "years and months": "17 years 9 months", "months": "3 months", "hours": "24 hours",
    "working days": "10 working days", "days": "28 days", "weeks to weeks": "2 to 3 weeks",
    "wait": "within 28 calendar days of referral", "wait from nothing": "within 6 weeks",
    "same day": "the same day as rejection", "backwards": "within 3 to 2 weeks of referral",
    "price": "£40.00 per session", "pounds": "£40.00", "share": "95%", "day": "17 August 2012", "month": "July 2011",
    "year": "2013", "period": "from 1 April 2012 to 31 March 2014", "ending": "until 2022",
    "word": "gp", "words": "gp, midwife", "text": '"any text"', "code": "5ZZ", "edition": "psychological-therapies 1",
    "figure": "2", "half": "2.5", "figures": "1 to 4", "below nothing": "-3", "rate": "500 courses per year",
    "reading": "recovered at last reading",
}  # fmt: skip
"""One value of each form that the language has, and of each that it has not."""

ORDERED = ("is at least", "is less than")
WAYS = ("is", *ORDERED, "is before", "meets", "includes", "is one of", "is over", "is under")

_LENGTHS = {"months", "working days", "hours"}
_DATES = {"day", "month", "year"}
RIGHT: dict[tuple[str, str], set[str]] = {
    **{("age", way): {"years", "years and months", "months"} for way in ("is", *ORDERED, "is over", "is under")},
    ("code", "is"): {"year", "word", "figure", "half", "text", "code"},
    **{("code", way): {"word", "words", "code"} for way in ("includes", "is one of")},
    ("count", "is"): {"year", "figure", "figures"},
    **{("count", way): {"year", "figure"} for way in (*ORDERED, "is over", "is under")},
    **{("date", way): _DATES for way in ("is", *ORDERED, "is before")},
    ("duration", "is"): {*_LENGTHS, "weeks to weeks"},
    **{("duration", way): _LENGTHS for way in (*ORDERED, "is over", "is under")},
    ("edition", "is"): {"edition"},
    **{("money", way): {"price"} for way in ("is", *ORDERED, "is over", "is under")},
    **{("percentage", way): {"share"} for way in ("is", *ORDERED, "is over", "is under")},
    ("period", "is"): {*_DATES, "period", "ending"},
    **{("period", way): _DATES for way in (*ORDERED, "is before")},
    **{("rate", way): {"rate"} for way in ("is", *ORDERED, "is over", "is under")},
    ("reading", "is"): {"reading"},
    **{("set", way): {"word", "words"} for way in ("is", "includes", "is one of")},
    ("text", "is"): {"text"},
    ("wait", "is"): {"wait", "same day"},
    ("wait", "meets"): {"wait", "same day"},
    **{("wait", way): _LENGTHS for way in ORDERED},
}
"""What each type can be held against; whatever else is wrong with the pack."""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(all_checks())


def told(engine: Engine, line: str) -> list[Finding]:
    """What is told of a line of a rule; that the rule can never fail, or apply, is no fault of a pair."""
    found = engine.check(from_text("some.guidance", f"{HEAD}{WORDS}  {line}\n")).findings
    number = (HEAD + WORDS).count("\n") + 1
    own = [one for one in found if one.name not in ("rule-without-requirement", "rule-never-fails")]
    assert all(one.span.start.line == number for one in own), own
    return own


def test_every_type_is_tried() -> None:
    vocabulary = load(DEFAULT)
    assert set(FIELDS) == {field.type for field in vocabulary.fields.values()} | {"money"}
    assert {kind for kind, _ in RIGHT} == set(FIELDS) - {"choice", "scale"}


@pytest.mark.parametrize("kind", FIELDS)
def test_no_wrong_pair_loads_silently(kind: str, engine: Engine) -> None:
    field = FIELDS[kind]
    for way, (form, value) in product(WAYS, VALUES.items()):
        found = told(engine, f"require: {field} {way} {value}")
        assert (not found) == (form in RIGHT.get((kind, way), ())), (field, way, value, found)
        assert all(field.split()[0] in one.message or re.search("`.+`", one.fix.text) for one in found), found
        assert all("shows how to" not in one.fix.text for one in found), found


@pytest.mark.parametrize("kind", FIELDS)
def test_examples_are_held_to_the_types_too(kind: str, engine: Engine) -> None:
    field = FIELDS[kind]
    never = {"pounds", "wait from nothing", "days", "weeks to weeks", "backwards"}
    for form, value in VALUES.items():
        if form not in never:
            found = told(engine, f"fails: {field} is {value}")
            assert (not found) == (form in RIGHT.get((kind, "is"), ())), (field, value, found)


@pytest.mark.parametrize("name", names())
def test_what_is_told_to_write_is_right(name: str, engine: Engine) -> None:
    """Of every field: the questions that are proposed load without a finding."""
    vocabulary = joined(load(name))
    head = HEAD.replace("version: 1\n", f"version: 1\nvocabulary: {name} 1\n")
    for field in vocabulary.fields.values():
        path = f"{field.name} {next(iter(vocabulary.keys(field)), 'any')}" if field.keyed_by else field.name
        for question in questions(path, field, vocabulary):
            text = f"{head}{WORDS}  require: {question}\n"
            found = engine.check(from_text("some.guidance", text)).findings
            assert {one.name for one in found} <= {"rule-never-fails"}, (question, found)


LAST = "is at most within 6 weeks of decision"


@pytest.mark.parametrize(
    ("line", "said", "write"),
    [
        ("wait assessment is at most 18 years", "`18 years` is how an age is written", "as in `28 calendar days`"),
        (
            "wait step-2 meets 28 days",
            "`wait step-2` holds a wait",
            "step-2 meets within 28 calendar days of referral`",
        ),
        (
            "wait step-2 meets 6 weeks",
            "`meets` asks about a wait",
            "require: wait step-2 meets within 6 weeks of referral",
        ),
        ("wait step-2 meets within 6 weeks", "does not say what it is counted from", "`within 6 weeks of referral`"),
        ("wait step-2 meets within 6 days of referral", "may be working or calendar days", "`calendar days`"),
        (f"wait step-2 {LAST}", "length of time alone", "require: wait step-2 meets within 6 weeks of decision"),
        (f"minimum-age {LAST}", "`minimum-age` holds an age", "`minimum-age is 18 years`"),
        ("pay step-2 is at most £40.00", "does not say what it is paid per", "`£40.00 per session`"),
        ("dna-limit treatment is at least 2 to 3", "this is a range", "`dna-limit treatment is at least 2`"),
        ("volume-guarantee is at least 2 to 3 weeks", "this is a range", "lower figure"),
        ("dna-limit treatment is at most 2.5", "counts whole things", "`2` or `3`"),
    ],
)
def test_what_is_told(line: str, said: str, write: str, engine: Engine) -> None:
    (found,) = told(engine, f"require: {line}")
    assert said in found.message, found.message
    assert write in found.fix.text, found.fix.text


def test_a_service_is_not_held_to_what_a_rule_must_say() -> None:
    """It is transcribed as it stands, except where what stands there cannot be meant."""
    found = Engine(all_checks()).check(from_text("x.care", "service x\nwait step-2: within 18 years of referral\n"))
    assert "out-of-range" in [one.name for one in found.findings]


def test_lengths_in_years_are_right_where_years_are_usual(engine: Engine) -> None:
    longest = Field("records-kept", "", "duration")
    assert load(DEFAULT).fields[longest.name].type == longest.type
    assert told(engine, "require: records-kept is at least 20 years") == []


def test_a_rule_whose_first_line_is_damaged_takes_its_lines_along(engine: Engine) -> None:
    """They belong to no other rule, and what they say is not blamed for it; nor are those who cite a damaged source."""
    head = "guidance some\nversion: 1\nsource law: The law\n"
    good = f'rule one "One"\n{WORDS}  require: maximum-age is none\n'
    bad = f'rule not_this "Two"\n{WORDS}  affects: young people\n  require: minimum-age is 16 years\n'
    for text in (head + good + bad, head + bad + good):
        found = engine.check(from_text("some.guidance", text)).findings
        told = {one.name: one.fix.text for one in found}
        assert told == {
            "text-stands-in-quotes": 'Write: source law: "The law"',
            "rule-name-with-underscore": 'Write: rule not-this "Two"',
            "words-of-a-rule-without-quotes": 'Write: affects: "young people"',
        }
