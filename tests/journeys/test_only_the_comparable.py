"""People are compared between services of one programme that hold on a common day; whoever is left out is named."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result

from carespec.cli import carespec
from carespec.compare.gather import placed
from carespec.compare.patients import Everybody, everybody
from carespec.compare.peers import grouped
from journeys.conftest import SEEN, Make
from journeys.random_people import lines

IAPT, COUNSELLING = "programme: iapt\n", "programme: primary-care-counselling\n"
YOUNG = SEEN.replace("18", "16")


def told(make: Make, *texts: str, day: date | None = None) -> Everybody:
    (only,) = everybody([make(text, f"area-{number}") for number, text in enumerate(texts, 1)], day)
    return only


def groups(found: Everybody) -> list[tuple[str, list[str]]]:
    return [(among.group.name, [member.name for member in among.group.members]) for among in found.among]


def alone(found: Everybody) -> dict[str, str]:
    return {one.service.name: one.why for one in found.alone}


def test_another_programme_is_set_apart_and_named(make: Make) -> None:
    found = told(make, f"{IAPT}{SEEN}", f"{IAPT}{YOUNG}", f"{COUNSELLING}{SEEN}")
    assert groups(found) == [("iapt", ["area-1", "area-2"])]
    assert alone(found) == {"area-3": "no other service is of the programme `primary-care-counselling`"}
    (region,) = found.among[0].patients.regions
    assert [answer.service for answer in region.answers] == ["area-1", "area-2"]


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("contract: from 1 April 2012 to 31 March 2014", "contract: from 1 April 2014 to 31 March 2016",
         "in force on no day on which another service of the programme is"),
        ("status: withdrawn", "status: signed", "withdrawn"),
    ],
)  # fmt: skip
def test_other_times_are_set_apart(make: Make, first: str, second: str, why: str) -> None:
    found = told(make, f"{IAPT}{first}\n{SEEN}", f"{IAPT}{second}\n{YOUNG}")
    assert (found.among, alone(found)["area-1"]) == ((), why)


def test_who_does_not_say_is_not_taken_to_be_of_a_programme(make: Make) -> None:
    found = told(make, f"{IAPT}{SEEN}", f"{IAPT}{YOUNG}", SEEN)
    assert alone(found) == {"area-3": "of which programme is not said"}
    assert groups(told(make, SEEN, YOUNG)) == [("programme not said", ["area-1", "area-2"])]


def test_contracts_that_follow_one_another_make_two_groups(make: Make) -> None:
    terms = ("from 1 April 2012 to 31 March 2014", "from 1 April 2013 to 31 March 2016", "from 1 April 2015")
    found = told(make, *(f"{IAPT}contract: {term}\n{SEEN}" for term in terms))
    assert groups(found) == [
        ("iapt from 2013-04-01", ["area-1", "area-2"]),
        ("iapt from 2015-04-01", ["area-2", "area-3"]),
    ]
    on = told(make, *(f"{IAPT}contract: {term}\n{SEEN}" for term in terms), day=date(2015, 6, 1))
    assert [names for _, names in groups(on)] == [["area-2", "area-3"]]
    assert alone(on) == {"area-1": "not in force on 2015-06-01"}


def test_a_destination_is_followed_into_another_programme(make: Make) -> None:
    """Nothing is compared there; where a person ends is the same, whoever runs the place."""
    code = 'commissioner-code: "5ZZ"\n'
    found = told(make, f"{IAPT}{code}{SEEN}exclusion anger: primary-care-counselling",
                 f"{COUNSELLING}{code}{SEEN}exclusion anger: referrer", f"{IAPT}{SEEN}")  # fmt: skip
    trails = [end.trail for end in found.dead_ends if end.service == "area-1"]
    assert ("area-1", "primary-care-counselling", "area-2", "referrer") in trails


def test_a_document_that_is_withdrawn_sends_nobody_anywhere(make: Make) -> None:
    back = f"{IAPT}{SEEN}exclusion anger: referrer"
    both = [f"{IAPT}{SEEN}", f"{IAPT}{SEEN}"]
    assert [end.service for end in told(make, *both, back).dead_ends] == ["area-3"]
    assert told(make, *both, f"status: withdrawn\n{back}").dead_ends == ()


@pytest.mark.parametrize("seed", range(4))
def test_unrelated_services_change_nothing(make: Make, seed: int) -> None:
    """Services of another programme, or of another time, leave what is told of the others as it is."""
    random = Random(seed)
    held = [f"{IAPT}contract: from 1 April 2012 to 31 March 2013\n{lines(random)}" for _ in range(3)]
    others = [f"{COUNSELLING}{lines(random)}", f"{IAPT}contract: from 1 April 2013\n{lines(random)}"]
    before, after = told(make, *held), told(make, *held, *others)
    assert [one.patients for one in after.among] == [one.patients for one in before.among]
    assert len(after.alone) == 2


@pytest.mark.parametrize("seed", range(4))
def test_the_groups_are_those_of_every_comparison(make: Make, seed: int) -> None:
    random = Random(seed)
    starts = [
        f"contract: from 1 April {random.randint(2010, 2013)} to 31 March {random.randint(2014, 2016)}" for _ in "abcd"
    ]
    services = [
        make(f"{random.choice((IAPT, COUNSELLING))}{start}\n{SEEN}", f"s-{n}") for n, start in enumerate(starts)
    ]
    (found,) = everybody(services)
    told_of = [among.group for among in found.among]
    assert told_of == [group for group in grouped(map(placed, services)).groups if len(group.members) > 1]


def run(*words: str) -> Result:
    return CliRunner().invoke(carespec, ["journey", *words])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    texts = {"a": f"{IAPT}{SEEN}", "b": f"{IAPT}{YOUNG}", "c": f"{COUNSELLING}{SEEN}", "d": f"{COUNSELLING}{YOUNG}"}
    for name, text in {**texts, "e": SEEN}.items():
        (tmp_path / f"{name}.care").write_text(f"service {name}\n{text}", encoding="utf-8")
    (tmp_path / "h.care").write_text("service h\nvocabulary: adult-hearing 1\n", encoding="utf-8")
    return tmp_path


def test_each_group_is_told_with_its_number_and_whoever_is_in_none(folder: Path) -> None:
    text = run(".").output
    assert "2 services (iapt) treat 1 group of people differently." in text
    assert "2 services (primary-care-counselling) treat 1 group of people differently." in text
    assert "Turned away by both services:" in text
    assert "Not compared: e.care: of which programme is not said." in text
    assert "5 services do not say when they hold, and are taken to hold on every day." in text


def test_one_document_of_data_whatever_is_asked(folder: Path) -> None:
    data = json.loads(run(".", "--output", "json").output)
    assert [(one["programme"], one["services"]) for one in data["patients"]] == [
        ("iapt", ["a", "b"]), ("primary-care-counselling", ["c", "d"]),
    ]  # fmt: skip
    assert any("h.care: there is no other service of its vocabulary" in why for why in data["not-checked"])
    person = json.loads(run(".", "--age", "17", "--output", "json").output)
    assert [one["service"] for one in person["journeys"]] == ["a", "b", "c", "d", "e", "h"]
    assert person["vocabulary"] == "psychological-therapies 1, adult-hearing 1"


def test_where_no_two_can_be_compared_it_says_why(folder: Path) -> None:
    done = run("a.care", "c.care")
    assert done.exit_code == 2
    assert "no two services can be compared (a.care: no other service is of the programme `iapt`;" in done.output
    assert "describe a person" in done.output
