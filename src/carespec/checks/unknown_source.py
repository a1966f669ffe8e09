"""A line cites a source that the document does not declare.

What it flags: a name in square brackets that no `source` line has; once for each name, at the first line that cites it.

Why it matters: whoever wants to see where a limit comes from, a patient who was refused or an auditor, finds no title
and no publisher behind the name.

Instead: the name of a source that is declared, with the place after it (`[signed p4 2.1]`); or a `source` line for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from carespec.flags import Also, Flag, unknown_to
from carespec.model.facts import Cite, Service, SourceDocument
from carespec.syntax import first_words
from carespec.vocabulary import nearest

TITLE = "a source that is cited and not declared"
SEVERITY = "should"
NEEDS_WHOLE = "file"
AFFECTS = "whoever has to show, or wants to see, where this is written"
BAD = (
    'source signed: "Schedule 2"\nminimum-age: 18 years [sgned p4]  #! `sgned`\nmaximum-age: none [signed p4]',
    "minimum-age: 18 years [signed p4]  #! `signed`\nmaximum-age: none [signed p4]",
    'source signed: "Schedule 2"\nminimum-age: 18 years [p4 2.1]  #! `p4`\nmaximum-age: none [signed p4]',
    "minimum-age: 18 years [1]  #! `1`",
    "minimum-age: 18 years\n  except 16 years when education is not full-time [annex 2]  #! `annex`",
    'define course: "All contacts" [annex 3]  #! `annex`',
    'source sgned: "Schedule 2"  #! `sgned`\nminimum-age: 18 years [signed p4]\nmaximum-age: none [signed p4]',
)
GOOD = ('source signed: "Schedule 2", "NHS Northshire"\nminimum-age: 18 years [signed p4 2.1]',)
_Place: TypeAlias = tuple[Cite, int, str | None]
"""A cite, its line, and the path of its fact, if it stands with one."""
_LINES_OF_OTHERS = (first_words.HEADS | first_words.UNDER) - {"source"}


def check(service: Service) -> Iterator[Flag]:
    """Flag every name that is cited and not declared, unless its `source` line may be one that could not be read."""
    declared = {source.name for source in service.sources}
    missing: dict[str, list[_Place]] = {}
    for cite, line, path in citations(service):
        if cite.source not in declared:
            missing.setdefault(cite.source, []).append((cite, line, path))
    if not missing or _a_source_may_be_lost(service):
        return
    # A line such as `sorce signed: …` was meant to declare it, and is flagged as what it is.
    misnamed = {fact.key for fact in service.facts if fact.key in missing and unknown_to(service, fact)}
    for name, places in missing.items():
        if name not in misnamed:
            yield _flag(name, places, service)


def citations(service: Service) -> Iterator[_Place]:
    """Every cite of a document."""
    for fact in service.facts:
        if not fact.cites and not fact.under:
            continue
        for cite in fact.cites:
            if fact.value.problem is None or not _is_torn(cite, service.lines[fact.line - 1]):
                yield cite, fact.line, fact.path
        for under in fact.under:
            for cite in getattr(under, "cites", ()):
                yield cite, under.line, fact.path
    for definition in service.definitions:
        for cite in definition.cites:
            yield cite, definition.line, None


def _is_torn(cite: Cite, text: str) -> bool:
    """Whether a stray bracket tore a word of the value in two, which is then flagged as what it is."""
    return "[" in cite.place or not text[cite.start - 1].isspace()


def _a_source_may_be_lost(service: Service) -> bool:
    """Whether a line that could not be read may have been the `source` line that is missed."""
    fields = service.vocabulary.fields
    return any(word not in fields and word not in _LINES_OF_OTHERS for word in service.damaged_words)


def _flag(name: str, places: list[_Place], service: Service) -> Flag:
    uncited = _uncited(service)
    misspelt = nearest(name, uncited) if len(places) > 1 else None
    if misspelt is not None:
        return _misspelt_source(name, uncited[misspelt], places, service)
    near = nearest(name, (source.name for source in service.sources))
    cite, line, path = places[0]
    written = service.lines[line - 1][cite.start + 1 : cite.end - 1]
    start = cite.start + 1 + len(written) - len(written.lstrip())
    end = start + len(written.split(maxsplit=1)[0])
    asked = f"; did you mean `{near}`?" if near else ""
    also = tuple(Also(other, c.start, c.end, "cited here too") for c, other, _ in places[1:])
    if near in uncited:
        also += (Also(uncited[near].line, uncited[near].start, uncited[near].end, "declared, and cited nowhere"),)
    fix = f"Write `{near}`." if near else _how_to_declare(name, service)
    write = near if len(places) == 1 else None
    return Flag(f"no `source` line declares `{name}`{asked}", fix, line, start, end, path, write, also=also)


def _uncited(service: Service) -> dict[str, SourceDocument]:
    cited = {cite.source for cite, _, _ in citations(service)}
    return {source.name: source for source in service.sources if source.name not in cited}


def _misspelt_source(name: str, source: SourceDocument, places: list[_Place], service: Service) -> Flag:
    """Several lines cite a name that a declared, never cited source nearly has: the declaration is the slip."""
    start = service.lines[source.line - 1].lower().index(source.name, source.start + len("source"))
    first, line, _ = places[0]
    also = (Also(line, first.start, first.end, f"the first of {len(places)} places that cite `{name}`"),)
    message = f"this source is called `{source.name}`, and {len(places)} places cite `{name}`"
    return Flag(message, f"Write `source {name}`.", source.line, start, start + len(source.name), None, name, also=also)


_PLACE = r"(p|pp|page|s|section)?\.?\d[\d.()a-z-]*"
"""What looks like a place in a source rather than the name of one."""


_NAME = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"


def _how_to_declare(name: str, service: Service) -> str:
    if service.sources and re.fullmatch(_PLACE, name):
        return f"Write the source's name before the place: `[{service.sources[0].name} {name}]`."
    if re.fullmatch(_NAME, name) is None:
        fitting = f"source-{name}".replace("_", "-") if re.fullmatch(r"[\da-z_-]*[\da-z]", name) else "signed"
        line = f'`source {fitting}: "title", "publisher" published 17 August 2012`'
        return f"A source's name begins with a letter: write `[{fitting}]`, and add a line such as {line}."
    return f'Add a line such as `source {name}: "title", "publisher" published 17 August 2012`.'
