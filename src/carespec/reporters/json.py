"""Everything, for programs: the envelope of `specs/schemas/report.schema.json`. Nothing is folded or left out."""

from __future__ import annotations

import json
from typing import Any

from carespec.records import OUTCOMES, Coming, Edit, Finding, Fix, Related, Report, ServiceRef
from carespec.reporters import Options
from carespec.source import Span

SCHEMA = 1

EDITS = True


def render(report: Report, options: Options) -> str:
    """The report as JSON, two blanks of indent, keys in a fixed order."""
    return json.dumps(envelope(report), ensure_ascii=False, indent=2) + "\n"


def envelope(report: Report) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "carespec": report.version,
        "schema": SCHEMA,
        "today": report.today,
        "vocabulary": report.vocabulary,
        "guidance": [ref._asdict() for ref in report.guidance],
        "services": [_service(ref) for ref in report.services if ref.kind == "service"],
        "findings": [_finding(finding) for finding in report.findings],
        "accepted": [_finding(finding) for finding in report.accepted],
        "until": report.until or None,
        "coming": [_coming(entry) for entry in report.coming],
        "not-checked": [{"name": n.name, "service": n.service, "because": n.because} for n in report.not_checked],
        "later": [
            {"day": one.day, "name": one.name, "service": one.service, "message": one.message} for one in report.later
        ],
        "summary": _summary(report),
    }


def _service(ref: ServiceRef) -> dict[str, Any]:
    return {
        "name": ref.name,
        "path": ref.path,
        "vocabulary": ref.vocabulary,
        "as-at": ref.as_at,
        "as-at-from": ref.as_at_from,
        "facts": ref.facts,
        "undecided": ref.undecided,
    }


def _coming(entry: Coming) -> dict[str, Any]:
    return {
        "day": entry.day,
        "service": entry.service,
        "field": entry.field,
        "path": entry.path,
        "range": _range(entry.span),
        "message": entry.message,
        "who": entry.who,
        "fix": entry.fix,
    }


def _summary(report: Report) -> dict[str, int]:
    """How much there was. `fails` counts findings, of checks too; the other outcomes are those of rules."""
    services = sum(ref.kind == "service" for ref in report.services)
    of_rules = dict(zip(OUTCOMES, report.outcomes or (0,) * len(OUTCOMES), strict=True))
    fails = sum(finding.outcome == "fails" for finding in report.findings)
    return {
        "services": services, "beside": report.beside, "checks": report.checks, "rules": report.rules, **of_rules,
        "fails": fails,
    }  # fmt: skip


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "kind": finding.kind,
        "name": finding.name,
        "outcome": finding.outcome,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "authority": finding.authority,
        "service": finding.service,
        "field": finding.field,
        "path": finding.path,
        "range": _range(finding.span),
        "message": finding.message,
        "says": finding.says,
        "sources": [source._asdict() for source in finding.sources],
        "fix": _fix(finding.fix),
        "affects": finding.affects,
        "related": [_related(related) for related in finding.related],
        "witness": None,
        "elsewhere": finding.elsewhere,
    }


def _range(span: Span) -> dict[str, Any]:
    return {"start": span.start._asdict(), "end": span.end._asdict()}


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    readings = [{"setting": r.setting, "word": r.word, "edit": _edit(r.edit)} for r in fix.readings]
    return {"text": fix.text, "edit": None if fix.edit is None else _edit(fix.edit), "readings": readings}


def _edit(edit: Edit) -> dict[str, Any]:
    return {"range": _range(edit.span), "text": edit.text}


def _related(related: Related) -> dict[str, Any]:
    return {"path": related.path, "range": _range(related.span), "message": related.message}
