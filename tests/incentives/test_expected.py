"""Carrying chances forwards and pounds backwards comes to the same."""

from __future__ import annotations

import numpy as np
import pytest

from carespec.incentives.expected import expected
from carespec.incentives.figures import figures_of
from carespec.incentives.solver import PAID, PROFIT, RECOVERIES, SESSIONS, departs_anyhow, solve
from incentive_contracts import setting

CONTRACTS = (
    "pay step-2: £40.00 per session\n  at most 6 per course",
    "pay step-2: £367.29 per course\n  when sessions is at least 2",
    "pay assessment: £30.00 per assessment\npay step-2: £200.00 per course\n  50% only when recovered at last reading",
    "dna-limit treatment: 2\npay step-2: £50.00 per session\npay missed: £10.00 per missed-appointment",
    "pay step-2: £60.00 per session\npay missed: £20.00 per missed-appointment\n  at most 2 per course",
    "pay step-2: £40.00 per session\npay missed: £20.00 per missed-appointment\n  at most 1 per 6 booked",
    "pay recovery-step-2: £366.00 per course\n  when recovered at 2 readings in a row",
    "steps-offered: step-2, step-3\nstep-up-when: not recovered after 4 sessions\npay step-2: £60.00 per session",
    "pay step-2: £10.00 per session",
)


@pytest.mark.parametrize("best", (False, True), ids=("indicated", "best"))
@pytest.mark.parametrize("lines", CONTRACTS)
def test_both_ways_agree(lines: str, best: bool) -> None:
    one = setting(f"indicated-sessions step-2: 7\n{lines}", plain=False)
    for kind in ("easy", "hard"):
        draws = figures_of(one.assumptions, one.step, kind, "idle").at(({},))
        solved = solve(one.table, draws, departs_anyhow if best else None, keep_actions=True, may_reject=best)
        found = expected(one.table, draws, solved)
        pay = found.pay(np.array(one.step.machine.amounts()))
        value = solved.value[:, 0]
        assert pay == pytest.approx(value[PAID] if solved.accepts[0] else 0.0, abs=1e-9)
        assert pay - found.cost == pytest.approx(value[PROFIT], abs=1e-9)
        assert found.sessions == pytest.approx(value[SESSIONS], abs=1e-9)
        if not found.up:
            assert found.recovered == pytest.approx(value[RECOVERIES], abs=1e-9)
