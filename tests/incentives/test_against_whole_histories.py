"""The one pass backwards agrees with the whole tree of histories, on contracts that nobody chose."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest

import incentive_histories as whole_history
from carespec.incentives.bounds import gain_bounds
from carespec.incentives.episode.actions import REJECT, Moment
from carespec.incentives.gains import Setting
from carespec.incentives.patients import Box, Patients, patients
from carespec.incentives.patterns import pattern
from carespec.incentives.report import Options, assess
from carespec.incentives.solver import PROFIT, solve
from incentive_contracts import setting, table
from incentive_histories import Door, World

CONTRACTS, WITH_RULES = 320, 120
OFTEN = {
    "second": "every-second-session", "ends": "first-and-last-session", "end": "discharge",
    "every": "every-session",
}  # fmt: skip
TIMINGS = {"last": "last reading", "first": "first reading", "any": "any reading", "2 in a row": "2 readings in a row"}


def takes(moment: Moment, indicated: int, taken: int) -> bool:
    return taken != REJECT


def world(random: Random) -> World:
    """A contract and a patient; short enough for every history to be walked."""
    terms: dict[str, Any] = {}
    if random.random() < 0.6:
        terms["session"] = random.randint(10, 90)
        if random.random() < 0.7:
            terms["cap"] = random.randint(1, 4)
    if random.random() < 0.6 or not terms:
        terms |= {"course": random.randint(50, 400), "minimum": random.randint(1, 4)}
        if random.random() < 0.4:
            terms |= {"at_risk": random.choice((25, 50, 100))}
    if random.random() < 0.5:
        terms["outcome"] = random.randint(20, 500)
    terms["timing"] = random.choice(tuple(TIMINGS))
    counted = random.random() < 0.25
    if random.random() < 0.5:
        terms["missed"] = random.randint(1, 40)
        if counted and random.random() < 0.6:
            terms["block"] = random.randint(2, 6)
    chances = {"hazard": (0.05, 0.6), "responders": (0, 1), "relapse": (0, 0.3), "dropout": (0, 0.3)}
    patient = {name: random.uniform(*ends) for name, ends in chances.items()}
    patient |= {"session": random.uniform(5, 90), "reading": random.choice((0, 7.5)), "missed": random.random()}
    patient |= {"slot": random.choice((0, 0, 12.5)), "dna": random.uniform(0.05, 0.4) if counted else 0.0}
    if not counted:
        terms.pop("missed", None)
    horizon = 2 if counted else random.randint(2, 4)
    limit = random.randint(1, horizon)
    return World(terms, limit, random.choice((None, "none", "2 in a row")), horizon, patient, 2 if counted else None)


def world_with_rules(random: Random) -> World:
    """The same, with a rule for prices that overlap, one for missing scores, and readings less often."""
    one = world(random)
    terms = dict(one.terms)
    terms["overlap"] = random.choice(("all", "highest", "highest", "first"))
    if terms["overlap"] == "first" and terms.get("minimum") == 1:
        terms["minimum"] = 2
    if random.random() < 0.6:
        terms["unpaired"] = random.choice((0, random.randint(1, 300)))
    return one._replace(terms=terms, often=random.choice(tuple(OFTEN)))


def extreme(random: Random) -> World:
    """Amounts of nothing, of pence and of millions, all in one contract."""
    one = world(random)
    terms = dict(one.terms)
    for name in ("session", "course", "outcome", "missed"):
        if name in terms:
            terms[name] = random.choice((0, 1, terms[name], 10_000_000))
    if not terms.get("session") and not terms.get("course"):
        terms["session"] = 1  # where nothing at all is paid there is no course to solve
    return one._replace(terms=terms)


RULES = {"all": "all-are-paid", "highest": "highest-only", "first": "first-only"}


def lines(world: World) -> str:
    """The same contract in the language."""
    terms, found = world.terms, [f"indicated-sessions step-2: {world.limit}"]
    if world.stop:
        found.append(f"stop-when: {'none' if world.stop == 'none' else 'recovered at 2 readings in a row'}")
    if world.dna_limit:
        found.append(f"dna-limit treatment: {world.dna_limit}")
    found.append(f"overlapping-payments: {RULES[terms.get('overlap', 'all')]}")
    if world.often != "every":
        found.append(f"outcome-measure phq-9: {OFTEN[world.often]}")
    if terms.get("unpaired") == 0:
        found.append("unpaired-scores: not-paid")
    elif "unpaired" in terms:
        found += ["unpaired-scores: flat-rate", f"pay unpaired: £{terms['unpaired']}.00 per course"]
    reading = TIMINGS[terms["timing"]]
    if "session" in terms:
        found.append(f"pay step-2: £{terms['session']}.00 per session")
        found += [f"  at most {terms['cap']} per course"] if "cap" in terms else []
    if "course" in terms:
        found += [f"pay treatment: £{terms['course']}.00 per course", f"  when sessions is at least {terms['minimum']}"]
        found += [f"  {terms['at_risk']}% only when recovered at {reading}"] if "at_risk" in terms else []
    if "outcome" in terms:
        found += [f"pay recovery-step-2: £{terms['outcome']}.00 per course", f"  when recovered at {reading}"]
    if "missed" in terms:
        found.append(f"pay missed: £{terms['missed']}.00 per missed-appointment")
        found += [f"  at most 1 per {terms['block']} booked"] if "block" in terms else []
    return "\n".join(found)


def draw(world: World) -> Patients:
    return patients(**world.patient)


@pytest.mark.parametrize("start", range(0, CONTRACTS, 40))
def test_both_ways_agree(start: int) -> None:
    for seed in range(start, start + 40):
        one = world(Random(seed))
        found = table(lines(one), one.horizon)
        for free, departs in ((True, takes), (False, None)):
            slow = whole_history.solve(one, free)
            fast = solve(found, draw(one), departs).value[:4, 0]
            assert np.allclose(fast, slow, rtol=0, atol=1e-9), (seed, free, lines(one), fast, slow)


@pytest.mark.parametrize("start", range(0, WITH_RULES, 40))
def test_both_ways_agree_on_rules_for_overlaps_missing_scores_and_rarer_readings(start: int) -> None:
    for seed in range(start, start + 40):
        one = world_with_rules(Random(1000 + seed))
        found = table(lines(one), one.horizon)
        for free, departs in ((True, takes), (False, None)):
            slow = whole_history.solve(one, free)
            fast = solve(found, draw(one), departs).value[:4, 0]
            assert np.allclose(fast, slow, rtol=0, atol=1e-9), (seed, free, lines(one), fast, slow)


def test_both_ways_agree_on_amounts_of_nothing_and_of_millions() -> None:
    for seed in range(60):
        one = extreme(Random(5000 + seed))
        found = table(lines(one), one.horizon)
        for free, departs in ((True, takes), (False, None)):
            slow = whole_history.solve(one, free)
            fast = solve(found, draw(one), departs).value[:4, 0]
            assert np.allclose(fast, slow, rtol=1e-11, atol=1e-9), (seed, free, lines(one), fast, slow)


def test_missed_appointments_without_a_limit_are_summed_exactly() -> None:
    """The loop that is summed in one step is the limit of ending it after ever more missed appointments."""
    for seed in range(20):
        one = world(Random(seed))
        patient = one.patient | {"dna": 0.2}
        text = "\n".join(
            line
            for line in lines(one).split("\n")
            if not line.startswith(("dna-limit", "pay missed", "  at most 1 per"))
        )
        free = solve(table(text, one.horizon), patients(**patient), takes).value[:4, 0]
        long = solve(table(f"{text}\ndna-limit treatment: 30", one.horizon), patients(**patient), takes).value[:4, 0]
        assert np.allclose(free, long, rtol=0, atol=1e-6), (seed, text)


@pytest.mark.parametrize("start", range(0, 80, 40))
def test_both_ways_agree_on_measuring_again_at_entry(start: int) -> None:
    found = set()
    for seed in range(start, start + 40):
        random = Random(9000 + seed)
        one, door = world_of_somebody_well(random), door_of(random)
        one = one._replace(patient=one.patient | {"reading": door.reading})
        slow = whole_history.at_the_door(door, whole_history.solve(one, free=False)[0])
        fast = assess(entered(one, door), pattern("retest-at-entry"), Options(gaming=True)).gain - door.refusal
        assert fast == pytest.approx(slow, abs=1e-9), (seed, door, lines(one))
        found.add(slow > -door.refusal + 0.01)
    assert found == {True, False}


def world_of_somebody_well(random: Random) -> World:
    """A contract with a person who is below the cut-off: every one who is read shows it."""
    one = world_with_rules(random)
    return one._replace(patient=one.patient | {"hazard": 1.0, "responders": 1.0})


def door_of(random: Random) -> Door:
    """Readings that are wrong seldom or often, cheap or dear."""
    cost = random.choice((0.0, 2.5, 15.0))
    return Door(random.uniform(0.02, 0.5), random.choice((1, 1, 2)), random.randint(1, 3), cost, random.choice((0, 9)))


def entered(one: World, door: Door) -> Setting:
    """The contract with its door, and the same figures as assumptions; a reading costs the same at any time."""
    names = {"session": "cost.session", "missed": "cost.missed-slot", "slot": "slot-price", "hazard": "hazard"}
    given: dict[str, Any] = {names.get(name, name): value for name, value in one.patient.items() if name != "reading"}
    given |= {"cost.reading": door.reading, "cost.rejection": float(door.refusal)}
    given |= {"false-caseness": door.chance, "retests": float(door.rounds)}
    return setting(f"{lines(one)}\nentry-readings: {door.in_a_row}", given)


@pytest.mark.parametrize("start", range(0, 60, 20))
def test_bounds_hold_everywhere_in_a_box(start: int) -> None:
    """What is said of a box is so at every point of it, and at a single point the bounds are the gain itself."""
    for seed in range(start, start + 20):
        random = Random(seed)
        one = world_with_rules(random) if seed % 3 == 0 else world(random)
        found = table(lines(one), one.horizon)
        low = {name: value * random.uniform(0.5, 1) for name, value in one.patient.items()}
        high = {name: min(1.0, value * 1.2) if value <= 1 else value * 1.3 for name, value in one.patient.items()}
        points = [{name: random.uniform(low[name], high[name]) for name in low} for _ in range(12)] + [low, high]
        at = patients(len(points), **{name: np.array([point[name] for point in points]) for name in low})
        box = gain_bounds(found, Box(patients(**low), patients(**high)), takes)
        gain = (solve(found, at, takes).value - solve(found, at).value)[PROFIT]
        assert (box.low[0] - 1e-9 <= gain).all() and (gain <= box.high[0] + 1e-9).all(), (seed, lines(one))
        exact = gain_bounds(found, Box(at, at), takes)
        assert np.allclose(exact.low, gain, rtol=0, atol=1e-9) and np.allclose(exact.high, gain, rtol=0, atol=1e-9)
