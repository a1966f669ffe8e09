"""Whatever can be said about payment changes the analysis, or is told as not followed, or has no bearing for a reason.

The vocabulary is walked, so that a new field, word or payment is asked about the day it is added.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

import pytest

from carespec.assumptions import default, of, reasons
from carespec.incentives.episode.aside import SECTIONS, not_followed
from carespec.incentives.episode.contract import contract_of
from carespec.incentives.patterns import Case, all_patterns
from carespec.incentives.viability import fixed_costs
from carespec.model import facts
from carespec.vocabulary import DEFAULT, Field, load
from incentive_contracts import service

VOCABULARY, ASSUMED = load(DEFAULT), default(DEFAULT)
NO_BEARING = reasons(DEFAULT, "no-bearing")

BASES = (
    # Shares and outcomes at two steps, groups, missed appointments.
    "steps-offered: step-2, step-3\nindicated-sessions step-2: 6\nindicated-sessions step-3: 12\n"
    "pay step-2: £300.00 per course\n  when sessions is at least 2\n  50% only when recovered at last reading\n"
    "pay step-3: £40.00 per session\n  at most 10 per course\n"
    "pay recovery-step-3: £100.00 per course\n  when recovered at last reading\n"
    "pay group: £100.00 per person\n  when group-dropout is less than 44%\npay missed: £10.00 per missed-appointment\n",
    # Prices that overlap, prices by cluster, and a course that counts as a course from a number of sessions.
    "steps-offered: step-2\naudit-penalty: £600.00\npay recovery-step-2: £90.00 per course\n"
    "  when recovered at last reading\npay step-2: £300.00 per course\npay treatment: £40.00 per session\n"
    "pay cluster-2: £300.00 per course\npay cluster-3: £400.00 per course\n"
    "payment-share clinical: 50%\n",
    # Whoever assesses treats; records are audited; systems must be paid for; sessions are limited.
    "steps-offered: step-2\ndna-limit step-2: 2\nsession-cap step-2: 8\nallocation: assessor-decides\n"
    "entry-point-provides: step-2\naudit-rate: 10%\nentry-readings: 1\n"
    "problems: depression, ocd\nrequired-system iaptus: provider-pays\nsystem-cost iaptus: £30,000.00 in total\n"
    "volume-guarantee: none\npay step-2: £40.00 per session\npay recovery-step-2: £90.00 per course\n"
    "  when recovered at last reading\n",
)


def analysed(lines: str) -> tuple[Any, ...]:
    """Everything that the analysis of a contract rests on."""
    read = service(lines)
    contract = contract_of(read, ASSUMED)
    found = []
    for step in contract.steps:
        case = Case(contract, step, lambda kind: (10.0, 20.0), lambda step, kind: (10.0, 20.0))
        for pattern in all_patterns():
            why = pattern.applies(case)
            gain = pattern.gain(case, _ends) if why is None and pattern.gain else None
            found.append((pattern.name, why, gain, pattern.says(case) if pattern.says else ""))
    return contract.steps, contract.left_out, not_followed(contract), found, fixed_costs(read)


def _ends(name: str) -> tuple[float, float]:
    found = of(ASSUMED, name)
    return found.low, found.high


@cache
def _base(number: int) -> tuple[Any, ...]:
    return analysed(BASES[number])


def changes(added: str) -> bool:
    """Whether a line, put at the end of some contract, changes what is made of it."""
    return any(analysed(f"{base}{added}\n") != _base(number) for number, base in enumerate(BASES))


def said_of(field: Field) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every word, or example, of a field, and the lines that say it, one for each key."""
    words = tuple(VOCABULARY.words[field.of]) if field.of and field.type in ("choice", "set") else field.examples
    keys = [f" {key}" for key in VOCABULARY.keys(field)] if field.keyed_by else [""]
    for word in words:
        if word != "none":
            yield word, tuple(f"{field.name}{key}: {word}" for key in keys)


FIELDS = {name: field for name, field in VOCABULARY.fields.items() if field.section in SECTIONS}


@pytest.mark.parametrize("name", FIELDS)
def test_every_word_of_every_field(name: str) -> None:
    for word, lines in said_of(FIELDS[name]):
        declared = name in NO_BEARING or f"{name}: {word}" in NO_BEARING
        bears = any(changes(line) for line in (lines[:2] if declared else lines))
        assert bears != declared, f"`{lines[0]}` {'is followed after all' if bears else 'is ignored without a word'}"


@pytest.mark.parametrize("kind", ["not-followed", "no-bearing"])
def test_every_reason_is_about_something_that_can_be_said(kind: str) -> None:
    sayable = {*FIELDS, *(f"{name}: {word}" for name, field in FIELDS.items() for word, _ in said_of(field))}
    assert set(reasons(DEFAULT, kind)) <= sayable


def test_the_lines_that_a_pattern_names_do_bear_on_it() -> None:
    for pattern in all_patterns():
        contracts = (f"{pattern.example.lines}\n", *BASES)
        for field in (VOCABULARY.fields[name] for name in pattern.fields if name in VOCABULARY.fields):
            lines = [line for _, said in said_of(field) for line in (*said, f"{field.name}: none")]
            alone = [
                "".join(f"{one}\n" for one in base.split("\n") if not one.startswith(field.name)) for base in contracts
            ]
            bears = (analysed(f"{base}{line}\n") != analysed(base) for base in alone for line in lines)
            assert any(bears), f"{pattern.name}: {field.name}"


NAMES = (*VOCABULARY.payments, "cluster-3", "other-thing")


@pytest.mark.parametrize("per", VOCABULARY.per)
def test_every_payment_whatever_it_is_paid_per(per: str) -> None:
    for name in NAMES:
        assert changes(f"pay {name}: £11.00 per {per}"), f"`pay {name}: … per {per}` is ignored without a word"


VALUES = (
    "not stated", 'in words "the usual"', "to be confirmed", 'elsewhere in "a list"', "by local agreement",
    "up to £20.00 per course", "about £20.00 per course", "£20.00", "£20.00 per course for step-3",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_state_of_a_payment(name: str) -> None:
    for value in VALUES:
        assert changes(f"pay {name}: {value}"), f"`pay {name}: {value}` is ignored without a word"


ASKED = {
    "age": "is at least 18 years", "count": "is at least 3", "duration": "is at most 28 calendar days",
    "percentage": "is less than 44%", "code": 'is "5ZZ"', "reading": "at last reading",
}  # fmt: skip
"""A test of a case field, by its type; a choice, a set or a scale is asked for its first word."""


def _asked(field: Field) -> str:
    if field.type in ASKED:
        return ASKED[field.type]
    if field.type == "scale":
        return f"is {VOCABULARY.scales[field.of or ''][0]}"
    word = "3" if field.name == "cluster" else next(iter(VOCABULARY.words[field.of or ""]))
    return f"includes {word}" if field.type == "set" else f"is {word}"


@pytest.mark.parametrize("name", VOCABULARY.case_fields)
@pytest.mark.parametrize("under", ["when {}", "50% only when {}"])
def test_every_condition_of_a_payment(name: str, under: str) -> None:
    field = VOCABULARY.case_fields[name]
    key = " step-2" if field.keyed_by else ""
    plain = "indicated-sessions step-2: 6\npay step-2: £90.00 per course\n"
    asked = under.format(f"{name}{key} {_asked(field)}")
    assert analysed(f"{plain}  {asked}\n") != analysed(plain), f"`{asked}` is ignored without a word"


READINGS = (
    "at first reading", "at last reading", "at any reading", "at 2 readings in a row", "after 3 sessions",
    "at follow-up of 3 months",
)  # fmt: skip


@pytest.mark.parametrize("measure", ["recovered", "reliably-improved", "not recovered", "not reliably-improved"])
def test_every_reading_is_told_from_every_other_or_left_out(measure: str) -> None:
    start = "indicated-sessions step-2: 6\npay step-2: £90.00 per course\n  50% only when"
    found = [analysed(f"{start} {measure} {at}\n") for at in READINGS]
    assert all(one != other or one[1] for n, one in enumerate(found) for other in found[:n])
    for field in ("stop-when", "step-up-when"):
        lines = "steps-offered: step-2, step-3\npay step-2: £90.00 per course\npay step-3: £90.00 per course\n"
        found = [analysed(f"{lines}{field}: {measure} {at}\n") for at in READINGS]
        assert all(one != analysed(lines) for one in found)


UNDER = {
    "Except": "except £30.00 per course when age is at least 18 years",
    "When": "when sessions is at least 2",
    "Phrase": 'in words "as agreed"',
    "Cap": "at most 3 per course",
    "Allowance": "at most 1 per 6 booked",
    "ShareAtRisk": "20% only when recovered at any reading",
    "OnlyFor": "for step-3",
    "Differs": "differs £20.00 per course",
    "Doubt": 'doubt "Illustrative"',
}


def test_every_line_under_a_payment() -> None:
    plain = "indicated-sessions step-2: 6\npay step-2: £90.00 per session\npay missed: £5.00 per missed-appointment\n"
    assert set(UNDER) == {one.__name__ for one in get_args(facts.Under)}
    for name, line in UNDER.items():
        is_told = analysed(f"{plain}  {line}\n") != analysed(plain)
        assert is_told == (name != "Doubt"), f"`{line}` under a payment"


@pytest.mark.parametrize("field", ["indicated-sessions step-2", "session-cap step-2", "dna-limit treatment"])
def test_an_exception_of_the_course_is_told(field: str) -> None:
    lines = f"pay step-2: £90.00 per course\n{field}: 3\n"
    assert analysed(f"{lines}  except 5 when age is at least 18 years\n") != analysed(lines)
