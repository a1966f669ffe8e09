"""The table of facts, and the questions: what they hold for a document with a little of everything."""

from __future__ import annotations

import io
import os

import pyarrow.parquet
import pytest

from carespec.engine import Engine
from carespec.exchange.dump import as_json, as_yaml
from carespec.exchange.table import Row, as_csv, as_parquet, measure_of, rows
from carespec.exchange.to_data import left_out, to_data
from carespec.model.facts import Service
from carespec.questions import as_markdown, as_text, questions
from carespec.source import from_text, read_file
from support import TOP

FOLDER = "tests/exchange/golden"


@pytest.fixture(scope="module")
def service() -> Service:
    engine = Engine(())
    source = read_file(os.path.join(TOP, FOLDER, "eastborough.care"))
    found = engine.read(source._replace(path="eastborough.care"))
    assert found is not None
    return found.service


GOLDEN = {
    "eastborough.csv": lambda service: as_csv(rows(service)),
    "eastborough.care.yaml": lambda service: as_yaml([to_data(service)]),
    "eastborough.care.json": lambda service: as_json(to_data(service)),
    "eastborough.txt": lambda service: as_text(service.name, questions(service)),
    "eastborough.md": lambda service: as_markdown(service.name, questions(service)),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_what_is_written(name: str, service: Service, request: pytest.FixtureRequest) -> None:
    path = os.path.join(TOP, FOLDER, name)
    text = GOLDEN[name](service)
    if request.config.getoption("--update"):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    with open(path, encoding="utf-8") as file:
        assert text == file.read()


def test_parquet_holds_what_the_table_holds(service: Service) -> None:
    table = rows(service)
    read = pyarrow.parquet.read_table(io.BytesIO(as_parquet(table)))
    assert read.column_names == list(Row._fields)
    assert [Row(**row) for row in read.to_pylist()] == list(table)
    assert {name: str(read.schema.field(name).type) for name in ("low", "line", "unit")} == {
        "low": "double", "line": "int64", "unit": "string",
    }  # fmt: skip
    assert pyarrow.parquet.read_table(io.BytesIO(as_parquet(()))).num_rows == 0


def test_a_fact_read_from_yaml_has_its_line_there(service: Service) -> None:
    engine = Engine(())
    text = as_yaml([to_data(service)])
    found = engine.read(from_text("eastborough.care.yaml", text))
    assert found is not None and found.places is not None
    lines = text.split("\n")
    table = rows(found.service, found.places.line)
    assert len(table) == len(service.facts)
    for row in table:
        path = f"{row.field} {row.key}" if row.key else row.field
        assert lines[row.line - 1].strip().startswith(f"{path}:"), row


def test_measures() -> None:
    assert measure_of("a word") is None and measure_of(None) is None


def test_everything_of_the_document_is_in_the_table(service: Service) -> None:
    assert left_out(service) == ()


def test_every_question_is_one_that_can_be_sent(service: Service) -> None:
    asked = questions(service)
    assert [question.number for question in asked] == list(range(1, len(asked) + 1))
    assert {question.kind for question in asked} == {"silent", "in words", "ambiguous", "undecided"}
    for question in asked:
        assert question.text.endswith(("?", ".")) and "`" not in question.text and "None" not in question.text
        assert (question.line is None) == (question.text.startswith("The specification says nothing"))


def test_nothing_to_ask() -> None:
    engine = Engine(())
    found = engine.read(from_text("x.care", "service x\nstatus: published-extract\nminimum-age: 18 years\n"))
    assert found is not None and questions(found.service) == ()
    assert "There is nothing to ask." in as_text("x", ()) and "There is nothing to ask." in as_markdown("x", ())
