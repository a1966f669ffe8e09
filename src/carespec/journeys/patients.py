"""Who is treated differently by several services: found from their boundaries, told from an ordinary person outwards.

Two services that go apart for anybody go apart at some one line, or the lack of it; so each thing that decides is set
side by side by itself, and no product over all of them is ever made. Whoever is turned away at one line is turned away
whatever else is so of them; for whoever is not, the witness of a region shows what happens in the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from carespec.cases.partition import Factor, varies
from carespec.cases.persons import Person
from carespec.flags import tests_of
from carespec.journeys.apart import everywhere_refused
from carespec.journeys.boxes import Piece, pieces
from carespec.journeys.cells import Code, Ground, ground
from carespec.journeys.characteristics import losers
from carespec.journeys.journey import because_of, called
from carespec.journeys.persons import shown
from carespec.journeys.records import KINDS, OUTCOMES, Condition, Patients, Region, RegionAnswer
from carespec.journeys.tables import Table, TooLarge, tables
from carespec.journeys.verdicts import verdict
from carespec.journeys.wait_regions import wait_regions, wait_tables
from carespec.journeys.weights import Population, weigh
from carespec.journeys.witnesses import Looks, Witness, choices, distance, entry, witness
from carespec.journeys.wording import said
from carespec.model.facts import Service


def patients(services: Sequence[Service], day: date | None = None, population: Population | None = None) -> Patients:
    """Everybody whom the services treat differently. All services must have one vocabulary, and there must be two.

    They are taken to be comparable; `compare.patients.everybody` sees to that.

    `day` decides what holds for a time, in all of them; without it that is each one's own day. `population` gives the
    regions their weights. Raises ValueError for services of several vocabularies, or fewer than two.
    """
    if len(services) < 2 or len({service.vocabulary.name for service in services}) > 1:
        raise ValueError("people are compared between two services or more of one vocabulary")
    at = ground(services, day)
    found, too_large = tables(at)
    of_waits = tuple(wait_tables(at))
    too_large += tuple(one for one in of_waits if isinstance(one, TooLarge))
    promised = [one for one in of_waits if isinstance(one, Table)]
    everything = [piece for table in found for piece in pieces(table)]
    looks = Looks(at)
    answers = Answers(looks)
    found_apart = [region for piece in everything for region in _region(piece, looks, answers, population)]
    regions = tuple(sorted((*found_apart, *wait_regions(promised, at, conditions_of, population)), key=_order))
    vocabulary = at.partition.vocabulary
    return Patients(
        tuple((called(service), service.path) for service in services), f"{vocabulary.name} {vocabulary.version}",
        shown(at.partition.ordinary, vocabulary, asked_fields(found)), regions,
        everywhere_refused(everything, at, answers.of_line, conditions_of), losers(regions, vocabulary),
        (*_not_compared(too_large, at), *_in_pairs((*found, *promised))), population.source if population else None,
    )  # fmt: skip


def asked_fields(found: Sequence[Table]) -> tuple[str, ...]:
    """The case fields that make any difference."""
    return tuple(dict.fromkeys(factor[0] for table in found for factor in table.factors))


def _order(region: Region) -> tuple[object, ...]:
    """What matters most first, then who is nearest to an ordinary person, then how evenly the services are divided."""
    worse = sum(answer.outcome in ("refused", "sent") for answer in region.answers)
    better = sum(answer.outcome in ("seen", "if-judged", "by-agreement") for answer in region.answers)
    return (KINDS.index(region.kind), region.distance, -min(worse, better), -worse, region.about, region.who)


# Regions of access.


def _region(piece: Piece, looks: Looks, told: Answers, table: Population | None) -> Iterator[Region]:
    kind = kind_of(piece.column)
    if kind is None:
        return
    at = looks.ground
    shows = witness(piece, looks, _PROVES[kind]) if kind != "silence" else None
    if shows is None:
        # Lines differ, but what else the documents leave open keeps anybody from being told apart for certain.
        kind, shows = "silence", looks.look(entry(piece))
        open_to_some = any(code in (Code.SILENT, Code.CANNOT_TELL) for code in (*piece.column, *shows.codes))
        if not open_to_some or min(shows.codes) >= Code.REFUSED:
            return
    conditions = conditions_of(piece, at)
    who = ", ".join(one.text for one in conditions) or "everybody"
    answers = tuple(
        told.of_region(row, code, piece, shows) for row, code in zip(piece.table.rows, piece.column, strict=True)
    )
    vocabulary = at.partition.vocabulary
    fields = {one.field for one in conditions} | {name for name, _ in _changes(shows.person, at)}
    yield Region(
        f"{piece.table.path}/{who}", kind, piece.table.path, who, conditions, distance(piece),
        shown(shows.person, vocabulary, fields), answers, weigh(piece, table, at.partition),
    )  # fmt: skip


def _changes(person: Person, at: Ground) -> list[tuple[str, object]]:
    usual = at.partition.ordinary.values
    return [(name, value) for name, value in person.values.items() if usual.get(name) != value]


def kind_of(column: Sequence[int]) -> str | None:
    """What is at stake where services have these codes; None where none of them goes apart from another."""
    codes = set(column)
    maybe = bool(codes & {Code.JUDGED, Code.AGREEMENT})
    if Code.SEEN in codes and Code.REFUSED in codes:
        return "seen-against-refused"
    if Code.SEEN in codes and Code.SENT in codes:
        return "seen-against-sent"
    if maybe and codes & {Code.SEEN, Code.REFUSED, Code.SENT}:
        return "seen-against-maybe"
    if {Code.REFUSED, Code.SENT} <= codes:
        return "sent-against-refused"
    if Code.CANNOT_TELL in codes and len(codes - {Code.NOTHING, Code.SILENT}) > 1:
        return "silence"
    return "silence" if Code.SILENT in codes and max(codes) > Code.SEEN else None


def _sets_apart(a: int, b: int, c: int, d: int) -> bool:
    """One service seen, or by agreement, and the other certainly otherwise."""
    better, worse = (Code.SEEN, Code.JUDGED, Code.AGREEMENT), (Code.JUDGED, Code.AGREEMENT, Code.REFUSED, Code.SENT)
    return a in better and b in worse and a < b and c <= a and b <= d and d != Code.CANNOT_TELL


_PROVES = {
    "seen-against-refused": lambda a, b, c, d: a == Code.SEEN and b == Code.REFUSED and c <= Code.AGREEMENT,
    "seen-against-sent": lambda a, b, c, d: a == Code.SEEN and b == Code.SENT and c <= Code.AGREEMENT,
    "seen-against-maybe": _sets_apart,
    "sent-against-refused": lambda a, b, c, d: a == Code.SENT and b == d == Code.REFUSED,
}


def conditions_of(piece: Piece, at: Ground) -> tuple[Condition, ...]:
    """What the people whom a region means have in common, in words."""
    found = (Condition(f[0], said(f, chosen, rest, at.partition), f[1]) for f, chosen, rest in choices(piece))
    return tuple(one for one in found if one.text)


class Answers:
    """What each line of each service does with people, told once for people of the same classes."""

    def __init__(self, looks: Looks) -> None:
        self.at, self._looks = looks.ground, looks
        self._known: dict[tuple[int, str, int], RegionAnswer] = {}

    def of_region(self, row: int, code: int, piece: Piece, shows: Witness) -> RegionAnswer:
        """What a service does with the people of a region: by its line here, or by another for the witness."""
        overall, path = shows.codes[row], piece.table.path
        if code <= Code.SILENT and overall <= Code.SEEN:
            service = self.at.services[row]
            return RegionAnswer(called(service), service.path, "silent", path, "", None)
        if overall > max(code, Code.SEEN):
            path = self._looks.decides(row, shows)
        return self.of_line(row, path, shows.person, shows.places)

    def of_line(self, row: int, path: str, person: Person, places: dict[Factor, int]) -> RegionAnswer:
        """What one line of a service does with a person."""
        key = (row, path, self.at.cells[row][path].place(places))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._told(row, path, person)
        return found

    def _told(self, row: int, path: str, person: Person) -> RegionAnswer:
        service, gate = self.at.services[row], self.at.gates[row][path]
        found = verdict(gate, self.at.asked(row, person))
        because = because_of(gate, found, service)
        return RegionAnswer(
            called(service), service.path, OUTCOMES[found.level], because.field, because.says, because.line,
            because.why, found.destination or "", because.doubt,
        )  # fmt: skip


def _in_pairs(found: Sequence[Table]) -> list[str]:
    """Lines that came to several tables: a region is then of the services in one of them, and of no others."""
    paths = Counter(table.path for table in found)
    return [
        f"{path}: all services at once, since their lines name many things together. They are set side by side in "
        "pairs of kinds of line, and each group above names the services of its pair alone"
        for path, number in paths.items() if number > 1
    ]  # fmt: skip


def _not_compared(too_large: Sequence[TooLarge], at: Ground) -> tuple[str, ...]:
    """What could not be set side by side, and which parts of a case no partition knows."""
    found = [f"{one.path}: {len(one.services)} services name too many things together" for one in too_large]
    known = at.partition.vocabulary.case_fields
    unknown = {
        test.field: None
        for gates in at.gates for gate in gates.values() for fact in gate.lines for test, _ in tests_of(fact)
        if test.field in known and not varies(known[test.field]) and not known[test.field].judged
    }  # fmt: skip
    found += [f"{name}: an ordinary person has none, so lines that depend on it are open" for name in unknown]
    return tuple(found)
