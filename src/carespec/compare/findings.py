"""Who stands alone, as findings: one for each field and group, placed at the most extreme service.

A finding about peers is never above `may` here: that others do otherwise is no reason by itself. Guidance may say more,
with its own comparison.
"""

from __future__ import annotations

from collections.abc import Sequence

from carespec.compare.compared import Compared
from carespec.compare.outliers import Outlier, Outliers
from carespec.compare.pages import against
from carespec.records import Finding, Fix, Related
from carespec.source import span_of

NAME = "stands-alone"
_AFFECTS = "people who would be treated otherwise by a comparable service"


def findings(compared: Sequence[Compared]) -> tuple[Finding, ...]:
    """One finding for each field of each group in which somebody stands alone."""
    return tuple(_finding(found) for one in compared for found in one.outliers)


def _finding(found: Outliers) -> Finding:
    first, *others = found.outliers
    cell = first.cell
    message = f"`{cell.said.text}` stands alone among {first.n} comparable services: they say {against(first)}"
    fix = f"Nothing, if it is meant and there is a reason for it; else write what the others do: `{first.usual}`."
    return Finding(
        f"comparison.{NAME}/{found.group}/{found.path}", "comparison", NAME, "fails", "may", "possible", "carespec",
        first.service.name, found.path, first.service.path, span_of(cell.line, cell.start, cell.end), message,
        cell.said.text, _AFFECTS, Fix(fix), related=tuple(_related(outlier) for outlier in others),
    )  # fmt: skip


def _related(outlier: Outlier) -> Related:
    cell = outlier.cell
    words = f"`{cell.said.text}` in {outlier.service.name}"
    return Related(outlier.service.path, span_of(cell.line, cell.start, cell.end), words)
