"""A source is declared and no line cites it.

What it flags: a `source` line whose name stands in no square brackets.

Why it matters: either facts lost their references, so that nobody can look up where a limit comes from, or a document
is named that nothing here rests on.

Instead: cite it where it is what a fact rests on (`[signed p4 2.1]`), or delete the line.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.checks.unknown_source import citations
from carespec.flags import Flag
from carespec.model.facts import Service

TITLE = "a source that no line cites"
SEVERITY = "may"
NEEDS_WHOLE = "file"
AFFECTS = "whoever has to show, or wants to see, where this is written"
BAD = (
    'source signed: "Schedule 2", "NHS Northshire"  #! `signed`\nminimum-age: 18 years',
    'source signed: "Schedule 2"\nSOURCE Old: "Schedule 1"  #! `Old`\nminimum-age: 18 years [signed p4]',
)
GOOD = (
    'source signed: "Schedule 2"\nminimum-age: 18 years [signed p4]',
    'source sgned: "Schedule 2"\nminimum-age: 18 years [signed p4]',
    'source signed: "Schedule 2"\nminimum-age 18 years [signed p4]',
)


def check(service: Service) -> Iterator[Flag]:
    """Flag the sources that nothing cites, unless the cite may be misspelt or on a line that could not be read."""
    if service.damaged or not service.sources:
        return
    cited = {cite.source for cite, _, _ in citations(service)}
    declared = {source.name for source in service.sources}
    if cited - declared:
        return
    for source in service.sources:
        if source.name not in cited:
            start = service.lines[source.line - 1].lower().index(source.name, source.start + len("source"))
            message = f"no line cites the source `{source.name}`"
            fix = f"Write `[{source.name} …]` with the place behind each fact that rests on it, or delete this line."
            yield Flag(message, fix, source.line, start, start + len(source.name))
