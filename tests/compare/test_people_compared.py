"""Who is treated differently, where services are put side by side: short, and the same as the journeys tell."""

from __future__ import annotations

import json
import os
from pathlib import Path

from click.testing import CliRunner

import carespec as package
from carespec.cli import carespec
from carespec.compare.patients import MOST_SERVICES, apart
from support import TOP

FIRST_WAVE = os.path.join(TOP, "specs", "first-wave-2012")
PATHS = [os.path.join(FIRST_WAVE, name) for name in sorted(os.listdir(FIRST_WAVE)) if name.endswith(".care")]


def run(*arguments: str) -> str:
    done = CliRunner().invoke(carespec, ["compare", *arguments], env={"CARESPEC_TODAY": "2013-12-01"})
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_page_names_those_for_whom_most_is_at_stake_and_counts_the_others() -> None:
    told = run(FIRST_WAVE).partition("People treated differently")[2]
    assert "aged 16 or 17, in full-time education" in told and "seen 2, cannot tell 1, turned away 6" in told
    assert "1 more group of people is treated differently." in told
    assert "`carespec journey` tells everybody" in told


def test_the_data_has_all_of_them() -> None:
    (found,) = json.loads(run(FIRST_WAVE, "--output", "json"))["patients"]
    told = package.patients(package.load(PATHS).services())
    assert [one["id"] for one in found["regions"]] == [region.id for region in told.regions]
    assert (found["vocabulary"], found["services"]) == ("psychological-therapies 1", len(PATHS))


def test_one_topic_is_about_no_people() -> None:
    assert json.loads(run(FIRST_WAVE, "--topic", "age", "--output", "json"))["patients"] == []


def test_people_need_two_services() -> None:
    service = package.load(PATHS).services()[0]
    assert [len(apart([service] * number)) for number in (1, 2)] == [0, 1]


def test_where_services_are_too_many_that_is_said_with_the_command_that_does_it(tmp_path: Path) -> None:
    for number in range(MOST_SERVICES + 1):
        text = f"service s{number:03}\n\nminimum-age: {16 + number % 2} years\n"
        (tmp_path / f"s{number:03}.care").write_text(text, encoding="utf-8")
    for name in ("one", "two"):
        text = f"service {name}\n\nvocabulary: adult-hearing 1\n"
        (tmp_path / f"{name}.care").write_text(text, encoding="utf-8")
    few = json.loads(run(str(tmp_path), "--guidance", "none", "--output", "json"))
    assert few["patients-left-out"] == [{"vocabulary": "psychological-therapies 1", "services": MOST_SERVICES + 1}]
    assert [one["vocabulary"] for one in few["patients"]] == ["adult-hearing 1"], "the few of the other are told"
    told = " ".join(run(str(tmp_path), "--guidance", "none").partition("differently: psychological")[2].split())
    assert f"more than {MOST_SERVICES} services, and these are {MOST_SERVICES + 1}" in told
    assert "`carespec journey` with the same paths does it." in told
