"""The outcome of a rule: every row of the table in docs/language.md, and what silence makes of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from carespec.guidance.examples import run
from carespec.guidance.judge import Judgement, judge
from carespec.guidance.model import Pack, Rule
from carespec.model.facts import Service
from carespec.rules.asked import UNANALYSED, Spoken
from carespec.vocabulary import load

MakePack = Callable[[str], Pack]
MakeService = Callable[[str], Service]

TABLE = [
    *((f"F{e}{r}", "does-not-apply") for e in "TFU" for r in "TFU"),
    *((f"{a}T{r}", "exempt") for a in "TU" for r in "TFU"),
    *((f"{a}{e}T", "passes") for a in "TU" for e in "FU"),
    ("TFF", "fails"),
    *((row, "cannot-tell") for row in ("TUF", "TFU", "TUU", "UFF", "UUF", "UFU", "UUU")),
]


def _judge(rule: Rule, service: Service, **derived: Spoken) -> Judgement:
    paths = {name.replace("__", " ").replace("_", "-"): one for name, one in derived.items()}
    return judge(rule, service, paths)


@pytest.mark.parametrize(("row", "expected"), TABLE)
def test_table(row: str, expected: str, pack: MakePack, service: MakeService) -> None:
    fields = ("maximum-age", "minimum-age", "cancellation-notice")
    rule = pack(
        'rule one "One"\n  applies-when: maximum-age is 65 years\n  unless: minimum-age is 65 years\n'
        "  require: cancellation-notice is 24 hours"
    ).rules[0]
    true = ("65 years", "65 years", "24 hours")
    false = ("60 years", "60 years", "48 hours")
    values = {"T": true, "F": false, "U": ('in words "it depends"',) * 3}
    lines = "\n".join(
        f"{field}: {values[letter][n]}" for n, (field, letter) in enumerate(zip(fields, row, strict=True))
    )
    assert _judge(rule, service(lines)).outcome == expected


def test_table_is_complete() -> None:
    assert len({row for row, _ in TABLE}) == 27


@pytest.mark.parametrize(
    ("word", "severity", "outcome", "told"),
    [
        ("fail", "must", "fails", "must"),
        ("warn", "must", "fails", "should"),
        ("warn", "may", "fails", "may"),
        ("advise", "must", "fails", "may"),
    ],
)
@pytest.mark.parametrize("line", ["maximum-age: not stated", "status: draft"])
def test_silence(
    word: str, severity: str, outcome: str, told: str, line: str, pack: MakePack, service: MakeService
) -> None:
    rule = pack(f'rule one "One"\n severity: {severity}\n if-not-stated: {word}\n require: maximum-age is none').rules[
        0
    ]
    found = _judge(rule, service(line))
    assert (found.outcome, found.severity) == (outcome, told)
    assert [cause.path for cause in found.causes] == ["maximum-age"]


@pytest.mark.parametrize(
    "lines",
    [
        'maximum-age: in words "adults"',
        "maximum-age: by local agreement",
        "maximum-age: to be confirmed",
        'maximum-age: elsewhere in "Schedule 4"',
        'source page: "A page" read in part',
        "status: reconstruction",
        "maximum-age: 65 weeks",
        "minimum-age: by local agreement",
    ],
)
def test_what_is_no_silence(lines: str, pack: MakePack, service: MakeService) -> None:
    """Words, local agreement, what is elsewhere or unread never become a failure, nor silence beside them."""
    rule = pack(
        'rule one "One"\n if-not-stated: fail\n require: maximum-age is none\n require: minimum-age is 16 years'
    )
    found = _judge(rule.rules[0], service(lines))
    assert found.outcome == "cannot-tell"


def test_silence_about_whether_a_rule_applies(pack: MakePack, service: MakeService) -> None:
    """Nobody is told to have broken a rule that may not be meant for them."""
    rule = pack('rule one "One"\n if-not-stated: fail\n applies-when: programme is iapt\n require: maximum-age is none')
    found = _judge(rule.rules[0], service("maximum-age: 65 years"))
    assert (found.outcome, [cause.path for cause in found.causes]) == ("cannot-tell", ["programme"])


def test_derived_fields(pack: MakePack, service: MakeService) -> None:
    rule = pack('rule one "One"\n require: incentive stop-at-minimum is not structural').rules[0]
    draft = service("status: draft")
    path = "incentive stop-at-minimum"
    assert _judge(rule, draft, incentive__stop_at_minimum=Spoken(path, "stated", "structural")).outcome == "fails"
    assert _judge(rule, draft, incentive__stop_at_minimum=Spoken(path, "stated", "absent")).outcome == "passes"
    unknown = _judge(rule, draft, incentive__stop_at_minimum=Spoken(path, UNANALYSED, unsure="undecided"))
    assert (unknown.outcome, unknown.causes[0].why) == ("cannot-tell", "undecided")
    assert _judge(rule, draft).outcome == "cannot-tell"


@pytest.mark.parametrize(
    ("example", "outcome"),
    [
        ("maximum-age is none", "passes"),
        ("maximum-age is 65 years", "fails"),
        ("maximum-age is by local agreement", "cannot-tell"),
        ("programme is primary-care-counselling", "does-not-apply"),
        ("status is withdrawn", "exempt"),
        ("status is withdrawn and programme is primary-care-counselling", "does-not-apply"),
        ("maximum-age is not stated", "fails"),
        ("maximum-age is 65 years and status is in words", "cannot-tell"),
        ("maximum-age is none and follows is silent", "passes"),
        ("wait step-2 is within 2 weeks of referral", "fails"),
    ],
)
def test_examples(example: str, outcome: str, pack: MakePack) -> None:
    """What an example does not mention is not stated; that the rule applies is taken to hold."""
    rule = pack(
        'rule one "One"\n applies-when: programme is iapt and not scheme is single-provider\n'
        f" unless: status is withdrawn\n require: maximum-age is none\n {outcome}: {example}"
    ).rules[0]
    assert rule.whole
    ran = run(rule, rule.examples[0], load())
    assert (ran.holds, ran.judgement.outcome) == (True, outcome)


def test_an_example_can_be_wrong(pack: MakePack) -> None:
    rule = pack('rule one "One"\n require: maximum-age is none\n passes: maximum-age is 65 years').rules[0]
    assert not run(rule, rule.examples[0], load()).holds
