"""The last lines of every run: what was checked, what was found, and what was not checked."""

from __future__ import annotations

from carespec.records import SEVERITIES, Report, ServiceRef


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
    return [*lines, *_accepted(report), *_undecided(services), *_not_checked(report), *_coming(report)]


def _accepted(report: Report) -> list[str]:
    number = len(report.accepted)
    return (
        [f"{counted(number, 'finding')} in the baseline {'is' if number == 1 else 'are'} not shown."] if number else []
    )


def _undecided(services: list[ServiceRef]) -> list[str]:
    """A form that nobody has filled in gives no finding, and must not look finished."""
    number = sum(ref.undecided for ref in services)
    if not number:
        return []
    facts = "1 fact is" if number == 1 else f"{number:,} facts are"
    return [f"{facts} not decided yet: to be confirmed, or left to local agreement."]


def _coming(report: Report) -> list[str]:
    """What falls due until the day that was asked about."""
    if not report.until:
        return []
    if not report.coming:
        return [f"Nothing that these documents say falls due until {report.until}."]
    lines = [f"{entry.day}  {entry.path}:{entry.span.start.line}  {entry.message}" for entry in report.coming]
    return [f"Falls due until {report.until}:", *(f"  {line}" for line in lines)]


def _found(report: Report) -> str:
    fails = [finding for finding in report.findings if finding.outcome == "fails"]
    if not fails:
        return "Nothing new was found." if report.accepted else "Nothing was found."
    counts = [(severity, sum(f.severity == severity for f in fails)) for severity in SEVERITIES]
    told = ", ".join(f"{number:,} {severity}" for severity, number in counts if number)
    return f"{counted(len(fails), 'finding')}: {told}."


def _not_checked(report: Report) -> list[str]:
    """One line a reason, with what could not look and the documents that it concerns.

    Each is named while there are few; a file that nothing could look into always is.
    """
    by_reason: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for entry in report.not_checked:
        names, services = by_reason.setdefault(entry.because, ({}, {}))
        names[entry.name] = None
        services[entry.service] = None
    return [
        f"Not checked: {', '.join(names)} in {_named(list(services), 'everything' in names)}: {because}."
        for because, (names, services) in by_reason.items()
    ]


def _named(services: list[str], every: bool) -> str:
    if every or len(services) <= 3:
        return ", ".join(services)
    return f"{', '.join(services[:2])} and {len(services) - 2} more"
