"""SARIF 2.1.0 with everything: what is waived or accepted too, each as a result with `suppressions`.

For readers that honour suppressions; GitHub does not, and has `sarif`.
"""

from __future__ import annotations

from carespec.records import Report, at_least
from carespec.reporters import Options
from carespec.reporters._sarif_log import as_text, log

EDITS = True


def render(report: Report, options: Options) -> str:
    """Every finding of at least the severity asked for, as SARIF."""
    told = [f for f in report.findings if f.outcome in ("fails", "waived") and at_least(f.severity, options.show)]
    return as_text(log(report, told, options, report.accepted))
