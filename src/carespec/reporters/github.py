"""Annotations on a GitHub pull request: workflow commands for what matters most, plain lines for the rest.

GitHub shows ten errors, ten warnings and ten notices of a step and drops the others without a word. So the most
important get the annotations; the log has them all, and the summary of the job the full text.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.records import Finding, Report
from carespec.reporters import Options
from carespec.reporters._blocks import remarks, told
from carespec.reporters._shared import full_text, hidden, most_important_first, place, sentence, shown
from carespec.summary import counted, summary

ALSO = ("GITHUB_STEP_SUMMARY", "markdown", 1_000_000)
MOST_OF_A_LEVEL = 10
_COMMANDS = {"must": "error", "should": "warning", "may": "notice"}


def render(report: Report, options: Options) -> str:
    """Annotations, then a line for each remark that has none, then what was checked and what was not."""
    found = shown(report, options)
    annotated, rest = _share_out(remarks(most_important_first(found)))
    lines = [_annotation(remark, options) for remark in annotated]
    if rest:
        lines.append(f"GitHub shows ten annotations of a kind; {counted(len(rest), 'remark')} more:")
    lines += [_plain(remark, options) for remark in rest]
    closing = [*hidden(report, options), *summary(report)]
    return "\n".join(_inert([*lines, *closing], len(annotated))) + "\n"


def _share_out(found: list[list[Finding]]) -> tuple[list[list[Finding]], list[list[Finding]]]:
    """The first ten of each level, and the others."""
    annotated: list[list[Finding]] = []
    rest: list[list[Finding]] = []
    left = dict.fromkeys(_COMMANDS, MOST_OF_A_LEVEL)
    for remark in found:
        severity = remark[0].severity
        left[severity] -= 1
        (annotated if left[severity] >= 0 else rest).append(remark)
    return annotated, rest


def _annotation(remark: list[Finding], options: Options) -> str:
    first = remark[0]
    (line, column), (end_line, end_column) = first.span
    where = {"file": place(first.path, options), "line": line, "endLine": end_line}
    if line == end_line:
        where |= {"col": column, "endColumn": max(column, end_column - 1)}
    where["title"] = f"carespec: {first.severity} {first.name}"
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in where.items())
    text = full_text(first) if len(remark) == 1 else f"{sentence(told(remark))} Affects {first.affects}."
    return f"::{_COMMANDS[first.severity]} {properties}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _plain(remark: list[Finding], options: Options) -> str:
    first = remark[0]
    return f"{place(first.path, options)}:{first.span.start.line}: {first.severity} {first.name}  {told(remark)}"


def _inert(lines: list[str], commands: int) -> Iterator[str]:
    """Lines of which only the first are commands: what a document says must not become one."""
    for number, line in enumerate(lines):
        if number < commands:
            yield line
        else:
            text = " ".join(line.splitlines()).replace("##[", "## [")
            yield f"- {text}" if text.lstrip().startswith("::") else text
