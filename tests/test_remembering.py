"""What a run remembers changes nothing that it says: neither of a line, nor of a fact, nor of a file.

Lines are remembered by what stands before their citation, and what checks say of a fact by its value. So each file of a
run is compared with the same file in a run of its own.
"""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.built import built
from carespec.checks import all_checks
from carespec.engine import Engine
from carespec.guidance.bench import Bench
from carespec.guidance.law import Law
from carespec.guidance.library import shipped
from carespec.source import from_text
from carespec.syntax.document import LineParser
from carespec.syntax.driver import parse_line, tables_from
from carespec.vocabulary import load
from random_services import service

CHECKS = all_checks()
TABLES = tables_from(built()["grammar"])
CITED_AT_ITS_END = (
    "",
    " [page]",
    " [page 2]",
    "[report p4 2.1(b)]",
    " [page 2] ",
    " [page] [report]",
    " [page",
    " # [page]",
)
PIECES = (
    "minimum-age: 18 years", "wait step-2: within 10 days of referral", "pay step-2: £40 per session",
    'title: "a [b] c"', "exclusion alcohol: step-4", "except 16 years when route is gp", "  at most 3 per course", "gp",
    "service x", 'title: "a"', "|", "“", '"', "#", "[", "]", " ", "[page 1]", "[page 22]", "[]", "[a [b]",
    '[a " b]', ":",
)  # fmt: skip


def cited(text: str, end: str) -> str:
    """Every line of a text with a citation, or with what looks like one, at its end."""
    return "\n".join(f"{line}{end}" for line in text.split("\n"))


def with_damage(text: str, random: Random) -> str:
    """The text with a line that cannot be read somewhere below another."""
    lines = text.split("\n")
    lines.insert(random.randrange(1, len(lines) + 1), random.choice(("  exept 16 years", "mnimum-age 18", "???")))
    return "\n".join(lines)


def texts() -> list[str]:
    """Every case of every check, and random services; each with several citations, and some with damage."""
    random = Random(20)
    plain = [case for check in CHECKS for case in (*check.bad[:2], *check.good[:1])]
    plain += [service(random, load(), 8) for _ in range(20)]
    plain += [with_damage(text, random) for text in plain[::3]]
    return [cited(text, end) for text in plain for end in random.sample(CITED_AT_ITS_END, 2)]


def test_a_file_says_the_same_alone_and_among_others() -> None:
    together = Engine(CHECKS)
    for number, text in enumerate(texts()):
        source = from_text(f"{number}.care", text)
        assert together.check(source) == Engine(CHECKS).check(source), text


def test_rules_say_the_same_of_a_service_alone_and_among_others() -> None:
    law, engine = Law(shipped(), date(2012, 9, 1)), Engine(())
    together, alone = Bench(law), Bench(law, several=False)
    for number, text in enumerate(texts()[::4]):
        read = engine.read(from_text(f"{number}.care", text))
        assert read is not None
        assert together.rule(read.service) == alone.rule(read.service), text


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join), min_size=2, max_size=8))
def test_a_line_is_read_as_if_it_were_the_first(lines: list[str]) -> None:
    parse = LineParser(TABLES)
    for line in lines:
        assert parse(line, "service_line") == parse_line(TABLES, line, "service_line")


@pytest.mark.parametrize("line", PIECES[:6])
def test_a_citation_is_all_that_differs(line: str) -> None:
    parse = LineParser(TABLES)
    parse(f"{line} [page 1]", "service_line")
    for end in CITED_AT_ITS_END:
        assert parse(line + end, "service_line") == parse_line(TABLES, line + end, "service_line")


def test_the_facts_of_a_field_are_found_without_looking_at_all() -> None:
    random, engine = Random(21), Engine(())
    for _ in range(20):
        read = engine.read(from_text("x.care", with_damage(service(random, load(), 12), random)))
        assert read is not None
        facts = read.service.facts
        assert facts == tuple(sorted(facts, key=lambda fact: fact.line))
        for field in (*load().fields, "pay", "no-such-field"):
            assert read.service.family(field) == tuple(fact for fact in facts if fact.field == field)
        for fact in facts:
            assert read.service.fact(fact.field, fact.key) == next(one for one in facts if one.path == fact.path)
