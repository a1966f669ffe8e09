"""Every reference case, computed independently beforehand, comes out to the digits given."""

from __future__ import annotations

import os
from itertools import product
from typing import Any

import pytest
import yaml

from carespec.incentives.bounds import gain_bounds
from carespec.incentives.episode.actions import ACCEPT, DISCHARGE, REJECT, TREAT, TREAT_UNMEASURED, Moment
from carespec.incentives.patients import Box, Patients, patients
from carespec.incentives.patterns import pattern
from carespec.incentives.patterns.one_reading_pays import falsely_paid
from carespec.incentives.solver import PAID, PROFIT, RECOVERIES, SESSIONS, departs_anyhow, solve
from carespec.incentives.text.coupling import Costs, Range, coupled
from carespec.payments.conditions import Events
from incentive_contracts import HIGH, LOW, pays, setting, step_of, table
from support import TOP

with open(os.path.join(TOP, "tests", "data", "incentive-cases.yaml"), encoding="utf-8") as _file:
    CASES: dict[str, Any] = yaml.safe_load(_file)

ELSEWHERE = {"gatekeeper", "no-volume-guarantee", "group"}
"""Cases about several patients or providers: the model of one course says nothing about them."""

HAZARDS = {"h_low": LOW, "h_high": HIGH}


def draws(case: dict[str, Any], cost: float, **changes: float) -> Patients:
    named = {key: HAZARDS.get(value, value) for key, value in {**case.get("patient", case), **changes}.items()}
    return patients(
        session=cost, **{key: named[key] for key in ("responders", "hazard", "relapse", "dropout") if key in named}
    )


def stays(moment: Moment, indicated: int, taken: int) -> bool:
    """Any departure but turning the referral away."""
    return taken != REJECT


def close(got: object, expected: object, digits: int = 4) -> None:
    assert round(float(got), digits) == round(float(expected), digits)  # type: ignore[arg-type]


def test_every_case_is_looked_at() -> None:
    with open(__file__, encoding="utf-8") as file:
        text = file.read()
    assert set(CASES) == {name for name in CASES if f'CASES["{name}"]' in text} | ELSEWHERE


def test_half_pay() -> None:
    case = CASES["half-pay"]
    lines = "indicated-sessions step-3: {}\nstop-when: none\npay step-3: £300.00 per course\n" + (
        "  50% only when recovered at last reading"
    )

    def at(share: float, sessions: int, cost: float) -> Any:
        return solve(table(lines.format(sessions)), patients(session=cost, hazard=1.0, responders=share)).value[:, 0]

    for share, income in case["expected-income"].items():
        close(at(float(share), 6, 0)[PAID], income, 2)
    close(at(0.7, 4, 40)[PROFIT], 95.00, 2)
    close(at(0.25, 8, 40)[PROFIT], -132.50, 2)
    close(at(0.6, 6, 40)[PROFIT], 0)
    close(at(1.0, 6, 50)[PROFIT], 0)
    assert at(1.0, 1, 493)[PROFIT] < 0


def test_two_session_flat_fee() -> None:
    case = CASES["two-session-flat-fee"]
    lines = pays(case["contract"], 8, "step-2")
    found, patient = table(lines, case["horizon"]), draws(case, case["cost-session"])
    best, course = solve(found, patient, stays).value[:, 0], solve(found, patient).value[:, 0]
    exact = case["exact"]
    close(best[PROFIT], exact["best-profit"])
    close(course[PROFIT], exact["indicated-profit"])
    close(best[PROFIT] - course[PROFIT], exact["gain"])
    close(best[RECOVERIES], exact["recovered-best"])
    close(course[RECOVERIES], exact["recovered-indicated"])
    lost = course[RECOVERIES] - best[RECOVERIES]
    close((best[PROFIT] - course[PROFIT]) / lost, exact["pounds-per-recovery-lost"])
    close(367.29 - 2 * 35, case["hand"]["stop-at-2"], 2)
    proof = coupled(found, stop_at_two, Costs(Range(35, 35)))
    close(proof.gain.least, 0)
    close(proof.gain.greatest, case["hand"]["keep-one-recovered-at-1"], 2)
    assert proof.is_structural


def stop_at_two(moment: Moment, indicated: int, taken: int) -> bool:
    """Two sessions for everybody."""
    if moment.session < 2:
        return indicated == DISCHARGE and taken == TREAT
    return indicated == TREAT and taken == DISCHARGE


def test_price_of_compliance_of_the_flat_fee() -> None:
    from carespec.incentives.sizes import price_of_compliance

    case = CASES["two-session-flat-fee"]
    given = {"cost.session": 35, "hazard": LOW}
    found = setting(pays(case["contract"], 8, "step-2"), given, case["horizon"])
    sum_ = price_of_compliance(found, pattern("stop-at-minimum"), "middle", {}, "idle")
    close(sum_, case["exact"]["price-of-compliance"])


def test_session_fee_to_a_cap() -> None:
    case = CASES["session-fee-to-a-cap"]
    found, patient = table(pays(case["contract"], 12), case["horizon"]), draws(case, 35)
    best, course, exact = solve(found, patient, stays).value[:, 0], solve(found, patient).value[:, 0], case["exact"]
    close(best[SESSIONS], exact["sessions-best"])
    close(best[PROFIT], exact["profit-best"])
    close(course[SESSIONS], exact["sessions-indicated"])
    close(best[PROFIT] - course[PROFIT], exact["gain"])
    close(best[RECOVERIES], exact["recovered-best"])
    close(course[RECOVERIES], exact["recovered-indicated"])
    close(best[PAID] - course[PAID], exact["extra-spend"])
    stretch = pattern("stretch-to-cap").departs
    assert stretch is not None
    assert coupled(found, stretch, Costs(Range(35, 35))).is_structural
    assert not coupled(found, stretch, Costs(Range(35, 41))).is_structural


@pytest.mark.parametrize("name", CASES["recovery-only-at-step-3"]["exact"])
def test_recovery_only_at_step_3(name: str) -> None:
    case = CASES["recovery-only-at-step-3"]
    exact, share = case["exact"][name], float(name.removeprefix("responders-"))
    found = table(pays(case["contract"], 14), case["horizon"])
    patient = draws(case["patients"], case["cost-session"], responders=share)
    solved = solve(found, patient, departs_anyhow, keep_actions=True)
    best, course = solved.value[:, 0], solve(found, patient).value[:, 0]
    close(course[PROFIT], exact["profit-indicated"])
    close(best[PROFIT], exact["profit-best"])
    close(course[RECOVERIES] - best[RECOVERIES], exact["recoveries-lost"])
    stops = next(n for n, actions in enumerate(solved.actions[0]) if actions[0, 0 if not n else 1, 0] == DISCHARGE)
    assert stops == exact["gives-up-after"]


def test_late_relapse() -> None:
    case = CASES["late-relapse"]
    found = table(pays(case["contract"], 14, stop="none"))
    patient, expected = draws(case, 35), case["profit"]
    recorded = next(n for n, record in enumerate(found.records) if record.last)
    course = solve(found, patient, keep_actions=True).values[0][8][PROFIT, 1, recorded, 0]
    skipping = pattern("stop-measuring-once-recovered").departs
    unmeasured = solve(found, patient, skipping, keep_actions=True).values[0][8][PROFIT, 1, recorded, 0]
    spent = 8 * 35
    close(course - spent, expected["treat-and-measure-to-14"])
    close(found.close[0][8][recorded] - spent, expected["discharge-at-8"], 2)
    close(unmeasured - spent, expected["treat-on-without-measuring"], 2)
    bad = next(n for n, record in enumerate(found.records) if record.last is False)
    close(found.close[0][14][bad] - 14 * 35, expected["realised-relapse"], 2)


def test_unpaid_non_attendance() -> None:
    case = CASES["unpaid-non-attendance"]
    found = table(pays(case["contract"], 1, "step-2", "none"), 1)

    def per_slot(chance: float) -> float:
        value = solve(found, patients(session=35, dna=chance, responders=0.5, hazard=0.3)).value
        return float(value[PROFIT, 0]) * (1 - chance)

    close(per_slot(case["break-even-rate"]), 0)
    for chance, margin in case["margin-per-slot"].items():
        close(per_slot(float(chance)), margin, 2)


@pytest.mark.parametrize(
    ("key", "missed"),
    [("none-paid", "none"), ("one-paid", "£40.00 per missed-appointment\n  at most 1 per 6 booked"),
     ("all-paid", "£40.00 per missed-appointment")],
)  # fmt: skip
def test_six_slots(key: str, missed: str) -> None:
    expected = CASES["unpaid-non-attendance"]["six-slots-at-0.25"][key]
    machine = step_of(f"pay step-2: £40.00 per session\npay missed: {missed}").machine
    amounts, total = machine.amounts(), 0.0
    for word in product((True, False), repeat=6):
        attended, chance = sum(word), 1.0
        for came in word:
            chance *= 0.75 if came else 0.25
        due = [unit for n in range(attended) for unit in machine.on_session(n + 1)]
        due += [unit for n in range(6 - attended) for unit in machine.on_missed(n + 1)]
        due += machine.at_close(Events(attended, 6 - attended, machine.needs.start()))
        total += chance * (sum(amounts[place] * number for place, number in due) - 6 * 35)
    close(total, expected)


def test_hold_at_step_2() -> None:
    case = CASES["hold-at-step-2"]
    lines = (
        "steps-offered: step-2, step-3\nindicated-sessions step-2: 6\nindicated-sessions step-3: 14\n"
        f"step-up-when: not recovered after {case['step-up-indicated-after']} sessions\n"
        "pay step-2: £40.00 per session\n  at most 6 per course\n"
        "pay recovery-step-3: £525.00 per course\n  when recovered at last reading"
    )
    found = table(lines, 6)
    patient = patients(session=35, responders=0.15, hazard=LOW, dropout=0.05)
    later = solve(
        table(pays({"outcome": 525}, 14), 14), patients(session=40, responders=0.5, hazard=HIGH, dropout=0.05)
    )
    after = later.value.copy()
    after[[PROFIT, SESSIONS, PAID]] = 0.0
    hold, exact = pattern("hold-at-step").departs, case["exact"]
    # Told of a patient who has come to the point of stepping up.
    arrived = solve(found, patient, hold, onward=after, keep_actions=True).values[0][3]
    stepped = solve(found, patient, onward=after, keep_actions=True).values[0][3]
    record = next(n for n, one in enumerate(found.records) if one.last is False)
    close(arrived[PROFIT, 0, record, 0] - stepped[PROFIT, 0, record, 0], exact["single-level-gain"])
    close(stepped[RECOVERIES, 0, record, 0], exact["recovered-if-stepped-up"])
    close(arrived[RECOVERIES, 0, record, 0], exact["recovered-if-held"])

    def holds(value: float) -> bool:
        worth = after.copy()
        worth[PROFIT] = value
        actions = solve(found, patient, hold, onward=worth, keep_actions=True).actions
        return bool(actions[0][3][0, record, 0] == TREAT)

    threshold = exact["threshold-on-value-of-step-3"]
    assert holds(threshold - 0.0001) and not holds(threshold + 0.0001)


@pytest.mark.parametrize(("reading", "key"), [("any reading", "any"), ("last reading", "last"),
                                              ("2 readings in a row", "two-in-a-row")])  # fmt: skip
def test_readings(reading: str, key: str) -> None:
    step = step_of(f"pay recovery-step-3: £1.00 per course\n  when recovered at {reading}")
    close(falsely_paid(step, 0.05, 12), CASES["readings"]["exact"][key])


def test_slot_price() -> None:
    case = CASES["slot-price"]
    found = table(pays(case["contract"], 12), case["horizon"])
    for price, sessions in case["sessions-at"].items():
        patient = draws(case, 35)._replace(slot=patients(slot=float(price)).slot)
        close(solve(found, patient, departs_anyhow).value[SESSIONS, 0], sessions)


def test_upcoding() -> None:
    exact = CASES["upcoding"]["exact"]
    lines = "indicated-sessions step-3: {}\nstop-when: none\npay step-3: £{} per course\n" + (
        "  50% only when recovered at last reading"
    )

    def margin(price: str, sessions: int, share: float) -> float:
        found = table(lines.format(sessions, price))
        return float(solve(found, patients(session=40, hazard=1.0, responders=share)).value[PROFIT, 0])

    price = f"{exact['equal-margin-price']:.2f}"
    close(margin(price, 8, 0.25), margin("300.00", 4, 0.7))
    close(margin(price, 4, 0.7), exact["easy-coded-hard"], 2)
    close(margin(price, 4, 0.7) - margin("300.00", 4, 0.7), exact["gain"], 2)


@pytest.mark.parametrize("fee", [34, 35, 36])
def test_control_fee_equals_cost(fee: int) -> None:
    case = CASES["control-fee-equals-cost"]
    found = table(pays({"session": fee, "cap": 14}, 14), case["horizon"])
    solved, course = solve(found, draws(case, 35), departs_anyhow), solve(found, draws(case, 35))
    close(solved.value[SESSIONS, 0], case["exact"][f"sessions-at-{fee}"])
    close(course.value[SESSIONS, 0], case["exact"]["sessions-indicated"])
    if fee == 35:
        close(solved.value[PROFIT, 0] - course.value[PROFIT, 0], case["exact"]["gain-at-35"])


def _turns_away(moment: Moment, indicated: int, taken: int) -> bool:
    return (indicated, taken) == (ACCEPT, REJECT)


def _keeps(moment: Moment, indicated: int, taken: int) -> bool:
    return indicated == DISCHARGE and taken == TREAT and moment.session < 6


def _skips(moment: Moment, indicated: int, taken: int) -> bool:
    return (indicated, taken) == (TREAT, TREAT_UNMEASURED) and moment.record.last is True


@pytest.mark.parametrize(
    ("name", "departs", "stop"),
    [("keep-to-a-minimum-of-6", _keeps, None), ("stop-measuring-after-recovery", _skips, "none"),
     ("reject-outcome-only-cost-40", _turns_away, None), ("reject-outcome-only-cost-177", _turns_away, None)],
)  # fmt: skip
def test_verdicts(name: str, departs: Any, stop: str | None) -> None:
    case = CASES["verdicts"][name]
    cost = case.get("cost", 35)
    found = coupled(table(pays(case["contract"], 8, "step-2", stop), 8), departs, Costs(Range(cost, cost)))
    close(found.gain.least, case["least"], 2)
    close(found.gain.greatest, case["greatest"], 2)
    assert found.is_structural is case["structural"]


def test_corners_do_not_prove() -> None:
    case = CASES["verdicts"]["corners-do-not-prove"]
    found = table(pays({"outcome": 1}, 8, stop="none"), 8)

    def gain(hazard: float) -> float:
        patient = patients(hazard=hazard, responders=1.0, relapse=0.10)
        return float((solve(found, patient, _skips).value - solve(found, patient).value)[PROFIT, 0])

    close(gain(0.02), case["at-h-0.02"])
    close(gain(1.0), case["at-h-1"])
    close(gain(0.249), case["greatest-at-h-0.249"])
    ends = [patients(hazard=hazard, responders=1.0, relapse=0.10) for hazard in (0.02, 1.0)]
    bounds = gain_bounds(found, Box(*ends), _skips)
    assert bounds.high[0] >= case["greatest-at-h-0.249"]
    assert bounds.low[0] <= case["at-h-0.02"] + 1e-4
