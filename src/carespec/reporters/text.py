"""The report for a person: each finding with the line it is about, what follows, who is affected, and the fix.

Findings that are one remark (a section that says nothing about several things) are told together, with their number.
Where several documents were checked, the gravest come first and the rest is folded, unless every finding is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from carespec.overview import Overview, of_kind, overview_of
from carespec.records import Finding, Report, at_least
from carespec.reporters import Options
from carespec.reporters._blocks import block, remarks
from carespec.summary import closing_lines, counted

if TYPE_CHECKING:
    from carespec.reporters._first_screen import FindingsOf


def render(report: Report, options: Options) -> str:
    """Every finding of at least the severity asked for, file by file, or the most important first, with how many are
    folded; then what was checked and what was not.
    """
    whole = overview_of(report)
    if len(report.services) > 1 and not options.every:
        in_files = _by_path(report)
        return first_of(whole, lambda path, kind: of_kind(in_files[path], kind), options)
    shown = [f for f in report.findings if f.outcome == "fails" and at_least(f.severity, options.show)]
    return _together(["\n".join(block(remark, options)) for remark in remarks(shown)], whole, options)


def first_of(whole: Overview, findings_of: FindingsOf, options: Options) -> str:
    """What a person sees first of several documents, of which there is an overview."""
    from carespec.reporters._first_screen import first_screen  # of one document all is told

    shown = {kind: tally for kind, tally in whole.kinds.items() if at_least(kind[0], options.show)}
    return _together(first_screen(whole._replace(kinds=shown), findings_of, options), whole, options)


def _together(blocks: list[str], whole: Overview, options: Options) -> str:
    hidden = sum(tally.findings for kind, tally in whole.kinds.items() if not at_least(kind[0], options.show))
    if hidden:
        blocks = [*blocks, f"({counted(hidden, 'finding')} below `{options.show}` not shown)"]
    return "\n\n".join([*blocks, "\n".join(closing_lines(whole))]) + "\n"


def _by_path(report: Report) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        found.setdefault(finding.path, []).append(finding)
    return found
