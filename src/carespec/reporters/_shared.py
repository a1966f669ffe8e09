"""What several formats need: which findings to tell and in what order, what they say in running text, and places."""

from __future__ import annotations

import os
from collections.abc import Iterable
from types import ModuleType

from carespec.records import SEVERITIES, Finding, Report, at_least
from carespec.reporters import Options
from carespec.reporters._blocks import ELSEWHERE
from carespec.summary import counted

ERROR_WARNING_NOTE = {"must": "error", "should": "warning", "may": "note"}


def shown(report: Report, options: Options) -> list[Finding]:
    """The findings to act on that are at least as severe as was asked for, in the order of files and lines."""
    return [f for f in report.findings if f.outcome == "fails" and at_least(f.severity, options.show)]


def hidden(report: Report, options: Options) -> list[str]:
    """A line that says how many findings are less severe than was asked for, if there are any."""
    number = sum(f.outcome == "fails" for f in report.findings) - len(shown(report, options))
    return [f"({counted(number, 'finding')} below `{options.show}` not shown)"] if number else []


def most_important_first(findings: Iterable[Finding]) -> list[Finding]:
    """By severity; within one, in the order given."""
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def sentence(text: str) -> str:
    """With a capital and a stop, as messages stand in running text."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"


def full_text(finding: Finding) -> str:
    """All four parts of a finding in sentences: what follows, whom it affects, the source, what to write instead."""
    parts = [sentence(finding.message), f"Affects {finding.affects}."]
    parts += [sentence(ELSEWHERE)] if finding.elsewhere else []
    parts += [f"Source: {cited}." for cited in cited_by(finding)]
    return " ".join([*parts, *([finding.fix.text] if finding.fix is not None else [])])


def cited_by(finding: Finding) -> list[str]:
    """Each source of a finding in one line."""
    return [
        ", ".join(filter(None, (s.title, s.publisher, s.place))) + (f": “{s.quote}”" if s.quote else "")
        for s in finding.sources
    ]


def place(path: str, options: Options, system: ModuleType = os.path) -> str:
    """A path from the root that consumers count from, with `/`; outside of that root, the whole path.

    `system` is `posixpath` or `ntpath`: what the paths are those of.
    """
    if not options.root or path.startswith("<"):
        return path.replace(system.sep, "/")
    whole, root = system.abspath(path), system.abspath(options.root)
    inside = whole == root or whole.startswith(root.rstrip(system.sep) + system.sep)
    return str(system.relpath(whole, root) if inside else whole).replace(system.sep, "/")
