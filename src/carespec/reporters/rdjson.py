"""rdjson, for reviewdog: findings and their fixes as comments on a pull request, without any paid service.

Its columns count bytes of UTF-8, so a pound sign counts two.
"""

from __future__ import annotations

import json
from typing import Any

from carespec.records import Finding, Report, rule_id
from carespec.reporters import Options
from carespec.reporters._shared import full_text, place, shown
from carespec.source import Position, Span

EDITS = True
_SEVERITIES = {"must": "ERROR", "should": "WARNING", "may": "INFO"}


def render(report: Report, options: Options) -> str:
    """The findings to act on; the format has no room for anything else."""
    data = {
        "source": {"name": "carespec"},
        "diagnostics": [_diagnostic(finding, options) for finding in shown(report, options)],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _diagnostic(finding: Finding, options: Options) -> dict[str, Any]:
    lines = options.lines_of(finding.path)
    found: dict[str, Any] = {
        "message": full_text(finding),
        "location": _location(finding.path, finding.span, lines, options),
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": rule_id(finding)},
    }
    if finding.fix is not None and finding.fix.edit is not None:
        edit = finding.fix.edit
        found["suggestions"] = [{"range": _range(edit.span, lines), "text": edit.text}]
    if finding.related:
        found["related_locations"] = [
            {"message": r.message, "location": _location(r.path, r.span, options.lines_of(r.path), options)}
            for r in finding.related
        ]
    return found


def _location(path: str, span: Span, lines: tuple[str, ...], options: Options) -> dict[str, Any]:
    return {"path": place(path, options), "range": _range(span, lines)}


def _range(span: Span, lines: tuple[str, ...]) -> dict[str, Any]:
    return {"start": _position(span.start, lines), "end": _position(span.end, lines)}


def _position(position: Position, lines: tuple[str, ...]) -> dict[str, int]:
    """In bytes; a line that is not at hand counts as one byte a character."""
    line, column = position
    before = lines[line - 1][: column - 1] if line <= len(lines) else ""
    wider = len(before.encode("utf-8", "surrogatepass")) - len(before)
    return {"line": line, "column": column + wider}
