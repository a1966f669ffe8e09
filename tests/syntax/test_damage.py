"""Damage of every kind gets a clear answer: each damaged line once, none false, nothing lost, never a crash."""

from __future__ import annotations

import os
import random
import re

import pytest

from carespec.checks import all_checks
from carespec.engine import Engine
from carespec.results import FileResult
from carespec.source import from_bytes, from_text
from carespec.syntax.driver import Failure, Tables, parse_line
from support import TOP

SAMPLE = "tests/language/ok/northshire.care"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(all_checks())


def read(path: str) -> str:
    with open(os.path.join(TOP, path), encoding="utf-8") as file:
        return file.read()


def unclosed_quote(line: str, dice: random.Random) -> str:
    return line.rstrip() + ' "and'


def colon_lost(line: str, dice: random.Random) -> str:
    return re.sub(r":", "", line, count=1)


def colon_doubled(line: str, dice: random.Random) -> str:
    return line.replace(":", "::", 1)


def stray_mark(line: str, dice: random.Random) -> str:
    place = dice.randrange(1, len(line) + 1)
    return line[:place] + dice.choice(["§", "^", "~", "{", "}", "\\", "¬"]) + line[place:]


def words_lost(line: str, dice: random.Random) -> str:
    return line[: line.index(":") + 1] if ":" in line else line + " ~"


def junk(line: str, dice: random.Random) -> str:
    return "".join(dice.choice("~^§{}%$!") for _ in range(12))


DAMAGES = (unclosed_quote, colon_lost, colon_doubled, stray_mark, words_lost, junk)


def damage(lines: list[str], dice: random.Random, tables: Tables) -> tuple[list[str], set[int]]:
    """Damage up to ten lines so that none of them can be read; their numbers."""
    damaged, numbers = list(lines), set()
    candidates = [n for n, line in enumerate(lines) if line.strip() and not line.strip().startswith("#")]
    for index in dice.sample(candidates, dice.randint(1, 10)):
        text = dice.choice(DAMAGES)(lines[index], dice)
        if isinstance(parse_line(tables, text, "service_line"), Failure):
            damaged[index] = text
            numbers.add(index + 1)
    return damaged, numbers


def others(result: FileResult) -> set[tuple[str, str | None]]:
    """What is found besides damaged lines, and about which field; where it stands may move with the lines around it."""
    return {(f.name, f.field) for f in result.findings if f.kind != "syntax"}


def test_each_damaged_line_is_reported_once_and_nothing_false(engine: Engine, tables: Tables) -> None:
    """A thousand files with up to ten damaged lines: that many syntax findings, on those lines, and nothing new."""
    lines = read(SAMPLE).split("\n")
    before = others(engine.check(from_text("sample.care", "\n".join(lines))))
    dice = random.Random(20121)
    for _ in range(1000):
        damaged, numbers = damage(lines, dice, tables)
        result = engine.check(from_text("sample.care", "\n".join(damaged)))
        syntax = [f.span.start.line for f in result.findings if f.kind == "syntax"]
        assert sorted(syntax) == sorted(numbers), "\n".join(damaged)
        new = others(result) - before
        assert not new, (new, [damaged[n - 1] for n in numbers])


def test_random_bytes_never_crash(engine: Engine) -> None:
    """Ten thousand files with bytes changed, put in, taken out or doubled."""
    samples = [read(SAMPLE).encode(), read("tests/language/ok/iapt-aqp-2012.guidance").encode()]
    dice = random.Random(42)
    for number in range(10_000):
        data = bytearray(samples[number % 2][: dice.randrange(40, 1500)])
        for _ in range(dice.randint(1, 8)):
            place = dice.randrange(len(data))
            data[place : place + dice.randrange(3)] = bytes(dice.randrange(256) for _ in range(dice.randrange(4)))
        result = engine.check(from_bytes("x.guidance" if number % 2 else "x.care", bytes(data)))
        for finding in result.findings:
            assert finding.message and finding.fix and finding.affects
            assert finding.span.start <= finding.span.end


def only(result: FileResult) -> list[tuple[str, int]]:
    return [(f.name, f.span.start.line) for f in result.findings if f.kind == "syntax"]


HEAD = "service northshire\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (HEAD.encode() + b"minimum-age: 18\0 years\n", [("unseen-character", 2)]),
        (HEAD.encode() + 'title: "Caf\u00e9"\n'.encode("latin-1"), [("not-utf-8", 2)]),
        (HEAD.encode() + "pay step-2: £40.00 per session\n".encode("cp1252"), [("not-utf-8", 2)]),
        (HEAD.encode("utf-16"), [("not-utf-8", 1)]),
        (b"\xef\xbb\xbf" + HEAD.encode() + b"minimum-age: 18 years\n", []),
        (HEAD.replace("\n", "\r\n").encode() + b"minimum-age: 18 years\r\nclusters: 1 to 4\r\n", []),
        (HEAD.replace("\n", "\r").encode() + b"minimum-age: 18 years\r", []),
        (HEAD.encode() + "minimum-age:\u00a018\u00a0years\n\ttitle:\t\u201cTalking therapies\u201d\n".encode(), []),
        (b"", [("header-missing", 1)]),
        (b"minimum-age: 18 years\n", [("header-missing", 1)]),
        (b"servce northshire\nminimum-age: 18 years\n", [("misspelt-word", 1)]),
        (HEAD.encode() + HEAD.encode(), [("header-repeated", 2)]),
    ],
    ids=[
        "nul",
        "latin-1",
        "windows-1252",
        "utf-16",
        "bom",
        "crlf",
        "cr",
        "hard-spaces",
        "empty",
        "no-header",
        "bad-header",
        "two-headers",
    ],
)
def test_text_as_it_arrives(data: bytes, expected: list[tuple[str, int]], engine: Engine) -> None:
    assert only(engine.check(from_bytes("northshire.care", data))) == expected


def test_a_file_of_a_megabyte(engine: Engine) -> None:
    """Long files and long lines are read as they are."""
    many = HEAD + "".join(
        f'define word-{n}: "what it means, at some length, in this document"\n' for n in range(17_000)
    )
    assert len(many) > 1_000_000
    assert only(engine.check(from_text("big.care", many))) == []
    long = HEAD + 'title: "' + "x" * 1_000_000 + '"\n' + "clusters: " + ", ".join(["1"] * 50_000) + "\n"
    assert only(engine.check(from_text("long.care", long))) == []
    brackets = HEAD + "minimum-age: 18 years\n  except 16 years when " + "(" * 5000 + "cluster is 3\n"
    assert only(engine.check(from_text("deep.care", brackets))) == [("nested-too-deeply", 3)]


def test_a_damaged_line_leaves_the_others_their_meaning(engine: Engine) -> None:
    text = HEAD + "minimum-age: 18 yrs old ((\nwait step-2: within 10 days of referral\n"
    result = engine.check(from_text("northshire.care", text))
    assert only(result) == [(only(result)[0][0], 2)]
    assert ("bare-days", 3) in [(f.name, f.span.start.line) for f in result.findings]


@pytest.mark.parametrize(
    ("path", "text", "message", "name"),
    [
        ("empty.care", "", "the file is empty", "empty"),
        ("only-a-remark.care", "# soon\n", "the first line does not name the document", "only-a-remark"),
        ("Zürich & St. Ælfric's.care", "\n", "the file is empty", "zurich-st-aelfrics"),
        ("2012.care", "status: draft\n", "the first line does not name the document", "northshire"),
    ],
)
def test_a_file_without_a_first_line_is_given_a_name_that_can_be_written(
    path: str, text: str, message: str, name: str
) -> None:
    engine = Engine(())
    (finding,) = [one for one in engine.check(from_text(path, text)).findings if one.name == "header-missing"]
    assert finding.message == f"{message}: it is read as `service {name}`"
    written = engine.read(from_text(path, f"service {name}\n{text}"))
    assert written is not None and written.service.name == name
