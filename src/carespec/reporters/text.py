"""The report for a person: each finding with the line it is about, what follows, who is affected, and the fix.

Findings that are one remark (a section that says nothing about several things) are told together, with their number.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.records import Finding, Report, at_least
from carespec.reporters import Options
from carespec.reporters._shared import remarks, told
from carespec.summary import counted, summary

_COLOURS = {"must": "31;1", "should": "33;1", "may": "36"}


def render(report: Report, options: Options) -> str:
    """Every finding of at least the severity asked for, file by file, then what was checked and what was not."""
    shown = [f for f in report.findings if at_least(f.severity, options.show)]
    blocks = ["\n".join(_block(remark, options)) for remark in remarks(shown)]
    hidden = len(report.findings) - len(shown)
    if hidden:
        blocks.append(f"({counted(hidden, 'finding')} below `{options.show}` not shown)")
    return "\n\n".join([*blocks, "\n".join(summary(report))]) + "\n"


def _block(findings: list[Finding], options: Options) -> Iterator[str]:
    first = findings[0]
    start = first.span.start
    place = _paint(f"{first.path}:{start.line}:{start.column}", "1", options)
    severity = _paint(first.severity, _COLOURS[first.severity], options)
    yield f"{place}: {severity} {first.name}  {told(findings)}"
    for _, finding in sorted({f.span: f for f in findings}.items()):
        yield from _frame(finding, options)
    for related in first.related:
        yield f"  {'see':<8}{related.path}:{related.span.start.line}  {related.message}"
    yield f"  {'affects':<8}{first.affects}"
    for source in first.sources:
        yield f"  {'source':<8}{' '.join(filter(None, (source.title, source.place, source.quote)))}"
    if first.fix is not None:
        yield f"  {'fix':<8}{first.fix.text}"


def _frame(finding: Finding, options: Options) -> Iterator[str]:
    """The line of the file, and marks under the piece that the finding is about; nothing for an empty line."""
    lines = options.lines_of(finding.path)
    number, column = finding.span.start
    if number > len(lines) or not lines[number - 1].strip():
        return
    line = lines[number - 1].replace("\t", " ").replace("\u00a0", " ")
    cut = max(0, column - 60) if len(line) > 150 else 0
    piece = line[cut : cut + 140]
    width = max(1, min(finding.span.end.column - column, len(piece) - (column - 1 - cut)))
    margin = f"{number:>6} | "
    yield f"{margin}{'…' if cut else ''}{piece}{'…' if cut + 140 < len(line) else ''}"
    pad = " " * (column - 1 - cut + bool(cut))
    yield f"{' ' * 6} | {pad}{_paint('^' * width, _COLOURS[finding.severity], options)}"


def _paint(text: str, code: str, options: Options) -> str:
    return f"\033[{code}m{text}\033[0m" if options.colour else text
