"""What follows from the text alone: without figures about patients, without numpy, and the same as the full report."""

from __future__ import annotations

import subprocess
import sys

import pytest

from carespec.incentives.patterns import names
from carespec.incentives.report import analyse
from carespec.incentives.text import DOES_NOT_APPLY, NOT_ANALYSED, NOT_STRUCTURAL, STRUCTURAL, from_text, structural
from carespec.vocabulary import load
from incentive_contracts import service

OUTCOME = "pay recovery-step-2: £50.00 per course\n  when recovered at last reading"
SESSIONS = "indicated-sessions step-2: {}\npay step-2: £{}.00 per session\n  at most 12 per course"
FLAT = "indicated-sessions step-2: 8\npay step-2: £367.29 per course\n  when sessions is at least 2"


@pytest.mark.parametrize(
    ("lines", "name", "expected"),
    [
        (FLAT, "stop-at-minimum", STRUCTURAL),
        (FLAT.replace("at least 2", "at least 8"), "stop-at-minimum", DOES_NOT_APPLY),
        (f"{FLAT}\n{OUTCOME}", "stop-at-minimum", NOT_STRUCTURAL),
        (f"{FLAT}\npay recovery-step-2: not stated", "stop-at-minimum", NOT_ANALYSED),
        (f"{FLAT}\npay assessment: not stated", "stop-at-minimum", STRUCTURAL),
        (f"{FLAT}\npay assessment: not stated", "reject-for-free", NOT_ANALYSED),
        (FLAT, "stretch-to-cap", DOES_NOT_APPLY),
        ("minimum-age: 18 years", "stop-at-minimum", DOES_NOT_APPLY),
        (SESSIONS.format(20, 200), "stop-at-cap", STRUCTURAL),
        (SESSIONS.format(6, 500), "stretch-to-cap", STRUCTURAL),
        (SESSIONS.format(6, 40), "stretch-to-cap", NOT_STRUCTURAL),
    ],
)
def test_answers(lines: str, name: str, expected: str) -> None:
    assert from_text(service(lines), name).verdict == expected


@pytest.mark.parametrize(
    ("lines", "name", "counted_to"),
    [
        (SESSIONS.format(6, 500), "stretch-to-cap", None),
        (SESSIONS.format(6, 500).replace("  at most 12 per course", ""), "stretch-to-cap", 7),
        (SESSIONS.format(6, 500).replace("  at most 12 per course", "session-cap step-2: 10"), "stretch-to-cap", None),
        (SESSIONS.format(6, 500).replace("  at most 12 per course", ""), "unpaid-measuring", None),
    ],
)
def test_a_gain_that_nothing_limits_says_up_to_where_it_is_counted(
    lines: str, name: str, counted_to: int | None
) -> None:
    found = from_text(
        service(f"{lines}\nstop-when: recovered at last reading\noutcome-measure phq-9: every-session"), name
    )
    assert (found.verdict, found.counted_to) == (STRUCTURAL, counted_to)


def test_every_pattern_has_an_answer() -> None:
    assert tuple(structural(service(FLAT))) == names()


def test_the_full_report_says_the_same() -> None:
    for lines in (FLAT, "indicated-sessions step-3: 6\npay step-3: £90.00 per session\n  at most 8 per course"):
        text = structural(service(lines))
        for step in analyse(service(lines)).steps:
            for one in step.assessed:
                assert (one.verdict == STRUCTURAL) == (text[one.pattern.name].verdict == STRUCTURAL), one.pattern.name


def test_nothing_is_assumed_about_other_services() -> None:
    lines = "vocabulary: adult-hearing 1\npay assessment: £50.00 per assessment"
    found = service(lines)
    assert found.vocabulary is load("adult-hearing")
    assert from_text(found, "stop-at-minimum").verdict == NOT_ANALYSED


def test_numpy_is_not_needed() -> None:
    code = (
        "import sys\nfrom carespec.engine import Engine\nfrom carespec.source import from_text\n"
        "from carespec.incentives.text import structural\n"
        f"read = Engine(()).read(from_text('x.care', {'service x' + chr(10) + FLAT!r}))\n"
        "assert structural(read.service)['stop-at-minimum'].verdict == 'structural'\n"
        "print([name for name in ('numpy', 'yaml', 'lark', 'dataclasses', 'pathlib') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
