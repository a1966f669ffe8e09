"""Where in a document a line that is missing belongs: after the lines on the same part of the service."""

from __future__ import annotations

from collections.abc import Callable

from carespec.model.facts import Fact, Service
from carespec.tuples import NamedTuple


class MissingPlace(NamedTuple):
    """The line after which something belongs, the end of that line, and the author's heading above it.

    `part` is how the vocabulary calls the part of the service; `begun` is false where no line is about it yet: then
    the place is the end of the file.
    """

    line: int
    end: int
    heading: str | None
    part: str
    begun: bool

    def where(self) -> str:
        """How to say it in a fix, to go before "a line such as …"."""
        if self.begun:
            return f"After line {self.line} add"
        return f'At the end of the file add `section "{self.part}"` and below it'


def missing_places(service: Service) -> Callable[[str], MissingPlace]:
    """For a part of the vocabulary, by its name, where a line that is missing belongs; "" for no part."""
    last, parts = _last_facts(service), service.vocabulary.sections
    end = max(1, len(service.lines))
    while end > 1 and not service.lines[end - 1].strip():
        end -= 1

    def place(section: str) -> MissingPlace:
        part = parts.get(section, "")
        return _after(last[section], part, service) if section in last else _made(end, None, part, False, service)

    return place


def _last_facts(service: Service) -> dict[str, Fact]:
    """The last fact on each part of the service."""
    fields = service.vocabulary.fields
    last: dict[str, Fact] = {}
    for fact in service.facts:
        field = fields.get(fact.field)
        section = "payment" if fact.is_payment else field.section if field else None
        if section is not None:
            last[section] = fact
    return last


def _after(fact: Fact, part: str, service: Service) -> MissingPlace:
    heading = next((section.title for section in reversed(service.sections) if section.line < fact.line), None)
    return _made(max((fact.line, *(under.line for under in fact.under))), heading, part, True, service)


def _made(line: int, heading: str | None, part: str, begun: bool, service: Service) -> MissingPlace:
    text = service.lines[line - 1] if line <= len(service.lines) else ""
    return MissingPlace(line, len(text.rstrip()), heading, part, begun)
