"""The first-wave services side by side are Chapter Four: every count, Table 3, and the two sums that are not nine."""

from __future__ import annotations

import json
import os
from functools import cache
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from carespec.cli import carespec
from support import TOP

FOLDER = "specs/first-wave-2012"


@cache
def published() -> dict[str, Any]:
    with open(os.path.join(TOP, "tests", "data", "first-wave-counts.yaml"), encoding="utf-8") as file:
        data: dict[str, Any] = yaml.safe_load(file)
    return data


def compared(*options: str) -> str:
    done = CliRunner().invoke(carespec, ["compare", *options], env={"CARESPEC_TODAY": "2013-12-01"})
    assert done.exit_code == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    here = os.getcwd()
    os.chdir(TOP)
    try:
        found: dict[str, Any] = json.loads(compared(FOLDER, "--output", "json"))
    finally:
        os.chdir(here)
    return found


def test_every_count(data: dict[str, Any]) -> None:
    counted = {
        topic["name"]: [(count["label"], count["count"], count["services"]) for count in topic["counts"]["counts"]]
        for topic in data["topics"]
        if topic["counts"]
    }
    wanted = {
        name: [
            (count["label"], count["count"], [f"first-wave-area-{area}" for area in count["services"]])
            for count in (*topic["counts"], *([topic["majority"]] if "majority" in topic else []))
        ]
        for name, topic in published()["topics"].items()
    }
    assert counted == wanted


def test_table_3(data: dict[str, Any]) -> None:
    columns = ("payment", "category", "areas", "lowest", "highest", "ratio")
    rows = [{name: row[name] for name in columns} for row in data["prices"] if row["published"]]
    assert rows == [{name: row.get(name) for name in columns} for row in published()["table-3"]]
    assert [row["n"] for row in data["prices"] if row["published"]] == [
        len(row["with-amounts"]) for row in published()["table-3"]
    ]


def test_the_sums_that_are_not_nine_are_told(data: dict[str, Any]) -> None:
    sums = {t["name"]: (t["counts"]["sum"], t["counts"]["of"]) for t in data["topics"] if t["counts"]}
    assert sums == {name: (topic["sum"], 9) for name, topic in published()["topics"].items()}
    assert {name for name, (found, of) in sums.items() if found != of} == {"access", "rejected-referrals"}
    text = compared(os.path.join(TOP, FOLDER))
    assert "add up to 7 for 9 services: first-wave-area-1, first-wave-area-8 are in none of them." in text
    assert "add up to 10 for 9 services: first-wave-area-7 is in more than one." in text


def test_tariffs_that_no_line_gives_are_told(data: dict[str, Any]) -> None:
    assert {row["service"]: row["tariffs"] - row["written"] for row in data["tariffs-not-written"]} == {
        "first-wave-area-5": 2, "first-wave-area-6": 8, "first-wave-area-7": 13, "first-wave-area-8": 27,
    }  # fmt: skip


def test_every_service_is_somewhere_in_every_field(data: dict[str, Any]) -> None:
    """Who answers, who answers otherwise, and who has no line, are all services and nobody twice."""
    for field in (field for topic in data["topics"] for field in topic["fields"]):
        told = [name for answer in field["answers"] for name in answer["services"]]
        told += field["silent"]["services"] + field["unread"]["services"]
        assert sorted(told) == sorted(service["name"] for service in data["services"]), field["field"]


def test_it_fits_its_schema(data: dict[str, Any]) -> None:
    with open(os.path.join(TOP, "specs", "schemas", "compare.schema.json"), encoding="utf-8") as file:
        validator = Draft202012Validator(json.load(file))
    validator.validate(data)
    assert data["findings"] and data["outliers"]


def test_what_guidance_finds_is_told(at_top: str) -> None:
    told = compared(FOLDER, "--field", "pay treatment")
    assert "What guidance finds" in told and "fair-access.price-of-treatment-differs" in told
    assert "youngest-age-differs" not in told
    assert "What guidance finds" not in compared(FOLDER, "--field", "pay treatment", "--guidance", "none")


def test_what_ships_to_be_counted_fits_its_schema() -> None:
    with open(os.path.join(TOP, "specs", "schemas", "counts.schema.json"), encoding="utf-8") as file:
        validator = Draft202012Validator(json.load(file))
    for name in os.listdir(os.path.join(TOP, "specs", "counts")):
        with open(os.path.join(TOP, "specs", "counts", name), encoding="utf-8") as file:
            validator.validate(yaml.safe_load(file))


@pytest.mark.parametrize(("name", "format"), [("first-wave.txt", "text"), ("first-wave.md", "markdown")])
def test_the_whole_page(name: str, format: str, at_top: str, request: pytest.FixtureRequest) -> None:
    path = os.path.join(TOP, "tests", "compare", "golden", name)
    text = compared(FOLDER, "--output", format, "--guidance", "none")
    if request.config.getoption("--update"):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    with open(path, encoding="utf-8") as file:
        assert text == file.read()
