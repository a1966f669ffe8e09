"""What is told about a value that its field cannot take: the author's own figures, and no advice that is wrong."""

from __future__ import annotations

import pytest

from carespec.checks import all_checks
from carespec.engine import Engine
from carespec.records import Finding
from carespec.source import from_text

QUIET = ("course-left-open", "expected-but-silent", "under-18s-without-duties")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(tuple(check for check in all_checks() if check.name not in QUIET))


def found(text: str, engine: Engine) -> list[Finding]:
    return list(engine.check(from_text("x.care", f"service x\n{text}")).findings)


def only(text: str, engine: Engine) -> Finding:
    findings = found(text, engine)
    assert len(findings) == 1, [finding.message for finding in findings]
    return findings[0]


def edit_of(finding: Finding) -> str | None:
    assert finding.fix is not None
    return finding.fix.edit.text if finding.fix.edit else None


CASE = "pay step-3: £300.00 per course\n  when "


@pytest.mark.parametrize(
    ("text", "fix", "edit"),
    [
        ("minimum-age: 16yrs", "Write `16 years`.", "16 years"),
        ("minimum-age: 16y", "Write `16 years`.", "16 years"),
        ("minimum-age: 16abc", "Write an age with your own figure, as in `18 years`.", None),
        ("minimum-age: twenty-one", "Write `21 years`.", "21 years"),
        ('minimum-age: "18 or so"', 'Write `18 years`, or `in words "18 or so"`.', None),
        ('minimum-age: "grown up"', 'or `in words "grown up"`.', None),
        ("minimum-age: 16weeks", "Write an age with your own figure, as in `18 years`.", None),
        ('minimum-age: "18 months"', 'as in `18 years`, or `in words "18 months"`.', None),
        ("minimum-age: 16 weeks", "Write an age with your own figure, as in `18 years`.", None),
        ("minimum-age: 180abc", "Write an age with your own figure, as in `18 years`.", None),
        (
            "wait assessment: 10 days",
            "Write `within 10 working days of referral` or `within 10 calendar days of referral`.",
            None,
        ),
        ("wait assessment: 10 working days", "Write `within 10 working days of referral`.", None),
        ("wait step-2: 2 to 3 weeks", "Write `within 2 to 3 weeks of referral`.", None),
        ("rejection-letter: 3 weeks", "Write `within 3 weeks of rejection`.", None),
        ("wait step-2: soon", "Write a wait with your own figure, as in `within 28 calendar days of referral`.", None),
        ("dna-limit treatment: three", "Write `3`.", "3"),
        ("dna-limit treatment: 3x", "Write `3`.", None),
        ("contract: 2012 to 2014", "Write `from 2012 to 2014`.", "from 2012 to 2014"),
        ("clusters: one to four", "Write `1 to 4`.", "1 to 4"),
        ("clusters: all", "Write numbers from 0 to 21, such as `1 to 4`.", None),
        ("target recovery-rate: 50", "Write `50%`.", "50%"),
        ("target recovery-rate: 0.5", "Write `50%` or `0.5%`, whichever is meant.", None),
        ("target recovery-rate: 1", "Write `100%` or `1%`, whichever is meant.", None),
        ("target recovery-rate: 500", "Write a percentage with your own figure, as in `50%`.", None),
        ("contract-value: 5,000", "Write `£5,000`.", "£5,000"),
        ("pay step-2: 40", "Write `£40` and what it is paid per, as in `£40 per session`.", None),
        (CASE + "sessions is at least two", "Write `2`.", "2"),
        (CASE + "age is at least sixteen", "Write `16 years`.", "16 years"),
        (CASE + "waited step-3 is at most two weeks", "Write `2 weeks`.", "2 weeks"),
        (CASE + "waited step-3 is at most ten", "Write a figure, as in `10 working days`.", None),
        (CASE + "sessions is more than sesions", "Write `sessions`.", "sessions"),
        (CASE + "waited step-3 is at most x", "Write a length of time, such as `10 working days`.", None),
        (CASE + "cluster is severe", "Write a number from 0 to 21, such as `0`.", None),
        (CASE + "route is at least gp", "Ask for one word, as in `route is gp`.", None),
        (CASE + "route at last reading", "Ask for one word, as in `route is gp`.", None),
    ],
)
def test_a_fix_uses_what_the_author_wrote(text: str, fix: str, edit: str | None, engine: Engine) -> None:
    finding = only(text, engine)
    assert finding.fix is not None and finding.fix.text.endswith(fix)
    assert edit_of(finding) == edit


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("clusters: severe", "`clusters` takes numbers from 0 to 21, and this is a word"),
        (CASE + "cluster is severe", "`cluster` takes a number from 0 to 21, and this is a word"),
        (CASE + "sessions is at least two", "`two` is a word: write `2`"),
        ("target recovery-rate: 0.25", "is it 25% or 0.25%?"),
        ("minimum-age: 18yrs", "this is a figure joined to letters"),
    ],
)
def test_what_a_value_is_called(text: str, words: str, engine: Engine) -> None:
    assert words in only(text, engine).message


@pytest.mark.parametrize(
    ("text", "fix", "edit"),
    [
        ("self-referral step-2: no", "Write `none`, which means: people cannot refer themselves to it.", "none"),
        ("gp-informed: not-required", "Write `none`, which means: the GP need not be told.", "none"),
        (
            "dna-limit treatment: never",
            "Write `none`, which means: nobody is discharged for missed appointments.",
            "none",
        ),
        ("maximum-age: unlimited", "Write `none`, which means: no upper age limit.", "none"),
        ("pay missed: nil", "Write `none`, which means: nothing is paid for it.", "none"),
        ("pay missed: free", "Write `none`, which means: nothing is paid for it.", "none"),
        # That no list limits them, and that none are seen, can both be written `no`.
        (
            "long-term-conditions: no",
            "Write `none`, if that is meant, which means: no list limits the long-term conditions "
            "beside which people are treated.",
            None,
        ),
    ],
)
def test_no_is_answered_with_none(text: str, fix: str, edit: str | None, engine: Engine) -> None:
    finding = only(text, engine)
    assert finding.name == "unknown-word"
    assert finding.fix is not None and finding.fix.text == fix
    assert edit_of(finding) == edit


@pytest.mark.parametrize(
    "text",
    [
        "exclusion psychosis: no",
        "rejection no-capacity: never",
        "severity: not-stated",
        "severity: not-yet-agreed",
        "self-referral step-2: maybe",
    ],
)
def test_none_is_told_but_not_put_in_where_it_may_be_the_opposite(text: str, engine: Engine) -> None:
    finding = only(text, engine)
    assert finding.fix is not None and "or `none`, which means: " in finding.fix.text
    assert edit_of(finding) is None


@pytest.mark.parametrize("text", ["referral-routes: gp, nobody", CASE + "education is no"])
def test_none_is_not_offered_where_it_could_not_stand(text: str, engine: Engine) -> None:
    finding = only(text, engine)
    assert finding.fix is not None and "none" not in finding.fix.text


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        (
            "maximum-age: over 65 years",
            "Write the oldest age alone, such as `65 years`, or `minimum-age: over 65 years` if those are the people "
            "who are seen.",
        ),
        (
            "minimum-age: up to 18 years",
            "Write the youngest age alone, such as `18 years`, or `maximum-age: up to 18 years` if those are the "
            "people who are seen.",
        ),
    ],
)
def test_a_bound_at_the_wrong_end_of_the_ages(text: str, fix: str, engine: Engine) -> None:
    finding = only(text, engine)
    assert finding.name == "out-of-range"
    assert finding.fix is not None and finding.fix.text == fix


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("minimum-age: 18 years\nminimum-age: 18 years", "line 2 says the same"),
        ("minimum-age: 18 years\nminimum-age: about 18 years", "line 2 says something else"),
        ("pay group: £9.00 per hour for step-2\npay group: £9.00 per hour", "line 2 says something else"),
        (
            "pay group: £9.00 per hour\n  at most 12 per course\npay group: £9.00 per hour",
            "line 2 says the same, with other lines under it",
        ),
        (
            "pay group: £9.00 per hour\n  at most 9 per course\npay group: £9.00 per hour\n  At most  9 per course",
            "line 2 says the same",
        ),
        ("minimum-age: 18\nminimum-age: 16", "line 2 is about it too"),
        ("minimum-age: 18\nminimum-age: 18 years", "line 2 is about it too"),
    ],
)
def test_two_lines_are_the_same_only_if_they_are(text: str, words: str, engine: Engine) -> None:
    said = [finding.message for finding in found(text, engine) if finding.name == "duplicate-fact"]
    assert len(said) == 1 and said[0].endswith(words)


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("payment step-2: £40.00 per session", "Write `pay step-2`."),
        ("waiting time: within 6 weeks of referral", "Write `wait` and one of `screening`, "),
        ("waits step2: within 6 weeks of referral", "Write `wait step-2`."),
        ("pay other: £5.00 per session", "Write the name of what is paid for, such as `pay other-travel`."),
        ("pay lift: £5.00 per session", "Write the name of what is paid for, such as `pay other-lift`."),
        ("clusters: 1 to 4 [1]", "A source's name begins with a letter: write `[source-1]`, and add a line such as "),
        ("clusters: 1 to 4 [§]", "A source's name begins with a letter: write `[signed]`, and add a line such as "),
    ],
)
def test_a_name_that_is_proposed_is_one(text: str, fix: str, engine: Engine) -> None:
    finding = only(text, engine)
    assert finding.fix is not None and finding.fix.text.startswith(fix)


@pytest.mark.parametrize(
    ("text", "write"),
    [
        ("signed: 17 Agust 2012", "17 August 2012"),
        ("signed: Agust 2012", "August 2012"),
        ("signed: 31 Febuary 2012", None),
        ("signed: 30 Febuary 2012", None),
        ("signed: 29 Febuary 2012", "29 February 2012"),
        ("signed: 31 June 2012", None),
    ],
)
def test_a_proposed_date_exists(text: str, write: str | None, engine: Engine) -> None:
    finding = only(text, engine)
    assert (finding.name, edit_of(finding)) == ("impossible-date", write)


@pytest.mark.parametrize(
    ("date", "within"),
    [
        ("31 December 1947", False),
        ("1 January 1948", True),
        ("31 December 2099", True),
        ("2100-01-01", False),
        ("1947/48", False),
        ("2099/00", True),
        ("1947", False),
    ],
)
def test_dates_are_of_our_time(date: str, within: bool, engine: Engine) -> None:
    findings = found(f"in-effect: from {date}", engine)
    assert [finding.name for finding in findings] == ([] if within else ["out-of-range"])
