"""Every pattern has its page, and its own example comes out as its file says."""

from __future__ import annotations

import pytest

from carespec.incentives.episode.step import table_of
from carespec.incentives.figures import KINDS
from carespec.incentives.gains import Setting, exact
from carespec.incentives.horizon import settle
from carespec.incentives.patterns import Pattern, all_patterns
from carespec.incentives.report import FOUND, Assessed, Options, assess
from carespec.incentives.tell.phrases import courses, rows
from carespec.incentives.verdicts import POSSIBLE, UNDECIDED
from incentive_contracts import assumed, contract

PATTERNS = {one.name: one for one in all_patterns()}
RECORDS = {"coach-the-score", "retest-at-entry", "upcode-cluster"}


def example(pattern: Pattern) -> Setting:
    wanted = pattern.example
    assumptions = assumed(wanted.given)
    found = contract(wanted.lines, assumptions)
    assert pattern.of_document or not found.left_out, found.left_out
    step = found.steps[0]
    if wanted.horizon is None:
        return settle(found, step, assumptions).setting
    return Setting(found, step, assumptions, table_of(step, wanted.horizon))


def came_out(pattern: Pattern) -> dict[str, str]:
    """Everything that an example can be asked, in the words of its file."""
    setting = example(pattern)
    one = assess(setting, pattern, Options(gaming=True))
    found = {"verdict": one.verdict, "gain": f"{_gain(setting, one):.4f}"}
    if one.proof is not None:
        found["every-path"] = f"{one.proof.gain.least:.2f} to {one.proof.gain.greatest:.2f}"
    if one.given is not None:
        found["given-below" if one.given.below else "given-above"] = f"{one.given.pounds:.2f}"
    for crossing in one.break_evens:
        found[f"break-even {crossing.name}"] = f"{crossing.at:.{2 if crossing.unit == 'pounds' else 4}f}"
    if one.size is not None:
        found["recoveries-lost"] = f"{one.size.recoveries_lost:.4f}"
        found["compliance"] = f"{one.size.compliance or 0:.4f}"
    if one.witness is not None:
        found |= {"worth-there": f"{one.witness.worth:.2f}", "parts-after": str(one.witness.session)}
        found["rewarded"] = courses(one.witness)[1][1]
    return found


def _gain(setting: Setting, one: Assessed) -> float:
    if one.pattern.departs is None:
        return one.gain
    slot = one.pattern.main_slot
    return float(exact(setting, one.pattern, ({},), (slot,)).gain[0, KINDS.index(one.pattern.example.kind), 0])


@pytest.mark.parametrize("name", PATTERNS)
def test_its_example_comes_out(name: str) -> None:
    pattern = PATTERNS[name]
    found = came_out(pattern)
    assert {key: found.get(key) for key in pattern.example.expect} == dict(pattern.example.expect)


def test_every_pattern_shows_in_its_example() -> None:
    """That none of them shows where nothing is wrong, tests/incentives/test_controls.py holds."""
    assert {name for name, one in PATTERNS.items() if one.example.expect["verdict"] not in FOUND} == set()
    assert [name for name, one in PATTERNS.items() if not one.catalogue] == ["retest-at-entry"]
    assert len(PATTERNS) == 37 + 1


@pytest.mark.parametrize("name", PATTERNS)
def test_what_would_settle_it_is_told_where_figures_leave_it_open(name: str) -> None:
    found = contract(PATTERNS[name].example.lines, assumed(plain=False))
    one = assess(settle(found, found.steps[0], assumed(plain=False)).setting, PATTERNS[name], Options(effort=8))
    told = {label for label, _ in rows(one)}
    assert one.verdict not in (POSSIBLE, UNDECIDED) or told & {"turns at", "decided by"}, one.verdict


@pytest.mark.parametrize("name", PATTERNS)
def test_it_says_what_a_reader_needs(name: str) -> None:
    pattern = PATTERNS[name]
    for lead in ("What it is:", "Why it matters:", "Instead:", "Exceptions:"):
        assert f"\n\n{lead}" in pattern.page
    assert pattern.title[0].islower() and not pattern.rewards.endswith(".")
    assert pattern.fields and pattern.study
    assert "providers do" not in pattern.page


def test_the_catalogue_has_no_number_twice() -> None:
    numbers = [one.catalogue for one in PATTERNS.values()]
    assert len(numbers) == len(set(numbers))


def test_only_records_are_tampered_with_on_request() -> None:
    assert {name for name, one in PATTERNS.items() if one.gaming} == RECORDS
