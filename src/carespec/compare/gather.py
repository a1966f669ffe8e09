"""One service as the small record that a comparison needs: what each line says, in text and figures, and where.

Made file by file, in whatever process read it; it crosses a pipe, and ten thousand of them fit into memory.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable

from carespec.compare.measures import Measure, measure
from carespec.compare.said import field_of, limited, said_of_value
from carespec.memory import Memory
from carespec.model.facts import Except, Fact, Service, State, Under, Value
from carespec.quantities.dates import Period
from carespec.source import stem
from carespec.tuples import NamedTuple


class Said(NamedTuple):
    """What a line says: its state, its whole text, the text of the value alone, and what that measures."""

    state: str
    text: str
    value: str
    measure: Measure | None


class Line(NamedTuple):
    """A field with its key, and what is said of it. Services that say the same may share one."""

    path: str
    said: Said


class Cell(NamedTuple):
    """What a service says of one field: `path` is the field and its key; the place is that of the line."""

    path: str
    said: Said
    line: int
    start: int
    end: int


class Gathered(NamedTuple):
    """One service, for comparison.

    `period` is its first and its last day in force as ordinals, None on an open side; `dated` is false where the
    document does not say. `counts` names the published counts that it falls in, as (topic, number). `lost` is how many
    lines could not be read, and `lost_words` what those begin with. `places` has where each of `lines` is, packed:
    few are ever asked for.
    """

    name: str
    path: str
    vocabulary: str
    status: str
    programme: str
    period: tuple[int | None, int | None]
    dated: bool
    in_part: bool
    lost: int
    lines: tuple[Line, ...]
    places: bytes
    counts: tuple[tuple[str, int], ...] = ()
    lost_words: frozenset[str] = frozenset()

    def cell(self, line: Line) -> Cell:
        """A line of this service with its place."""
        first = 3 * self.lines.index(line)
        number, start, end = array(_PLACE, self.places)[first : first + 3]
        return Cell(line.path, line.said, number, start, end)


_PLACE = "I"
Counted = Callable[[Service, tuple[Line, ...]], tuple[tuple[str, int], ...]]
"""Which published counts a service with these lines falls in."""

_IN_FORCE = ("contract", "in-effect")


class Gatherer:
    """Makes records of services; remembers what equal lines say, so that one serves a whole run."""

    def __init__(self, counted: Counted | None = None) -> None:
        self._counted = counted
        # By the identity of a value, which equal lines share; kept beside it, so that the identity is not used again.
        self._seen: Memory[tuple[object, ...], tuple[Value, Line]] = Memory()
        # Lines that cite different places share no value, and many of them say the same.
        self._equal: Memory[tuple[object, ...], Line] = Memory()

    def __call__(self, service: Service) -> Gathered:
        """The record of a service; of two lines of one field the first counts, as everywhere."""
        lines, places = [], array(_PLACE)
        for path, fact in service.by_path.items():
            lines.append(self._line(path, fact, service))
            places.extend((fact.line, fact.value.start, fact.value.end))
        said = tuple(lines)
        counts = self._counted(service, said) if self._counted else ()
        return placed(service)._replace(lines=said, places=places.tobytes(), counts=counts)

    def said(self, fact: Fact, service: Service) -> Said:
        """What a fact says, as `say` gives it."""
        return self._line(fact.path, fact, service).said

    def _line(self, path: str, fact: Fact, service: Service) -> Line:
        if not fact.whole:
            return Line(path, say(fact, service))
        under = _texts(fact.under, service) if fact.under else ()
        key = (id(fact.value), path, *under)
        known = self._seen.get(key)
        if known is None:
            known = (fact.value, self._line_of_equal((fact.value, path, *under), fact, service))
            self._seen.put(key, known)
        return known[1]

    def _line_of_equal(self, key: tuple[object, ...], fact: Fact, service: Service) -> Line:
        known = self._equal.get(key)
        if known is None:
            known = Line(fact.path, say(fact, service))
            self._equal.put(key, known)
        return known


def placed(service: Service) -> Gathered:
    """The record of a service without its lines: enough to say with which others it can be compared."""
    period = in_force(service)
    return Gathered(
        service.name or stem(service.path), service.path, service.vocabulary.name, service.status,
        programme_of(service), ordinals(period), period is not None, service.read_in_part,
        len(service.damaged) + len(service.below_damage), (), b"", (), service.damaged_words,
    )  # fmt: skip


def _texts(under: tuple[Under, ...], service: Service) -> list[str]:
    """The lines under a fact as they are written."""
    return [service.lines[line.line - 1] for line in under]


def say(fact: Fact, service: Service) -> Said:
    """What a fact says. One of which a line could not be read says nothing for certain."""
    value = said_of_value(fact.value, field_of(fact, service.vocabulary), service.vocabulary)
    if not fact.whole or fact.value.state == State.UNFIT:
        return Said(State.UNFIT, "cannot be read", value, None)
    return Said(fact.value.state, limited(value, fact, service), value, measure(fact.value, fact.field))


def programme_of(service: Service) -> str:
    """The programme that a service belongs to; empty where it does not say which, or says it in words."""
    fact = service.fact("programme")
    if fact is None or not fact.whole or any(isinstance(under, Except) for under in fact.under):
        return ""
    return str(fact.value.content) if fact.value.state == State.STATED else ""


def in_force(service: Service) -> Period | None:
    """From when to when a service holds: its contract, else the time that its rules are in effect."""
    found = (service.stated(field) for field in _IN_FORCE)
    return next((period for period in found if isinstance(period, Period)), None)


def ordinals(period: Period | None) -> tuple[int | None, int | None]:
    """The first and the last day of a period as ordinals; None on an open side, and on both without a period."""
    if period is None:
        return None, None
    return (
        period.start.first.toordinal() if period.start else None,
        period.end.last.toordinal() if period.end else None,
    )
