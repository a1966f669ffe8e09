"""What is remembered of lines gives the trees that the tables give: of lines read before, and of common ones."""

from __future__ import annotations

import pytest

from carespec.built import built
from carespec.memory import Memory
from carespec.source import from_text
from carespec.syntax.document import LineParser, read_document
from carespec.syntax.driver import Failure, Tables, parse_line, tables_from
from carespec.syntax.tree import Node
from carespec.vocabulary import load, names

START = "service_line"


def forgetful(tables: Tables) -> Tables:
    return tables._replace(remembered=Memory())


@pytest.mark.parametrize(
    ("line", "another"),
    [
        ("contract-value: £5 per year", "contract-value: £5 per day"),
        ("contract-value: £5 per year", "contract-value: £5 per working day"),
        (
            "rejection-transfer step-4: the same day as rejection",
            "rejection-transfer step-4: the same week as rejection",
        ),
        ("wait step-2: within 3 weeks of referral", "wait step-2: within 3 working days of referral"),
        ("  at most 2 per week", "  at most 2 per calendar week"),
        ("pay missed: none", "pay at: none"),
    ],
)
def test_what_a_line_gives_does_not_hang_on_what_was_read_before(line: str, another: str, tables: Tables) -> None:
    """A unit may be a name elsewhere, and a keyword too: lines that look alike may be built otherwise."""
    for one, other in ((line, another), (another, line)):
        after = forgetful(tables)
        parse_line(after, one, START)
        assert parse_line(after, other, START) == parse_line(forgetful(tables), other, START)


def test_a_blank_line_is_no_mistake_whoever_asked_for_it_before(tables: Tables) -> None:
    parse = LineParser(tables)
    for text in ("", "  ", "# a remark"):
        assert isinstance(parse(text, START), Failure)
    source = from_text("x.care", "service x\n\n  \n# a remark\nminimum-age: 18 years\n")
    assert read_document(source, parse).damaged == ()


def test_a_unit_that_is_a_name_is_remembered(tables: Tables) -> None:
    new = forgetful(tables)
    parse_line(new, "contract-value: £899,500 per year", START)
    before = len(new.remembered.all())
    parse_line(new, "audit-penalty: £1 per year", START)
    assert len(new.remembered.all()) == before == 1


@pytest.mark.parametrize("name", names())
def test_examples_are_known_beforehand_as_the_tables_read_them(name: str) -> None:
    tables = tables_from(built()["grammar"])
    before, vocabulary = tables.remembered.all(), load(name)
    assert before
    for field in vocabulary.fields.values():
        path = " ".join((field.name, *list(vocabulary.keys(field))[:1]))
        for line in (f"{path}: {field.example}", f"{path}: {field.example} [study 4.9]"):
            found = parse_line(tables, line, START)
            assert isinstance(found, Node)
            assert found == parse_line(forgetful(tables), line, START)
    assert tables.remembered.all() == before
