"""The last lines of every run: what was checked, what was found, and what was not checked."""

from __future__ import annotations

from carespec.records import SEVERITIES, Report


def counted(number: int, word: str, plural: str | None = None) -> str:
    """`1 service`, `9 services`."""
    return f"{number:,} {word if number == 1 else plural or word + 's'}"


def summary(report: Report) -> list[str]:
    """The closing lines: documents and facts, findings by severity, and everything that was not checked, with why."""
    services = [ref for ref in report.services if ref.kind == "service"]
    packs = len(report.services) - len(services)
    seen = [counted(len(services), "service"), counted(sum(ref.facts for ref in services), "fact")]
    if packs:
        seen.append(counted(packs, "guidance pack"))
    lines = [f"Checked {', '.join(seen)} with {counted(report.checks, 'check')}. {_found(report)}"]
    lines += _not_checked(report)
    return lines


def _found(report: Report) -> str:
    fails = [finding for finding in report.findings if finding.outcome == "fails"]
    if not fails:
        return "Nothing was found."
    counts = [(severity, sum(f.severity == severity for f in fails)) for severity in SEVERITIES]
    told = ", ".join(f"{number:,} {severity}" for severity, number in counts if number)
    return f"{counted(len(fails), 'finding')}: {told}."


def _not_checked(report: Report) -> list[str]:
    """One line a reason, with the documents that it concerns: every one named while there are few."""
    by_reason: dict[tuple[str, str], list[str]] = {}
    for entry in report.not_checked:
        by_reason.setdefault((entry.name, entry.because), []).append(entry.service)
    return [f"Not checked: {name} in {_named(services)}: {because}." for (name, because), services in by_reason.items()]


def _named(services: list[str]) -> str:
    if len(services) <= 3:
        return ", ".join(services)
    return f"{', '.join(services[:2])} and {len(services) - 2} more"
