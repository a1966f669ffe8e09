"""Overviews add up: of which files each is, and in which order they are added, changes nothing that is told."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.overview import Overview, added, of_kind, overview, overview_of
from carespec.records import OUTCOMES, Finding, Fix, Later, NotChecked, Report, ServiceRef
from carespec.reporters import Options
from carespec.reporters.text import first_of, render
from carespec.source import span_of
from carespec.summary import closing_lines

FILES = 12


def ref(number: int) -> ServiceRef:
    return ServiceRef(f"s{number:02}", f"s{number:02}.care", "service", "2012-04-01", "signed", 3 + number, number % 2)


def finding(number: int, name: str, severity: str, line: int, field: str, outcome: str) -> Finding:
    path = f"s{number:02}.care"
    return Finding(
        f"check.{name}/s{number:02}/{field}", "check", name, outcome, severity, "certain", "carespec", f"s{number:02}",
        field, path, span_of(line, 0, 3), f"{name} is so", f"{field}: x", "patients", Fix(f"Write {field}."),
        title=f"a {name}",
    )  # fmt: skip


FINDINGS = st.lists(
    st.builds(
        finding, st.integers(0, FILES - 1), st.sampled_from("abcdefghijkl"), st.sampled_from(["must", "should", "may"]),
        st.integers(1, 9), st.sampled_from(["minimum-age", "clusters"]), st.sampled_from(["fails", "fails", "waived"]),
    ),
    max_size=60,
    unique_by=lambda one: (one.id, one.path),
)  # fmt: skip
GAPS = st.lists(
    st.builds(
        lambda number, name, because, group, about: NotChecked(
            name, f"s{number:02}", because, f"s{number:02}.care", group, about if group else ()
        ),
        st.integers(0, FILES - 1), st.sampled_from(["u", "v", "w", "x", "everything"]), st.sampled_from(["l 1", "l 2"]),
        st.sampled_from(["", "lines", "left open by"]), st.sampled_from([(), ("minimum-age",), ("clusters", "wait")]),
    ),
    max_size=30,
)  # fmt: skip
TURNS = st.lists(
    st.builds(
        lambda day, number, name: Later(day, name, f"s{number:02}", f"`{name}` begins to bind", f"s{number:02}.care"),
        st.sampled_from(["2014-01-01", "2015-04-01"]), st.integers(0, FILES - 1), st.sampled_from(["p.q", "p.r"]),
    ),
    max_size=20,
)  # fmt: skip


def report_of(findings: list[Finding], gaps: list[NotChecked], turns: list[Later]) -> Report:
    found = sorted(findings, key=lambda one: (one.path, *one.span.start, one.severity, one.name, one.id))
    refs = tuple(ref(number) for number in range(FILES))
    outcomes = tuple(range(FILES, FILES + len(OUTCOMES)))
    return Report("1", "2012-04-01", "v", refs, tuple(found), tuple(gaps), 5, (), 2, outcomes, tuple(turns))


def of_one(report: Report, path: str) -> Overview:
    """The overview of one file; the outcomes all stand with the first."""
    return overview(
        [one for one in report.services if one.path == path], [one for one in report.findings if one.path == path],
        [one for one in report.not_checked if one.path == path], [one for one in report.later if one.path == path],
        report.outcomes if path == "s00.care" else (),
    )  # fmt: skip


@settings(max_examples=150, derandomize=True, deadline=None)
@given(FINDINGS, GAPS, TURNS, st.integers(0, 99), st.sampled_from(["must", "should", "may"]))
def test_what_is_added_up_is_told_as_the_whole_is(
    findings: list[Finding], gaps: list[NotChecked], turns: list[Later], seed: int, show: str
) -> None:
    report, random = report_of(findings, gaps, turns), Random(seed)
    parts = [of_one(report, one.path) for one in report.services]
    random.shuffle(parts)
    cut = random.randrange(FILES)
    whole = added([added(parts[:cut]), *parts[cut:]])._replace(checks=report.checks, rules=report.rules)
    assert closing_lines(whole) == closing_lines(overview_of(report))
    options = Options(show=show)
    by_path = {one.path: [f for f in report.findings if f.path == one.path] for one in report.services}
    assert first_of(whole, lambda path, kind: of_kind(by_path[path], kind), options) == render(report, options)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(FINDINGS)
def test_every_finding_is_told_or_counted(findings: list[Finding]) -> None:
    """What must be put right has a line; of the rest, what is told and what is folded come to all there is."""
    report = report_of(findings, [], [])
    told = render(report, Options())
    fails = [one for one in report.findings if one.outcome == "fails"]
    assert all(f"must {one.name}" in told for one in fails if one.severity == "must")
    for kind, tally in overview_of(report).kinds.items():
        assert tally.findings == sum((one.severity, one.name) == kind[:2] for one in fails) or kind[0] == "must"
    blocks = told.partition(" folded, ")[0].count("affects ")
    assert blocks <= 8


def test_an_overview_of_nothing_says_so() -> None:
    assert closing_lines(added([])) == ["Checked 0 services, 0 facts with 0 checks. Nothing was found."]


@pytest.mark.parametrize("number", [3, 4, 900])
def test_what_is_later_is_told_once_for_all(number: int) -> None:
    turns = [
        Later("2015-04-01", "p.q", f"s{each:03}", "`p.q` begins to bind", f"s{each:03}.care") for each in range(number)
    ]
    (_, told) = closing_lines(overview([], later=turns))
    named = "s000, s001, s002" if number == 3 else f"s000, s001 and {number - 2} more"
    assert told == f"From 2015-04-01: in {named} `p.q` begins to bind."


def test_reasons_that_differ_in_a_figure_alone_are_told_together() -> None:
    one = NotChecked("x", "a", "line 3 could not be read", "a.care", "lines could not be read")
    other = NotChecked("x", "b", "line 7 could not be read", "b.care", "lines could not be read")
    assert closing_lines(overview([], not_checked=[one]))[1] == "Not checked: x in a: line 3 could not be read."
    assert closing_lines(overview([], not_checked=[one, other]))[1:] == [
        "Not checked: x in a, b: lines could not be read."
    ]
