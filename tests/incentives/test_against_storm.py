"""A model checker that we did not write finds the same best profit: contracts are exported to the PRISM language.

Storm (`stormpy`) ships for Linux only; elsewhere this is skipped, on Linux never, so that all of CI runs it. Its
rewards may not be negative. So everything is paid at the end, where sessions and record say how much it was, and the
same sum is added to every course.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from test_against_whole_histories import door_of, entered, lines, takes, world, world_of_somebody_well

from carespec.incentives.episode.actions import RECOVERED, TREAT, TREAT_UNMEASURED
from carespec.incentives.episode.step import Table
from carespec.incentives.patients import Patients, patients
from carespec.incentives.patterns import pattern
from carespec.incentives.report import Options, assess
from carespec.incentives.solver import PROFIT, solve
from incentive_contracts import table
from incentive_histories import Door, World

CONTRACTS, WITH_A_DOOR = 24, 12
ADDED = 10_000.0


def prism(found: Table, draw: Patients) -> str:
    """The course as a Markov decision process: `s` is 0 while it goes on, 1 once it has ended, 2 once it is paid."""
    body = "\n".join(_commands(found, draw))
    paid = "\n".join(_rewards(found, draw))
    return (
        f"mdp\nmodule course\n n : [0..{found.horizon}] init 0;\n h : [0..2] init 0;\n"
        f" r : [0..{len(found.records) - 1}] init 0;\n s : [0..2] init 0;\n"
        f" [stop] s=0 -> (s'=1);\n{body}\n [pay] s=1 -> (s'=2);\n [] s=2 -> (s'=2);\nendmodule\n"
        f'rewards "kept"\n{paid}\nendrewards\nlabel "paid" = s=2;\n'
    )


def _commands(found: Table, draw: Patients) -> Iterator[str]:
    recovery, q = draw.recovery(found.horizon), float(draw.dropout[0])
    for n in range(found.horizon):
        changes = {0: (1, recovery[n, 0]), 1: (2, draw.relapse[0]), 2: (1, draw.hazard[0])}
        for h, (other, chance) in changes.items():
            for r in range(len(found.records)):
                for name, action in (("measure", TREAT), ("skip", TREAT_UNMEASURED)):
                    parts = []
                    for then, likely in ((other, float(chance)), (h, 1 - float(chance))):
                        pair = found.read_next[n][r]
                        after = pair[then == RECOVERED] if action == TREAT else found.skip_next[n][r]
                        for share, end in ((q, 1), (1 - q, 0)):
                            parts.append(f"{likely * share!r}:(n'={n + 1})&(h'={then})&(r'={after})&(s'={end})")
                    yield f" [{name}] s=0&n={n}&h={h}&r={r} -> {' + '.join(parts)};"


def _rewards(found: Table, draw: Patients) -> Iterator[str]:
    kept = found.start
    for n in range(found.horizon + 1):
        for r in range(len(found.records)):
            yield f" [pay] n={n}&r={r} : {kept + found.close[0][n][r] + ADDED!r};"
        if n < found.horizon:
            kept += found.session[n] - float(draw.session[0])


def at_the_door(found: Table, draw: Patients, door: Door) -> str:
    """Somebody whose first reading was too low: `s` is 3 while that person may be measured again, 4 once turned away;
    `t` is the rounds left, `k` the high readings in a row, `m` every reading. Inside only what is indicated is done.
    """
    kept = "\n".join(_indicated_rewards(found, draw, door))
    body = "\n".join(_indicated_commands(found, draw))
    most, high = door.rounds * door.in_a_row, f"(k'=k+1)&(m'=m+1)&(s'=(k+1={door.in_a_row}?0:3))"
    low = "(k'=0)&(m'=m+1)&(t'=t-1)"
    return (
        f"mdp\nmodule course\n n : [0..{found.horizon}] init 0;\n h : [0..2] init 0;\n s : [0..4] init 3;\n"
        f" r : [0..{len(found.records) - 1}] init 0;\n t : [0..{door.rounds}] init {door.rounds};\n"
        f" k : [0..{door.in_a_row}] init 0;\n m : [0..{most}] init 0;\n [away] s=3 -> (s'=4);\n"
        f" [again] s=3&t>0 -> {door.chance!r}:{high} + {1 - door.chance!r}:{low};\n{body}\n"
        f" [pay] s=1 -> (s'=2);\n [refuse] s=4 -> (s'=2);\n [] s=2 -> (s'=2);\nendmodule\n"
        f'rewards "kept"\n{kept}\nendrewards\nlabel "paid" = s=2;\n'
    )


def _indicated_commands(found: Table, draw: Patients) -> Iterator[str]:
    """Every session as it is indicated, of the commands that there are; ending the course where that is."""
    actions = {TREAT: "measure", TREAT_UNMEASURED: "skip"}
    for line in _commands(found, draw):
        name, state = line.strip().split("] s=0&")
        n, h, r = (int(part.split("=")[1]) for part in state.split(" -> ")[0].split("&"))
        if f"[{actions.get(found.indicated[n][h][r])}" == name:
            yield line
    for n, by_health in enumerate(found.indicated):
        for h, by_record in enumerate(by_health):
            for r, action in enumerate(by_record):
                if action not in actions:
                    yield f" [stop] s=0&n={n}&h={h}&r={r} -> (s'=1);"


def _indicated_rewards(found: Table, draw: Patients, door: Door) -> Iterator[str]:
    """What is kept with somebody inside, by sessions, record and readings at entry; those of a session cost as much."""
    kept, reads = found.start, found.step.course.measures
    for m in range(door.rounds * door.in_a_row + 1):
        yield f" [refuse] m={m} : {ADDED - door.refusal - m * door.reading!r};"
    for n in range(found.horizon + 1):
        for r in range(len(found.records)):
            for m in range(door.rounds * door.in_a_row + 1):
                yield f" [pay] n={n}&r={r}&m={m} : {kept + found.close[0][n][r] + ADDED - m * door.reading!r};"
        if n < found.horizon:
            kept += found.session[n] - float(draw.session[0]) - (door.reading if reads(n + 1) else 0.0)


def best(program: str, path: Path) -> float:
    """The most that can be kept, by Storm."""
    import stormpy

    path.write_text(program, encoding="utf-8")
    parsed = stormpy.parse_prism_program(str(path))
    wanted = stormpy.parse_properties('R{"kept"}max=? [F "paid"]', parsed)
    model = stormpy.build_model(parsed, wanted)
    return float(stormpy.model_checking(model, wanted[0]).get_value(model.initial_states[0])) - ADDED


@pytest.mark.skipif(sys.platform != "linux", reason="stormpy ships for Linux only")
@pytest.mark.parametrize("seed", range(CONTRACTS))
def test_storm_agrees(seed: int, tmp_path: Path) -> None:
    one = world(Random(seed))
    text = "\n".join(
        line for line in lines(one).split("\n") if not line.startswith(("dna", "pay missed", "  at most 1 per"))
    )
    found = table(text, one.horizon)
    draw = patients(**{**one.patient, "dna": 0.0, "reading": 0.0, "slot": 0.0})
    kept = best(prism(found, draw), tmp_path / "course.nm")
    assert kept == pytest.approx(solve(found, draw, takes).value[PROFIT, 0], abs=1e-6)


@pytest.mark.skipif(sys.platform != "linux", reason="stormpy ships for Linux only")
@pytest.mark.parametrize("seed", range(WITH_A_DOOR))
def test_storm_agrees_on_measuring_again_at_entry(seed: int, tmp_path: Path) -> None:
    random = Random(9000 + seed)
    one, door = world_of_somebody_well(random), door_of(random)
    one = one._replace(patient={**one.patient, "dna": 0.0, "slot": 0.0}, terms=_unmissed(one), dna_limit=None)
    asked = entered(one, door)
    program = at_the_door(asked.table, patients(**one.patient), door)
    found = assess(asked, pattern("retest-at-entry"), Options(gaming=True))
    assert found.gain == pytest.approx(best(program, tmp_path / "door.nm") + door.refusal, abs=1e-6)


def _unmissed(one: World) -> dict[str, object]:
    return {name: value for name, value in one.terms.items() if name not in ("missed", "block")}
