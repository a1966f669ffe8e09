"""The laws of regions, by brute force over random services and persons: nothing is missed, nothing is made up.

Persons are asked one by one with `journey` and `verdict`; regions come from arrays that never saw them.
"""

from __future__ import annotations

from random import Random

import pytest

from carespec.cases.partition import changed
from carespec.cases.persons import Person
from carespec.journeys.bearing import of_kind
from carespec.journeys.boxes import Piece, pieces
from carespec.journeys.branches import branches
from carespec.journeys.cells import Code, Ground, ground
from carespec.journeys.journey import journey
from carespec.journeys.patients import conditions_of, patients
from carespec.journeys.persons import ordinary
from carespec.journeys.records import OUTCOMES, Patients
from carespec.journeys.tables import Table, tables
from carespec.journeys.verdicts import NOTHING, SILENT, verdict
from carespec.journeys.wait_regions import wait_tables
from carespec.journeys.waiting import one_wait, wait_fact
from carespec.model.facts import Service
from carespec.quantities.waits import Wait, meets
from carespec.vocabulary import load, working_days
from journeys.conftest import Make
from journeys.random_people import CONDITIONS, lines, person

VOCABULARY = load()
USUAL = ordinary(VOCABULARY)
NOT_AWAY = ("seen", "if-judged", "by-agreement")
AWAY = ("refused", "sent")
ACCESS = ("seen-against-refused", "seen-against-sent", "seen-against-maybe", "sent-against-refused")
SEEDS = pytest.mark.parametrize("seed", range(8))


def services(make: Make, random: Random, count: int = 5) -> list[Service]:
    return [make(lines(random), f"area-{number}") for number in range(count)]


def people(random: Random, count: int = 40) -> list[Person]:
    return [person(random, USUAL, VOCABULARY) for _ in range(count)]


def direct(at: Ground, row: int, path: str, who: Person) -> int:
    """How far one line goes for a person, asked of the line itself."""
    found = verdict(at.gates[row][path], at.asked(row, who))
    if found.level == 0:
        return {NOTHING: Code.NOTHING, SILENT: Code.SILENT}.get(found.spoken, Code.SEEN)
    return found.level + Code.SEEN


def holding(at: Ground, found: list[Piece], who: Person) -> list[Piece]:
    """The pieces that a person falls into."""
    inside = []
    for piece in found:
        places = []
        for factor, classes in zip(piece.table.factors, piece.table.classes, strict=True):
            values = at.partition.classes[factor][at.partition.place(factor, who)].values
            places.append(next(n for n, one in enumerate(classes) if set(values) <= set(one.values)))
        if all(place in chosen for place, chosen in zip(places, piece.box, strict=True)):
            inside.append(piece)
    return inside


def named(piece: Piece, at: Ground) -> str:
    return f"{piece.table.path}/{', '.join(one.text for one in conditions_of(piece, at)) or 'everybody'}"


@SEEDS
def test_everybody_falls_into_one_cell_where_all_get_one_answer(make: Make, seed: int) -> None:
    random = Random(seed)
    at = ground(services(make, random))
    for who in people(random):
        places = at.places(who)
        for row, service in enumerate(at.services):
            for path, cells in at.cells[row].items():
                assert cells.at(places) == direct(at, row, path, who), path
            level = max(0, at.code(row, places) - Code.SEEN)
            assert OUTCOMES[level] == journey(service, who).outcome


def test_no_difference_is_missed(make: Make) -> None:
    """Whenever one service turns a person away and another, which speaks of the matter, does not, a region says so."""
    found = [path for seed in range(10) for path in _differences_that_are_told(make, seed)]
    assert len(set(found)) > 5, "random services treat people differently in many ways, or this would show nothing"


def _differences_that_are_told(make: Make, seed: int) -> list[str]:
    random = Random(seed)
    at = ground(services(make, random))
    told = patients(at.services)
    known = {region.id: region for region in told.regions}
    tables_of, too_large = tables(at)
    for one in too_large:
        assert any(why.startswith(f"{one.path}:") for why in told.not_compared), "what is not compared is said"
    found: list[str] = []
    every = {table.path: list(pieces(table)) for table in tables_of}
    for who in people(random):
        outcomes = [journey(service, who).outcome for service in at.services]
        for path, of_path in every.items():
            codes = [direct(at, row, path, who) for row in range(len(at.services))]
            away = [row for row, code in enumerate(codes) if code >= Code.REFUSED]
            taken = [row for row, code in enumerate(codes) if code == Code.SEEN and outcomes[row] in NOT_AWAY]
            if away and taken:
                ids = [named(piece, at) for piece in holding(at, of_path, who)]
                regions = [known[one] for one in ids if one in known]
                assert regions, (path, ids)
                assert any(region.kind in ACCESS for region in regions)
                found.append(path)
    return found


@SEEDS
def test_no_difference_is_made_up(make: Make, seed: int) -> None:
    """The witness of each region is treated by every service just as the region says, and not by all alike."""
    random = Random(seed)
    at = ground(services(make, random))
    told, witnesses = patients(at.services), _witnesses(at)
    for region in told.regions:
        if region.kind not in ACCESS:
            continue
        who = witnesses[region.id]
        outcomes = {service.name: journey(service, who).outcome for service in at.services}
        said = {answer.service: answer.outcome for answer in region.answers}
        for name, outcome in said.items():
            assert outcome in (outcomes[name], "silent"), (region.id, name)
            assert outcome != "silent" or outcomes[name] == "seen"
        assert len({outcome for outcome in said.values() if outcome not in ("silent", "cannot-tell")}) > 1


def _witnesses(at: Ground) -> dict[str, Person]:
    """The witness of each region, found again from its pieces."""
    from carespec.journeys.patients import _PROVES, kind_of
    from carespec.journeys.witnesses import Looks, witness

    looks = Looks(at)
    found = {}
    for table in tables(at)[0]:
        for piece in pieces(table):
            kind = kind_of(piece.column)
            shows = witness(piece, looks, _PROVES[kind]) if kind in ACCESS else None
            if shows is not None:
                found[named(piece, at)] = shows.person
    return found


@SEEDS
def test_whoever_is_turned_away_in_a_region_is_turned_away_whatever_else_is_so(make: Make, seed: int) -> None:
    random = Random(seed)
    at = ground(services(make, random, 3))
    for table in tables(at)[0]:
        for piece in pieces(table):
            who = _inside(piece, at, random)
            if who is None or piece not in holding(at, [piece], who):
                continue
            for row, code in zip(table.rows, piece.column, strict=True):
                if code >= Code.REFUSED:
                    assert journey(at.services[row], who).outcome in AWAY


def _inside(piece: Piece, at: Ground, random: Random) -> Person | None:
    """Somebody of a region, otherwise of any kind."""
    parts = zip(piece.table.factors, piece.table.classes, piece.box, strict=True)
    choice = {factor: classes[random.choice(chosen)] for factor, classes, chosen in parts}
    return changed(person(random, USUAL, VOCABULARY), choice)


@SEEDS
def test_people_whom_every_service_refuses_are_refused_by_each(make: Make, seed: int) -> None:
    told = patients(services(make, Random(seed), 3))
    for one in told.refused_by_all:
        assert [answer.outcome in AWAY for answer in one.answers] == [True] * 3
        assert len({answer.service for answer in one.answers}) == 3


@SEEDS
def test_the_same_services_in_the_same_order_give_the_same_answer(make: Make, seed: int) -> None:
    found = services(make, Random(seed), 3)
    assert patients(found) == patients(found)


@SEEDS
def test_a_service_beside_itself_differs_for_nobody(make: Make, seed: int) -> None:
    text = lines(Random(seed))
    told: Patients = patients([make(text, "one"), make(text, "other")])
    apart = [region for region in told.regions if region.kind != "silence"]
    assert apart == []


WAITS = (
    "within 2 weeks of referral", "within 6 weeks of referral", "within 18 weeks of referral", "within 10 working days",
    "within 28 calendar days of assessment", 'in words "soon"', "not stated",
)  # fmt: skip


def waiting(make: Make, random: Random, name: str) -> Service:
    """A service whose waits depend on several things."""
    found = ["steps-offered: step-2, step-3"]
    for stage in ("step-2", "treatment"):
        found.append(f"wait {stage}: {random.choice(WAITS)}")
        for condition in random.sample(CONDITIONS, random.randint(0, 2)):
            found.append(f"  except {random.choice(WAITS)} when {condition}")
    return make("\n".join(found), name)


def promised(at: Ground, row: int, stage: str, who: Person) -> Wait | None:
    """What a service certainly promises a person for a stage, asked of its line itself."""
    bears = of_kind(VOCABULARY, "wait")
    fact = wait_fact(bears, stage, at.services[row]) if bears is not None else None
    return one_wait(branches(fact, at.asked(row, who))) if fact is not None else None


def longer(one: Wait | None, other: Wait | None) -> bool:
    return None not in (one, other) and meets(one, other, VOCABULARY.clocks, working_days()) is False  # type: ignore[arg-type]


def test_no_longer_wait_is_missed_and_none_made_up(make: Make) -> None:
    """Whatever their exceptions depend on: a person waits certainly longer somewhere just where a region says so."""
    told = sum(_waits_are_told(make, Random(seed)) for seed in range(6))
    assert told > 20, "random services differ in their waits in many ways, or this would show nothing"


def _waits_are_told(make: Make, random: Random) -> int:
    at = ground([waiting(make, random, f"area-{number}") for number in range(4)])
    told = {one.id: one for one in patients(at.services).regions if one.kind == "waits"}
    every = [piece for one in wait_tables(at) if isinstance(one, Table) for piece in pieces(one)]
    for who in people(random, 60):
        for stage in ("step-2", "step-3"):
            given = [promised(at, row, stage, who) for row in range(4)]
            apart = any(longer(a, b) for a in given for b in given)
            inside = [piece for piece in every if piece.table.path == f"wait {stage}"]
            ids = [named(piece, at) for piece in holding(at, inside, who)]
            assert ids and any(one in told for one in ids) == apart, (stage, ids)
    return len(told)


@pytest.mark.parametrize(("most", "apart", "too_large"), [(8, 6, 0), (7, 6, 0), (3, 0, 3)])
def test_what_is_too_much_at_once_is_compared_in_pairs_or_said(
    make: Make, monkeypatch: pytest.MonkeyPatch, most: int, apart: int, too_large: int
) -> None:
    """Whoever is not in a pair is left out of what is told of it, and not told to be silent."""
    monkeypatch.setattr("carespec.journeys.tables.MOST_CELLS", most)
    weeks = "wait step-2: within 18 weeks of referral\n  except within 2 weeks of referral when"
    conditions = ("severity is severe", "fixed-abode is no", "needs-interpreter is yes")
    found = patients([make(f"{weeks} {each}", f"area-{number}") for number, each in enumerate(conditions)])
    of_waits = [one for one in found.regions if one.kind == "waits"]
    assert len(of_waits) == apart
    assert not [answer for one in of_waits for answer in one.answers if answer.outcome == "silent"]
    too_many = "wait step-2: 2 services name too many things together"
    assert [one for one in found.not_compared if one == too_many] == [too_many] * too_large
    in_pairs = any("each group above names the services of its pair alone" in one for one in found.not_compared)
    assert in_pairs == (most == 7), "whoever reads of two services of three is told why"
