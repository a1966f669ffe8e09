"""The last lines of every run: what was checked, what was found, and what was not checked."""

from __future__ import annotations

from carespec.records import BEGINS, OUTCOMES, SEVERITIES, Coming, NotChecked, Report


def counted(number: int, word: str, plural: str | None = None) -> str:
    """`1 service`, `9 services`."""
    return f"{number:,} {word if number == 1 else plural or word + 's'}"


def summary(report: Report) -> list[str]:
    """The closing lines: documents and facts, findings by severity, and everything that was not checked, with why."""
    if report.closing:
        return list(report.closing)
    lines = [f"Checked {_seen(report)} with {_by_what(report)}. {_found(report)}"]
    told = (_beside, _accepted, _ruled, _undecided, _not_checked, _later, _coming)
    return [*lines, *(line for tell in told for line in tell(report))]


def _seen(report: Report) -> str:
    """What was checked; of services their number even if there were none, but where only packs or waivers were asked
    about.
    """
    services = [ref for ref in report.services if ref.kind == "service"]
    packs, registered = _packs(report), sum(ref.facts for ref in report.services if ref.kind == "waivers")
    seen = [counted(packs, "guidance pack")] if packs else []
    seen += [counted(registered, "registered waiver")] if registered else []
    if services or not seen:
        seen[:0] = [counted(len(services), "service"), counted(sum(ref.facts for ref in services), "fact")]
    *first, last = seen
    return f"{', '.join(first)} and {last}" if len(seen) > 2 else ", ".join(seen)


def _packs(report: Report) -> int:
    """How many packs were themselves among what was checked."""
    return sum(ref.kind == "guidance" for ref in report.services)


def _by_what(report: Report) -> str:
    """What services were held against; the packs that judge, where packs were checked too, are not named twice."""
    checks, packs = counted(report.checks, "check"), _packs(report)
    if not report.rules or not any(report.outcomes):
        return checks
    rules, judging = counted(report.rules, "rule"), len(report.guidance)
    if not packs:
        return f"{checks} and {rules} of {counted(judging, 'guidance pack')}"
    whose = "" if judging == packs else f" of {counted(judging, 'pack')}"
    one = sum(ref.kind == "service" for ref in report.services) == 1
    return f"{checks}, and held the service{'' if one else 's'} against {rules}{whose}"


_OUTCOMES = {
    "passes": "met", "fails": "not met", "waived": "waived", "cannot-tell": "not decided", "exempt": "exempt",
    "does-not-apply": "not applicable", "not-in-force": "not in force",
}  # fmt: skip


def _ruled(report: Report) -> list[str]:
    """What came of the rules, where any was held against a service."""
    counts = dict(zip(OUTCOMES, report.outcomes, strict=False))
    told = [f"{counts[outcome]:,} {words}" for outcome, words in _OUTCOMES.items() if counts.get(outcome)]
    return [f"Of the rules: {', '.join(told)}."] if told else []


def _later(report: Report) -> list[str]:
    """What will bind, or no longer bind, while a contract runs; but not what is told as falling due."""
    due = {(one.day, one.service, one.message.partition(BEGINS)[0]) for one in report.coming}
    later = [one for one in report.later if (one.day, one.service, one.message.partition(BEGINS)[0]) not in due]
    return [f"From {one.day}: in {one.service} {one.message}." for one in later]


def _beside(report: Report) -> list[str]:
    """How many other documents of the corpus bore on what is told."""
    number = report.beside
    return [f"Held beside {counted(number, 'other document')} of the corpus."] if number else []


def _accepted(report: Report) -> list[str]:
    number = len(report.accepted)
    return (
        [f"{counted(number, 'finding')} in the baseline {'is' if number == 1 else 'are'} not shown."] if number else []
    )


def _undecided(report: Report) -> list[str]:
    """A form that nobody has filled in gives no finding, and must not look finished."""
    number = sum(ref.undecided for ref in report.services)
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
    return [f"Falls due until {report.until}:", *(line for entry in report.coming for line in _due(entry))]


def _due(entry: Coming) -> list[str]:
    """What will be so from a day, who has it to see to, and what to do by then."""
    head = f"  {entry.day}  {entry.path}:{entry.span.start.line}  {entry.message}"
    return [head, f"              who  {entry.who}", f"              do   {entry.fix}"]


def _found(report: Report) -> str:
    fails = [finding for finding in report.findings if finding.outcome == "fails"]
    if not fails:
        return "Nothing new was found." if report.accepted else "Nothing was found."
    counts = [(severity, sum(f.severity == severity for f in fails)) for severity in SEVERITIES]
    told = ", ".join(f"{number:,} {severity}" for severity, number in counts if number)
    return f"{counted(len(fails), 'finding')}: {told}."


def _not_checked(report: Report) -> list[str]:
    """One line a reason, with what could not look and the documents that it concerns.

    Each is named while there are few (`--output json` names all); a file that nothing could look into always is. Rules
    that nobody can decide are told by what holds them up.
    """
    by_reason: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for entry in report.not_checked:
        if not entry.group:
            names, services = by_reason.setdefault(entry.because, ({}, {}))
            names[entry.name] = None
            services[entry.service] = None
    lines = [
        f"Not checked: {_named(list(names))} in {_named(list(services), 'everything' in names)}: {because}."
        for because, (names, services) in by_reason.items()
    ]
    return [*lines, *_not_decided(report)]


_MOST_REASONS = 4
"""More reasons than these are counted: a first screen ends with what is left open, and does not drown in it."""


def _not_decided(report: Report) -> list[str]:
    groups: dict[str, list[NotChecked]] = {}
    for entry in report.not_checked:
        if entry.group:
            groups.setdefault(entry.group, []).append(entry)
    told = [_group(group, entries) for group, entries in sorted(groups.items(), key=lambda item: -len(item[1]))]
    if len(told) <= _MOST_REASONS:
        return told
    rest = counted(len(told) - _MOST_REASONS, "other reason")
    return [*told[:_MOST_REASONS], f"Not decided for {rest} too: `--output json` names all."]


def _group(group: str, entries: list[NotChecked]) -> str:
    """Which rules, in which services, and the fields that hold most of them up."""
    rules, services = dict.fromkeys(e.name for e in entries), dict.fromkeys(e.service for e in entries)
    counts: dict[str, int] = {}
    for path in (path for entry in entries for path in entry.about):
        counts[path] = counts.get(path, 0) + 1
    fields = sorted(counts, key=lambda path: (-counts[path], path))
    about = _some([f"`{path}`" for path in fields])
    return f"Not decided: {_some(list(rules), 'rules')} in {_named(list(services), False)}: {group} {about}."


def _some(names: list[str], what: str = "") -> str:
    """All while there are few; else how many, or the first of them."""
    if len(names) <= 3:
        return ", ".join(names)
    return f"{len(names)} {what}" if what else f"{', '.join(names[:3])} and {len(names) - 3} more"


def _named(names: list[str], every: bool = False) -> str:
    if every or len(names) <= 3:
        return ", ".join(names)
    return f"{', '.join(names[:2])} and {len(names) - 2} more"
