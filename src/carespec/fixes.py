"""Edits that put findings right, each made only if checking the result shows the finding gone and nothing new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from carespec.baseline import entry_of
from carespec.records import Edit, Finding
from carespec.source import Source, from_text
from carespec.tuples import NamedTuple

Look = Callable[[Source], Sequence[Finding]]
"""What checking a source finds."""


class Fixed(NamedTuple):
    """A source with its edits made, the findings that they put right, and those whose edit was not kept, with why."""

    source: Source
    done: tuple[Finding, ...]
    left: tuple[tuple[Finding, str], ...]


def fixed(source: Source, look: Look, unsafe: bool = False) -> Fixed:
    """Make every edit that is safe, or all of them, one after the other from the end of the file."""
    before = look(source)
    done: list[Finding] = []
    left: list[tuple[Finding, str]] = []
    for finding in sorted(before, key=lambda each: each.span.start, reverse=True):
        edit = finding.fix.edit if finding.fix is not None else None
        if edit is None or finding.outcome != "fails" or not (edit.safe or unsafe):
            continue
        changed = edited(source, edit)
        after = look(changed)
        why_not = _why_not(finding, before, after)
        if why_not:
            left.append((finding, why_not))
        else:
            source, before = changed, after
            done.append(finding)
    return Fixed(source, tuple(reversed(done)), tuple(reversed(left)))


def sound(findings: Sequence[Finding], source: Source, look: Look) -> list[Finding]:
    """Findings of a source, each with its edit only if checking the result shows it gone and nothing new.

    What looking at the source alone does not find, as it is about several files, keeps its edit.
    """
    before = look(source)
    seen = {_here(finding): finding for finding in before}
    return [_sound(finding, seen.get(_here(finding)), source, before, look) for finding in findings]


def _sound(finding: Finding, found: Finding | None, source: Source, before: Sequence[Finding], look: Look) -> Finding:
    edit = finding.fix.edit if finding.fix is not None else None
    if edit is None or found is None or not _why_not(found, before, look(edited(source, edit))):
        return finding
    return _without_edit(finding)


def _here(finding: Finding) -> tuple[object, ...]:
    """What tells one finding of a source from another: a report numbers those that are about the same thing."""
    return finding.name, finding.span, finding.message


def _without_edit(finding: Finding) -> Finding:
    return finding._replace(fix=finding.fix._replace(edit=None)) if finding.fix is not None else finding


def _why_not(finding: Finding, before: Sequence[Finding], after: Sequence[Finding]) -> str:
    """Why an edit is not kept; empty if the finding is gone and nothing new is there."""
    old, new = _counted(before), _counted(after)
    key = _key(finding)
    if new[key] >= old[key]:
        return "it would still be found"
    more = new - old
    named = sorted({name for (_, _, name), count in more.items() if count > 0})
    return f"then {', '.join(named)} would be found" if named else ""


def _key(finding: Finding) -> tuple[str, str, str]:
    entry = entry_of(finding)
    return entry.id, entry.severity, finding.name


def _counted(findings: Sequence[Finding]) -> Counter[tuple[str, str, str]]:
    return Counter(_key(finding) for finding in findings if finding.outcome == "fails")


def edited(source: Source, edit: Edit) -> Source:
    """The source with one edit made; it keeps its line ends."""
    (line, column), (end_line, end_column) = edit.span
    lines = list(source.lines)
    piece = lines[line - 1][: column - 1] + edit.text + lines[end_line - 1][end_column - 1 :]
    lines[line - 1 : end_line] = piece.split("\n")
    return from_text(source.path, "\n".join(lines))._replace(newline=source.newline)


def text_of(source: Source) -> str:
    """The text of a source with its own line ends."""
    return source.newline.join(source.lines)


def tidied(source: Source, text: str, look: Look) -> str | None:
    """A text that says the same in the one way to write it; None if checking it would find anything else."""
    return text if _counted(look(source)) == _counted(look(from_text(source.path, text))) else None
