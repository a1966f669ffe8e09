"""What is wrong with a pack is found when it is read, each at its place, before any service is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from carespec.checks import all_checks
from carespec.engine import Engine
from carespec.guidance.bench import Bench
from carespec.guidance.form import pack_form
from carespec.guidance.law import Law
from carespec.guidance.library import shipped, shipped_in_full, with_words
from carespec.guidance.loading import flaws
from carespec.guidance.model import Pack
from carespec.guidance.plain import from_plain, to_plain
from carespec.model.facts import Service
from carespec.source import from_text
from carespec.syntax.document import LineParser
from carespec.trials import try_sources
from carespec.workspace import check_sources, report
from support import ended

MakePack = Callable[[str], Pack]
MakeService = Callable[[str], Service]
TODAY = date(2026, 1, 1)

HEAD = 'guidance some\nversion: 1\nsource law: "The law", "The body"\n'
WORDS = '  text: [law 1]\n  message: "m"\n  affects: "a"\n  fix: "f"\n'


def rule(*lines: str, name: str = "one", words: str = WORDS) -> str:
    return f'rule {name} "One"\n{words}' + "".join(f"  {line}\n" for line in lines)


def found(text: str) -> list[tuple[str, str]]:
    """The name and the flagged words of every finding on a pack."""
    result = Engine(all_checks()).check(from_text("some.guidance", text))
    return [(finding.name, finding.says) for finding in result.findings]


GOOD = "require: maximum-age is none"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + rule(GOOD), []),
        (HEAD + rule("require: maximumage is none"), [("unknown-field", "maximumage is none")]),
        (HEAD + rule("require: wait step-22 is none"), [("unknown-field", "wait step-22 is none")]),
        (HEAD + rule("require: maximum-age is at most wait step-2"), [("wrong-type", "wait step-2")]),
        (HEAD + rule("require: maximum-age is within 2 weeks"), [("wrong-type", "within 2 weeks")]),
        (HEAD + rule("require: programme is one of iapt, iaptt"), [("unknown-word", "iaptt")]),
        (HEAD + rule(GOOD, 'mesage: "x"'), [("unknown-detail", "mesage")]),
        (HEAD + rule(GOOD, "severity: high"), [("unknown-word", "high")]),
        (HEAD + rule(GOOD, "authority: nation"), [("unknown-word", "nation")]),
        (HEAD + rule(GOOD, "if-not-stated: warning"), [("unknown-word", "warning")]),
        (HEAD + rule(GOOD, "severity: none"), [("wrong-type", "none")]),
        (HEAD + rule(GOOD, "fails: maximum-age is iapt"), [("wrong-type", "iapt")]),
        (HEAD + rule(GOOD, "measures: pay step-2"), [("unknown-detail", "measures: pay step-2")]),
        (HEAD + rule(GOOD, words=WORDS.replace('"m"', '"{maxage}"')), [("unknown-placeholder", '"{maxage}"')]),
        (HEAD + rule(GOOD, words=WORDS.replace('"m"', '"{gain}"')), [("unknown-placeholder", '"{gain}"')]),
        (HEAD + rule(GOOD, words=WORDS.replace('"m"', '"{maximum-age} {wait step-2} {standard}"')), []),
        (HEAD + rule(GOOD, words=WORDS.replace("[law 1]", "[lawn 1]")), [("unknown-source", "[lawn 1]")]),
        (HEAD + rule(GOOD, words=WORDS.replace("  text: [law 1]\n", "")), [("rule-without-source", 'rule one "One"')]),
        (HEAD + rule(GOOD, words=WORDS.replace('  message: "m"\n', "")), [("rule-without-message", 'rule one "One"')]),
        (HEAD + rule(GOOD, words=WORDS.replace('  affects: "a"\n', "")), [("rule-without-affects", 'rule one "One"')]),
        (HEAD + rule(GOOD, words=WORDS.replace('  fix: "f"\n', "")), [("rule-without-fix", 'rule one "One"')]),
        (HEAD + rule(), [("rule-without-requirement", 'rule one "One"')]),
        (HEAD + rule(GOOD) + rule(GOOD), [("duplicate-rule", 'rule one "One"')]),
        (HEAD.replace("version: 1\n", "") + rule(GOOD), [("version-missing", "g")]),
        (HEAD + "colour: blue\n" + rule(GOOD), [("unknown-detail", "colour")]),
        (
            HEAD + rule("applies-when: programme is iapt and programme is primary-care-counselling", GOOD),
            [("rule-never-applies", "programme is iapt and programme is primary-care-counselling")],
        ),
        (
            HEAD + rule("applies-when: programme is iapt", "unless: programme is iapt", GOOD),
            [("rule-never-applies", "programme is iapt")],
        ),
        (
            HEAD + rule("require: maximum-age is at most 65 years or maximum-age is more than 65 years"),
            [("rule-never-fails", "maximum-age is at most 65 years or maximum-age is more than 65 years")],
        ),
        (
            HEAD + rule("require: pay hourly is at least £40.00 per hour and pay hourly is at most £90.00 per course"),
            [("prices-per-different-things", "pay hourly is at most £90.00 per course")],
        ),
    ],
)  # fmt: skip
def test_flaws_of_a_pack(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def contradicted(pack: Pack) -> list[str]:
    return [problem.message for problem in flaws(pack) if problem.name == "rules-contradict"]


@pytest.mark.parametrize(
    ("first", "second", "witness"),
    [
        (("require: minimum-age is at most 16 years",), ("require: minimum-age is at least 18 years",), "at all"),
        (
            ("applies-when: programme is iapt", "require: minimum-age is at most 16 years"),
            ("require: minimum-age is at least 18 years",),
            "that says `programme: iapt`",
        ),
        (("require: minimum-age is at most 16 years",), ("require: minimum-age is at least 16 years",), ""),
        (
            ("applies-when: programme is iapt", "require: minimum-age is at most 16 years"),
            ("applies-when: programme is primary-care-counselling", "require: minimum-age is at least 18 years"),
            "",
        ),
        (
            ("in-force: from 1 April 2010 to 31 March 2012", "require: minimum-age is at most 16 years"),
            ("in-force: from 1 April 2012", "require: minimum-age is at least 18 years"),
            "",
        ),
        (("require: wait step-2 meets within 2 weeks of referral",), ("require: wait step-2 is none",), "at all"),
    ],
)  # fmt: skip
def test_rules_that_no_service_can_meet_both(
    first: tuple[str, ...], second: tuple[str, ...], witness: str, pack: MakePack
) -> None:
    told = contradicted(pack(rule(*first) + rule(*second, name="two")))
    assert told == ([f"no service {witness} can meet both `two` and `one`"] if witness else [])


def versions(*periods: str) -> list[tuple[str, str]]:
    texts = [f"{HEAD.replace('1', str(n))}in-force: {period}\n{rule(GOOD)}" for n, period in enumerate(periods, 1)]
    sources = [from_text(f"{number}.guidance", text) for number, text in enumerate(texts)]
    told = report(check_sources(sources, all_checks()), all_checks(), TODAY)
    return [(finding.name, finding.path) for finding in told.findings]


def test_versions_of_a_pack() -> None:
    until, gap = "from 1 April 2012 to 31 March 2013", "from 1 April 2014"
    assert versions(until, "from 1 April 2013") == []
    assert versions(until, "from 31 March 2013") == [("versions-overlap", "1.guidance")]
    assert versions(until, gap) == [("gap-between-versions", "1.guidance")]
    assert versions("from 1 April 2012", gap) == [("versions-overlap", "1.guidance")]


def test_shipped_packs_have_no_flaw(parse: LineParser) -> None:
    packs = shipped_in_full(parse)
    assert [(pack.name, flaw.line, flaw.message) for pack in packs for flaw in (*pack.problems, *flaws(pack))] == []


def test_what_was_made_beforehand_is_what_the_files_say(parse: LineParser) -> None:
    for kept, pack in zip(shipped(), shipped_in_full(parse), strict=True):
        assert from_plain(to_plain(pack)) == pack
        rules = tuple(with_words(one, kept) for one in kept.rules)
        assert rules == tuple(one._replace(examples=()) for one in pack.rules)
        comparisons = tuple(with_words(one, kept) for one in kept.comparisons)
        assert comparisons == tuple(one._replace(samples=()) for one in pack.comparisons)
        assert kept.digest == pack.digest


def test_packs_that_no_file_holds_are_told_apart_by_their_text(pack: MakePack, service: MakeService) -> None:
    ended, always = pack(f"in-force: until 2001\n{rule(GOOD)}"), pack(rule(GOOD, name="two"))
    assert ended.digest and ended.digest != always.digest
    assert ended.digest == pack(f"in-force: until 2001  \n{rule(GOOD)}").digest
    ruling = Bench(Law((ended, always), today=TODAY)).rule(service("status: draft\nmaximum-age: 65 years"))
    assert [finding.name for finding in ruling.findings] == ["two"]


def test_a_new_pack_has_no_flaw_and_its_examples_notice_every_slip() -> None:
    text = pack_form("northshire-rules", TODAY)
    assert found(text) == []
    assert try_sources([from_text("northshire-rules.guidance", text)]).findings == ()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--guidance", "fair-acces"), "did you mean `fair-access`?"),
        (("--guidance", "fair-access@99"), "there is version 1 (ships with carespec), and no version 99"),
        (("--guidance", "none", "--guidance", "fair-access"), "stands alone"),
        (("--guidance", "nowhere.guidance"), "cannot be read"),
        (("--select", "self-referral-opn"), "did you mean `self-referral-open`?"),
        (("--guidance", "a.guidance", "--guidance", "b.guidance", "--select", "one"), "`some.one` or `other.one`"),
    ],
)
def test_names_that_mean_nothing_end_the_run(words: tuple[str, ...], said: str, folder: Path) -> None:
    for name, text in (("a", HEAD), ("b", HEAD.replace("some", "other"))):
        (folder / f"{name}.guidance").write_text(text + rule(GOOD), encoding="utf-8")
    code, output = ended("check", "x.care", *words)
    assert (code, said in output) == (2, True), output


def test_a_pack_of_ones_own_judges_and_is_itself_checked(folder: Path) -> None:
    text = HEAD + rule(GOOD, "severity: must") + rule("require: maximum-agee is none", name="two")
    (folder / "a.guidance").write_text(text, encoding="utf-8")
    code, output = ended("check", "x.care", "--guidance", "a.guidance", "--output", "concise", "--select", "one")
    assert code == 1
    assert "x.care:2:14: must one  m" in output
    assert "a.guidance:" in output and "unknown-field" in output


def test_rules_are_listed_and_explained() -> None:
    code, output = ended("rules", "--topic", "waits", "--as-at", "2013-06-01", "--severity", "should")
    assert code == 0 and "wait-for-treatment-limited" in output and "age-16-as-listed" not in output
    code, output = ended("explain", "fair-access.treatment-within-28-days")
    assert code == 0
    assert "wait step-2 meets within 28 calendar days of referral" in output and "A waiver is accepted." in output
    assert ended("rules", "--topic", "nothing-like-it")[0] == 2
    code, output = ended("rules", "--topic", "waits", "--as-at", "2013-06-01", "--severity", "must")
    assert code == 2 and "that binds on 1 June 2013" in output


def test_a_rule_of_ones_own_pack_is_explained(folder: Path) -> None:
    (folder / "a.guidance").write_text(HEAD + rule(GOOD), encoding="utf-8")
    code, output = ended("rules", "--guidance", "a.guidance")
    assert code == 0 and "`carespec explain --guidance a.guidance NAME` tells about each" in output
    for name in ("one", "some.one"):
        code, output = ended("explain", "--guidance", "a.guidance", name)
        assert code == 0 and GOOD in output, output
    assert ended("explain", "one")[0] == 2
