"""A report as a SARIF 2.1.0 log. Section numbers are those of the standard (OASIS, 27 March 2020)."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from carespec.records import About, Finding, Report, digest, rule_id
from carespec.reporters import Options
from carespec.reporters._shared import ERROR_WARNING_NOTE, full_text, hidden, place, sentence, shown
from carespec.source import Span
from carespec.summary import counted, summary

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
_CATEGORY = "carespec/"
"""Ends with a slash: what stands before it is the category, and without one GitHub takes none."""
_LONGEST = 1_024
"""Of a rule's descriptions, on GitHub."""
_MOST_PLACES = 100
"""Related places that GitHub keeps of one result."""
_PRECISION = {"certain": "very-high", "structural": "high", "robust": "high", "possible": "medium"}
_PROBLEM = {"must": "error", "should": "warning", "may": "recommendation"}


def as_text(data: dict[str, Any]) -> str:
    """The log as JSON."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def log(report: Report, told: Sequence[Finding], options: Options, accepted: Sequence[Finding] = ()) -> dict[str, Any]:
    """One run with these findings as its results; those of `accepted` as suppressed by the baseline."""
    everything = (*told, *accepted)
    rules: dict[str, Finding] = {}
    for finding in everything:
        rules.setdefault(rule_id(finding), finding)
    number = {name: index for index, name in enumerate(rules)}
    driver = {
        "name": "carespec",
        "semanticVersion": report.version,
        "rules": [_rule(name, finding, options) for name, finding in rules.items()],
    }
    results = [_result(finding, number[rule_id(finding)], options) for finding in told]
    results += [{**_result(f, number[rule_id(f)], options), "suppressions": [_ACCEPTED]} for f in accepted]
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": _CATEGORY},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The top of the repository."}}},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notes(report, told, options)}],
        "results": results,
        "properties": {"today": report.today, "vocabulary": report.vocabulary},
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


_ACCEPTED = {"kind": "external", "status": "accepted", "justification": "Listed in the baseline."}


def _notes(report: Report, told: Sequence[Finding], options: Options) -> list[dict[str, Any]]:
    """What was not checked, and how many findings are not among the results (3.20.21)."""
    texts = [*summary(report), *hidden(report, options)]
    beyond = len(shown(report, options)) - sum(finding.outcome == "fails" for finding in told)
    if beyond > 0:
        texts.append(f"{counted(beyond, 'finding')} not in this file, which would be too long: the least severe ones.")
    return [{"level": "note", "message": {"text": text}} for text in texts]


def _rule(name: str, finding: Finding, options: Options) -> dict[str, Any]:
    """A reportingDescriptor (3.49) for what a finding is an instance of."""
    about: About = options.about(finding)
    return {
        "id": name,
        "name": about.name,
        "shortDescription": {"text": _short(sentence(about.title))},
        "fullDescription": {"text": _short(about.summary or sentence(about.title))},
        "help": {"text": about.summary or sentence(about.title), "markdown": about.page},
        "defaultConfiguration": {"level": ERROR_WARNING_NOTE[finding.severity]},
        "properties": {
            "tags": [finding.kind, finding.authority],
            "precision": _PRECISION[finding.confidence],
            "problem.severity": _PROBLEM[finding.severity],
        },
    }


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _result(finding: Finding, rule: int, options: Options) -> dict[str, Any]:
    """A result (3.27). Its fingerprint is ours: the one that GitHub reads it computes itself from the file."""
    related = finding.related[:_MOST_PLACES]
    links = [f" See [{_bare(place(r.path, options))}:{r.span.start.line}]({n})." for n, r in enumerate(related, 1)]
    found: dict[str, Any] = {
        "ruleId": rule_id(finding),
        "ruleIndex": rule,
        "level": ERROR_WARNING_NOTE[finding.severity],
        "message": {"text": _without_links(full_text(finding)) + "".join(links)},
        "locations": [{"physicalLocation": _physical(finding.path, finding.span, options)}],
        "partialFingerprints": {"carespecFinding/v1": digest(finding)},
        "properties": {"id": finding.id, "confidence": finding.confidence, "authority": finding.authority},
    }
    if related:
        found["relatedLocations"] = [
            {
                "id": n,
                "physicalLocation": _physical(r.path, r.span, options),
                "message": {"text": _without_links(r.message)},
            }
            for n, r in enumerate(related, 1)
        ]
    if finding.fix is not None and finding.fix.edit is not None:
        found["fixes"] = [_fix(finding, options)]
    if finding.outcome == "waived":
        found["suppressions"] = [{"kind": "inSource", "status": "accepted"}]
    return found


def _fix(finding: Finding, options: Options) -> dict[str, Any]:
    assert finding.fix is not None and finding.fix.edit is not None
    edit = finding.fix.edit
    change = {
        "artifactLocation": _artifact(finding.path, options),
        "replacements": [{"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}],
    }
    return {"description": {"text": _without_links(finding.fix.text)}, "artifactChanges": [change]}


def _physical(path: str, span: Span, options: Options) -> dict[str, Any]:
    return {"artifactLocation": _artifact(path, options), "region": _region(span)}


def _region(span: Span) -> dict[str, int]:
    """Columns count code points from 1, and the last is the first after the piece (3.30), as ours are."""
    (line, column), (end_line, end_column) = span
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _artifact(path: str, options: Options) -> dict[str, str]:
    uri, whole = uri_of(place(path, options))
    return {"uri": uri} if whole else {"uri": uri, "uriBaseId": _ROOT}


def uri_of(path: str) -> tuple[str, bool]:
    """The URI of a path with `/`, and whether it is a whole one: a path from the root stays relative."""
    escaped = quote(os.fsencode(path), safe="/")
    if path[1:3] == ":/":
        return f"file:///{path[0]}:{quote(os.fsencode(path[2:]), safe='/')}", True
    if path.startswith("//"):
        return f"file:{escaped}", True
    return (f"file://{escaped}", True) if path.startswith("/") else (escaped, False)


def _without_links(text: str) -> str:
    """What only looks like an embedded link (3.11.6) is none."""
    return text.replace("](", "\\](")


def _bare(text: str) -> str:
    return text.replace("[", "(").replace("]", ")")
