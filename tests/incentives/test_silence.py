"""What a document leaves open about a course that it pays for: told by `check`, and listed with what is taken."""

from __future__ import annotations

import pytest

from carespec.checks import all_checks
from carespec.engine import Engine
from carespec.incentives.report import analyse
from carespec.source import from_text

SAID = {
    "indicated-sessions step-2": "indicated-sessions step-2: 6",
    "indicated-sessions step-3": "indicated-sessions step-3: 12",
    "stop-when": "stop-when: recovered at last reading",
    "step-up-when": "step-up-when: not recovered after 4 sessions",
    "outcome-measure": "outcome-measure phq-9: every-session",
}
PAID = "steps-offered: step-2, step-3\npay step-2: £40.00 per session\npay step-3: £60.00 per session\n"
NAMES = ("course-left-open", "expected-but-silent")
ENGINE = Engine(tuple(check for check in all_checks() if check.name in NAMES))


def told(silent: tuple[str, ...]) -> tuple[dict[str, str], dict[str, str]]:
    """By field, what the two checks say to write, and what a report says is taken."""
    lines = [line for field, line in SAID.items() if field not in silent]
    found = ENGINE.check(from_text("some.care", "\n".join(["service some", *lines, PAID])))
    service = Engine(()).read(from_text("some.care", "\n".join(["service some", *lines, PAID])))
    assert service is not None
    taken = {one.field: one.taken for step in analyse(service.service).steps for one in step.defaults}
    return {finding.field or "": finding.fix.text if finding.fix else "" for finding in found.findings}, taken


@pytest.mark.parametrize("field", SAID)
def test_each_silence_is_told_and_has_a_named_default(field: str) -> None:
    findings, taken = told((field,))
    assert set(taken) == {field}
    assert field in findings
    if field != "outcome-measure":  # of which the other check tells, with nothing about payments
        assert findings[field].endswith(f"puts in its place: {taken[field]}.")


def test_where_no_step_says_how_many_sessions_it_is_told_once() -> None:
    findings, taken = told(("indicated-sessions step-2", "indicated-sessions step-3"))
    assert {field for field in findings if field.startswith("indicated")} == {"indicated-sessions"}
    assert set(taken) == {"indicated-sessions step-2", "indicated-sessions step-3"}


def test_nothing_is_told_where_everything_is_said() -> None:
    findings, taken = told(())
    assert not taken and not set(findings) & set(SAID)
