"""Every kind of test against every state of a field: the table of docs/language.md, cell by cell."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from carespec.model.facts import State
from carespec.rules.asked import HEDGED, OPEN
from carespec.rules.evaluate import Answer, Cause

Ask = Callable[..., Answer]

ANSWERS = {"T": True, "F": False, "U": None}

# One column a state: what the document writes after `maximum-age:`; None where it has no such line.
STATES: dict[str, str | None] = {
    State.STATED: "65 years",
    HEDGED: "about 65 years",
    State.NONE: "none",
    State.IN_WORDS: 'in words "adults"',
    State.LOCAL: 'by local agreement with "each provider" by 1 October 2012',
    State.TO_BE_CONFIRMED: "to be confirmed by 1 April 2013",
    State.ELSEWHERE: 'elsewhere in "Schedule 4"',
    State.NOT_STATED: "not stated",
    State.SILENT: None,
    State.UNREAD: None,
    State.UNFIT: "65 weeks",
}
READ_IN_PART = 'source page: "A page", "Somebody" read 1 May 2024 in part\n'

# One row a test; the columns are those of STATES, in that order.
TABLE = {
    "maximum-age is stated": "T T T F F F F F F F U",
    "maximum-age is not stated": "F F F T T T T T T T U",
    "maximum-age is in words": "F F F T F F F F F F U",
    'maximum-age is in words "Adults"': "F F F T F F F F F F U",
    'maximum-age is in words "people"': "F F F F F F F F F F U",
    "maximum-age is by local agreement": "F F F F T F F F F F U",
    'maximum-age is by local agreement with "each provider"': "F F F F T F F F F F U",
    'maximum-age is by local agreement with "nobody"': "F F F F F F F F F F U",
    "maximum-age is to be confirmed": "F F F F F T F F F F U",
    "maximum-age is elsewhere": "F F F F F F T F F F U",
    'maximum-age is elsewhere in "Schedule 5"': "F F F F F F F F F F U",
    "maximum-age is hedged": "F T F F F F F F F F U",
    "maximum-age is silent": "F F F F F F F F T F F",
    "maximum-age is none": "F F T U U U U U U U U",
    "maximum-age is not none": "T T F U U U U U U U U",
    "maximum-age is 65 years": "T T F U U U U U U U U",
    "maximum-age is 64 years": "F F F U U U U U U U U",
    "maximum-age is at most 65 years": "T U F U U U U U U U U",
    "maximum-age is at most 64 years": "F U F U U U U U U U U",
    "maximum-age is at least 65 years": "T U T U U U U U U U U",
    "maximum-age is at least 66 years": "F U T U U U U U U U U",
    "maximum-age is more than 65 years": "F U T U U U U U U U U",
    "maximum-age is less than 66 years": "T U F U U U U U U U U",
}


@pytest.mark.parametrize(
    ("condition", "state", "answer"),
    [
        (condition, state, ANSWERS[mark])
        for condition, row in TABLE.items()
        for state, mark in zip(STATES, row.split(), strict=True)
    ],
)
def test_the_table(ask: Ask, condition: str, state: str, answer: bool | None) -> None:
    written = STATES[state]
    lines = f"maximum-age: {written}" if written else READ_IN_PART if state == State.UNREAD else ""
    assert ask(condition, lines).value is answer


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (State.IN_WORDS, 'said only in words: "adults"'),
        (State.LOCAL, 'left to local agreement with "each provider" by 1 October 2012'),
        (State.TO_BE_CONFIRMED, "to be confirmed by 1 April 2013"),
        (State.ELSEWHERE, 'said elsewhere, in "Schedule 4"'),
        (State.NOT_STATED, "written as not stated"),
        (State.SILENT, "nothing is said"),
        (State.UNREAD, "not in the parts of the document that were read"),
        (State.UNFIT, "what is written is nothing that the field can be"),
        (HEDGED, "the document hedges it"),
    ],
)
def test_an_unknown_has_its_cause(ask: Ask, state: str, why: str) -> None:
    written = STATES[state]
    lines = f"maximum-age: {written}" if written else READ_IN_PART if state == State.UNREAD else ""
    assert ask("maximum-age is at most 65 years", lines).causes == (Cause("maximum-age", state, why),)


def test_a_decided_answer_has_no_cause(ask: Ask) -> None:
    assert ask("maximum-age is 65 years", "maximum-age: 65 years") == (True, (), ())
    assert ask("maximum-age is 64 years or clusters is 1", "maximum-age: 64 years") == (True, (), ())


def test_every_cause_is_listed_once_and_only_those_that_count(ask: Ask) -> None:
    condition = "clusters is 5 and maximum-age is none and programme is iapt and clusters is 6"
    causes = ask(condition, "programme: iapt\nclusters: not stated").causes
    assert [(cause.path, cause.state) for cause in causes] == [
        ("clusters", State.NOT_STATED),
        ("maximum-age", State.SILENT),
    ]


def test_none_is_the_empty_set(ask: Ask) -> None:
    lines = "clusters: none"
    assert ask("clusters is 1", lines).value is False
    assert ask("clusters includes 1", lines).value is False
    assert ask("clusters includes any of 1, 2", lines).value is False
    assert ask("clusters is one of 1, 2", lines).value is True


def test_none_is_no_word_and_meets_no_wait(ask: Ask) -> None:
    assert ask("programme is one of iapt, primary-care-counselling", "programme: none").value is False
    assert ask("rejection-reply meets within 2 weeks of referral", "rejection-reply: none").value is False


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        ("minimum-age is at most 18 years", True),
        ("minimum-age is at least 1 years", False),
        ("rejection-reply is at most 2 weeks", False),
        ("rejection-reply is more than 2 weeks", True),
        ("pay missed is at most £40.00 per missed-appointment", True),
        ("pay missed is more than £1.00 per missed-appointment", False),
        ("maximum-age is at least minimum-age", True),
        ("minimum-age is less than maximum-age", True),
        ("wait step-2 is at most wait step-3", True),
        ("wait step-2 is less than wait step-3", False),
        ("maximum-age is at most 0 times maximum-age", True),
        ("indicated-sessions step-2 is at most 6", None),
        ("dna-limit assessment is at least 2", True),
        ("dna-limit assessment is at most 2", False),
        ("dna-contact-attempts is at least 1", False),
        ("cancellation-notice is at most 24 hours", True),
        ("payment-terms is at most 30 calendar days", False),
        ("session-cap step-2 is at least indicated-sessions step-2", None),
        ("session-cap step-2 is more than 20", True),
        ("audit-rate is at least 5%", False),
        ("audit-penalty is less than £600.00 per record", True),
    ],
)
def test_none_compares_by_what_it_means(ask: Ask, condition: str, answer: bool | None) -> None:
    fields = (
        "minimum-age", "maximum-age", "wait", "rejection-reply", "pay missed", "indicated-sessions step-2",
        "dna-limit assessment", "dna-contact-attempts", "cancellation-notice", "payment-terms", "session-cap step-2",
        "audit-rate", "audit-penalty",
    )  # fmt: skip
    lines = "\n".join(f"{field}: none" for field in fields)
    assert ask(condition, lines).value is answer


def test_a_none_that_is_no_measure_says_so(ask: Ask) -> None:
    answer = ask("indicated-sessions step-2 is at most 6", "indicated-sessions step-2: none")
    assert [(cause.path, cause.state) for cause in answer.causes] == [("indicated-sessions step-2", OPEN)]


def test_a_hedged_wait_is_hedged(ask: Ask) -> None:
    lines = "rejection-reply: within about 2 weeks of referral"
    assert ask("rejection-reply is hedged", lines).value is True
    assert ask("rejection-reply is at most 3 weeks", lines).value is None
    assert ask("rejection-reply meets within 3 weeks of referral", lines).value is None
    assert ask("rejection-reply is within about 2 weeks of referral", lines).value is True


def test_a_payment_has_states_as_any_fact(ask: Ask) -> None:
    assert ask("pay missed is none", "pay missed: none").value is True
    assert ask("pay missed is in words", 'pay missed: in words "half price"').value is True
    assert ask("pay missed is at most £1.00", 'pay missed: in words "half price"').value is None
    assert ask("pay missed is silent", "pay step-2: £1.00 per course").value is True


def test_a_phrase_beside_a_value_leaves_it_stated(ask: Ask) -> None:
    lines = 'severity: mild to moderate\n  in words "not too bad"'
    assert ask("severity is mild to moderate", lines).value is True
    assert ask("severity is in words", lines).value is False


def test_a_condition_in_words_is_unknown_for_every_service(ask: Ask) -> None:
    answer = ask('in words "where it is reasonable" or programme is iapt', "programme: primary-care-counselling")
    assert answer.value is None
    assert answer.causes == (Cause("", State.IN_WORDS, 'the condition is only in words: "where it is reasonable"'),)


class TestDamage:
    def test_a_field_whose_line_is_lost_is_neither_silent_nor_known(self, ask: Ask) -> None:
        lines = "maximum-age 65 years"
        assert ask("maximum-age is silent", lines).value is False
        assert ask("maximum-age is stated", lines).value is None
        answer = ask("maximum-age is none", lines)
        assert answer.causes == (
            Cause("maximum-age", State.UNFIT, "a line that begins with `maximum-age` could not be read"),
        )

    def test_nothing_certain_follows_from_a_fact_that_lost_a_line(self, ask: Ask) -> None:
        lines = "minimum-age: 18 years\n  except 16 year when when"
        assert ask("minimum-age is stated", lines).value is True
        assert ask("some minimum-age is 18 years", lines).value is None
        answer = ask("minimum-age is 17 years", lines)
        assert answer == (None, (Cause("minimum-age", State.UNFIT, "a line under it could not be read"),), ())
