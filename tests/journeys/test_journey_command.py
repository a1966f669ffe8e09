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
    groups = first.split(" groups of people differently.")
    assert [len(group.splitlines()) < 160 for group in groups] == [True] * 3, "two groups of services, a page each"
    assert "… and " in first and " more: --all" in first
    assert "more: --all" not in every
    for region in (region for group in data("specs")["patients"] for region in group["regions"]):
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
        regions = {one["who"]: one for one in data(FIRST_WAVE)["patients"][0]["regions"]}
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
        ((FIRST_WAVE, "--ag", "17"), "has no option `--ag`; did you mean `--age`?"),
        (("specs/adult-hearing",), "northshire-hearing.care: there is no other service"),
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
@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("old,full-time,1200", "row 1 of the population table, age: `old` is no age"),
        ("16 to 17,full-time,many", "row 1 of the population table: `people` must be a whole number"),
    ],
)
def test_a_population_table_that_cannot_be_read_is_named(row: str, says: str, tmp_path: Any) -> None:
    table = tmp_path / "people.csv"
    table.write_text(f"# source: made up for this test\nage,education,people\n{row}\n", encoding="utf-8")
    result = run(FIRST_WAVE, "--population", str(table))
    assert result.exit_code == 2 and says in result.output and "people.csv" in result.output


@pytest.mark.usefixtures("at_top")
def test_a_population_table_weighs_the_vocabularies_whose_words_it_has(tmp_path: Any) -> None:
    """Whichever service comes first: services for hearing know nothing of education."""
    table = tmp_path / "people.csv"
    table.write_text("# source: made up\nage,education,people\n16 to 17,full-time,1200\n", encoding="utf-8")
    result = run("specs/adult-hearing", FIRST_WAVE, "--population", str(table))
    assert result.exit_code == 0 and "1,200 people" in result.stdout
    assert "weighs nobody under the vocabulary adult-hearing: row 1" in result.stderr
    assert "`education`" in result.stderr


def test_a_withdrawn_document_answers_for_nobody(tmp_path: Any) -> None:
    old, new = tmp_path / "old.care", tmp_path / "new.care"
    old.write_text("service northshire\n\nstatus: withdrawn\nminimum-age: 16 years\n", encoding="utf-8")
    new.write_text("service northshire-2\n\nstatus: signed\nminimum-age: 18 years\n", encoding="utf-8")
    both = run(str(tmp_path), "--age", "17")
    assert both.exit_code == 0 and "northshire-2: turned away" in both.output
    assert "northshire: " not in both.output and f"Not asked: {old}: withdrawn" in both.output
    assert data(str(tmp_path), "--age", "17")["not-checked"] == [f"{old}: withdrawn"]
    alone = run(str(old), "--age", "17")
    assert alone.exit_code == 2 and "no service that can be asked" in alone.output


@pytest.mark.usefixtures("at_top")
def test_on_a_day_only_what_holds_on_it_is_asked() -> None:
    result = run("specs/first-wave-2012/area-1.care", "--age", "17", "--as-at", "2010-01-01")
    assert result.exit_code == 2 and "area-1.care: not in force on 2010-01-01" in result.output
    assert run("specs/first-wave-2012/area-1.care", "--age", "17", "--as-at", "2012-10-01").exit_code == 0


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


@pytest.mark.usefixtures("at_top")
def test_no_line_is_wider_than_what_it_is_told_for() -> None:
    """Told with paths from the top of the checkout: a path is never broken, so it may itself be wider."""
    from carespec.compare.in_full import everybody_text
    from carespec.compare.patients import everybody
    from carespec.workspace import load as load_paths

    names = sorted(name for name in os.listdir(FIRST_WAVE) if name.endswith(".care"))
    paths = [os.path.join(FIRST_WAVE, name) for name in names]
    found = everybody(load_paths(paths).services())
    for width in (50, 80, 120):
        assert max(map(len, everybody_text(found, width).splitlines())) <= width


def test_a_long_name_of_a_file_is_set_in_less_and_never_broken() -> None:
    from carespec.engine import Engine
    from carespec.journeys.as_text import journeys_text
    from carespec.journeys.journey import journeys
    from carespec.source import from_text

    names = ["shire-of-a-name-that-takes-all-of-a-line-n.care", "b.care"]
    services = [Engine(()).read(from_text(name, "service x\nminimum-age: 18 years\n")).service for name in names]
    told = journeys(services, {"age": "17 years"}, services[0].vocabulary)
    for width in (51, 53, 80):
        lines = journeys_text(told, width).splitlines()
        assert max(map(len, lines)) <= width
        assert any(f"({names[0]}:2)" in line for line in lines)
