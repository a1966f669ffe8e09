"""Formats for CI servers and review tools, each held to what its consumer does with it.

The consumers' rules are written out here as small readers: GitHub's runner, GitLab, a JUnit reader, reviewdog, and a
reader of Markdown.
"""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from carespec.records import Report
from carespec.reporters import Options, reporter
from carespec.reporters._shared import full_text
from hard_report import BASE, EMPTY, FINDINGS, HARD, LINE, NASTY, TRICKY, WAIVED, lines_of

OPTIONS = Options(lines_of=lines_of)
any_text = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


def written(name: str, report: Report, options: Options = OPTIONS) -> str:
    return reporter(name)(report, options)


def with_text(text: str) -> Report:
    return EMPTY._replace(findings=(BASE._replace(message=f"m {text}", affects=text or "x"),))


# GitHub annotations, read as the runner reads a line of a log.


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Every workflow command in a log: its name, its properties and its message."""
    found = []
    for line in text.split("\n"):
        if line.lstrip().startswith("::"):
            head, _, message = line.lstrip()[2:].partition("::")
            name, _, rest = head.partition(" ")
            properties = dict(part.split("=", 1) for part in rest.split(",") if part)
            found.append((name, {key: _plain(value) for key, value in properties.items()}, _plain(message)))
        else:
            assert "##[" not in line, "the older form of a command"
    return found


def _plain(text: str) -> str:
    for code, char in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, char)
    return text


def test_annotations_keep_within_what_github_shows_most_important_first() -> None:
    text = written("github", HARD)
    found = commands(text)
    assert [name for name, _, _ in found] == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    told = {properties["title"] for _, properties, _ in found} | set(text.split())
    assert all(any(finding.name in each for each in told) for finding in FINDINGS), "the log has all of them"
    assert "GitHub shows ten annotations of a kind; 11 remarks more:" in text


def test_an_annotation_says_where_and_everything() -> None:
    _, properties, message = commands(written("github", HARD))[0]
    assert properties["file"] == NASTY and properties["line"] == properties["endLine"] == "1"
    assert (properties["col"], properties["endColumn"]) == ("59", "61")
    assert properties["title"] == "carespec: must rule"
    assert message == full_text(FINDINGS[0])


def test_a_piece_of_several_lines_has_no_columns() -> None:
    """GitHub refuses columns where the lines differ."""
    found = {properties["title"]: properties for _, properties, _ in commands(written("github", HARD))}
    several = EMPTY._replace(findings=tuple(f for f in FINDINGS if f.span.start.line != f.span.end.line))
    properties = commands(written("github", several))[0][1]
    assert found and properties["endLine"] == "3" and "col" not in properties


@given(any_text)
@settings(max_examples=200, derandomize=True, deadline=None)
def test_nothing_that_a_document_says_becomes_a_command(text: str) -> None:
    report = with_text(text)._replace(not_checked=HARD.not_checked)
    found = commands(written("github", report))
    assert len(found) == 1 and found[0][2] == full_text(report.findings[0])
    many = tuple(report.findings[0]._replace(id=str(number)) for number in range(11))
    assert len(commands(written("github", report._replace(findings=many)))) == 10


# GitLab Code Quality.

GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./|/)"},
                    "lines": {"required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
            },
        },
    },
}


def test_gitlab_gets_each_finding_once_and_knows_it_again() -> None:
    issues = json.loads(written("gitlab", HARD))
    Draft202012Validator(GITLAB).validate(issues)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == len(FINDINGS)
    moved = tuple(f._replace(span=f.span._replace(start=f.span.end), message="new") for f in HARD.findings)
    again = json.loads(written("gitlab", HARD._replace(findings=moved)))
    assert [issue["fingerprint"] for issue in again] == [issue["fingerprint"] for issue in issues]
    assert json.loads(written("gitlab", EMPTY)) == []


# JUnit.


def suites(text: str) -> ElementTree.Element:
    """Parsed, with every count compared with what there is: what readers trip over."""
    top = ElementTree.fromstring(text)
    assert top.tag == "testsuites"
    for element in (top, *top.iter("testsuite")):
        for name, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
            assert int(element.get(name) or -1) == len(list(element.iter(tag))), f"{name} of {element.get('name')}"
        assert element.get("errors") == "0"
    cases = [(case.get("classname"), case.get("name")) for case in top.iter("testcase")]
    assert len(set(cases)) == len(cases), "GitLab shows cases of one name once"
    return top


@pytest.mark.parametrize("failing", range(4))
def test_junit_fails_as_the_exit_code_does(failing: int) -> None:
    severities = ("must", "should", "may")[:failing]
    top = suites(written("junit", HARD, OPTIONS._replace(fails=lambda finding: finding.severity in severities)))
    assert len(list(top.iter("failure"))) == sum(finding.severity in severities for finding in FINDINGS)
    assert len(list(top.iter("skipped"))) == 2


def test_junit_tells_a_clean_document_and_a_message_that_stands_alone() -> None:
    top = suites(written("junit", HARD))
    clean = next(suite for suite in top if suite.get("name") == "specs/clean.care")
    assert [case.get("name") for case in clean] == ["nothing was found"]
    message = next(top.iter("failure")).get("message") or ""
    assert message.startswith(f"{NASTY}:1:59: must rule") and "100% <b>" in message


@given(st.text(max_size=60))
@settings(max_examples=200, derandomize=True, deadline=None)
def test_junit_is_xml_whatever_a_document_says(text: str) -> None:
    bytes_written = written("junit", with_text(text)).encode("utf-8", "backslashreplace")
    suites(bytes_written.decode("utf-8"))


# rdjson.

POSITION = {
    "type": "object",
    "required": ["line", "column"],
    "additionalProperties": False,
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
}
RANGE = {
    "type": "object",
    "required": ["start", "end"],
    "additionalProperties": False,
    "properties": {"start": POSITION, "end": POSITION},
}
LOCATION = {
    "type": "object",
    "required": ["path", "range"],
    "additionalProperties": False,
    "properties": {"path": {"type": "string", "minLength": 1}, "range": RANGE},
}
DIAGNOSTIC: dict[str, Any] = {
    "type": "object",
    "required": ["message", "location", "severity", "code"],
    "additionalProperties": False,
    "properties": {
        "message": {"type": "string", "minLength": 1},
        "location": LOCATION,
        "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
        "code": {"type": "object", "required": ["value"], "properties": {"value": {"type": "string"}}},
        "suggestions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["range", "text"],
                "additionalProperties": False,
                "properties": {"range": RANGE, "text": {"type": "string"}},
            },
        },
        "related_locations": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message", "location"],
                "additionalProperties": False,
                "properties": {"message": {"type": "string"}, "location": LOCATION},
            },
        },
    },
}
RDJSON = {
    "type": "object",
    "required": ["source", "diagnostics"],
    "additionalProperties": False,
    "properties": {"source": {"type": "object"}, "diagnostics": {"type": "array", "items": DIAGNOSTIC}},
}


def piece(range_: dict[str, Any]) -> str:
    """The piece of the first line that a range means, counted in bytes as reviewdog counts."""
    start, end = range_["start"]["column"] - 1, range_["end"]["column"] - 1
    return LINE.encode()[start:end].decode()


def test_reviewdog_gets_places_in_bytes_and_the_fix() -> None:
    data = json.loads(written("rdjson", HARD))
    Draft202012Validator(RDJSON).validate(data)
    first = data["diagnostics"][0]
    assert piece(first["location"]["range"]) == LINE[58:61]
    suggestion = first["suggestions"][0]
    assert (piece(suggestion["range"]), suggestion["text"]) == ("days", "working days")
    assert first["related_locations"][0]["location"]["path"] == "other.care"
    assert len(data["diagnostics"]) == len(FINDINGS)


# Markdown.


def test_a_comment_can_be_found_again_and_fits() -> None:
    text = written("markdown", HARD)
    assert text.startswith("<!-- carespec -->\n")
    assert text.index("must") < text.index("**should**") < text.index("<details>")
    assert "Not checked: everything in gone.care" in text
    assert WAIVED.id not in text
    many = EMPTY._replace(findings=tuple(BASE._replace(id=f"check.a/x/{n}", message="m" * 500) for n in range(500)))
    small = written("markdown", many)
    assert len(small) < 60_000 and re.search(r"\d+ remarks more, for which there is no room", small)
    assert len(re.findall(r"^- \*\*should", small, re.MULTILINE)) + _left(small) == 500
    assert "no room" not in written("markdown", many, OPTIONS._replace(room=1_000_000))


def _left(text: str) -> int:
    found = re.search(r"(\d+) remarks more", text)
    return int(found.group(1)) if found else 0


@given(any_text)
@example("``*")
@settings(max_examples=200, derandomize=True, deadline=None)
def test_what_a_document_says_is_only_words(text: str) -> None:
    """Outside of code nothing is left that Markdown, HTML or a mention would take."""
    body = written("markdown", with_text(text)).split("\n", 1)[1]
    entry = next(block for block in body.split("\n\n") if block.startswith("- **should"))
    words = entry.replace("- **should**", "").replace("**Write it.**", "").replace("&#64;", "")
    assert not re.search(r"[<\[*_#|~`@]", re.sub(r"\\.|`[^`\n]+`", "", words)), "but what is escaped, or code"


def test_tricky_words_stay_words() -> None:
    text = written("markdown", with_text(TRICKY))
    assert "`10 days` 100% \\<b\\>, see \\[x\\](http" in text and "&#64;someone" in text
