"""The driver's trees are Lark's own, on every file of the checkout and on every sample of a mistake.

Lark reads each file as a whole with the grammar as people read it; the driver reads it line by line. If the two ever
differ, the driver is wrong.
"""

from __future__ import annotations

import os

import lark
import pytest
import yaml

from carespec.generate.grammar_tables import STARTS, WHOLE_FILES, grammar_text, lark_parser
from carespec.source import read_file
from carespec.syntax.document import LineParser, read_document
from carespec.syntax.driver import Failure, Tables, parse_line
from carespec.syntax.tree import Node, Token, Tree
from support import TOP, sample_files


@pytest.fixture(scope="module")
def larks() -> lark.Lark:
    return lark_parser((*STARTS, *WHOLE_FILES))


def from_lark(tree: lark.Tree | lark.Token) -> tuple:
    if isinstance(tree, lark.Token):
        return (tree.type, str(tree), tree.column - 1, tree.end_column - 1)
    return (tree.data, tuple(from_lark(child) for child in tree.children))


def from_driver(tree: Tree) -> tuple:
    if isinstance(tree, Token):
        return tuple(tree)
    return (tree.kind, tuple(from_driver(child) for child in tree.children))


def whole(path: str) -> bool:
    """Whether every line of a sample can be read, so that Lark reads it as a whole."""
    return "/wrong/" not in path and "/before/" not in path


@pytest.mark.parametrize("path", [path for path in sample_files() if whole(path)])
def test_a_whole_file(path: str, larks: lark.Lark, parse: LineParser) -> None:
    source = read_file(os.path.join(TOP, path))
    document = read_document(source, parse)
    if document.damaged or document.header is None:
        pytest.skip("a sample with damaged lines; its good lines are compared one by one below")
    text = "\n".join(source.lines) + "\n"
    start = {"service": "service_file", "guidance": "guidance_file", "waivers": "register_file"}[document.kind]
    expected = [from_lark(child) for child in larks.parse(text, start=start).children]
    lines = [document.header, *(line for s in document.statements for line in (s.head, *s.under))]
    assert [from_driver(line.node) for line in lines if line.node] == expected


@pytest.mark.parametrize("path", sample_files())
def test_every_line_alone(path: str, larks: lark.Lark, tables: Tables) -> None:
    """Also where a line does not parse, the two agree that it does not."""
    for text in read_file(os.path.join(TOP, path)).lines:
        if text.strip() and not text.lstrip().startswith("#"):
            for start in STARTS:
                agree(text, start, larks, tables)


def test_samples_of_mistakes(larks: lark.Lark, tables: Tables) -> None:
    with open(os.path.join(TOP, "grammar", "mistakes.yaml"), encoding="utf-8") as file:
        samples = [sample for entry in yaml.safe_load(file)["mistakes"] for sample in entry["samples"]]
    for sample in samples:
        for text in filter(None, (sample["text"], sample.get("write"))):
            if not text.startswith("#"):
                agree(text, "service_line", larks, tables)


def agree(text: str, start: str, larks: lark.Lark, tables: Tables) -> None:
    mine, expected = parse_line(tables, text, start), by_lark(text, start, larks)
    if expected is None:
        assert isinstance(mine, Failure), text
    else:
        assert isinstance(mine, Node), text
        assert from_driver(mine) == expected


def by_lark(text: str, start: str, larks: lark.Lark) -> tuple | None:
    """Lark's tree of a line, or None. Only whole files have remarks for Lark: cut one off where that makes it parse."""
    for end in (len(text), *(index for index, mark in enumerate(text) if mark == "#")):
        try:
            return from_lark(larks.parse(text[:end], start=start))
        except lark.exceptions.UnexpectedInput:
            continue
    return None


def test_the_grammar_is_strict_lalr() -> None:
    """No conflict and no two terminals that could be one another, as Lark proves with interegular."""
    assert lark_parser((*STARTS, *WHOLE_FILES), strict=True)


def test_quirks_of_lark_that_the_tables_rely_on() -> None:
    """What `generate/grammar_tables.py` reads from Lark's insides; a new Lark that changes it fails here, by name."""
    parser = lark_parser()
    table = parser.parser.parser._parse_table
    assert set(table.start_states) == set(table.end_states) == set(STARTS)
    actions = {str(action[0]) for row in table.states.values() for action in row.values()}
    assert actions == {"Shift", "Reduce"}
    assert all(rule.options.empty_indices == () for rule in parser.rules), "no `[x]` in the grammar"
    assert "%import" not in grammar_text()
