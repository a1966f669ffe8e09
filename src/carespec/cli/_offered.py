"""Edits that a format carries for others to make: each is held to the same proof as those that `--fix` makes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from carespec.engine import Engine

if TYPE_CHECKING:
    from carespec.cli._reach import Reach
    from carespec.cli._run import Setup
    from carespec.records import Finding, Report
    from carespec.source import Source


def with_sound_edits(report: Report, held: Setup, reach: Reach) -> Report:
    """The report, with those edits only that leave nothing worse."""
    edited = [finding for finding in (*report.findings, *report.accepted) if finding.fix and finding.fix.edit]
    if not edited:
        return report
    engine = Engine(held.checks, held.today, held.law)
    sound = {id(one): other for one, other in _each(edited, reach, engine)}
    findings = tuple(sound.get(id(finding), finding) for finding in report.findings)
    return report._replace(findings=findings, accepted=tuple(sound.get(id(one), one) for one in report.accepted))


def _each(findings: Sequence[Finding], reach: Reach, engine: Engine) -> list[tuple[Finding, Finding]]:
    """Each finding, and what becomes of it."""
    from carespec.fixes import sound

    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        by_path.setdefault(finding.path, []).append(finding)
    pairs: list[tuple[Finding, Finding]] = []
    for path, alike in by_path.items():
        kept = sound(alike, _source(path, reach), lambda source: engine.check(source).findings)
        pairs += zip(alike, kept, strict=True)
    return pairs


def _source(path: str, reach: Reach) -> Source:
    from carespec.source import from_bytes

    at_hand = [source for source in reach.at_hand if source.path == path]
    return at_hand[0] if at_hand else from_bytes(path, reach.bytes_of(path))
