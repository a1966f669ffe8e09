"""Who is treated differently, where services are put side by side: short, and the same as the journeys tell."""

from __future__ import annotations

import json
import os
from pathlib import Path

from click.testing import CliRunner

import carespec as package
from carespec.cli import carespec
from carespec.compare.patients import MOST_SERVICES
from support import TOP

FIRST_WAVE = os.path.join(TOP, "specs", "first-wave-2012")
PATHS = [os.path.join(FIRST_WAVE, name) for name in sorted(os.listdir(FIRST_WAVE)) if name.endswith(".care")]


def run(*arguments: str) -> str:
    done = CliRunner().invoke(carespec, ["compare", *arguments], env={"CARESPEC_TODAY": "2013-12-01"})
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_page_names_those_for_whom_most_is_at_stake_and_counts_the_others() -> None:
    told = run(FIRST_WAVE).partition("People treated differently")[2]
    assert "aged 16 or 17, in full-time education" in told and "seen 2, turned away 6" in told
    assert "8 services: iapt from 2012-09-01" in told
    assert "1 service can be compared with no other; `carespec journey` says why." in told
    assert "`carespec journey` tells everybody" in told


def test_the_data_has_all_of_them_that_can_be_compared() -> None:
    (found,) = json.loads(run(FIRST_WAVE, "--output", "json"))["patients"]
    stepped = [service for service in package.load(PATHS).services() if service.name != "first-wave-area-9"]
    assert [one["id"] for one in found["regions"]] == [region.id for region in package.patients(stepped).regions]
    assert found["services"] == [service.name for service in stepped], "area 9 is a counselling service"
    assert (found["vocabulary"], found["programme"], found["since"]) == (
        "psychological-therapies 1", "iapt", "2012-09-01",
    )  # fmt: skip


def test_one_topic_is_about_no_people() -> None:
    assert json.loads(run(FIRST_WAVE, "--topic", "age", "--output", "json"))["patients"] == []


def test_of_many_services_people_are_left_to_the_command_for_them(tmp_path: Path) -> None:
    for number in range(MOST_SERVICES + 1):
        (tmp_path / f"{number}.care").write_text(f"service s-{number}\nminimum-age: {16 + number % 3} years\n")
    assert json.loads(run(str(tmp_path), "--output", "json"))["patients"] == []
    assert "`carespec journey` tells who is treated differently" in run(str(tmp_path))
