"""GitLab Code Quality: the list that a merge request shows, and compares with that of its target branch.

GitLab shows findings with equal fingerprints once, so each has one of its own; it is made of what the finding is about
and of no line, so a finding that has only moved is not new.
"""

from __future__ import annotations

import json
from typing import Any

from carespec.records import Finding, Report, digest, rule_id
from carespec.reporters import Options
from carespec.reporters._shared import full_text, place, shown

_SEVERITIES = {"must": "major", "should": "minor", "may": "info"}


def render(report: Report, options: Options) -> str:
    """The findings to act on; the format has no room for anything else."""
    return json.dumps([_issue(f, options) for f in shown(report, options)], ensure_ascii=False, indent=2) + "\n"


def _issue(finding: Finding, options: Options) -> dict[str, Any]:
    span = finding.span
    return {
        "description": full_text(finding),
        "check_name": rule_id(finding),
        "fingerprint": digest(finding),
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": place(finding.path, options),
            "lines": {"begin": span.start.line, "end": span.end.line},
        },
    }
