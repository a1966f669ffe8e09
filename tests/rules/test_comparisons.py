"""A stated value held against what a condition asks, type by type, with the edges where an answer turns."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from carespec.rules.asked import HEDGED, OPEN
from carespec.rules.evaluate import Answer, Cause

Ask = Callable[..., Answer]
ANSWERS = {"T": True, "F": False, "U": None}

# What the document writes; then what is asked of that field, and the answer.
CASES: dict[str, dict[str, str]] = {
    # Ages: a lowest age begins a year, a highest age ends one.
    "minimum-age: over 18 years": {
        "is at most 17 years": "F",
        "is at most 18 years": "U",
        "is at most 19 years": "T",
        "is at least 18 years": "T",
        "is at least 18 years 1 months": "U",
        "is at least 19 years": "U",
        "is at least 19 years 1 months": "F",
        "is over 18 years": "T",
        "is 18 years": "U",
        "is 17 years": "F",
        "is 20 years": "F",
    },
    "minimum-age: 17 years 9 months": {
        "is at most 17 years": "F",
        "is at most 17 years 8 months": "F",
        "is at most 17 years 9 months": "T",
        "is at most 18 years": "T",
        "is less than 18 years": "T",
        "is 17 years": "F",
    },
    "minimum-age: 18 years": {
        "is 18 years": "T",
        "is 18 years 0 months": "T",
        "is not 16 years": "T",
        "is more than 17 years 11 months": "T",
        "is more than 18 years": "F",
        "is over 17 years": "U",
        "is over 18 years": "U",
        "is over 19 years": "F",
    },
    "maximum-age: 65 years": {
        "is at least 65 years 3 months": "T",
        "is at least 65 years 11 months": "T",
        "is at least 66 years": "F",
        "is at most 65 years": "T",
        "is at most 65 years 3 months": "F",
        "is 65 years 0 months": "F",
    },
    "maximum-age: up to 25 years": {
        "is at least 24 years": "T",
        "is at least 25 years": "U",
        "is at least 26 years": "F",
        "is at most 25 years": "T",
        "is at most 24 years": "U",
        "is at most 23 years": "F",
    },
    "maximum-age: under 18 years": {"is at most 17 years": "T", "is less than 17 years": "F", "is 17 years": "T"},
    "maximum-age: over 65 years": {"is at least 18 years": "U", "is at most 90 years": "U"},
    # Counts: a range is a definite statement, a limit is not.
    "dna-limit assessment: 2": {
        "is 2": "T",
        "is 3": "F",
        "is at most 2": "T",
        "is at most 1": "F",
        "is more than 1": "T",
    },
    "indicated-sessions step-2: 6 to 8": {
        "is 6 to 8": "T",
        "is 7": "F",
        "is at most 8": "T",
        "is at most 7": "U",
        "is at most 5": "F",
        "is at least 6": "T",
        "is less than 6": "F",
    },
    "providers-to-choose-from: at least 2": {
        "is at least 2": "T",
        "is at least 3": "U",
        "is at most 1": "F",
        "is at most 2": "U",
        "is 2": "U",
        "is 1": "F",
    },
    "providers-to-choose-from: over 2": {
        "is at least 2": "T",
        "is more than 2": "U",
        "is at most 2": "U",
        "is at most 1": "F",
    },
    "providers-to-choose-from: under 5": {
        "is less than 5": "T",
        "is at most 5": "T",
        "is at most 4": "U",
        "is at least 5": "F",
        "is 5": "F",
        "is 4": "U",
    },
    "providers-to-choose-from: at most 5": {
        "is less than 5": "U",
        "is at most 5": "T",
        "is at least 6": "F",
        "is 5": "U",
    },
    # Sets.
    "clusters: 1 to 4": {
        "is 4, 3, 2, 1": "T",
        "is 1 to 3": "F",
        "is one of 0 to 5": "T",
        "is one of 1 to 3": "F",
        "includes 1, 4": "T",
        "includes 4, 5": "F",
        "includes any of 4, 5": "T",
        "includes any of 5, 6": "F",
    },
    "problems: depression, panic among others": {
        "includes panic": "T",
        "includes ocd": "U",
        "includes any of ocd, panic": "T",
        "is depression, panic": "U",
        "is one of depression, panic, ocd": "U",
    },
    # One word.
    "programme: iapt": {
        "is iapt": "T",
        "is primary-care-counselling": "F",
        "is one of iapt, primary-care-counselling": "T",
        "is not one of iapt, primary-care-counselling": "F",
    },
    # Scales.
    "severity: mild to moderate": {
        "is mild to moderate": "T",
        "is moderate": "F",
        "is at most moderate": "T",
        "is at most mild": "U",
        "is at most subthreshold": "F",
        "is less than severe": "T",
        "is one of mild, moderate, severe": "T",
        "is one of mild, severe": "F",
        "includes moderate": "T",
        "includes severe": "F",
    },
    "severity: moderate": {"is one of mild, moderate": "T", "is one of mild, severe": "F", "is at least severe": "F"},
    # Money: only what pays for the same thing.
    "pay step-3: £300.00 per course": {
        "is £300.00 per course": "T",
        "is £300 per course": "T",
        "is £299.99 per course": "F",
        "is £300.00 per session": "U",
        "is £300.00": "U",
        "is at most £300.00 per course": "T",
        "is at most £299.99 per course": "F",
        "is at most £500.00 per session": "U",
    },
    "contract-value: at most £5,000.00 in total": {
        "is at most £5,000.00 in total": "T",
        "is at least £5,000.01 in total": "F",
        "is at most £4,000.00 in total": "U",
        "is at most £5,000.00 per year": "U",
    },
    # Shares.
    "target recovery-rate: 50%": {
        "is 50%": "T",
        "is at least 50%": "T",
        "is more than 50%": "F",
        "is less than 50.1%": "T",
    },
    "target recovery-rate: under 50%": {"is less than 50%": "T", "is at least 50%": "F", "is at most 49.9%": "U"},
    # Lengths of time.
    "cancellation-notice: 24 hours": {
        "is 1 calendar days": "T",
        "is at most 1 working days": "T",
        "is more than 1 weeks": "F",
    },
    "cancellation-notice: 10 days": {
        "is at most 10 days": "T",
        "is at most 14 calendar days": "U",
        "is at most 4 weeks": "T",
    },
    "reported-wait assessment: over 6 months": {
        "is at least 6 months": "T",
        "is at least 26 weeks": "U",
        "is at most 18 weeks": "F",
        "is at most 1 years": "U",
        "is more than 18 weeks": "T",
    },
    "reported-wait assessment: under 2 weeks": {"is less than 14 calendar days": "T", "is at least 2 weeks": "F"},
    # Waits.
    "wait step-3: within 28 days of referral": {
        "is within 28 days of referral": "T",
        "is within 28 calendar days of referral": "U",
        "is within 10 calendar days of referral": "F",
        "is within 28 days of assessment": "F",
        "meets within 28 calendar days of referral": "U",
        "meets within 20 working days of referral": "U",
        "meets within 27 calendar days of referral": "F",
        "is at most 28 calendar days": "U",
        "is at most 7 weeks": "T",
        "is at most 27 calendar days": "F",
        "is at least 28 calendar days": "T",
    },
    "wait step-3: within 6 weeks": {
        "is within 6 weeks of referral": "U",
        "is within 6 weeks": "T",
        "is at most 6 weeks": "T",
    },
    "wait step-3: within 6 weeks of referral for 100% of people": {"is within 42 calendar days of referral": "T"},
    "wait step-3: within 6 weeks of referral for 95% of people": {
        "is within 6 weeks of referral": "F",
        "is within 6 weeks of referral for 90% of people": "F",
        "is within 6 weeks of referral for 95% of referrals": "F",
        "is within 42 calendar days of referral for 95% of people": "T",
        "meets within 6 weeks of referral for 90% of people": "T",
    },
    "wait step-3: within 2 to 3 weeks of referral": {
        "is at most 3 weeks": "T",
        "is at most 2 weeks": "U",
        "is more than 13 calendar days": "T",
    },
    "wait step-3: within 2 weeks of referral for 75% of people, within 6 weeks of referral": {
        "meets within 6 weeks of referral": "T",
        "meets within 5 weeks of referral": "F",
        "is at most 6 weeks": "U",
        "is within 6 weeks of referral, within 2 weeks of referral for 75% of people": "T",
    },
    "rejection-transfer step-4: the same day as rejection": {
        "is the same day as rejection": "T",
        "is at most 1 calendar days": "T",
        "is less than 24 hours": "T",
        "is at least 24 hours": "F",
        "is within 2 working days of rejection": "F",
    },
    # Dates and periods.
    "price-review: July 2013": {
        "is July 2013": "T",
        "is 17 July 2013": "U",
        "is August 2013": "F",
        "is before 1 August 2013": "T",
        "is before 17 July 2013": "U",
        "is before July 2013": "U",
        "is after 30 June 2013": "T",
        "is after 31 July 2013": "F",
        "is at most 31 July 2013": "T",
    },
    "contract: from 1 April 2012 to 31 March 2014": {
        "is from 1 April 2012 to 31 March 2014": "T",
        "is from 1 April 2012": "F",
        "is from 1 April 2012 to 31 March 2015": "F",
        "is from April 2012 to March 2014": "T",
        "is before 1 April 2014": "T",
        "is before 1 March 2014": "F",
        "is after 31 March 2012": "T",
        "is at least 1 March 2012": "U",
    },
    "contract: from 1 April 2012": {
        "is from 1 April 2012": "T",
        "is before 1 April 2030": "F",
        "is after 1 March 2012": "T",
    },
    # The rest.
    'title: "Talking"': {'is "Talking"': "T", 'is "Something else"': "U"},
    "commissioner-code: 5ZZ": {"is 5zz": "T", 'is "5ZZ"': "T", "is 5ZY": "F"},
    "vocabulary: psychological-therapies 1": {"is psychological-therapies 1": "T", "is psychological-therapies 2": "F"},
    "volume-guarantee: 500 courses per year": {
        "is 500 courses per year": "T",
        "is 501 courses per year": "F",
        "is at least 400 courses per year": "T",
        "is over 400 courses per year": "U",
        "is at least 500 courses per month": "U",
        "is more than 500 sessions": "U",
        "is less than 600 courses per year": "T",
        "is at most 499 courses per year": "F",
    },
    "activity-limit: at most 500 courses per year": {
        "is at most 600 courses per year": "T",
        "is at least 501 courses per year": "F",
        "is at most 400 courses per year": "U",
    },
    "minimum-activity: over 50 courses per year": {"is at least 50 courses per year": "T"},
    "activity-limit: 500 to 600 courses per year": {
        "is at least 500 courses per year": "T",
        "is at most 550 courses per year": "U",
        "is at most 499 courses per year": "F",
        "is 500 to 600 courses per year": "T",
    },
    "volume-guarantee: none": {"is at most 1 courses per year": "T"},
    "activity-limit: none": {"is at least 1,000,000 courses per year": "T"},
}


@pytest.mark.parametrize(
    ("line", "asked", "answer"),
    [(line, asked, ANSWERS[mark]) for line, cases in CASES.items() for asked, mark in cases.items()],
)
def test_a_value_held_against_another(ask: Ask, line: str, asked: str, answer: bool | None) -> None:
    assert ask(f"{line.split(':')[0]} {asked}", line).value is answer


@pytest.mark.parametrize(
    ("line", "asked", "why"),
    [
        ("minimum-age: over 18 years", "is at most 18 years", "`over 18 years` leaves this open"),
        (
            "pay step-3: £40.00 per session",
            "is at most £300.00 per course",
            "`£40.00 per session` and `£300.00 per course` pay for different things",
        ),
        (
            "minimum-activity: at least 500 courses per year",
            "is at most 40 courses per month",
            "`at least 500 courses per year` and `40 courses per month` count different things",
        ),
        (
            "wait step-3: within 10 days of referral",
            "meets within 14 calendar days of referral",
            "`within 10 days of referral` does not say whether it means working days or calendar days",
        ),
        (
            "reported-wait assessment: over 10 days",
            "is at most 2 weeks",
            "`over 10 days` does not say whether it means working days or calendar days",
        ),
        ("problems: panic among others", "includes ocd", "`panic among others` leaves this open"),
    ],
)
def test_what_is_left_open_is_said(ask: Ask, line: str, asked: str, why: str) -> None:
    name = line.split(":")[0]
    assert ask(f"{name} {asked}", line).causes == (Cause(name, OPEN, why),)


class TestTwoFields:
    LINES = (
        "minimum-age: 18 years\nmaximum-age: 18 years\npay step-2: £40.00 per session\npay missed: £60.00 per session\n"
    )

    @pytest.mark.parametrize(
        ("condition", "answer"),
        [
            ("maximum-age is at least minimum-age", True),
            ("minimum-age is more than maximum-age", False),
            ("pay missed is at most pay step-2", False),
            ("pay missed is at most 1.5 times pay step-2", True),
            ("pay missed is at most 1.4 times pay step-2", False),
            ("pay missed is at most 2 times pay step-3", None),
        ],
    )
    def test_one_held_against_the_other(self, ask: Ask, condition: str, answer: bool | None) -> None:
        assert ask(condition, self.LINES).value is answer

    def test_waits_and_lengths_of_time(self, ask: Ask) -> None:
        waits = "wait step-2: within 2 weeks of referral\nwait step-3: within 4 weeks of referral"
        lines = f"{waits}\nreported-wait step-2: 3 weeks"
        assert ask("wait step-2 is at most wait step-3", lines).value is True
        assert ask("wait step-3 is at most wait step-2", lines).value is False
        assert ask("reported-wait step-2 is at most wait step-2", lines).value is False
        assert ask("wait step-3 is at most 2 times wait step-2", lines).value is True

    def test_the_same_range_is_the_same_limit(self, ask: Ask) -> None:
        lines = "indicated-sessions step-2: 6 to 8\nindicated-sessions step-3: 6 to 8"
        assert ask("indicated-sessions step-2 is at most indicated-sessions step-3", lines).value is True
        assert ask("indicated-sessions step-2 is less than indicated-sessions step-3", lines).value is False

    def test_a_hedge_on_either_side_decides_nothing(self, ask: Ask) -> None:
        lines = "wait step-3: within about 3 weeks of referral\nreported-wait step-3: 2 weeks"
        answer = ask("reported-wait step-3 is at most wait step-3", lines)
        assert answer.causes == (Cause("wait step-3", HEDGED, "the document hedges it"),)

    def test_the_cause_is_the_field_that_is_unknown(self, ask: Ask) -> None:
        answer = ask("maximum-age is at least minimum-age", "maximum-age: 18 years\nminimum-age: not stated")
        assert [cause.path for cause in answer.causes] == ["minimum-age"]

    def test_exceptions_of_the_other_must_agree(self, ask: Ask) -> None:
        lines = "minimum-age: 18 years\n  except 16 years when education is not full-time\nmaximum-age: {}"
        assert ask("maximum-age is at least minimum-age", lines.format("25 years")).value is True
        assert ask("maximum-age is at least minimum-age", lines.format("15 years")).value is False
        answer = ask("maximum-age is at least minimum-age", lines.format("17 years"))
        assert answer.causes == (Cause("maximum-age", OPEN, "what it is compared with has several values"),)
