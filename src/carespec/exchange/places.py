"""From a place in the lines that a data file stands for, back to the place in that file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from carespec.exchange.nodes import Place
from carespec.records import Edit, Finding, Fix
from carespec.source import Span, span_of
from carespec.tuples import NamedTuple

_QUOTED_OR_LINE = re.compile(r'`[^`]*`|"[^"]*"|\b(?P<word>[Ll]ines?) (?P<numbers>\d+(, \d+)*)\b')
_PLAIN = re.compile(r"[A-Za-z0-9£%.-][A-Za-z0-9£%. -]*")
"""What can stand in YAML and in JSON as it is, so that an edit of the language is an edit of the file."""


class Piece(NamedTuple):
    """A piece of a line of the language, from `start` to `end`, and where it comes from."""

    start: int
    end: int
    place: Place


class Places(NamedTuple):
    """For each line of the language, from the first, its pieces; and the lines of the data file."""

    pieces: tuple[tuple[Piece, ...], ...]
    lines: Sequence[str]

    def line(self, number: int) -> int:
        """The line of the file that a line of the language comes from."""
        return self.span(span_of(number, 0, 0)).start.line

    def span(self, span: Span) -> Span:
        """The piece of the file that a piece of a line of the language comes from; its first line, if it has more."""
        place = self._place(span)
        end = place.end if place.end_line == place.line else len(self.lines[place.line - 1].rstrip())
        return span_of(place.line, place.start, max(end, place.start))

    def _place(self, span: Span) -> Place:
        pieces = self.pieces[span.start.line - 1] if span.start.line <= len(self.pieces) else ()
        start, end = span.start.column - 1, span.end.column - 1
        if not pieces:
            return self._end()
        if start == end:
            return self._between(pieces, start)
        touched = [piece for piece in pieces if piece.start < end and start < piece.end] or [pieces[0]]
        return _joined([_part(piece, start, end) for piece in touched])

    def _between(self, pieces: tuple[Piece, ...], at: int) -> Place:
        """A place without width: the end of what comes before it, else the beginning of the line."""
        before = [piece.place for piece in pieces if piece.end <= at]
        if not before:
            return pieces[0].place._replace(end_line=pieces[0].place.line, end=pieces[0].place.start)
        last = max(before, key=lambda place: (place.end_line, place.end))
        return Place(last.end_line, last.end, last.end_line, last.end)

    def _end(self) -> Place:
        last = max((number for number, text in enumerate(self.lines, 1) if text.strip()), default=1)
        end = len(self.lines[last - 1].rstrip()) if self.lines else 0
        return Place(last, end, last, end)

    def finding(self, finding: Finding) -> Finding:
        """A finding about the lines, as one about the file."""
        related = tuple(one._replace(span=self.span(one.span)) for one in finding.related)
        return finding._replace(
            span=self.span(finding.span),
            message=self.told(finding.message),
            fix=self._fix(finding.fix),
            related=related,
        )

    def _fix(self, fix: Fix | None) -> Fix | None:
        if fix is None:
            return None
        edits = ((reading, self._edit(reading.edit)) for reading in fix.readings)
        readings = tuple(reading._replace(edit=edit) for reading, edit in edits if edit)
        return Fix(self.told(fix.text), self._edit(fix.edit) if fix.edit else None, readings)

    def _edit(self, edit: Edit) -> Edit | None:
        """The edit of the file, where the piece stands there letter by letter and the new text can stand so too."""
        number, start, end = edit.span.start.line, edit.span.start.column - 1, edit.span.end.column - 1
        pieces = self.pieces[number - 1] if number <= len(self.pieces) else ()
        inside = any(p.place.exact and p.start <= start and end <= p.end for p in pieces)
        return edit._replace(span=self.span(edit.span)) if inside and _PLAIN.fullmatch(edit.text) else None

    def told(self, text: str) -> str:
        """A sentence that speaks of lines by their numbers, with the numbers that they have in the file."""

        def renumbered(found: re.Match[str]) -> str:
            if not found["numbers"]:
                return found[0]
            numbers = dict.fromkeys(self.line(int(number)) for number in found["numbers"].split(", "))
            return f"{found['word']} {', '.join(map(str, numbers))}"

        return _QUOTED_OR_LINE.sub(renumbered, text)


def _part(piece: Piece, start: int, end: int) -> Place:
    """The place of the part of a piece that lies between two offsets of its line."""
    place = piece.place
    if not place.exact:
        return place
    first, last = max(start, piece.start) - piece.start, min(end, piece.end) - piece.start
    return Place(place.line, place.start + first, place.line, place.start + last, True)


def _joined(places: list[Place]) -> Place:
    start = min((place.line, place.start) for place in places)
    end = max((place.end_line, place.end) for place in places)
    return Place(*start, *end)
