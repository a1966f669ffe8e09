"""Changes as headings, sentences and tables for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from carespec.changes import kinds
from carespec.changes.between import Change
from carespec.changes.versions import ADDED, CHANGED, REMOVED, SAME, Difference, sources_of_material
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
    yield from _together(one)
    if one.material:
        yield one.material


def _together(one: Difference) -> Iterator[str]:
    """Who gains and who loses by all lines together, unless that is what one line says already."""
    lines = (("gain", one.people.gains, [change.gains for change in one.changes]),
             ("lose", one.people.loses, [change.loses for change in one.changes]))  # fmt: skip
    for verb, people, of_lines in lines:
        if people and {*of_lines} - {""} != {people}:
            yield f"By all lines together, these {verb}: {people}."


def _row(change: Change) -> tuple[str, ...]:
    label = f"{change.label} ({change.field})"
    return (change.kind.show(), label, _said(change.before), _said(change.after), people(change))


def _said(text: str | None) -> str:
    return "(nothing)" if text is None else text


def people(change: Change) -> str:
    """Who gains and who loses by a change; that nobody can tell, where it must bear on somebody."""
    parts = (("gain", change.gains), ("lose", change.loses))
    told = "; ".join(f"{verb}: {who}" for verb, who in parts if who)
    open_to_all = change.kind.subject in (kinds.ACCESS, kinds.WAIT) and change.kind.verb == kinds.CHANGED
    return told or ("cannot be told" if open_to_all else "")


def summary(found: Sequence[Difference]) -> str:
    """The last sentence: how many services changed, in which ways, and in how many lines where that is not one."""
    states = Counter(one.state for one in found)
    if len(found) == states[SAME]:
        return "Nothing changed."
    kinds_of = Counter(change.kind for one in found for change in one.changes)
    told = ((kind.show(), kinds_of[kind]) for kind in kinds.KINDS if kinds_of[kind])
    ways = "; ".join(name if number == 1 else f"{name} in {number:,} lines" for name, number in told)
    return f"{_services(states, len(found))}: {ways}." if ways else f"{_services(states, len(found))}."


def _services(states: Mapping[str, int], count: int) -> str:
    words = {CHANGED: ("changed", "changed"), ADDED: ("is new", "are new"), REMOVED: ("is gone", "are gone")}
    if count == 1:
        return f"The service {next(words[state][0] for state in words if states[state])}"
    parts = [f"{states[state]:,} {words[state][states[state] > 1]}" for state in words if states[state]]
    return f"Of {count:,} services {', '.join(parts)}"
