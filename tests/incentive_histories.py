"""The slow way to solve a course: over the whole tree of histories, with payments worked out from each history anew.

It shares no code with the program: no register, no table, no reading of lines. It is here to disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, NamedTuple

ILL, WELL, AGAIN = "ill", "well", "again"


class World(NamedTuple):
    """A contract as a plain dictionary, and one kind of patient."""

    terms: Mapping[str, Any]
    limit: int
    stop: str | None
    horizon: int
    patient: Mapping[str, float]
    dna_limit: int | None = None
    often: str = "every"


Value = tuple[float, float, float, float]
"""Pounds kept, chance of ending recovered, attended sessions, pounds paid."""


def pay(world: World, history: tuple[Any, ...]) -> float:
    """What a finished course is paid: from the history alone, an entry True, False or None (a reading, or a session
    without one) for each attended session, and "missed" for each missed appointment."""
    terms, total = world.terms, 0.0
    attended = [entry for entry in history if entry != "missed"]
    missed, number = len(history) - len(attended), len(attended)
    read = [entry for entry in attended if entry is not None]
    by_session = terms.get("session", 0) * min(number, terms.get("cap", number))
    by_course = _course(terms, number, read)
    overlap = terms.get("overlap")
    if overlap == "highest":
        total += max(by_session, by_course)
    elif overlap == "first" and "session" in terms:
        total += by_session
    else:
        total += by_session + by_course
    if "outcome" in terms and number and _shown(terms["timing"], read):
        total += terms["outcome"]
    if number and not read and terms.get("unpaired", "bad") != "bad":
        total += terms["unpaired"]
    if "missed" in terms:
        block = terms.get("block")
        paid = missed if block is None else min(missed, max(1, len(history) // block))
        total += terms["missed"] * paid
    return float(total)


def _course(terms: Mapping[str, Any], number: int, read: list[bool]) -> float:
    """The price of the course, of which nothing is due without a reading where a rule for missing ones says so."""
    if "course" not in terms or number < max(1, terms.get("minimum", 1)):
        return 0.0
    if not read and terms.get("unpaired", "bad") != "bad":
        return 0.0
    at_risk = terms.get("at_risk", 0) if not _shown(terms["timing"], read) else 0
    return float(terms["course"] * (1 - at_risk / 100))


def _shown(timing: str, read: list[bool]) -> bool:
    if not read:
        return False
    runs = [all(pair) for pair in pairwise(read)]
    return {"last": read[-1], "first": read[0], "any": any(read), "2 in a row": any(runs)}[timing]


def solve(world: World, free: bool) -> Value:
    """From referral: the best course there is (`free`), or the indicated one."""
    return _go(world, (), ILL, free)


def _end(world: World, history: tuple[Any, ...], health: str) -> Value:
    paid = pay(world, history)
    return (paid, float(health == WELL), 0.0, paid)


def _go(world: World, history: tuple[Any, ...], health: str, free: bool) -> Value:
    number = sum(entry != "missed" for entry in history)
    due = _due(world, history, health, number)
    actions = [due]
    if free:
        actions += [a for a in ("stop", "measure", "skip") if a != due and (a == "stop" or number < world.horizon)]
    found = [_act(world, history, health, action, free, number) for action in actions]
    best = found[0]
    for value in found[1:]:
        if _better(value, best):
            best = value
    return best


def _better(value: Value, best: Value) -> bool:
    if abs(value[0] - best[0]) > 1e-9:
        return value[0] > best[0]
    if abs(value[1] - best[1]) > 1e-9:
        return value[1] > best[1]
    return value[2] < best[2] - 1e-9


def _due(world: World, history: tuple[Any, ...], health: str, number: int) -> str:
    read = [entry for entry in history if entry not in ("missed", None)]
    seen = health == WELL and _measures(world, number)
    done = {None: seen, "none": False, "2 in a row": _shown("2 in a row", read)}[world.stop]
    if done or number >= min(world.limit, world.horizon):
        return "stop"
    return "measure" if _measures(world, number + 1) else "skip"


def _measures(world: World, session: int) -> bool:
    """Whether the contract asks for a reading in that session."""
    return {
        "every": True, "second": session % 2 == 0, "ends": session in (1, world.limit), "end": session == world.limit,
    }[world.often]  # fmt: skip


def _act(world: World, history: tuple[Any, ...], health: str, action: str, free: bool, number: int) -> Value:
    if action == "stop":
        return _end(world, history, health)
    patient, total = world.patient, [0.0] * 4
    missed_rate = patient["dna"]
    left = world.patient["responders"] * (1 - patient["hazard"]) ** number
    still = left + 1 - patient["responders"]
    recovery = patient["hazard"] * left / still if still else 0.0
    moves = {
        ILL: ((WELL, recovery), (ILL, 1 - recovery)),
        WELL: ((AGAIN, patient["relapse"]), (WELL, 1 - patient["relapse"])),
        AGAIN: ((WELL, patient["hazard"]), (AGAIN, 1 - patient["hazard"])),
    }[health]
    cost = patient["session"] + patient["slot"] + (patient["reading"] if action == "measure" else 0.0)
    for then, chance in moves:
        if not chance:
            continue
        after = (*history, then == WELL if action == "measure" else None)
        for value, share in ((_end(world, after, then), patient["dropout"]),
                             (_go(world, after, then, free), 1 - patient["dropout"])):  # fmt: skip
            if share:
                _add(total, value, (1 - missed_rate) * chance * share)
    _add(total, (-cost, 0.0, 1.0, 0.0), 1 - missed_rate)
    if missed_rate:
        after = (*history, "missed")
        ended = sum(entry == "missed" for entry in after) >= (world.dna_limit or 99)
        _add(total, _end(world, after, health) if ended else _go(world, after, health, free), missed_rate)
        _add(total, (-patient["missed"] * patient["session"] - patient["slot"], 0.0, 0.0, 0.0), missed_rate)
    return (total[0], total[1], total[2], total[3])


class Door(NamedTuple):
    """How somebody may be measured at entry: the chance that a reading is high though the person is well, how many high
    ones in a row let in, how many rounds there may be after the first, and what a reading and a refusal cost."""

    chance: float
    in_a_row: int
    rounds: int
    reading: float
    refusal: float


def at_the_door(door: Door, inside: float, readings: tuple[bool, ...] = ()) -> float:
    """Pounds kept with somebody whose first reading was too low: over every sequence of further readings, where each
    may be the last. `inside` is what it brings to have that person in treatment."""
    failed, run = readings.count(False), 0
    for high in readings:
        run = run + 1 if high else 0
    if run == door.in_a_row:
        return inside
    refused = -door.refusal
    if failed == door.rounds:
        return refused
    high, low = (at_the_door(door, inside, (*readings, shown)) for shown in (True, False))
    return max(refused, door.chance * high + (1 - door.chance) * low - door.reading)


def _add(total: list[float], value: Value, chance: float) -> None:
    for place, part in enumerate(value):
        total[place] += chance * part
