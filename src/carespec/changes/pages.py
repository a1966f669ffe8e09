"""Changes as headings, sentences and tables for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carespec.changes.between import Change
from carespec.changes.versions import ADDED, REMOVED, SAME, Difference, sources_of_material
from carespec.tables import Block, Heading, Table


def pages(found: Sequence[Difference]) -> Iterator[Block]:
    """Each service that changed; then how many did, and what the remarks rest on."""
    for one in found:
        if one.state != SAME:
            yield from _of_service(one)
    yield summary(found)
    for path, line in (place for one in found for place in one.unread):
        yield f"Not compared: {path}:{line} cannot be read; `carespec check` says why."
    for source in sources_of_material(found):
        quote = f": “{source.quote}”" if source.quote else ""
        yield f"Source: {source.title}, {', '.join(filter(None, (source.publisher, source.place)))}{quote}."


def _of_service(one: Difference) -> Iterator[Block]:
    yield Heading(one.name or "(no name)", 2)
    if one.state in (ADDED, REMOVED):
        yield f"This service is {'new' if one.state == ADDED else 'no longer there'} ({one.after or one.before})."
        return
    if one.was_called is not None:
        yield f"It was called {one.was_called}." if one.was_called else "It had no name."
    if one.changes:
        rows = tuple(_row(change) for change in one.changes)
        yield Table(("change", "field", "was", "is", "who"), rows)
    for verb, who in (("gain", one.people.gains), ("lose", one.people.loses)):
        if who:
            yield f"By all changes together, who {verb}s: {who}."
    if one.material:
        yield one.material


def _row(change: Change) -> tuple[str, ...]:
    label = f"{change.label} ({change.field})"
    return (change.kind.show(), label, _said(change.before), _said(change.after), people(change))


def _said(text: str | None) -> str:
    return "(nothing)" if text is None else text


def people(change: Change) -> str:
    """Who gains and who loses by a change."""
    parts = (("gain", change.gains), ("lose", change.loses))
    return "; ".join(f"{verb}: {who}" for verb, who in parts if who)


def summary(found: Sequence[Difference]) -> str:
    """The last sentence: how many services changed, in how many facts, of which kinds."""
    same = sum(one.state == SAME for one in found)
    changed = [change for one in found for change in one.changes]
    counts: dict[str, int] = {}
    for change in changed:
        counts[change.kind.show()] = counts.get(change.kind.show(), 0) + 1
    told = ", ".join(
        f"{number:,} {kind}" for kind, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    services = f"{len(found) - same:,} of {len(found):,} services changed" if len(found) > 1 else "The service changed"
    if len(found) == same:
        return "Nothing changed."
    return f"{services}: {told}." if told else f"{services}."
