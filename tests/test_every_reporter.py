"""Every format, from the list that the program uses: on nothing, on everything, and on what is odd."""

from __future__ import annotations

import json
import os

import pytest
from jsonschema import Draft202012Validator

from carespec.checks import all_checks
from carespec.engine import Engine
from carespec.records import Edit, Finding, Fix, NotChecked, Related, Report, ServiceRef, SourceRef
from carespec.reporters import Options, carries_edits, formats, reporter
from carespec.source import from_text, read_file, span_of
from carespec.workspace import report
from support import TOP

EMPTY = Report("0.1.0", "2012-09-01", "psychological-therapies 1", (), (), (), 25)
ODD = Finding(
    id="check.odd/x/", kind="check", name="odd", outcome="fails", severity="may", confidence="possible",
    authority="carespec", service="x", field=None, path="a folder/ünïcode.care", span=span_of(3, 0, 1),
    message="something " * 60, says="", affects="nobody", fix=None,
    sources=(SourceRef("A study", place="4.2", quote="One sentence."),),
    related=(Related("other.care", span_of(1, 0, 4), "the first of them"),),
)  # fmt: skip
PLAIN = ODD._replace(id="check.plain/x/f", field="f", severity="must", message="m", fix=Fix("Write it."))
FULL = EMPTY._replace(
    services=(ServiceRef("x", ODD.path, "service", "2012-09-01", "today", 7),),
    findings=(ODD, PLAIN),
    not_checked=(NotChecked("odd", "x", "of a reason"),),
)


def real() -> Report:
    engine = Engine(all_checks())
    paths = ["tests/language/ok/northshire.care", "specs/published-rules/milton-keynes.care"]
    results = [engine.check(read_file(os.path.join(TOP, path))) for path in paths]
    return report([*results, engine.check(from_text("broken.care", "servce x\nminimm-age: 18\n"))], all_checks())


@pytest.mark.parametrize("name", formats())
@pytest.mark.parametrize("made", [EMPTY, FULL, real()], ids=["empty", "odd", "real"])
def test_it_renders(name: str, made: Report) -> None:
    text = reporter(name)(made, Options(lines_of=lambda path: ("first", "", "x" * 400)))
    assert text.endswith("\n") and "\033[" not in text
    assert text == reporter(name)(made, Options(lines_of=lambda path: ("first", "", "x" * 400))), (
        "same input, same bytes"
    )


NO_ROOM = ("gitlab", "rdjson")
"""Lists of findings for one program each, which would refuse anything else."""


@pytest.mark.parametrize("name", [name for name in formats() if name not in ("json", *NO_ROOM)])
def test_nothing_is_hidden_silently(name: str) -> None:
    text = reporter(name)(FULL, Options(show="must"))
    assert "1 finding below `must` not shown" in text
    assert "2 findings" in text
    assert "Not checked: odd in x: of a reason." in text


@pytest.mark.parametrize("name", NO_ROOM)
def test_what_has_no_room_still_leaves_out_what_is_not_wanted(name: str) -> None:
    text = reporter(name)(FULL, Options(show="must"))
    assert "check.plain" in text and "check.odd" not in text


def test_concise_begins_as_promised() -> None:
    line = reporter("concise")(FULL, Options()).splitlines()[1]
    assert line == "a folder/ünïcode.care:3:1: must odd  m"


def test_json_fits_its_schema() -> None:
    with open(os.path.join(TOP, "specs", "schemas", "report.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    for made in (EMPTY, FULL, real()):
        Draft202012Validator(schema).validate(json.loads(reporter("json")(made, Options())))


def test_colour_only_where_asked() -> None:
    assert "\033[" in reporter("text")(FULL, Options(colour=True))


@pytest.mark.parametrize("name", formats())
def test_a_format_that_carries_edits_says_so(name: str) -> None:
    """So that each is held to its proof before it is told."""
    fix = Fix("Write it.", Edit(span_of(3, 0, 1), "a very particular text"))
    text = reporter(name)(FULL._replace(findings=(ODD, PLAIN._replace(fix=fix))), Options())
    assert ("a very particular text" in text) == carries_edits(name)
