"""The last lines of every run: what was checked, what was found, and what was not checked."""

from __future__ import annotations

from carespec.overview import EVERYTHING, Gap, Overview, Turn, overview_of
from carespec.records import OUTCOMES, SEVERITIES, Coming, Report


def counted(number: int, word: str, plural: str | None = None) -> str:
    """`1 service`, `9 services`."""
    return f"{number:,} {word if number == 1 else plural or word + 's'}"


def summary(report: Report) -> list[str]:
    """The closing lines: documents and facts, findings by severity, and everything that was not checked, with why."""
    return closing_lines(overview_of(report))


def closing_lines(of: Overview) -> list[str]:
    """As `summary`, of an overview."""
    if of.closing:
        return list(of.closing)
    seen = [counted(of.documents.get("service", 0), "service"), counted(of.facts, "fact")]
    packs = of.documents.get("guidance", 0)
    if packs:
        seen.append(counted(packs, "guidance pack"))
    if of.registered:
        seen.append(counted(of.registered, "registered waiver"))
    lines = [f"Checked {', '.join(seen)} with {_by_what(of)}. {_found(of)}"]
    told = (_beside, _accepted, _ruled, _undecided, _not_checked, _not_decided, _turns, _coming)
    return [*lines, *(line for tell in told for line in tell(of))]


def _by_what(of: Overview) -> str:
    checks = counted(of.checks, "check")
    if not of.rules or not any(of.outcomes):
        return checks
    return f"{checks} and {counted(of.rules, 'rule')} of {counted(of.packs, 'guidance pack')}"


_OUTCOMES = {
    "passes": "met", "fails": "not met", "waived": "waived", "cannot-tell": "not decided", "exempt": "exempt",
    "does-not-apply": "not applicable", "not-in-force": "not in force",
}  # fmt: skip


def _ruled(of: Overview) -> list[str]:
    """What came of the rules, where any was held against a service."""
    counts = dict(zip(OUTCOMES, of.outcomes, strict=False))
    told = [f"{counts[outcome]:,} {words}" for outcome, words in _OUTCOMES.items() if counts.get(outcome)]
    return [f"Of the rules: {', '.join(told)}."] if told else []


def _beside(of: Overview) -> list[str]:
    """How many other documents of the corpus bore on what is told."""
    return [f"Held beside {counted(of.beside, 'other document')} of the corpus."] if of.beside else []


def _accepted(of: Overview) -> list[str]:
    are = "is" if of.accepted == 1 else "are"
    return [f"{counted(of.accepted, 'finding')} in the baseline {are} not shown."] if of.accepted else []


def _undecided(of: Overview) -> list[str]:
    """A form that nobody has filled in gives no finding, and must not look finished."""
    if not of.undecided:
        return []
    facts = "1 fact is" if of.undecided == 1 else f"{of.undecided:,} facts are"
    return [f"{facts} not decided yet: to be confirmed, or left to local agreement."]


def _coming(of: Overview) -> list[str]:
    """What falls due until the day that was asked about."""
    if not of.until:
        return []
    if not of.coming:
        return [f"Nothing that these documents say falls due until {of.until}."]
    return [f"Falls due until {of.until}:", *(line for entry in of.coming for line in _due(entry))]


def _due(entry: Coming) -> list[str]:
    """What will be so from a day, who has it to see to, and what to do by then."""
    head = f"  {entry.day}  {entry.path}:{entry.span.start.line}  {entry.message}"
    return [head, f"              who  {entry.who}", f"              do   {entry.fix}"]


def _found(of: Overview) -> str:
    counts = dict.fromkeys(SEVERITIES, 0)
    for (severity, _, _), tally in of.kinds.items():
        counts[severity] += tally.findings
    number = sum(counts.values())
    if not number:
        return "Nothing new was found." if of.accepted else "Nothing was found."
    told = ", ".join(f"{count:,} {severity}" for severity, count in counts.items() if count)
    return f"{counted(number, 'finding')}: {told}."


_MOST_REASONS = 4
"""More reasons than these are counted: a first screen ends with what is left open, and does not drown in it."""


def _not_checked(of: Overview) -> list[str]:
    """One line a reason, with what could not look and the documents that it concerns.

    A document that nothing could look into is always named (`--output json` names all).
    """
    found = [(group, gap) for (group, undecided), gap in of.gaps.items() if not undecided]
    found.sort(key=lambda one: (EVERYTHING not in one[1].names, -one[1].documents, one[1].first, one[0]))
    whole = sum(EVERYTHING in gap.names for _, gap in found)
    told = [
        f"Not checked: {_named(sorted(gap.names))} in {_documents(gap)}: {gap.because or group}."
        for group, gap in found
    ]
    return _first_of(told, whole + _MOST_REASONS, "checked")


def _not_decided(of: Overview) -> list[str]:
    """Rules that nobody can decide are told by what holds them up: which rules, where, and the fields."""
    found = [(group, gap) for (group, undecided), gap in of.gaps.items() if undecided]
    found.sort(key=lambda one: (-one[1].entries, one[0]))
    told = [
        f"Not decided: {_some(sorted(gap.names), 'rules')} in {_documents(gap)}: {group} {_fields(gap)}."
        for group, gap in found
    ]
    return _first_of(told, _MOST_REASONS, "decided")


def _first_of(lines: list[str], most: int, what: str) -> list[str]:
    if len(lines) <= most:
        return lines
    rest = counted(len(lines) - most, "other reason")
    return [*lines[:most], f"Not {what} for {rest} too: `--output json` names all."]


def _fields(gap: Gap) -> str:
    """The fields that hold most rules up."""
    return _some([f"`{path}`" for path in sorted(gap.about, key=lambda path: (-gap.about[path], path))])


def _turns(of: Overview) -> list[str]:
    """What will bind, or no longer bind, while a contract runs, a line each."""
    return [
        f"From {day}: in {_documents(turn)} {message}."
        for (day, message), turn in sorted(of.turns.items(), key=lambda one: (one[0][0], one[1].first, one[0]))
    ]


def _some(names: list[str], what: str = "") -> str:
    """All while there are few; else how many, or the first of them."""
    if len(names) <= 3:
        return ", ".join(names)
    return f"{len(names)} {what}" if what else f"{', '.join(names[:3])} and {len(names) - 3} more"


def _named(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= 3 else f"{', '.join(names[:2])} and {len(names) - 2} more"


def _documents(of: Gap | Turn) -> str:
    """Those that something is about: all while there are few, and where each is known."""
    names = [name for _, name in of.first]
    if len(names) == of.documents:
        return ", ".join(names)
    return f"{', '.join(names[:2])} and {of.documents - 2:,} more"
