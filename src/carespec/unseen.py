"""What of a service no check could look at, and why: damaged lines, lines under them, a document read in part."""

from __future__ import annotations

from carespec.checks import Check
from carespec.model.facts import Service
from carespec.records import NotChecked
from carespec.source import stem

_DAMAGED = "lines that could not be read may say what is looked for"
_BELOW = "they stand below a line that could not be read"


def not_looked_at(service: Service, checks: tuple[Check, ...]) -> list[NotChecked]:
    """An entry for each check that needed what could not be read."""
    name = service.name or stem(service.path)
    reasons: list[tuple[tuple[str, ...], str, str]] = []
    if service.damaged:
        because = f"{_lines(service.damaged)} could not be read, and may say what is looked for"
        reasons.append((tuple(check.name for check in checks if check.needs_whole), because, _DAMAGED))
    if service.below_damage:
        reasons.append((("lines",), f"{_lines(service.below_damage)} below a line that could not be read", _BELOW))
    if service.read_in_part:
        because = "a source was read only in part, so what is missing here is unread, not silent"
        reasons.append((tuple(check.name for check in checks if check.needs_whole == "document"), because, ""))
    return [NotChecked(what, name, because, service.path, group) for whats, because, group in reasons for what in whats]


def _lines(numbers: tuple[int, ...]) -> str:
    return f"line{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"
