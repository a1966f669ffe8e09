"""JUnit XML, which every CI server reads: a suite for each document, a case for each thing to know about it.

A finding that fails the run is a failure, any other a passing case with its text, and what was not checked is
skipped: so the server's verdict and the exit code agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from carespec.records import Finding, NotChecked, Report
from carespec.reporters import Options
from carespec.reporters._shared import full_text, hidden, place, shown
from carespec.summary import summary

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def render(report: Report, options: Options) -> str:
    """A suite for each document that was looked at, in the order of the report."""
    paths = dict.fromkeys([ref.path for ref in report.services])
    paths.update(dict.fromkeys(path for path in (n.path for n in report.not_checked) if path))
    found = shown(report, options)
    paths.update(dict.fromkeys(finding.path for finding in found))
    suites = [
        _suite(
            place(path, options),
            [f for f in found if f.path == path],
            [n for n in report.not_checked if n.path == path],
            options,
        )
        for path in paths
    ]
    cases = [line for suite in suites for line in suite]
    attributes = _attributes("carespec", cases)
    closing = _text("\n".join([*hidden(report, options), *summary(report)]))
    system = [f"<system-out>{closing}</system-out>"]
    told = [
        '<testsuite name="carespec" tests="0" failures="0" errors="0" skipped="0" time="0">',
        *system,
        "</testsuite>",
    ]
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f"<testsuites {attributes}>", *cases, *told, "</testsuites>"]
    return "\n".join(lines) + "\n"


def _suite(path: str, found: list[Finding], unchecked: list[NotChecked], options: Options) -> list[str]:
    cases = [line for finding in found for line in _case(finding, path, options)]
    cases += [line for entry in unchecked for line in _skipped(entry, path)]
    if not found:
        cases.insert(0, f"<testcase {_named('nothing was found', path)}/>")
    return [f"<testsuite {_attributes(path, cases)}>", *cases, "</testsuite>"]


def _attributes(name: str, lines: Iterable[str]) -> str:
    """What a suite counts, counted in its own lines."""
    starts = [line.split(" ", 1)[0].rstrip(">") for line in lines]
    tests, failures, skipped = (starts.count(start) for start in ("<testcase", "<failure", "<skipped"))
    return f'name={_attribute(name)} tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}" time="0"'


def _named(name: str, path: str) -> str:
    return f'name={_attribute(name)} classname={_attribute(path)} file={_attribute(path)} time="0"'


def _case(finding: Finding, path: str, options: Options) -> list[str]:
    """The message says where and what by itself: most servers show nothing else."""
    start = finding.span.start
    told = f"{path}:{start.line}:{start.column}: {finding.severity} {finding.name}  {finding.message}"
    text = _text(f"{told}\n{full_text(finding)}")
    inside = (
        f"<failure message={_attribute(told)} type={_attribute(finding.name)}>{text}</failure>"
        if options.fails(finding)
        else f"<system-out>{text}</system-out>"
    )
    return [f'<testcase {_named(finding.id, path)} line="{start.line}">', inside, "</testcase>"]


def _skipped(entry: NotChecked, path: str) -> list[str]:
    name = f"not checked: {entry.name}"
    return [f"<testcase {_named(name, path)}>", f"<skipped message={_attribute(entry.because)}/>", "</testcase>"]


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("�", text))


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("�", text))
