"""What `check` knows of incentives: what the contract's text proves, what it rules out, and what it leaves open."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from carespec.assumptions import changed, default
from carespec.engine import Engine
from carespec.guidance.law import Law
from carespec.guidance.library import shipped as shipped_packs
from carespec.guidance.model import Pack
from carespec.incentives.report import analyse
from carespec.records import OUTCOMES, Finding, NotChecked
from carespec.results import FileResult
from carespec.source import from_text
from support import TOP

MakePack = Callable[[str], Pack]
FLAT = "indicated-sessions step-2: 8\npay assessment: £30.00 per assessment\npay step-2: £367.29 per course\n"
COURSE = f"{FLAT}  when sessions is at least 2"
SESSIONS = "indicated-sessions step-2: 6\npay step-2: £{}.00 per session\n  at most 12 per course"
TO_THE_DOSE = "indicated-sessions step-3: 14\npay step-3: £{}.00 per session\n  at most 14 per course"
ON_RECOVERY = "measured-by: provider\nindicated-sessions step-3: 14\npay recovery-step-3: £100.00 per course\n"
LAST_SCORE = "  when recovered at last reading"
UNPROVED = f"{COURSE}\npay recovery-step-2: £50.00 per course\n{LAST_SCORE}"
DEARER = UNPROVED.replace("£50.00", "£1,500.00")
"""The text does not prove that they reward stopping at the minimum, for a recovery is paid too: by little, by much."""


def checked(lines: str, *laws: Pack, full: bool = False, assume: tuple[str, ...] = ()) -> FileResult:
    name = "psychological-therapies"
    law = Law(laws, full=full, assumptions={name: changed(default(name), assume)} if assume else {})
    return Engine((), law=law).check(from_text("some.care", f"service some\n{lines}\n"))


def outcome(result: FileResult) -> str:
    """What came of the only rule."""
    (found,) = [name for name, number in zip(OUTCOMES, result.outcomes, strict=True) if number]
    return found


def shipped(lines: str) -> FileResult:
    return checked(lines, *shipped_packs())


def rewarded(result: FileResult) -> dict[str, Finding]:
    return {one.name: one for one in result.findings if (one.field or "").startswith("incentive ")}


def waiting(result: FileResult) -> list[NotChecked]:
    return [one for one in result.not_checked if any(path.startswith("incentive ") for path in one.about)]


@pytest.mark.parametrize(
    ("lines", "fired"),
    [
        (COURSE, {"two-session-course"}),
        (COURSE.replace("at least 2", "at least 8"), set()),
        (SESSIONS.format(500), {"paid-to-the-limit"}),
        (SESSIONS.format(40), set()),
        (ON_RECOVERY + LAST_SCORE, {"coached-scores"}),
        (
            "indicated-sessions step-2: 4\nstop-when: none\noutcome-measure phq-9: every-session\n"
            "pay step-2: £40.00 per session",
            {"measuring-is-paid-for"},
        ),
        (TO_THE_DOSE.format(70), set()),
        (TO_THE_DOSE.format(35), {"price-above-cost", "rejecting-costs-nothing"}),
    ],
)
def test_shipped_rules_fire_on_what_they_are_about_and_on_nothing_else(lines: str, fired: set[str]) -> None:
    result = shipped(lines)
    assert set(rewarded(result)) == fired
    assert not list(waiting(result)), "everything is decided"


def test_a_finding_says_what_when_and_how_much_at_the_payment() -> None:
    found = rewarded(shipped(COURSE))["two-session-course"]
    assert found.message.startswith("The contract pays in full after 2 sessions. Stopping there earns up to £")
    assert (found.confidence, found.says) == ("structural", "pay step-2: £367.29 per course")
    assert found.span.start.line == 4, "the course, and not the assessment before it"
    assert found.fix is not None and "belongs" not in found.fix.text


def test_a_gain_without_a_limit_is_not_told_as_if_it_had_one() -> None:
    found = rewarded(shipped(SESSIONS.format(500).replace("\n  at most 12 per course", "")))["paid-to-the-limit"]
    assert "; no line sets a limit) more than stopping" in found.message
    assert "no line sets a limit" not in rewarded(shipped(SESSIONS.format(500)))["paid-to-the-limit"].message


def test_no_message_names_a_figure_that_was_not_worked_out() -> None:
    for lines in (COURSE, ON_RECOVERY + LAST_SCORE):
        assert all("not worked out" not in one.message for one in rewarded(shipped(lines)).values())


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("incentive stop-at-minimum is not one of structural, does-not-apply", "passes"),
        ("incentive stop-at-minimum is not structural", "passes"),
        ("incentive stop-at-minimum is structural", "fails"),
        ("incentive stop-at-minimum is robust", "cannot-tell"),
        ("incentive stop-at-minimum is not robust", "cannot-tell"),
        ("incentive stop-at-minimum is absent", "cannot-tell"),
        ("incentive stop-at-minimum is one of structural, robust", "cannot-tell"),
        ("incentive stop-at-minimum is stated", "fails"),
        ("incentive stretch-to-cap is does-not-apply", "passes"),
        ("incentive stretch-to-cap is stated", "passes"),
        ("no incentive is structural", "fails"),
    ],
)
def test_what_the_text_does_not_prove_is_not_structural_and_no_more(
    condition: str, expected: str, pack: MakePack
) -> None:
    assert outcome(checked(UNPROVED, pack(f'rule one "One"\n  require: {condition}'))) == expected


@pytest.mark.parametrize(
    ("lines", "because"),
    [
        (f"{COURSE}\npay recovery-step-2: not stated", "`pay recovery-step-2` is left out: its amount is not stated"),
        ("minimum-age: 18 years", "no line says what is paid"),
    ],
)
def test_what_was_not_analysed_is_undecided_with_its_reason(lines: str, because: str, pack: MakePack) -> None:
    result = checked(lines, pack('rule one "One"\n  require: incentive stop-at-minimum is not structural'))
    (entry,) = result.not_checked
    assert entry.because == f"{because}: incentive stop-at-minimum"
    assert entry.group == f"{because}, so nobody can tell about"


@pytest.mark.parametrize(
    ("lines", "condition", "expected"),
    [
        (UNPROVED, "incentive stop-at-minimum is not structural", "passes"),
        (UNPROVED, "incentive stop-at-minimum is robust", "passes"),
        (UNPROVED, "incentive stop-at-minimum is possible", "fails"),
        (UNPROVED, "incentive stop-at-minimum is not one of structural, robust", "fails"),
        (UNPROVED, "incentive stop-at-minimum is stated", "passes"),
        (UNPROVED, "no incentive is robust", "fails"),
        (DEARER, "incentive stop-at-minimum is possible", "passes"),
        (DEARER, "incentive stop-at-minimum is robust", "fails"),
    ],
)
def test_figures_decide_what_the_text_leaves_open(lines: str, condition: str, expected: str, pack: MakePack) -> None:
    law = pack(f'rule one "One"\n  require: {condition}')
    assert outcome(checked(lines, law, full=True)) == expected


def test_figures_of_ones_own_decide(pack: MakePack) -> None:
    law = pack('rule one "One"\n  require: incentive stop-at-minimum is not possible')
    assert outcome(checked(DEARER, law, full=True)) == "fails"
    assert outcome(checked(DEARER, law, full=True, assume=("cost.session.step-2=0", "cost.reading=0"))) == "passes"


def test_figures_change_no_answer_that_the_text_gives() -> None:
    """What ships asks only for what the text settles, so that a run in full says the same."""
    for lines in (COURSE, SESSIONS.format(500), ON_RECOVERY + LAST_SCORE, UNPROVED):
        assert checked(lines, *shipped_packs(), full=True) == shipped(lines)


def test_verdicts_are_those_of_the_report(pack: MakePack) -> None:
    """What a rule sees is what the page prints, of every incentive; what is undecided is not taken to be absent."""
    with open(os.path.join(TOP, "specs", "payment-designs", "five-domain-pilot.care"), encoding="utf-8") as file:
        lines = file.read().partition("\n")[2]
    read = Engine(()).read(from_text("some.care", f"service some\n{lines}"))
    assert read is not None
    told = {each: one.verdict.replace("undecided", "absent") for each, one in analyse(read.service).verdicts.items()}
    rules = (f'rule {each} "One"\n  require: incentive {each} is {verdict}' for each, verdict in told.items())
    found = checked(lines, pack("\n\n".join(rules)), full=True)
    left = {one.name for one in found.not_checked}
    assert left == {each for each, one in analyse(read.service).verdicts.items() if one.verdict == "undecided"}
    assert found.outcomes == (len(told) - len(left), 0, len(left), 0, 0, 0, 0)


def test_a_finding_from_figures_says_how_sure_it_is_and_for_which_figures_its_pounds_hold(pack: MakePack) -> None:
    law = pack(
        'rule one "One"\n  require: incentive stop-at-minimum is absent\n  message: "It earns {gain} more after '
        '{sessions-due}."'
    )
    (found,) = checked(UNPROVED, law, full=True).findings
    assert found.confidence == "robust"
    assert re.fullmatch(r"It earns £\d+\.\d\d \(at the likely figures\) more after 2\.", found.message)


def test_two_services_of_one_run_are_told_apart() -> None:
    """What is remembered of one must not leak into another whose payments differ only in a figure."""
    engine = Engine((), law=Law(shipped_packs()))
    for lines in (COURSE, COURSE.replace("at least 2", "at least 8"), COURSE.replace("367.29", "400.00"), COURSE):
        source = from_text("some.care", f"service some\n{lines}\n")
        assert rewarded(engine.check(source)) == rewarded(shipped(lines))


@pytest.mark.parametrize(("lines", "loads"), [("minimum-age: 18 years", False), (COURSE, True)])
def test_incentives_are_loaded_only_where_something_is_paid(lines: str, loads: bool) -> None:
    code = (
        "import sys\nfrom carespec.engine import Engine\nfrom carespec.guidance.library import shipped\n"
        "from carespec.guidance.law import Law\nfrom carespec.source import from_text\n"
        f"Engine((), law=Law(shipped(), full=True)).check(from_text('x.care', {'service x' + chr(10) + lines!r}))\n"
        "print('carespec.incentives.text' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(loads), "False"]
