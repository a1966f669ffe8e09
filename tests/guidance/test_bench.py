"""What a service is told: findings with their four parts and their place, what waits, the law of its day, waivers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from carespec.guidance.bench import Bench, Derived, Ruling
from carespec.guidance.law import Law
from carespec.guidance.model import Pack
from carespec.model.facts import Service
from carespec.records import OUTCOMES
from carespec.rules.asked import UNANALYSED, Spoken

MakePack = Callable[[str], Pack]
MakeService = Callable[[str], Service]
TODAY = date(2012, 9, 1)

AGE = """
source law: "The law", "The body" published 1 February 2012
rule no-upper-age "No upper age limit"
  severity: must
  authority: national
  text: [law 4.2]
  | Nobody is too old.
  require: maximum-age is none
  message: "It stops at {maximum-age}; asked for is {standard}."
  affects: "older people"
  fix: "Write `maximum-age: none`."
"""
WAITS = """
rule waits "Nobody waits longer than 28 days"
  require: every wait meets within 28 calendar days of referral
  message: "The waits are {wait}."
"""


def rule(pack: Pack, service: Service, **law: object) -> Ruling:
    return Bench(Law((pack,), **{"today": TODAY, **law})).rule(service)  # type: ignore[arg-type]


def counts(ruling: Ruling) -> dict[str, int]:
    return {outcome: number for outcome, number in zip(OUTCOMES, ruling.outcomes, strict=True) if number}


def test_a_failure_has_its_four_parts_and_its_place(pack: MakePack, service: MakeService) -> None:
    (found,) = rule(pack(AGE), service("minimum-age: 18 years\nmaximum-age: 65 years [x]")).findings
    assert (found.id, found.kind, found.name) == ("some.no-upper-age/some/maximum-age", "rule", "no-upper-age")
    assert found.message == "It stops at 65 years; asked for is none."
    assert (found.severity, found.authority, found.confidence) == ("must", "national", "certain")
    assert found.says == "maximum-age: 65 years"
    assert found.affects == "older people"
    assert found.fix is not None and found.fix.text == "Write `maximum-age: none`."
    assert found.sources == (("The law", "The body", "4.2", "Nobody is too old."),)
    assert (found.span.start, found.span.end) == ((3, 14), (3, 22))


def test_of_lines_that_are_as_good_as_each_other_each_is_told_in_its_own_words(
    pack: MakePack, service: MakeService
) -> None:
    bench = Bench(Law((pack(AGE),), today=TODAY))
    for age in ("65 years", "70 years", "about 65 years", "80 years"):
        (found,) = bench.rule(service(f"maximum-age: {age}")).findings
        assert found.message == f"It stops at {age}; asked for is none."
        assert found.confidence == ("possible" if "about" in age else "certain")


@pytest.mark.parametrize(
    ("lines", "confidence"),
    [
        ("maximum-age: 65 years", "certain"),
        ("maximum-age: about 65 years", "possible"),
        ('maximum-age: 65 years\n  doubt "The scan is poor"', "possible"),
    ],
)
def test_what_rests_on_a_doubt_is_only_possible(
    lines: str, confidence: str, pack: MakePack, service: MakeService
) -> None:
    (found,) = rule(pack(AGE), service(lines)).findings
    assert found.confidence == confidence


def test_what_is_missing_is_placed_where_it_belongs(pack: MakePack, service: MakeService) -> None:
    (found,) = rule(pack(AGE), service("minimum-age: 18 years\nstatus: draft")).findings
    assert found.span.start == (2, 22), "after the last line on who is seen"
    assert found.severity == "should", "silence is told as `should` at most"
    assert (
        found.message
        == "nothing is stated about `maximum-age` (Oldest age seen), and the rule asks: No upper age limit"
    )
    assert found.fix is not None and found.fix.text.endswith("The line belongs after line 2.")
    assert found.group is not None and found.brief == "Oldest age seen (`maximum-age`, no-upper-age)"


def test_one_finding_tells_every_line_that_fails(pack: MakePack, service: MakeService) -> None:
    lines = "wait assessment: within 5 weeks of referral\nwait step-2: within 1 week of referral\nwait step-3: none"
    (found,) = rule(pack(WAITS), service(lines)).findings
    assert found.field == "wait assessment"
    assert [(one.span.start.line, one.message) for one in found.related] == [(4, "so does `wait step-3: none`")]
    assert "step-2: within 1 week of referral" in found.message


def test_what_nobody_can_tell_is_told_once_with_its_reason(pack: MakePack, service: MakeService) -> None:
    ruling = rule(pack(AGE), service('maximum-age: in words "adults"'))
    assert (ruling.findings, counts(ruling)) == ((), {"cannot-tell": 1})
    (entry,) = ruling.not_checked
    assert (entry.name, entry.because) == ("no-upper-age", 'said only in words: "adults": maximum-age')
    assert (entry.group, entry.about) == ("said only in words:", ("maximum-age",))


def test_equal_lines_give_equal_answers_wherever_they_stand(pack: MakePack, service: MakeService) -> None:
    """What is remembered of one service must not leak into another."""
    bench = Bench(Law((pack(AGE + WAITS),), TODAY))
    texts = [
        "maximum-age: 65 years", "status: draft\n\nmaximum-age: 65 years", "maximum-age: none",
        "maximum-age: 65 years\n  except none when education is full-time", "maximum-age: 65 years\n  except !",
        "maximum-age: none\nwait step-2: within 1 week of referral", "status: draft", "status: reconstruction",
        'source page: "A page" read in part', "maximum-age 65",
    ]  # fmt: skip
    for text in [*texts, *reversed(texts)]:
        assert bench.rule(service(text)) == rule(pack(AGE + WAITS), service(text)), text


LATER = """
published: 1 March 2013
rule early "Until 2013"
  in-force: from 1 April 2010 to 31 March 2013
  require: maximum-age is none
rule late "From 2014"
  in-force: from 1 April 2014
  require: maximum-age is none
rule always "Always"
  require: maximum-age is none
"""


@pytest.mark.parametrize(
    ("lines", "as_at", "names"),
    [
        ("signed: 1 April 2012", None, ["early", "always"]),
        ("signed: 31 March 2013", None, ["early", "always"]),
        ("signed: 1 April 2013", None, ["always"]),
        ("signed: 1 April 2014", None, ["late", "always"]),
        ("signed: 1 April 2012", date(2014, 4, 1), ["late", "always"]),
        ("contract: from 1 May 2015", None, ["late", "always"]),
        ("status: draft", None, ["early", "always"]),
    ],
)
def test_the_law_is_that_of_the_services_own_day(
    lines: str, as_at: date | None, names: list[str], pack: MakePack, service: MakeService
) -> None:
    ruling = rule(pack(LATER), service(f"{lines}\nmaximum-age: 65 years"), as_at=as_at)
    assert [found.name for found in ruling.findings] == names
    assert counts(ruling) == {"fails": len(names), "not-in-force": 3 - len(names)}


def test_what_changes_while_the_contract_runs_is_listed_and_fails_nothing(pack: MakePack, service: MakeService) -> None:
    lines = "signed: 1 April 2012\ncontract: from 1 April 2012 to 31 March 2015\nmaximum-age: 65 years"
    ruling = rule(pack(LATER), service(lines))
    assert [(later.day, later.name) for later in ruling.later] == [("2013-04-01", "early"), ("2014-04-01", "late")]
    assert "no longer binds" in ruling.later[0].message and "begins to bind" in ruling.later[1].message
    assert [found.name for found in ruling.findings] == ["early", "always"]
    assert rule(pack(LATER), service(lines.replace("2015", "2013"))).later == ()


def test_what_was_published_later_still_binds_and_says_so(pack: MakePack, service: MakeService) -> None:
    signed = service("signed: 1 April 2012\nmaximum-age: 65 years")
    assert all("Published 1 March 2013, after" in found.message for found in rule(pack(LATER), signed).findings)
    ruling = rule(pack(LATER), signed, known_at=date(2013, 2, 28))
    assert (ruling.findings, [one.because for one in ruling.not_checked]) == ((), ["it was published after 2013-02-28"])


def test_out_of_range_is_an_answer(pack: MakePack, service: MakeService) -> None:
    ruling = rule(pack("in-force: from 1 April 2013\n" + AGE), service("signed: 1 April 2012"))
    assert counts(ruling) == {"not-in-force": 1}
    assert [one.because for one in ruling.not_checked] == ["no version of it is in force on 2012-04-01"]


def test_a_rule_with_a_damaged_line_judges_nothing(pack: MakePack, service: MakeService) -> None:
    ruling = rule(pack(AGE + "  require minimum-age is none\n"), service("maximum-age: 65 years"))
    assert ruling.findings == ()
    assert [one.because for one in ruling.not_checked] == ["a line of the rule could not be read, so it judges nothing"]


def test_another_vocabulary_is_not_judged(pack: MakePack, service: MakeService) -> None:
    ruling = rule(
        pack('vocabulary: adult-hearing 1\nrule a "A"\n  require: minimum-age is none'), service("status: draft")
    )
    assert [one.because for one in ruling.not_checked] == [
        "its rules are about adult-hearing, and the document is about psychological-therapies"
    ]


def test_verdicts_on_incentives_are_facts(pack: MakePack, service: MakeService) -> None:
    text = 'message: "It earns {gain}."'
    asks = pack(f'rule pays "Paid to stop"\n  require: incentive stop-at-minimum is not structural\n  {text}')
    path, figures = "incentive stop-at-minimum", {"gain": "£5.00"}
    bench = Bench(Law((asks,), TODAY), lambda *_: {path: Derived(Spoken(path, "stated", "structural"), figures)})
    (found,) = bench.rule(service("pay step-2: £40.00 per session")).findings
    assert (found.field, found.confidence) == (path, "structural")
    assert found.message == "It earns £5.00."
    assert found.span.start.line == 2, "where the payments are"
    spoken = Spoken(path, UNANALYSED, unsure="a clause is not compiled")
    unknown = Bench(Law((asks,), TODAY), lambda *_: {path: Derived(spoken)})
    (entry,) = unknown.rule(service("pay step-2: £40.00 per session")).not_checked
    assert entry.because == "a clause is not compiled: incentive stop-at-minimum"


def waive(
    what: str = "no-upper-age", until: str = "31 March 2013", why: str = "The old contract runs on", who: str = "Lead"
) -> str:
    return f'waive {what} until {until}: "{why}" agreed by "{who}"'


@pytest.mark.parametrize(
    ("lines", "outcomes", "flags"),
    [
        (waive(), {"waived": 1}, []),
        (waive("some.no-upper-age"), {"waived": 1}, []),
        (waive("no-upper-age on maximum-age"), {"waived": 1}, []),
        (waive("no-upper-age on minimum-age"), {"fails": 1}, ["waiver-of-other-field"]),
        (waive(until="31 August 2012"), {"fails": 1}, ["waiver-expired"]),
        (waive(until="1 September 2012"), {"waived": 1}, []),
        (waive(why="TBC"), {"fails": 1}, ["waiver-without-reason"]),
        (waive(why="n/a"), {"fails": 1}, ["waiver-without-reason"]),
        (waive(why="two words"), {"fails": 1}, ["waiver-without-reason"]),
        (waive(who="TBC"), {"fails": 1}, ["waiver-without-reason"]),
        (waive("no-uper-age"), {"fails": 1}, ["waiver-of-no-rule"]),
    ],
)
def test_waivers(lines: str, outcomes: dict[str, int], flags: list[str], pack: MakePack, service: MakeService) -> None:
    ruling = rule(pack(AGE), service(f"maximum-age: 65 years\n{lines}"))
    assert counts(ruling) == outcomes
    assert [found.name for found in ruling.findings if found.kind == "waiver"] == flags
    assert all(found.severity == "should" for found in ruling.findings if found.kind == "waiver")
    assert {found.outcome for found in ruling.findings if found.kind == "rule"} <= {"waived", "fails"}


def test_a_waiver_of_what_nobody_can_tell(pack: MakePack, service: MakeService) -> None:
    ruling = rule(pack(AGE), service(f'maximum-age: in words "adults"\n{waive()}'))
    assert (counts(ruling), ruling.not_checked) == ({"waived": 1}, ())


def test_a_rule_that_accepts_no_waiver(pack: MakePack, service: MakeService) -> None:
    ruling = rule(pack(AGE + "  waivable: no\n"), service(f"maximum-age: 65 years\n{waive()}"))
    assert counts(ruling) == {"fails": 1}
    assert [found.name for found in ruling.findings] == ["no-upper-age", "waiver-not-accepted"]


def test_a_waiver_of_more_than_one_field(pack: MakePack, service: MakeService) -> None:
    waits = "wait assessment: within 5 weeks of referral\nwait step-3: none\n"
    both = rule(pack(WAITS), service(waits + waive("waits")))
    assert (counts(both), [f.name for f in both.findings]) == ({"waived": 1}, ["waits", "waiver-too-wide"])
    one = rule(pack(WAITS), service(waits + waive("waits on wait assessment")))
    assert counts(one) == {"fails": 1}
    assert [found.field for found in one.findings] == ["wait step-3"], "what is left"


def test_a_waiver_ends_with_its_contract_at_the_latest(pack: MakePack, service: MakeService) -> None:
    """Years later the document is still what was agreed: today is never later than the contract's last day."""
    lines = f"contract: from 1 April 2012 to 31 March 2013\nmaximum-age: 65 years\n{waive()}"
    assert counts(rule(pack(AGE), service(lines), today=date(2026, 1, 1))) == {"waived": 1}
