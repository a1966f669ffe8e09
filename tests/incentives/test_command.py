"""`carespec incentives` as a person and a program meet it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from carespec.cli.incentives import command
from carespec.incentives.tell import formats
from support import TOP

LINES = "service east\n\nindicated-sessions step-2: 8\npay step-2: £367.29 per course\n  when sessions is at least 2\n"
FIXED = tuple(
    f"--assume={each}"
    for each in ("cost.session.step-2=35", "cost.reading=0", "dna=0", "dropout=5%", "relapse=0", "slot-price=0",
                 "hazard.step-2=0.3482")
)  # fmt: skip


@pytest.fixture
def east(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("east.care").write_text(LINES, encoding="utf-8")
    return "east.care"


def run(*words: str, text: str | None = None) -> Result:
    done = CliRunner().invoke(command, list(words), input=text)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_the_page(east: str, request: pytest.FixtureRequest) -> None:
    """Read it aloud: the expected page is tests/data/incentives-page.txt."""
    done = run(east, *FIXED)
    assert done.exit_code == 0
    path = os.path.join(TOP, "tests", "data", "incentives-page.txt")
    if request.config.getoption("--update"):
        Path(path).write_text(done.output, encoding="utf-8")
    assert done.output == Path(path).read_text(encoding="utf-8")


def test_json_has_the_same_numbers(east: str) -> None:
    data = json.loads(run(east, *FIXED, "--output", "json").output)
    step = data["incentives"][0]["steps"][0]
    one = step["patterns"][0]
    assert (one["name"], one["verdict"]) == ("stop-at-minimum", "structural")
    assert one["witness"]["rewarded"][-1] == {"session": 2, "then": "discharge", "paid": "367.29", "cost": "70.00"}
    assert {left["field"] for left in step["silent"]} == {"stop-when", "outcome-measure"}


def test_equal_runs_give_equal_bytes(east: str) -> None:
    for name in formats():
        assert run(east, "--output", name).output == run(east, "--output", name).output


def test_a_table_over_many_the_worst_first(east: str) -> None:
    Path("north.care").write_text("service north\nminimum-age: 18 years\n", encoding="utf-8")
    Path("west.care").write_text(
        LINES.replace("service east", "service west").replace("least 2", "least 8"), encoding="utf-8"
    )
    lines = run(".").output.splitlines()
    assert [line.split()[0] for line in lines[:4]] == ["Services,", "service", "east", "west"]
    assert "  Nothing worked out, since no line says what is paid: north." in lines


def test_a_table_too_wide_for_the_page_keeps_its_figures_in_columns(east: str) -> None:
    """Names go below the figures of their row, and every line keeps to the width."""
    for name in ("a-service-with-quite-a-long-name", "another-service-with-a-long-name"):
        Path(f"{name}.care").write_text(LINES.replace("service east", f"service {name}"), encoding="utf-8")
    Path(east).unlink()
    lines = run(".", *FIXED).output.splitlines()
    assert all(len(line) <= 100 for line in lines)
    head, first, below = lines[1:4]
    assert head.split()[-2:] == ["out", "gain"] and first.index("£") > head.index("left out")
    assert first.split()[0] == "a-service-with-quite-a-long-name"
    assert below == "    incentive: stop-at-minimum"


def test_several_outputs_at_once(east: str) -> None:
    done = run(east, "--output", "markdown=page.md", "--output", "json=data.json")
    assert (done.exit_code, done.output) == (0, "")
    assert Path("page.md").read_text(encoding="utf-8").startswith("# What the payments reward\n")
    assert json.loads(Path("data.json").read_text(encoding="utf-8"))["schema"] == 1


def test_standard_input() -> None:
    assert run("-", "--stdin-filename", "pasted.care", text=LINES).output.startswith("east (pasted.care)\n")


def test_records_are_tampered_with_only_on_request(east: str) -> None:
    Path(east).write_text(f"{LINES}pay recovery-step-2: £50.00 per course\n  when recovered at last reading\n", "utf-8")
    assert "coach-the-score" not in run(east).output
    assert "STRUCTURAL coach-the-score" in run(east, "--gaming").output
    named, other = (run(east, "--also", name).output for name in ("coach-the-score", "upcode-cluster"))
    assert "STRUCTURAL coach-the-score" in named and "upcode-cluster" not in named
    assert "coach-the-score" not in other and "upcode-cluster" in other


def test_each_way_to_tamper_has_its_own_switch(east: str) -> None:
    entry = "entry-readings: 1\npay cluster-4: £500.00 per course\npay cluster-5: £700.00 per course\n"
    outcome = "pay recovery-step-2: £50.00 per course\n  when recovered at last reading\n"
    Path(east).write_text(f"{LINES}{entry}{outcome}", encoding="utf-8")
    every = ("coach-the-score", "retest-at-entry", "upcode-cluster")
    for name in every:
        assert looked_for(east, "--also", name) & {*every} == {name}
    assert not looked_for(east) & {*every}
    assert looked_for(east, "--gaming") >= {*every}


def looked_for(path: str, *words: str) -> set[str]:
    (service,) = json.loads(run(path, "--output", "json", *words).output)["incentives"]
    return {one["name"] for step in service["steps"] for one in step["patterns"]}


def test_figures_of_ones_own(east: str) -> None:
    with open(os.path.join(TOP, "specs", "assumptions", "psychological-therapies.yaml"), encoding="utf-8") as file:
        Path("mine.yaml").write_text(file.read().replace("low: 20", "low: 21"), encoding="utf-8")
    assert "(`cost.session.step-2`): £21.00 to £99.00" in run(east, "--assumptions", "mine.yaml").output
    told = " ".join(run(east, "--assume", "cost.session.step-2=30..40").output.split())
    assert "(`cost.session.step-2`): £30.00 to £40.00, likely £35.00 [given] your own figure" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--assume", "dnaa=5%"), "nothing is assumed about `dnaa`; did you mean `dna`?"),
        (("--assume", "dna=often"), "`often` in `dna=often` is no figure"),
        (("--assume", "dna=1"), "nobody would ever attend"),
        (("--assume", "dna=0.3..0.1"), "the lowest figure comes first"),
        (("--assume", "retests=1.5"), "`retests` counts whole times, and 1.5 is not whole: write 1 or 2"),
        (("--assume", "retests=1000"), "`retests` goes up to 60"),
        (("--assume", "indicated.step-2=0"), "`indicated.step-2` starts at 1"),
        (("--assume", "dropout=30"), "is a share, and 30 is more than all"),
        (("--assume", "dna"), "is no assumption: write NAME=LOW..HIGH"),
        (("--assume", "dna=1%..2%..3%..4%"), "more than three figures"),
        (("--also", "stop-at-cap"), "--also takes one of coach-the-score, retest-at-entry, upcode-cluster"),
        (("--output", "pdf"), "there is no output format `pdf`"),
        (("--material", "some"), "--material takes a share such as 1%"),
        (("--assumptions", "nowhere.yaml"), "`nowhere.yaml` cannot be read"),
        (("--assumptions", "east.care"), "east.care"),
        (("nowhere",), "there is no file or folder `nowhere`"),
    ],
)
def test_bad_input_gets_an_answer(east: str, words: tuple[str, ...], said: str) -> None:
    done = run(east, *words)
    assert done.exit_code == 2
    assert said in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize("words", [(), ("--viability",), ("--repair",), ("--output", "markdown")])
def test_where_nothing_could_be_worked_out_no_figure_is_told(words: tuple[str, ...]) -> None:
    done = run("-", *words, text="service east\n\npay step-2: not stated\n")
    assert "line 3, `pay step-2`: its amount is not stated" in done.output
    for told in ("assumed", "How to read", "leaves out", "without a page"):
        assert told not in done.output
    assert len(done.output.splitlines()) < 10


def test_only_figures_that_bear_on_it_are_told() -> None:
    silent = "service east\n\npay step-2: £40.00 per session\n"
    told = names_assumed(silent)
    assert {"cost.session.step-2", "hazard.step-2", "indicated.step-2", "dna"} <= told
    assert not told & {"cost.session.step-3", "hazard.step-3", "cost.assessment", "cost.group", "retests"}
    said = f"{silent}pay assessment: £40.00 per assessment\nindicated-sessions step-2: 6\n"
    assert names_assumed(said) ^ told == {"cost.assessment", "indicated.step-2"}


def test_what_must_be_spent_beforehand_is_among_the_figures() -> None:
    told = names_assumed(
        "service east\n\npay step-2: £40.00 per session\nrequired-system iaptus: provider-pays\n", "--viability"
    )
    assert {"cost.fixed", "volume", "enters"} <= told


def names_assumed(text: str, *words: str) -> set[str]:
    (service,) = json.loads(run("-", "--output", "json", *words, text=text).output)[
        "viability" if words else "incentives"
    ]
    return {one["name"] for one in service["assumptions"]}


OURS = os.path.join(TOP, "specs", "assumptions", "psychological-therapies.yaml")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("parameters:", "figures:", "the file: there is no `parameters`"),
        ("    low: 20", "    high-up: 1\n    low: 20", "nothing here is called `high-up`"),
        ("grade: derived", "grade: certain", "`certain` is none of seen, second-hand, derived, assumed"),
        ("    low: 0.02\n", "", "there is no `low`"),
        ("low: 20\n", "low: -20\n", "-20 is less than 0"),
        ("low: 20\n", 'low: "20"\n', "`20` is no number: write it without quotation marks"),
        ("low: 20\n", "low: .nan\n", "`cost.session.step-2` goes from 0 to 1,000,000,000, and nan does not"),
        ("high: 99\n", "high: .inf\n", "`cost.session.step-2` goes from 0 to 1,000,000,000, and inf does not"),
        ("likely: 35\n", "likely: 350\n", "`cost.session.step-2` runs from 20 over 350 to 99"),
        ("  dna:", "  dnaa:", "nothing is assumed about `dnaa`; did you mean `dna`?"),
        ("assumptions: psychological-therapies", "assumptions: nowhere", "it is for services of `nowhere`"),
        ("assumptions: psychological-therapies", "assumptions: adult-hearing", "and none of these is one"),
    ],
)
def test_a_file_of_figures_that_cannot_be_used(east: str, old: str, new: str, said: str) -> None:
    with open(OURS, encoding="utf-8") as file:
        Path("mine.yaml").write_text(file.read().replace(old, new), encoding="utf-8")
    done = run(east, "--assumptions", "mine.yaml")
    assert (done.exit_code, said in done.output, "Traceback" in done.output) == (2, True, False), done.output


@pytest.mark.parametrize(("text", "said"), [("", "it holds no assumptions"), ("a: [", "this is no YAML")])
def test_a_file_that_is_no_list_of_figures(east: str, text: str, said: str) -> None:
    Path("mine.yaml").write_text(text, encoding="utf-8")
    assert said in run(east, "--assumptions", "mine.yaml").output


def test_a_file_may_give_a_few_figures_of_which_one_stands_for_every_step(east: str) -> None:
    Path("mine.yaml").write_text(
        "assumptions: psychological-therapies\nversion: 1\ntitle: Ours\nparameters:\n  cost.session:\n"
        "    {label: A session, unit: pounds, low: 41, likely: 42, high: 43, grade: seen, source: Our books}\n",
        encoding="utf-8",
    )
    told = " ".join(run(east, "--assumptions", "mine.yaml").output.split())
    assert "(`cost.session`): £41.00 to £43.00, likely £42.00 [seen] Our books" in told
    assert "(`dna`): 5% to 35%" in told and "cost.session.step-2" not in told


def test_two_services_of_one_name_are_told_apart_by_their_files(east: str) -> None:
    Path("again.care").write_text(LINES, encoding="utf-8")
    table = run("again.care", east, "--output", "table").output
    assert table.startswith("| the contract rewards … | east (again.care) | east (east.care) |\n")
    assert "- east (east.care), beside east (again.care), creates nothing; removes nothing." in table
    assert "east (again.care)  " in run("again.care", east).output.split("Each incentive")[0]
