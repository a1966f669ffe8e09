"""What `import carespec` offers: the engines on plain data, loaded only when they are asked for."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import carespec
from carespec.guidance.library import read_packs
from carespec.records import OUTCOMES
from carespec.source import Source, from_text
from support import TOP

RULE = """guidance ours
version: 1
rule nobody-is-kept-on "No payment rewards keeping people on"
  require: incentive keep-to-threshold is absent
"""
AREA_1, AREA_5 = (os.path.join(TOP, "specs", "first-wave-2012", f"area-{number}.care") for number in (1, 5))


def test_services_are_loaded_checked_and_compared() -> None:
    workspace = carespec.load([AREA_1, AREA_5])
    assert workspace.check().findings
    (compared,) = workspace.compare()
    ages = {view.path: view for topic in compared.topics for view in topic.fields}["minimum-age"]
    assert {answer.text for answer in ages.answers} == {"18 years", "16 years"}


def test_people_are_followed_through_services() -> None:
    one, five = carespec.load([AREA_1, AREA_5]).services()
    person = {"age": "17 years", "education": "full-time"}
    assert [carespec.journey(service, person).outcome for service in (one, five)] == ["refused", "seen"]
    assert any(region.kind == "seen-against-refused" for region in carespec.patients((one, five)).regions)


def test_rewards_are_worked_out() -> None:
    workspace = carespec.Workspace((_source("indicated-sessions step-2: 8\npay step-2: £367.29 per course"),))
    (service,) = workspace.services()
    (step,) = carespec.rewards(service).steps
    assert "structural" in {one.verdict for one in step.assessed if one.pattern.name == "stop-at-minimum"}
    verdicts = carespec.rewards(service).verdicts
    assert {name: one.verdict for name, one in verdicts.items()}.items() >= {
        "stop-at-minimum": "structural", "keep-to-threshold": "robust", "hurry-through": "absent",
    }.items()  # fmt: skip


def test_figures_decide_for_rules_where_they_are_asked_to() -> None:
    packs = read_packs([from_text("ours.guidance", RULE)])
    source = _source("indicated-sessions step-2: 8\npay step-2: £367.29 per course")
    for full, outcome in ((False, "cannot-tell"), (True, "fails")):
        report = carespec.Workspace((source,)).check(guidance=packs, full=full)
        assert report.outcomes[OUTCOMES.index(outcome)] == 1


def _source(lines: str) -> Source:
    return from_text("some.care", f"service some\n{lines}\n  when sessions is at least 2\n")


@pytest.mark.parametrize("name", carespec.__all__)
def test_everything_that_is_offered_is_there(name: str) -> None:
    assert getattr(carespec, name) is not None


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    code = "import sys, carespec; print([name for name in sys.modules if name.startswith('carespec.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_page_says_what_is_so() -> None:
    with open(os.path.join(TOP, "docs", "python.md"), encoding="utf-8") as file:
        page = file.read()
    assert [name for name in carespec.__all__ if name != "__version__" and f"`{name}" not in page] == []
    code = page.partition("```python\n")[2].partition("```")[0]
    done = subprocess.run([sys.executable, "-c", code], cwd=TOP, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_what_is_not_offered_is_said() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'reward'"):
        _ = carespec.reward
