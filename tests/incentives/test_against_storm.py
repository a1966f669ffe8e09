"""A model checker that we did not write finds the same best profit: contracts are exported to the PRISM language.

Storm (`stormpy`) ships for Linux only; elsewhere this is skipped, on Linux never, so that all of CI runs it. Its
rewards may not be negative. So everything is paid at the end, where sessions and record say how much it was, and the
same sum is added to every course.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from random import Random

import pytest
from test_against_whole_histories import lines, takes, world

from carespec.incentives.episode.actions import RECOVERED, TREAT, TREAT_UNMEASURED
from carespec.incentives.episode.step import Table
from carespec.incentives.patients import Patients, patients
from carespec.incentives.solver import PROFIT, solve
from incentive_contracts import table

CONTRACTS = 24
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


@pytest.mark.skipif(sys.platform != "linux", reason="stormpy ships for Linux only")
@pytest.mark.parametrize("seed", range(CONTRACTS))
def test_storm_agrees(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    import stormpy

    one = world(Random(seed))
    text = "\n".join(
        line for line in lines(one).split("\n") if not line.startswith(("dna", "pay missed", "  at most 1 per"))
    )
    found = table(text, one.horizon)
    draw = patients(**{**one.patient, "dna": 0.0, "reading": 0.0, "slot": 0.0})
    path = tmp_path_factory.mktemp("prism") / "course.nm"
    path.write_text(prism(found, draw), encoding="utf-8")
    program = stormpy.parse_prism_program(str(path))
    wanted = stormpy.parse_properties('R{"kept"}max=? [F "paid"]', program)
    model = stormpy.build_model(program, wanted)
    best = stormpy.model_checking(model, wanted[0]).get_value(model.initial_states[0]) - ADDED
    assert best == pytest.approx(solve(found, draw, takes).value[PROFIT, 0], abs=1e-6)
