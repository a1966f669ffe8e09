"""`carespec journey` as a person meets it: goldens over the nine services of the first wave, data, and bad input."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from carespec.cli import carespec
from support import TOP

FIRST_WAVE = "specs/first-wave-2012"
SIXTEEN = ("--age", "17 years", "--education", "full-time", "--cluster", "3", "--route", "self-referral")
GOLDEN = os.path.join(TOP, "tests", "journeys", "golden")
RUNS = {
    "seventeen.txt": (FIRST_WAVE, *SIXTEEN),
    "seventeen.md": (FIRST_WAVE, *SIXTEEN, "--output", "markdown"),
    "cluster-5.txt": (FIRST_WAVE, "--cluster", "5"),
    "step-3-plus.txt": (FIRST_WAVE, "--step-sought", "step-3-plus", "--route", "self-referral"),
    "everybody.txt": (FIRST_WAVE,),
    "everybody-all.txt": (FIRST_WAVE, "--all"),
    "everybody.md": (FIRST_WAVE, "--output", "markdown"),
    "published.txt": ("specs/published-rules",),
    "hearing.txt": ("specs/adult-hearing", "--age", "50"),
}


def run(*words: str) -> Result:
    return CliRunner().invoke(carespec, ["journey", *words])


@pytest.mark.usefixtures("at_top")
@pytest.mark.parametrize("name", RUNS)
def test_as_printed(name: str, request: pytest.FixtureRequest) -> None:
    result = run(*RUNS[name])
    assert result.exit_code == 0, result.output
    path = os.path.join(GOLDEN, name)
    if request.config.getoption("--update"):
        with open(path, "w", encoding="utf-8") as file:
            file.write(result.output)
    with open(path, encoding="utf-8") as file:
        assert result.output == file.read()


@pytest.mark.usefixtures("at_top")
def test_the_first_page_is_short_and_says_how_much_more_there_is() -> None:
    first, every = run("specs").stdout, " ".join(run("specs", "--all").stdout.split())
    assert len(first.splitlines()) < 160
    assert "… and " in first and " more: --all" in first
    assert "more: --all" not in every
    for region in data("specs")["patients"]["regions"]:
        assert region["who"] in every, "with --all nobody is left out"


def data(*words: str) -> dict[str, Any]:
    result = run(*words, "--output", "json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


def schema(name: str) -> Draft202012Validator:
    with open(os.path.join(TOP, "specs", "schemas", f"{name}.schema.json"), encoding="utf-8") as file:
        return Draft202012Validator(json.load(file))


@pytest.mark.usefixtures("at_top")
@pytest.mark.parametrize("words", [(FIRST_WAVE, *SIXTEEN), ("specs/published-rules", "--problem", "psychosis"),
                                   ("specs/adult-hearing", "--sign", "vertigo")])  # fmt: skip
def test_journeys_fit_their_schema(words: tuple[str, ...]) -> None:
    schema("journeys").validate(data(*words))


@pytest.mark.usefixtures("at_top")
@pytest.mark.parametrize("path", [FIRST_WAVE, "specs/published-rules"])
def test_patients_fit_their_schema(path: str) -> None:
    schema("patients").validate(data(path))


@pytest.mark.usefixtures("at_top")
class TestChapterFour:
    """What the study found by hand about the boundary between child and adult (4.2) and the patient group (4.3)."""

    def outcomes(self, *words: str) -> dict[int, str]:
        return {int(one["service"][-1]): one["outcome"] for one in data(FIRST_WAVE, *words)["journeys"]}

    def test_from_16_in_two_areas(self) -> None:
        found = self.outcomes("--age", "16", "--education", "full-time")
        assert [area for area, outcome in found.items() if outcome == "seen"] == [2, 5]

    def test_sixteen_and_seventeen_in_one_area_if_not_in_full_time_education(self) -> None:
        # Area 4 says nothing of clusters, so whether it sees them cannot be told; its line on age lets them in.
        assert self.outcomes("--age", "16", "--education", "full-time")[4] == "refused"
        assert self.outcomes("--age", "16", "--education", "part-time")[4] == "cannot-tell"

    def test_adults_in_words_in_one_area(self) -> None:
        assert self.outcomes("--age", "17")[9] == "cannot-tell"
        assert self.outcomes("--age", "15")[9] == "refused"
        assert self.outcomes("--age", "18")[9] == "seen"

    def test_from_18_in_the_rest(self) -> None:
        found = self.outcomes("--age", "17", "--education", "not-in-education")
        assert [area for area, outcome in found.items() if outcome == "refused"] == [1, 3, 6, 7, 8]

    def test_cluster_5_possibly_in_two_areas(self) -> None:
        found = self.outcomes("--cluster", "5")
        assert [area for area, outcome in found.items() if outcome == "by-agreement"] == [5, 7]
        assert [area for area, outcome in found.items() if outcome == "cannot-tell"] == [4, 6, 8]

    def test_the_boundary_at_cluster_4_in_one_area(self) -> None:
        assert self.outcomes("--cluster", "4")[2] == "cannot-tell"

    def test_self_referral_to_step_3(self) -> None:
        found = self.outcomes("--route", "self-referral", "--step-sought", "step-3")
        assert found[5] == "if-judged"
        assert [area for area, outcome in found.items() if outcome == "seen"] == [2, 3, 7]

    def test_the_regions_name_them(self) -> None:
        regions = {one["who"]: one for one in data(FIRST_WAVE)["patients"]["regions"]}
        one = regions["aged 16 or 17, in full-time education"]
        refused = [int(answer["service"][-1]) for answer in one["answers"] if answer["outcome"] == "refused"]
        assert (one["kind"], refused) == ("seen-against-refused", [1, 3, 4, 6, 7, 8])
        assert regions["in care cluster 5"]["kind"] == "seen-against-maybe"


@pytest.mark.usefixtures("at_top")
@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((FIRST_WAVE, "--education", "fulltime"), "did you mean `full-time`"),
        ((FIRST_WAVE, "--cluster", "9"), "must not be used"),
        ((FIRST_WAVE, "--age", "minus one"), "--age"),
        ((FIRST_WAVE, "--wears-an-aid", "yes"), "there is no case field `wears-an-aid`"),
        ((FIRST_WAVE, "--output", "jsn"), "did you mean `json`"),
        ((FIRST_WAVE, "--ag", "17"), "No such option"),
        (("specs/adult-hearing",), "two services or more"),
        (("specs/nowhere", "--age", "17"), "no file or folder"),
        ((FIRST_WAVE, "--population", "specs/nowhere.csv"), "cannot be read"),
        ((FIRST_WAVE, "--population", "specs/calendars/england.yaml"), "is no population table"),
        ((FIRST_WAVE, "--age", "17", "--population", "x.csv"), "leave out one of the two"),
    ],
)  # fmt: skip
def test_bad_input_gets_an_answer(words: tuple[str, ...], says: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert says in result.output
    assert "Traceback" not in result.output


@pytest.mark.usefixtures("at_top")
def test_a_population_table_from_a_file(tmp_path: Any) -> None:
    table = tmp_path / "people.csv"
    table.write_text(
        "# source: made up for this test\nage,education,people\n16 to 17,full-time,1200\n", encoding="utf-8"
    )
    result = run(FIRST_WAVE, "--population", str(table))
    assert "1,200 people" in result.output
    assert "made up for this test" in result.output


@pytest.mark.usefixtures("at_top")
def test_every_case_field_is_an_option() -> None:
    from carespec.vocabulary import load, names

    text = run("--help").output
    for name in names():
        for field in load(name).case_fields.values():
            if field.ordinary is not None:
                assert f"--{field.name}" in text


def test_a_table_folds_to_the_width_of_the_terminal() -> None:
    from carespec.cli._tables import table

    for columns in (60, 100, 140):
        shown = table(("Service", "Decided by"), [("first-wave-area-1", "minimum-age: 18 years " * 9)], columns)
        assert max(map(len, shown.splitlines())) <= columns
        assert shown.count("minimum-age") == 9, "nothing is cut off"
