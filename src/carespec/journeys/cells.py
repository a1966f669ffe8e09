"""How far each line of each service goes for each class of persons: evaluated once for equal lines.

A line is evaluated over the product of the factors that it names itself, and no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import product

from carespec.cases.partition import Class, Factor, Partition, changed, factors_of, partition
from carespec.cases.persons import Person
from carespec.flags import tests_of
from carespec.journeys.bearing import Gate, bears_of, excluded, gates_of, of_kind
from carespec.journeys.branches import Asked, branches
from carespec.journeys.edges import tests_at
from carespec.journeys.persons import ordinary
from carespec.journeys.records import Level
from carespec.journeys.verdicts import NOTHING, SILENT, verdict
from carespec.journeys.waiting import offered_steps, one_wait, stages, wait_fact
from carespec.model.conditions import Test
from carespec.model.facts import Fact, Service
from carespec.quantities.waits import Wait
from carespec.tuples import NamedTuple
from carespec.vocabulary import Vocabulary


class Code:
    """A level, and below the levels whether the document spoke at all: the highest of several decides."""

    NOTHING = 0
    SILENT = 1
    SEEN = 2
    JUDGED = 3
    AGREEMENT = 4
    CANNOT_TELL = 5
    REFUSED = 6
    SENT = 7


class Cells(NamedTuple):
    """The codes of one gate for every combination of the classes of its factors, the last factor fastest."""

    factors: tuple[Factor, ...]
    shape: tuple[int, ...]
    codes: tuple[int, ...]

    def at(self, places: dict[Factor, int]) -> int:
        """The code for a person in these classes."""
        return self.codes[self.place(places) if self.factors else 0]

    def place(self, places: dict[Factor, int]) -> int:
        """Where the code for a person in these classes stands."""
        index = 0
        for factor, size in zip(self.factors, self.shape):  # noqa: B905 - of one length, and asked very often
            index = index * size + places[factor]
        return index


class Ground(NamedTuple):
    """Several services with one partition of persons: for each service its gates by path, with their cells.

    `promises` are all waits that any of them promises; the cells of `waits`, by stage, hold their numbers, and -1 where
    none is certainly promised.
    """

    services: tuple[Service, ...]
    days: tuple[date | None, ...]
    partition: Partition
    gates: tuple[dict[str, Gate], ...]
    cells: tuple[dict[str, Cells], ...]
    waits: tuple[dict[str, Cells], ...]
    promises: tuple[Wait, ...]

    def places(self, person: Person) -> dict[Factor, int]:
        """The class of a person in every factor."""
        return {factor: self.partition.place(factor, person) for factor in self.partition.classes}

    def code(self, number: int, places: dict[Factor, int]) -> int:
        """How far a service goes for a person in these classes, all its lines together."""
        return max((cells.at(places) for cells in self.cells[number].values()), default=Code.NOTHING)

    def nearest(self, cells: Cells, wanted: Callable[[int], bool]) -> dict[Factor, Class] | None:
        """The least change of an ordinary person for which a line has such a code; None if it has it for nobody."""
        classes = self.partition.classes
        places = product(*(range(size) for size in cells.shape))
        for place in sorted(places, key=lambda cell: (sum(number > 0 for number in cell), cell)):
            chosen = dict(zip(cells.factors, place, strict=True))
            if wanted(cells.at(chosen)):
                return {factor: classes[factor][number] for factor, number in chosen.items() if number}
        return None

    def asked(self, number: int, person: Person) -> Asked:
        """The question that a person asks of a service."""
        return Asked(person, self.partition.vocabulary, self.days[number])


def ground(services: Sequence[Service], day: date | None = None) -> Ground:
    """The services with everything that is asked of persons. All must have one vocabulary."""
    vocabulary = services[0].vocabulary
    days = tuple(day or service.as_at()[0] for service in services)
    gates = [{gate.path: gate for gate in gates_of(service)} for service in services]
    _fill(gates, vocabulary)
    lines = [_wait_lines(service) for service in services]
    asked = [tests_at(gate, vocabulary) for found in gates for gate in found.values()]
    asked += [_tests_under(fact) for found in lines for fact in found.values()]
    parted = partition(asked, ordinary(vocabulary), vocabulary)
    known: dict[object, Cells] = {}
    cells = tuple(
        {path: _cells(gate, service, day_, parted, known) for path, gate in found.items()}
        for service, found, day_ in zip(services, gates, days, strict=True)
    )
    numbers: dict[Wait, int] = {}
    promised: dict[object, Cells] = {}
    waits = tuple(
        {stage: _promised(fact, service, day_, parted, numbers, promised) for stage, fact in found.items()}
        for service, found, day_ in zip(services, lines, days, strict=True)
    )
    return Ground(tuple(services), days, parted, tuple(gates), cells, waits, tuple(numbers))


def _wait_lines(service: Service) -> dict[str, Fact]:
    """The line that says how long each stage takes; none for a step that the service certainly does not offer."""
    bears = of_kind(service.vocabulary, "wait")
    if bears is None:
        return {}
    steps = service.vocabulary.choices(service.vocabulary.case_fields[bears.case]) if bears.case else ()
    offered = offered_steps(service)
    found = {
        stage: wait_fact(bears, stage, service)
        for stage in stages(service.vocabulary)
        if stage not in steps or offered is None or stage in offered
    }
    return {stage: fact for stage, fact in found.items() if fact is not None}


def _tests_under(fact: Fact) -> tuple[Test, ...]:
    return tuple(test for test, _ in tests_of(fact))


def _promised(
    fact: Fact,
    service: Service,
    day: date | None,
    parted: Partition,
    numbers: dict[Wait, int],
    known: dict[object, Cells],
) -> Cells:
    """The number of the wait that a line promises each class of persons."""
    key = _text(fact, service, day)
    found = known.get(key)
    if found is None:
        factors, persons = _persons(_tests_under(fact), parted)
        codes = []
        for person in persons:
            wait = one_wait(branches(fact, Asked(person, parted.vocabulary, day)))
            codes.append(-1 if wait is None else numbers.setdefault(wait, len(numbers)))
        found = known[key] = Cells(factors, tuple(len(parted.classes[factor]) for factor in factors), tuple(codes))
    return found


def _persons(tests: Sequence[Test], parted: Partition) -> tuple[tuple[Factor, ...], Iterator[Person]]:
    """The factors that the tests name, and somebody for every combination of their classes, the last factor fastest.

    Nothing else about these people makes a difference to the tests: they are ordinary.
    """
    factors = factors_of(tests, parted.vocabulary)
    every = product(*(parted.classes[factor] for factor in factors))
    return factors, (changed(parted.ordinary, dict(zip(factors, chosen, strict=True))) for chosen in every)


def _fill(gates: Sequence[dict[str, Gate]], vocabulary: Vocabulary) -> None:
    """Give every service a gate for each reason that any of them names: those that do not name it are silent."""
    reasons = {path: gate for found in gates for path, gate in found.items() if gate.bears.kind == "excluded"}
    bears = next((bears for bears in bears_of(vocabulary) if bears.kind == "excluded"), None)
    for found in gates:
        for path in sorted(reasons):
            if bears is not None and path not in found:
                found[path] = excluded(bears, path.partition(" ")[2], (), vocabulary)


def _cells(gate: Gate, service: Service, day: date | None, parted: Partition, known: dict[object, Cells]) -> Cells:
    key = (gate.path, *(_text(fact, service, day) for fact in gate.lines), len(gate.facts))
    found = known.get(key)
    if found is None:
        found = known[key] = _evaluated(gate, day, parted)
    return found


def _text(fact: Fact, service: Service, day: date | None) -> tuple[object, ...]:
    """What a fact says, by which equal facts of several services are known; with the day, if it hangs on that."""
    value = service.lines[fact.line - 1][fact.value.start : fact.value.end]
    under = tuple(service.lines[each.line - 1][each.start : each.end] for each in fact.under)
    dated = any(each.until is not None or each.since is not None for each in fact.exceptions)
    return (fact.path, value, under, fact.whole, day if dated else None)


def _evaluated(gate: Gate, day: date | None, parted: Partition) -> Cells:
    factors, persons = _persons(tests_at(gate, parted.vocabulary), parted)
    codes = tuple(_code(gate, Asked(person, parted.vocabulary, day)) for person in persons)
    return Cells(factors, tuple(len(parted.classes[factor]) for factor in factors), codes)


def _code(gate: Gate, asked: Asked) -> int:
    found = verdict(gate, asked)
    if found.level == Level.SEEN:
        return {NOTHING: Code.NOTHING, SILENT: Code.SILENT}.get(found.spoken, Code.SEEN)
    return found.level + Code.SEEN
