"""The nine first-wave services give back what the 2013 study counted by hand: every count, and every row of Table 3.

The counts are published, the joint assignment is ours: the files must say so, and must invent nothing.
"""

from __future__ import annotations

import os
import re
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
import yaml

from carespec.compare.counts import Analysis, analysis_for
from carespec.engine import Engine
from carespec.model.facts import Fact, Service, State
from carespec.quantities.money import Money, ratio
from carespec.rules.evaluate import EVERY, SOME, truth
from carespec.rules.text import condition_from_text
from carespec.source import read_file
from carespec.syntax.document import read_document

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = os.path.join(TOP, "specs", "first-wave-2012")
AREAS = range(1, 10)

# The study's own figures, section by section, in the order of its sentences (4.2 to 4.9).
PUBLISHED = {
    "age": [2, 1, 1, 5],
    "patient-group": [2, 2, 1, 3, 1],
    "self-referral": [1, 2, 1, 1, 1, 2, 1],
    "model": [4, 1, 1, 2, 1],
    "access": [3, 1, 2, 1],
    "non-attendance": [2, 1, 1, 4, 1],
    "rejected-referrals": [3, 3, 1, 1, 1, 1],
    "tariffs": [1, 2, 2, 1, 1, 1, 1],
}
# Table 3: number of areas, lowest, highest, ratio; and the sentence below it, which has no ratio.
TABLE_3 = {
    "Treatment course only": (2, "367.29", "673.00", "1.8"),
    'For "moving to recovery" Step 2 treatment': (4, "167.00", "366.00", "2.2"),
    'For "moving to recovery" Step 3 treatment': (4, "525.00", "650.00", "1.2"),
    'For "moving to recovery" Step 3+ treatment': (2, "621.92", "934.96", "1.5"),
    "Assessment only": (8, "30.00", "59.93", "2.0"),
    "Access within 28 days": (2, "20.00", "37.00", "1.9"),
    'Performance element for "moving to recovery" at Step 2': (3, "42.00", "60.00", "1.4"),
    'Performance element for "moving to recovery" at Step 3': (3, "50.00", "150.00", "3.0"),
    "For clinical improvement at Step 2 or 3": (1, "100.00", "100.00", None),
}
UNCITED = {"title", "status", "vocabulary"}
"""What a file says about itself, which no section of the study can bear out."""


@cache
def _data() -> dict[str, Any]:
    with open(os.path.join(TOP, "tests", "data", "first-wave-counts.yaml"), encoding="utf-8") as file:
        data: dict[str, Any] = yaml.safe_load(file)
    return data


@cache
def _services() -> dict[int, Service]:
    engine = Engine(())
    sources = {area: read_file(os.path.join(FOLDER, f"area-{area}.care")) for area in AREAS}
    return {area: engine.service(read_document(source, engine.parse)) for area, source in sources.items()}


def _chapter_four() -> Analysis:
    found = analysis_for("psychological-therapies")
    assert found is not None and found.name == "chapter-four"
    return found


def _counts() -> list[tuple[str, dict[str, Any]]]:
    topics = _data()["topics"].items()
    return [
        (name, count)
        for name, topic in topics
        for count in (*topic["counts"], *([topic["majority"]] if "majority" in topic else []))
    ]


def _payments(name: str) -> dict[int, Fact]:
    """The `pay` line of that name in each area that has one, whatever it says."""
    found = {area: service.fact("pay", name) for area, service in _services().items()}
    return {area: fact for area, fact in found.items() if fact is not None}


def test_there_are_nine_and_all_was_read() -> None:
    assert len(os.listdir(FOLDER)) == _data()["services"] == len(AREAS)
    for area, service in _services().items():
        assert service.name == f"first-wave-area-{area}"
        assert not service.damaged
        assert [fact.path for fact in service.facts if fact.value.state == State.UNFIT] == []


@pytest.mark.parametrize("default", [EVERY, SOME])
@pytest.mark.parametrize(
    ("topic", "count"), _counts(), ids=lambda value: value if isinstance(value, str) else value["label"]
)
def test_the_files_give_every_count(topic: str, count: dict[str, Any], default: str) -> None:
    where = next(one.where for one in _chapter_four().topics[topic].counts if one.label == count["label"])
    answers = {
        area: truth(condition_from_text(where, service.vocabulary), service, default).value
        for area, service in _services().items()
    }
    assert [area for area, answer in answers.items() if answer is True] == count["services"]
    assert len(count["services"]) == count["count"]


def test_the_counts_are_those_published() -> None:
    topics = _data()["topics"]
    assert {name: [count["count"] for count in topic["counts"]] for name, topic in topics.items()} == PUBLISHED
    assert {name: topic["sum"] for name, topic in topics.items()} == {
        name: sum(all_) for name, all_ in PUBLISHED.items()
    }


def test_only_where_the_study_says_so_is_an_area_in_no_count_or_in_two() -> None:
    for name, topic in _data()["topics"].items():
        placed = sorted(area for count in topic["counts"] for area in count["services"])
        if name not in ("access", "rejected-referrals"):
            assert placed == list(AREAS)
    majority = _data()["topics"]["access"]["majority"]
    assert majority["count"] > len(AREAS) / 2


def test_the_conditions_that_ship_are_those_of_the_published_counts() -> None:
    shipped = {
        name: [(count.label, count.besides) for count in topic.counts] for name, topic in _chapter_four().topics.items()
    }
    published = {
        name: [(count["label"], False) for count in topic["counts"]]
        + ([(topic["majority"]["label"], True)] if "majority" in topic else [])
        for name, topic in _data()["topics"].items()
    }
    assert shipped == published
    assert {name: topic.place for name, topic in _chapter_four().topics.items()} == {
        name: topic["section"] for name, topic in _data()["topics"].items()
    }
    assert list(_chapter_four().prices) == [row["payment"] for row in _data()["table-3"]]


def test_the_data_has_table_3_as_published() -> None:
    rows = {
        row["category"]: (row["areas"], row["lowest"], row["highest"], row.get("ratio")) for row in _data()["table-3"]
    }
    assert rows == TABLE_3


@pytest.mark.parametrize("row", _data()["table-3"], ids=lambda row: row["payment"])
def test_the_files_give_every_row_of_table_3(row: dict[str, Any]) -> None:
    payments = _payments(row["payment"])
    stated = {area: fact.value.content for area, fact in payments.items() if fact.value.state == State.STATED}
    others = {fact.value.state for area, fact in payments.items() if area not in stated}
    amounts = [money.amount for money in stated.values() if isinstance(money, Money)]
    assert len(payments) == row["areas"]
    assert (list(payments), list(stated)) == (row["services"], row["with-amounts"])
    assert others <= {State.IN_WORDS}
    assert (min(amounts), max(amounts)) == (Decimal(row["lowest"]), Decimal(row["highest"]))
    if "ratio" in row:
        assert ratio(max(amounts), min(amounts)) == Decimal(row["ratio"])


def test_every_row_is_the_category_of_its_payment() -> None:
    vocabulary = _services()[1].vocabulary
    for row in _data()["table-3"]:
        payment = vocabulary.payment(row["payment"])
        assert payment is not None
        assert payment.category == row["category"]


def test_no_area_has_more_payments_than_tariffs() -> None:
    for service in _services().values():
        tariffs = getattr(service.stated("number-of-tariffs"), "low", 0)
        paid = [f for f in service.family("pay") if f.value.state not in (State.NONE, State.NOT_STATED)]
        assert 0 < len(paid) <= tariffs


@pytest.mark.parametrize("area", AREAS)
class TestEachFile:
    def test_says_that_it_is_a_reconstruction(self, area: int) -> None:
        service = _services()[area]
        assert service.status == "reconstruction"
        assert "reconstruction" in service.lines[service.facts[0].line - 1]
        opening = " ".join(line.lstrip("# ") for line in service.lines if line.startswith("#"))
        assert "RECONSTRUCTION, no real area's specification" in opening
        assert "is our own assignment, one of many that would fit" in opening

    def test_cites_a_section_for_every_fact(self, area: int) -> None:
        for fact in _services()[area].facts:
            places = [cite.place for cite in fact.cites if cite.source == "study"]
            wanted = 0 if fact.field in UNCITED else 1
            assert len(places) == len(fact.cites) == wanted, fact.path
            place = r"1\.2" if fact.field == "in-effect" else r"4\.[1-9]( Table 3)?"
            assert all(re.fullmatch(place, each) for each in places), fact.path

    def test_has_no_price_that_is_not_published(self, area: int) -> None:
        published = {amount for _, lowest, highest, _ in TABLE_3.values() for amount in (lowest, highest)}
        written = {amount for line in _services()[area].lines for amount in re.findall(r"£\s*([0-9.,]*[0-9])", line)}
        assert written <= published

    def test_states_an_amount_only_where_its_row_has_it(self, area: int) -> None:
        rows = {row["payment"]: row for row in _data()["table-3"]}
        for fact in _services()[area].family("pay"):
            if fact.value.state == State.STATED:
                assert fact.key is not None
                assert area in rows[fact.key]["with-amounts"]

    def test_says_only_the_published_range_in_words(self, area: int) -> None:
        rows = {row["payment"]: row for row in _data()["table-3"]}
        for fact in _services()[area].family("pay"):
            amounts = (
                re.findall(r"£([0-9.]*[0-9])", str(fact.value.content)) if fact.value.state == State.IN_WORDS else []
            )
            if amounts:
                assert fact.key is not None
                assert amounts == [rows[fact.key]["lowest"], rows[fact.key]["highest"]]
