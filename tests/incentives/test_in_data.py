"""Incentives, viability and repair as JSON, Markdown and text: valid, the same numbers, and no wider than the page."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from carespec.cli import carespec
from carespec.incentives.pages import Page, as_text
from carespec.incentives.pages.rewarded import pages
from carespec.incentives.patterns import names, pattern
from carespec.incentives.report import Options, analyse
from incentive_contracts import service
from support import TOP

KINDS = {"incentives": (), "viability": ("--viability",), "repair": ("--repair",)}
SERVICES = (
    "first-wave-2012/area-1.care", "published-rules/surrey.care",
    "adult-hearing/northshire-hearing.care",
)  # fmt: skip
PART = "Of what could be analysed: "
_POUNDS = re.compile(r"-?£[\d,]+\.\d\d")
GROUP = (
    "pay step-2: £40.00 per session\n  at most 12 per course\ngroup-size: 10\npay group: £167.00 per person\n"
    "  when group-dropout is less than 44%\nrequired-input creche: unfunded\nvolume-guarantee: none\n"
    "required-system iaptus: provider-pays\nsystem-cost iaptus: £1,500.00 in total\n"
)


def told(kind: str, form: str, text: str = "") -> str:
    return in_every_format(kind, text)[form]


@cache
def in_every_format(kind: str, text: str) -> dict[str, str]:
    """What one run tells, of what ships or of a service at hand."""
    given = [os.path.join("specs", path) for path in SERVICES] if not text else ["-"]
    effort = ["--effort", "1"] if kind == "incentives" else []
    with TemporaryDirectory() as folder:
        files = {form: os.path.join(folder, form) for form in ("text", "markdown", "json")}
        outputs = [word for form, path in files.items() for word in ("--output", f"{form}={path}")]
        ran = CliRunner().invoke(carespec, ["incentives", *given, *KINDS[kind], *effort, *outputs], input=text)
        assert (ran.exit_code, ran.output) == (0, "")
        return {form: Path(path).read_text(encoding="utf-8") for form, path in files.items()}


def amounts(text: str) -> set[str]:
    """The pounds that are said of services. Figures that are assumed have a page of their own; a difference of two sums
    is said only in words."""
    said = " ".join(re.split(r"^(?:## )?What is assumed$", text, flags=re.MULTILINE)[0].split())
    return set(_POUNDS.findall(re.sub(r"£[\d,.]+ (more\)|less\)|dearer)", "", said)))


def leaves(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value) if key != "assumptions" else ()
    elif isinstance(data, list):
        for value in data:
            yield from leaves(value)
    elif isinstance(data, str):
        yield data


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["", f"service some\n{GROUP}"], ids=["what ships", "a group and a system"])
def test_json_is_what_its_schema_says(kind: str, text: str) -> None:
    with open(os.path.join(TOP, "specs", "schemas", f"{kind}.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    found = json.loads(told(kind, "json", text=text))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(found)] == []
    assert any(one["steps"] for one in found[kind])


@pytest.mark.parametrize("kind", ["viability", "repair"])
@pytest.mark.parametrize("text", ["", f"service some\n{GROUP}"], ids=["what ships", "a group and a system"])
def test_every_format_has_the_same_pounds(kind: str, text: str) -> None:
    printed = amounts(told(kind, "text", text=text))
    assert len(printed) > 5
    assert amounts(told(kind, "markdown", text=text)) == printed
    data = json.loads(told(kind, "json", text=text))
    assert printed <= {_in_words(float(one)) for one in leaves(data) if re.fullmatch(r"-?\d+\.\d\d", one)}


def _in_words(pounds: float) -> str:
    return f"{'-' if pounds < 0 else ''}£{abs(pounds):,.2f}"


@cache
def analysed() -> tuple[Page, ...]:
    flat = "pay step-3: £300.00 per course\n  when sessions is at least 2"
    return tuple(
        pages([analyse(service(lines), options=Options(effort=1)) for lines in (flat, flat.replace("300", "250"))])
    )


def test_text_and_markdown_say_the_same_of_what_is_rewarded() -> None:
    assert amounts(told("incentives", "text")) == amounts(told("incentives", "markdown"))


@pytest.mark.parametrize("width", [40, 60, 100])
def test_a_narrow_terminal_loses_nothing(width: int) -> None:
    wide, folded = as_text(analysed(), 1000), as_text(analysed(), width)
    words = [{word.strip("(),.:;") for word in each.split()} - {"0"} for each in (wide, folded)]
    assert words[0] == words[1]
    long = [line for line in folded.splitlines() if len(line) > width]
    assert all(len(line.split()) <= 2 for line in long), long


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_services_without_anything_to_work_out_are_named_with_the_reason(form: str) -> None:
    page = " ".join(told("incentives", form).split())
    assert "Nothing worked out, since no line says what is paid: published-surrey." in page
    assert "Nothing worked out, since nothing is assumed about services of `adult-hearing`: northshire-hearing." in page


def test_every_figure_that_is_assumed_is_named_once_and_explained() -> None:
    page = told("viability", "markdown").partition("## What is assumed\n")[2]
    labels = re.findall(r"^- ([^`]+) \(`([a-z0-9.-]+)`\): .+ \[[a-z-]+\] .{10,}", page, re.MULTILINE)
    assert len(labels) == len(set(labels)) == page.count("\n- ") > 10


@pytest.mark.parametrize("name", names())
def test_the_contract_rewards_and_nobody_is_said_to_do_anything(name: str) -> None:
    """What is printed of an incentive, and its page, speak of what the contract rewards."""
    one = pattern(name)
    said = f"{one.title}. The contract rewards {one.rewards}. {one.page}"
    accused = r"\b(providers?|therapists?|contractors?|clinicians?|staff) (do|will|would|game|cheat|abuse|try|keep)\b"
    assert re.search(accused, said) is None
    assert re.match(r"[a-z ]*(ing|treatment|short courses)\b", one.rewards), "it completes `The contract rewards …`"
    assert re.search(r"\b(perverse|gaming|game|cheat|cherry|fraud)", said) is None


def test_nothing_is_said_to_be_rewarded_that_is_not_shown() -> None:
    page = told("incentives", "text") + told("incentives", "text", f"service some\n{GROUP}")
    for verdict, lead in (
        ("POSSIBLE", "For some of the figures assumed the"),
        ("UNDECIDED", "It is not proved either"),
    ):
        heads = re.findall(rf"^    {verdict} \S+\n      (.+)", page, re.MULTILINE)
        assert heads and all(head.removeprefix(PART).lower().startswith(lead.lower()) for head in heads)
