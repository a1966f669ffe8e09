"""One line a finding, for people who know their way and for programs that read lines."""

from __future__ import annotations

from carespec.records import Report, at_least
from carespec.reporters import Options
from carespec.reporters._blocks import place
from carespec.summary import counted, summary


def render(report: Report, options: Options) -> str:
    """`path:line:column: SEVERITY rule-name  message`, what was checked and what was not.

    `(elsewhere)` marks a finding in a file that the run was not about.
    """
    failing = [f for f in report.findings if f.outcome == "fails"]
    shown = [f for f in failing if at_least(f.severity, options.show)]
    lines = [f"{place(f)}: {f.severity} {f.name}  {f.message}{' (elsewhere)' if f.elsewhere else ''}" for f in shown]
    hidden = len(failing) - len(shown)
    if hidden:
        lines.append(f"({counted(hidden, 'finding')} below `{options.show}` not shown)")
    return "\n".join([*lines, *summary(report)]) + "\n"
