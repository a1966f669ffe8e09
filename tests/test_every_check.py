"""Every check in the folder, held to one shape: its page, its cases, its words, its edits.

The list comes from the registry that the program uses, and the expected flags from the cases themselves: `#! `text``
at the end of a line means that the check flags exactly that text on that line. No more and no fewer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from glob import glob

import pytest

from carespec import flags
from carespec.checks import Check, all_checks
from carespec.engine import Engine
from carespec.model.facts import Fact, Problem, Service
from carespec.pages import documents_of
from carespec.records import SEVERITIES, Edit, Finding
from carespec.source import Span, from_text, read_file
from carespec.syntax.document import read_document
from carespec.workspace import check_sources, report
from support import TOP

TODAY = date(2012, 9, 1)
CHECKS = all_checks()
BAD = [pytest.param(c, text, id=f"{c.name}-{n}") for c in CHECKS for n, text in enumerate(c.bad)]
GOOD = [pytest.param(c, text, id=f"{c.name}-{n}") for c in CHECKS for n, text in enumerate(c.good)]
PARTS = ("What it flags:", "Why it matters:", "Instead:", "Exceptions:", "Source:")
_MARK = re.compile(r"#! `([^`]*)`")


def _understood() -> Iterator[tuple[Fact, tuple[type, ...], Service]]:
    """Facts that were read without a problem, with what they consist of: where checks may be left out."""
    engine = Engine(())
    cases = [from_text("case.care", text) for check in CHECKS for text in (*check.bad, *check.good)]
    shipped = [read_file(path) for path in sorted(glob(f"{TOP}/specs/*/*.care"))]
    for source in (*cases, *shipped):
        service = engine.service(read_document(source, engine.parse, "service"))
        found = [(fact, flags.kinds_of(fact)) for fact in service.facts]
        yield from ((fact, kinds, service) for fact, kinds in found if kinds is not None)


UNDERSTOOD = tuple(_understood())


@pytest.fixture(scope="module")
def whole() -> Engine:
    """An engine with every check, but for silence: a name that is put right can no longer stand for another one."""
    return Engine(tuple(check for check in CHECKS if check.name != "expected-but-silent"))


def found(text: str, engine: Engine) -> list[Finding]:
    """What an engine says of a text, apart from lines as lines."""
    return [f for f in engine.check(from_text("case.care", text)).findings if f.kind != "syntax"]


def found_by(check: Check, text: str) -> list[Finding]:
    """What one check says of a case; where it looks at several documents, each that begins in the case is a file."""
    if check.of_corpus is None:
        return found(text, Engine((check,), TODAY))
    sources, above, begins = [], 0, {}
    for number, document in enumerate(documents_of(text)):
        sources.append(from_text(f"case-{number}.care", document))
        begins[sources[-1].path] = above
        above += document.count("\n")
    told = report(check_sources(sources, (check,)), (check,), TODAY).findings
    return [_lower(f, begins[f.path]) for f in told if f.kind != "syntax"]


def _lower(finding: Finding, lines: int) -> Finding:
    """The finding as one in the whole case, where its document begins after so many lines."""
    start, end = (at._replace(line=at.line + lines) for at in finding.span)
    return finding._replace(span=Span(start, end))


def flagged(finding: Finding, text: str) -> str:
    """The piece of the text that a finding points at."""
    start, end = finding.span
    assert start.line == end.line
    return text.split("\n")[start.line - 1][start.column - 1 : end.column - 1]


def expected(text: str) -> Counter[tuple[int, str]]:
    """The line and the text of every flag that a case expects."""
    return Counter((n, mark) for n, line in enumerate(text.split("\n"), 1) for mark in _MARK.findall(line))


@pytest.mark.parametrize("check", [check for check in CHECKS if check.concerns is not None], ids=lambda one: one.name)
def test_a_check_finds_nothing_in_facts_of_kinds_that_do_not_concern_it(check: Check) -> None:
    """Every fact of every case, and of the specifications that ship; each of the kinds occurs among them."""
    assert check.of_fact is not None and check.concerns is not None
    others = [(fact, service) for fact, kinds, service in UNDERSTOOD if check.concerns.isdisjoint(kinds)]
    assert [fact for fact, service in others if list(check.of_fact(fact, service))] == []
    assert check.concerns <= {kind for _, kinds, _ in UNDERSTOOD for kind in kinds}


@pytest.mark.parametrize(("check", "text"), BAD)
def test_a_bad_case_flags_exactly_what_it_marks(check: Check, text: str) -> None:
    assert expected(text), "a bad case marks at least one text"
    findings = found_by(check, text)
    assert Counter((f.span.start.line, flagged(f, text)) for f in findings) == expected(text)


@pytest.mark.parametrize(("check", "text"), GOOD)
def test_a_good_case_is_silent(check: Check, text: str) -> None:
    assert not expected(text)
    assert found_by(check, text) == []


@pytest.mark.parametrize(("check", "text"), BAD)
def test_words_are_those_of_the_house(check: Check, text: str) -> None:
    for finding in found_by(check, text):
        assert finding.name == check.name
        assert not finding.message.endswith(".")
        assert not finding.message[0].isupper()
        assert "invalid" not in finding.message.lower()
        assert finding.severity in SEVERITIES
        assert finding.affects
        assert finding.fix is not None and finding.fix.text.endswith(".")
        assert finding.fix.text[0].isupper()


@pytest.mark.parametrize(("check", "text"), BAD)
def test_an_edit_mends_what_it_is_for_and_breaks_nothing(check: Check, text: str, whole: Engine) -> None:
    text = _not_held(text)
    before = found(text, whole)
    for finding in before:
        if finding.name == check.name and finding.fix is not None and finding.fix.edit is not None:
            after = Counter(map(_what, found(_apply(text, finding.fix.edit), whole)))
            assert not after - (Counter(map(_what, before)) - Counter([_what(finding)]))


def _not_held(text: str) -> str:
    """The text as a published extract, in which nothing is missed: a line put right may need others beside it."""
    return text if "status" in text else f"{text}\nstatus: published-extract"


def _what(finding: Finding) -> tuple[str, int, str]:
    return finding.name, finding.span.start.line, finding.message


def _apply(text: str, edit: Edit) -> str:
    lines = text.split("\n")
    (number, start), (_, end) = edit.span
    line = lines[number - 1]
    lines[number - 1] = line[: start - 1] + edit.text + line[end - 1 :]
    return "\n".join(lines)


_LOST = {
    "document": '\nsource unread-part: "A document" read in part',
    "file": "\nsomething that nobody can read: and which may be about anything at all",
}
"""What leaves a document unread in part, and a file with a line that may say anything."""


@pytest.mark.parametrize("check", [c for c in CHECKS if c.of_corpus is None], ids=lambda check: check.name)
def test_it_declares_whether_it_concludes_from_what_is_not_there(check: Check) -> None:
    """Where something is lost, exactly those checks conclude less that say so."""
    for whole, lost in _LOST.items():
        falls_silent = any(not found_by(check, text + lost) for text in check.bad)
        assert falls_silent == (check.needs_whole == "document" or check.needs_whole == whole == "file"), whole


def test_what_could_not_conclude_is_told() -> None:
    engine = Engine(CHECKS)
    for whole, lost in _LOST.items():
        result = engine.check(from_text("case.care", "service x" + lost))
        needing = {c.name for c in CHECKS if c.needs_whole == "document" or c.needs_whole == whole == "file"}
        assert {entry.name for entry in result.not_checked} - {"lines"} == needing


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_its_page_has_the_skeleton(check: Check) -> None:
    summary, *paragraphs = check.page.strip().split("\n\n")
    assert "\n" not in summary and summary.endswith(".")
    heads = [next((part for part in PARTS if paragraph.startswith(part)), paragraph) for paragraph in paragraphs]
    assert heads[:3] == list(PARTS[:3])
    assert heads[3:] == [part for part in PARTS[3:] if part in heads]
    assert all(paragraph.endswith(".") for paragraph in paragraphs)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_it_is_declared_in_full(check: Check) -> None:
    assert check.severity in SEVERITIES and check.signed in SEVERITIES
    assert check.title and not check.title.endswith(".") and not check.title[0].isupper()
    assert check.affects and not check.affects.endswith(".")
    assert check.bad and check.good


def test_names_are_unique_and_in_order() -> None:
    names = [check.name for check in CHECKS]
    assert names == sorted(set(names))


def test_every_problem_that_reading_can_meet_has_its_check() -> None:
    """Reading a value leaves its problems to checks by name; one that no check reports would be lost."""
    text = "\n".join(case for check in CHECKS for case in check.bad)
    engine = Engine(())
    service = engine.service(read_document(from_text("case.care", text), engine.parse))
    problems = [v.problem for f in service.facts for v, _ in flags.values_of(f) if v.problem is not None]
    problems += [t.problem for f in service.facts for t, _ in flags.tests_of(f) if isinstance(t.problem, Problem)]
    # A condition about nothing in a person's case has its own check, which says more than the reader can.
    reported = {check.name for check in CHECKS} | {"unknown-field"}
    assert {problem.check for problem in problems} <= reported
    assert {problem.check for problem in problems} >= {
        "wrong-type", "out-of-range", "unknown-word", "impossible-date", "placeholder", "unknown-field",
    }  # fmt: skip
