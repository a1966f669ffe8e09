"""Findings that a repository knows of and does not want to be told again, until they change.

An entry names what a finding is about and what the document says there, never a line and never how many there are: a
line that moves or is written more tidily changes nothing, and a figure that changes, or one finding in place of
another, shows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from carespec.records import SEVERITIES, Finding, Report
from carespec.tuples import NamedTuple

_NUMBERED = re.compile(r"#\d+$")
_WORD = re.compile(r"[^\W\d_]+|\d[\d,.]*|[£%<>=]")
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Entry(NamedTuple):
    """What a finding is about, what the document said there, and how much it mattered."""

    id: str
    says: str
    severity: str

    @property
    def key(self) -> tuple[str, str]:
        """What makes two findings the same one."""
        return self.id, plain(self.says)


def entry_of(finding: Finding) -> Entry:
    """The entry of a finding. The number that tells equal findings apart depends on their order, and is left out."""
    return Entry(_NUMBERED.sub("", finding.id), " ".join(finding.says.split()), finding.severity)


def plain(text: str) -> str:
    """The words and figures of a text, without how it is written: two ways to write one thing give the same."""
    text = _ISO_DAY.sub(lambda day: f"{day[3]} {_month(day[2])} {day[1]}", text)
    return " ".join(_word(word) for word in _WORD.findall(text.casefold()))


def _month(number: str) -> str:
    return _MONTHS[int(number) - 1] if 1 <= int(number) <= 12 else number


def _word(word: str) -> str:
    if word[0].isdigit():
        return word.replace(",", "").strip(".").lstrip("0") or "0"
    if word[:3] in _MONTHS and len(word) > 2:
        return word[:3]
    return word.removesuffix("s")


def entries(report: Report) -> tuple[Entry, ...]:
    """Everything in a report that fails, as entries in a stable order; what a baseline had accepted already too."""
    found = (*report.findings, *report.accepted)
    return tuple(sorted(entry_of(finding) for finding in found if finding.outcome == "fails"))


def accept(report: Report, known: Iterable[Entry]) -> Report:
    """The report with what is known moved to `accepted`.

    A finding that matters more now than when it was entered is told again. Each entry stands for one finding.
    """
    left: dict[tuple[str, str], list[str]] = {}
    for entry in known:
        left.setdefault(entry.key, []).append(entry.severity)
    kept: list[Finding] = []
    accepted: list[Finding] = []
    for finding in report.findings:
        is_known = finding.outcome == "fails" and _take(left.get(entry_of(finding).key, []), finding.severity)
        (accepted if is_known else kept).append(finding)
    return report._replace(findings=tuple(kept), accepted=(*report.accepted, *accepted))


def _take(severities: list[str], severity: str) -> bool:
    """Use up the least grave entry that covers a severity."""
    rank = SEVERITIES.index(severity)
    covering = [each for each in severities if SEVERITIES.index(each) <= rank]
    if covering:
        severities.remove(max(covering, key=SEVERITIES.index))
    return bool(covering)


def gone(known: Iterable[Entry], report: Report) -> list[Entry]:
    """The entries that stand for nothing that was found in a run over everything."""
    still = Counter(entry_of(finding).key for finding in report.accepted)
    over = []
    for entry in known:
        still[entry.key] -= 1
        if still[entry.key] < 0:
            over.append(entry)
    return over
