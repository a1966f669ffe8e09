"""What a test means where a field has several values: exceptions, the lines of a family, the line for all keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from carespec.model.facts import Service, State
from carespec.rules.asked import OPEN
from carespec.rules.evaluate import EVERY, SOME, Answer, Cause, holds

Ask = Callable[..., Answer]
Make = Callable[[str], Service]
ANSWERS = {"T": True, "F": False, "U": None}


class TestExceptions:
    AGES = "minimum-age: 18 years\n  except 16 years when education is not full-time"

    @pytest.mark.parametrize(
        ("condition", "answer"),
        [
            ("every minimum-age is 18 years", "F"),
            ("some minimum-age is 18 years", "T"),
            ("some minimum-age is 16 years", "T"),
            ("some minimum-age is 17 years", "F"),
            ("no minimum-age is 17 years", "T"),
            ("no minimum-age is 16 years", "F"),
            ("every minimum-age is at least 16 years", "T"),
            ("every minimum-age is not 17 years", "T"),
            ("every minimum-age is not 16 years", "F"),
            ("some minimum-age is not 16 years", "T"),
            ("some minimum-age is not at least 16 years", "F"),
            ("no minimum-age is not at least 16 years", "T"),
            ("no minimum-age is not at least 17 years", "F"),
            ("not every minimum-age is 16 years", "T"),
            ("not some minimum-age is 16 years", "F"),
        ],
    )
    def test_every_some_and_no(self, ask: Ask, condition: str, answer: str) -> None:
        assert ask(condition, self.AGES, EVERY).value is ANSWERS[answer]
        assert ask(condition, self.AGES, SOME).value is ANSWERS[answer]

    @pytest.mark.parametrize(
        ("condition", "required", "applies"),
        [
            ("minimum-age is 18 years", "F", "T"),
            ("minimum-age is 17 years", "F", "F"),
            ("minimum-age is at least 16 years", "T", "T"),
            ("minimum-age is not 16 years", "F", "T"),
            ("not (minimum-age is 16 years)", "F", "T"),
            ("minimum-age is not 17 years", "T", "T"),
        ],
    )
    def test_without_the_word(self, ask: Ask, condition: str, required: str, applies: str) -> None:
        assert ask(condition, self.AGES, EVERY).value is ANSWERS[required]
        assert ask(condition, self.AGES, SOME).value is ANSWERS[applies]

    def test_an_exception_has_a_state_of_its_own(self, ask: Ask) -> None:
        lines = 'minimum-age: 18 years\n  except in words "younger if mature" when route is gp'
        assert ask("every minimum-age is stated", lines).value is False
        assert ask("some minimum-age is in words", lines).value is True
        answer = ask("minimum-age is at least 16 years", lines)
        assert answer.causes == (Cause("minimum-age", State.IN_WORDS, 'said only in words: "younger if mature"'),)
        assert ask("minimum-age is at least 19 years", lines) == (False, (), ())

    def test_a_field_of_its_own_is_never_nothing_at_all(self, ask: Ask) -> None:
        for quantifier in ("every", "some", "no"):
            answer = ask(f"{quantifier} minimum-age is 18 years", "")
            assert answer == (None, (Cause("minimum-age", State.SILENT, "nothing is said"),), ())

    def test_a_fact_that_holds_only_in_some_cases(self, ask: Ask) -> None:
        lines = "direct-access: ensured\n  when route is self-referral"
        assert ask("every direct-access is stated", lines).value is True
        assert ask("some direct-access is ensured", lines).value is True
        assert ask("direct-access is none", lines).value is False
        because = "it holds only in some cases, and nothing is said about the others"
        assert ask("direct-access is ensured", lines).causes == (Cause("direct-access", OPEN, because),)

    def test_when_a_payment_falls_due_leaves_its_amount_alone(self, ask: Ask) -> None:
        lines = "pay recovery-step-2: £167.00\n  when recovered at last reading"
        assert ask("pay recovery-step-2 is £167.00", lines).value is True

    def test_holds_asks_for_some(self, make: Make) -> None:
        assert holds("minimum-age is less than 18 years", make(self.AGES)) is True
        assert holds("minimum-age is less than 18 years", make("minimum-age: 18 years")) is False
        assert holds("minimum-age is less than 18 years", make("")) is None


class TestFamilies:
    WAITS = "wait assessment: within 2 weeks of referral\nwait step-2: not stated\nwait step-3: none"

    @pytest.mark.parametrize(
        ("condition", "answer"),
        [
            ("every wait is at most 2 weeks", "F"),
            ("some wait is at most 2 weeks", "T"),
            ("some wait is at most 1 weeks", "U"),
            ("no wait is none", "F"),
            ("no wait is at most 1 weeks", "U"),
            ("every wait is stated", "F"),
            ("some wait is none", "T"),
            ("no wait is silent", "T"),
            ("wait is silent", "F"),
        ],
    )
    def test_all_lines_are_asked(self, ask: Ask, condition: str, answer: str) -> None:
        assert ask(condition, self.WAITS).value is ANSWERS[answer]

    def test_the_cause_is_the_line(self, ask: Ask) -> None:
        answer = ask("some wait is at most 1 weeks", self.WAITS)
        assert answer.causes == (Cause("wait step-2", State.NOT_STATED, "written as not stated"),)

    @pytest.mark.parametrize(("quantifier", "answer"), [("every", True), ("some", False), ("no", True)])
    def test_nothing_matched(self, ask: Ask, quantifier: str, answer: bool) -> None:
        note = f"nothing matched `{quantifier} exclusion`: the document has no such line"
        assert ask(f"{quantifier} exclusion is not-accepted", "") == (answer, (), (note,))

    def test_nothing_matched_in_what_was_read(self, ask: Ask) -> None:
        answer = ask("no exclusion is not-accepted", 'source page: "A page", "Somebody" read May 2024 in part')
        assert answer.notes == (
            "nothing matched `no exclusion`: the parts of the document that were read have no such line",
        )

    def test_without_the_word_no_line_is_silence(self, ask: Ask) -> None:
        answer = ask("exclusion is not-accepted", "")
        assert answer == (None, (Cause("exclusion", State.SILENT, "nothing is said"),), ())
        assert ask("exclusion is silent", "").value is True
        assert ask("exclusion is stated", "").value is False

    def test_a_lost_line_may_be_one_of_them(self, ask: Ask) -> None:
        lines = "exclusion psychosis: secondary-care\nexclusion current-crisis secondary-care"
        assert ask("every exclusion is secondary-care", lines).value is None
        assert ask("some exclusion is secondary-care", lines).value is True
        assert ask("every exclusion is gp", lines).value is False
        assert ask("exclusion psychosis is secondary-care", lines).value is True
        assert ask("every exclusion is gp", "exclusion current-crisis gp").value is None

    def test_a_note_stays_with_the_part_that_decides(self, ask: Ask) -> None:
        condition = "every exclusion is gp or programme is iapt"
        assert len(ask(condition, "").notes) == 1
        assert ask("some exclusion is gp or programme is iapt", "programme: iapt").notes == ()


class TestKeys:
    def test_the_line_without_a_key_speaks_for_every_key_without_one(self, ask: Ask) -> None:
        lines = "self-referral: not stated\nself-referral step-2: allowed"
        assert ask("self-referral step-2 is allowed", lines).value is True
        answer = ask("self-referral step-3 is allowed", lines)
        assert answer.causes == (Cause("self-referral step-3", State.NOT_STATED, "written as not stated"),)
        assert ask("self-referral step-3 is silent", lines).value is False

    def test_another_key_says_nothing_about_this_one(self, ask: Ask) -> None:
        lines = "self-referral step-2: allowed"
        assert ask("self-referral step-3 is silent", lines).value is True
        assert ask("self-referral step-3 is allowed", lines).value is None

    @pytest.mark.parametrize("key", ["step-2", "step-3", "step-3-plus"])
    def test_treatment_stands_for_every_step(self, ask: Ask, key: str) -> None:
        lines = "wait: not stated\nwait treatment: within 28 calendar days of referral"
        assert ask(f"wait {key} meets within 28 calendar days of referral", lines).value is True
        assert ask("wait assessment is stated", lines).value is False

    def test_but_not_for_a_step_with_a_line(self, ask: Ask) -> None:
        lines = "wait treatment: within 28 calendar days of referral\nwait step-2: none"
        assert ask("wait step-2 is none", lines).value is True
        assert ask("wait step-3 is none", lines).value is False

    def test_nor_a_step_for_treatment(self, ask: Ask) -> None:
        assert ask("wait treatment is silent", "wait step-2: none").value is True

    def test_nor_where_a_family_knows_no_such_key(self, ask: Ask) -> None:
        assert ask("indicated-sessions step-2 is silent", "indicated-sessions step-3: 12").value is True
        assert ask("indicated-sessions step-2 is silent", "indicated-sessions treatment: 12").value is True

    def test_what_speaks_for_all_is_unsure_beside_a_lost_line(self, ask: Ask) -> None:
        lines = "wait: none\nwait step-3 within 28 days"
        assert ask("wait step-3 is none", lines).value is None

    def test_a_key_given_twice_has_both_values(self, ask: Ask) -> None:
        lines = "dna-limit assessment: 2\ndna-limit assessment: 3"
        assert ask("every dna-limit assessment is 2", lines).value is False
        assert ask("some dna-limit assessment is 3", lines).value is True
