"""The report for a person: each finding with the line it is about, what follows, who is affected, and the fix.

Findings that are one remark (a section that says nothing about several things) are told together, with their number.
Where several documents were checked, the gravest come first and the rest is folded, unless every finding is asked for.
"""

from __future__ import annotations

from carespec.records import Report, at_least
from carespec.reporters import Options
from carespec.reporters._blocks import block, remarks
from carespec.summary import counted, summary


def render(report: Report, options: Options) -> str:
    """Every finding of at least the severity asked for, file by file, or the most important first, with how many are
    folded; then what was checked and what was not.
    """
    failing = [f for f in report.findings if f.outcome == "fails"]
    shown = [f for f in failing if at_least(f.severity, options.show)]
    if len(report.services) > 1 and not options.every:
        from carespec.reporters._first_screen import first_screen

        blocks = first_screen(shown, report.services, options)
    else:
        blocks = ["\n".join(block(remark, options)) for remark in remarks(shown)]
    hidden = len(failing) - len(shown)
    if hidden:
        blocks.append(f"({counted(hidden, 'finding')} below `{options.show}` not shown)")
    return "\n\n".join([*blocks, "\n".join(summary(report))]) + "\n"
