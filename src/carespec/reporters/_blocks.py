"""How one finding looks to a person, or several that are one remark: the line, what follows, for whom, and the fix."""

from __future__ import annotations

from collections.abc import Iterator

from carespec.records import Finding, Fix, SourceRef
from carespec.reporters import Options
from carespec.source import is_data

ELSEWHERE = "this is in a file that was not named; it would not be so without a file that was"
_COLOURS = {"must": "31;1", "should": "33;1", "may": "36"}


def remarks(findings: list[Finding]) -> list[list[Finding]]:
    """Findings that are one remark together, at the place of the first of them."""
    found: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        group = finding.group
        name = "" if finding.kind == "rule" else finding.name
        key = (finding.path, finding.id) if group is None else (finding.path, name, finding.severity, group)
        found.setdefault(key, []).append(finding)
    return list(found.values())


def block(findings: list[Finding], options: Options) -> Iterator[str]:
    """The lines of one remark."""
    first = findings[0]
    several = len({finding.name for finding in findings})
    head = headed(first, options) if several == 1 else headed(first._replace(name=f"{several} rules"), options)
    yield f"{paint(place(first), '1', options)}: {head}  {told(findings)}"
    for _, finding in sorted({f.span: f for f in findings}.items()):
        yield from frame(finding, options)
    for related in first.related:
        yield f"  {'see':<8}{related.path}:{related.span.start.line}  {related.message}"
    yield from closing(first) if several == 1 else _closing_all(findings)


def _closing_all(findings: list[Finding]) -> Iterator[str]:
    """What closes a remark of several rules: the people whom each is there for, and how to settle all of them."""
    affected = list(dict.fromkeys(finding.affects for finding in findings))
    more = f"; and {len(affected) - 2} more" if len(affected) > 2 else ""
    yield f"  {'affects':<8}{'; '.join(affected[:2])}{more}"
    name = findings[0].name
    yield f"  {'fix':<8}Write a line for each. `carespec explain {name}` tells what a rule asks, and why."


def closing(finding: Finding) -> Iterator[str]:
    """Whose file it is in, where that is another; who is affected, who says so, and what to write instead."""
    if finding.elsewhere:
        yield f"  {'note':<8}{ELSEWHERE}"
    yield f"  {'affects':<8}{finding.affects}"
    for source in finding.sources:
        yield f"  {'source':<8}{cited(source)}"
    if finding.fix is not None:
        yield f"  {'fix':<8}{finding.fix.text}"
        yield from _readings(finding.fix, finding.path)


def _readings(fix: Fix, path: str) -> Iterator[str]:
    """How to have written what is meant, where only the author knows and `--fix` can write the file."""
    if not fix.readings or is_data(path) or path.startswith("<"):
        return
    chosen = [one for one in fix.readings if one.edit == fix.edit]
    if chosen:
        yield f"  {'':<8}`--fix` writes it: `{chosen[0].setting}` is set to `{chosen[0].word}`."
        return
    one, *others = (f"`--fix --{reading.setting} {reading.word}`" for reading in fix.readings)
    yield f"  {'':<8}{one} writes the one, {', '.join(others)} the other."


def cited(source: SourceRef) -> str:
    """A source in a line: what it is called, where in it, and what it says there."""
    where = ", ".join(filter(None, (source.title, source.place)))
    return f"{where}: “{source.quote}”" if source.quote else where


def place(finding: Finding) -> str:
    """`path:line:column`."""
    return f"{finding.path}:{finding.span.start.line}:{finding.span.start.column}"


def headed(finding: Finding, options: Options) -> str:
    """How much it matters, and what found it."""
    return f"{paint(finding.severity, _COLOURS[finding.severity], options)} {finding.name}"


def told(findings: list[Finding]) -> str:
    """The message of one finding, or of several that are one remark, with what each adds."""
    first = findings[0]
    if len(findings) == 1 or first.group is None:
        return first.message
    return f"{first.group}: {', '.join(finding.brief for finding in findings)}"


def frame(finding: Finding, options: Options) -> Iterator[str]:
    """The line of the file, and marks under the piece that the finding is about; nothing for an empty line."""
    lines = options.lines_of(finding.path)
    number, column = finding.span.start
    if number > len(lines) or not lines[number - 1].strip():
        return
    line = lines[number - 1].replace("\t", " ").replace("\u00a0", " ")
    cut = max(0, column - 60) if len(line) > 150 else 0
    piece = line[cut : cut + 140]
    width = max(1, min(finding.span.end.column - column, len(piece) - (column - 1 - cut)))
    margin = f"{number:>6} | "
    yield f"{margin}{'…' if cut else ''}{piece}{'…' if cut + 140 < len(line) else ''}"
    pad = " " * (column - 1 - cut + bool(cut))
    yield f"{' ' * 6} | {pad}{paint('^' * width, _COLOURS[finding.severity], options)}"


def paint(text: str, code: str, options: Options) -> str:
    """The text in a colour, where colour is wanted."""
    return f"\033[{code}m{text}\033[0m" if options.colour else text
