"""What is worked out side by side, or once for several, is what it is by itself."""

from __future__ import annotations

import numpy as np
import pytest

from carespec.incentives.abreast import abreast, goes_on_alone
from carespec.incentives.bounds import gain_bounds
from carespec.incentives.episode.actions import ILL, TREAT
from carespec.incentives.episode.step import Table
from carespec.incentives.figures import KINDS, SLOTS, Point, figures_of, sample
from carespec.incentives.gains import Setting, Trials, exact, exact_of
from carespec.incentives.patients import Box, Patients, patients
from carespec.incentives.patterns import Pattern, all_patterns, pattern
from carespec.incentives.proofs import Answer, Asked, Question, look
from carespec.incentives.reach import CHANGES, index, levels, record_after
from carespec.incentives.report import assess
from carespec.incentives.solver import PROFIT, departs_anyhow, solve
from incentive_contracts import setting, table

CONTRACTS = {
    "threshold": "indicated-sessions step-2: 5\npay step-2: £120.00 per course\n  when sessions is at least 2\n"
    "  30% only when recovered at last reading",
    "cap and outcome": "indicated-sessions step-2: 4\nstop-when: recovered at 2 readings in a row\n"
    "pay step-2: £40.00 per session\n  at most 5 per course\npay recovery-step-2: £150.00 per course\n"
    "  when recovered at any reading\noverlapping-payments: all-are-paid",
    "missed appointments": "indicated-sessions step-2: 3\ndna-limit treatment: 2\npay step-2: £45.00 per session\n"
    "pay missed: £15.00 per missed-appointment\n  at most 1 per 4 booked",
    "two steps": "steps-offered: step-2, step-3\nsteps-each-provider-must-offer: all\nindicated-sessions step-2: 4\n"
    "indicated-sessions step-3: 5\nstep-up-when: not recovered after 2 sessions\npay step-2: £40.00 per session\n"
    "pay recovery-step-3: £400.00 per course\n  when recovered at first reading",
}  # fmt: skip
DEPARTING = [one for one in all_patterns() if one.departs is not None]


def draws(count: int) -> Patients:
    dice = np.random.default_rng(8)
    ends = {"session": (10, 80), "reading": (0, 6), "slot": (0, 20), "missed": (0, 1), "dna": (0.02, 0.4),
            "hazard": (0.05, 0.6), "responders": (0, 1), "relapse": (0, 0.3), "dropout": (0, 0.3),
            "assessment": (0, 30), "rejection": (0, 30)}  # fmt: skip
    return patients(count, **{name: dice.uniform(*between, count) for name, between in ends.items()})


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_patient_among_thousands_is_treated_as_one_alone(name: str) -> None:
    found, many = table(CONTRACTS[name]), draws(13_000)
    together = solve(found, many, departs_anyhow).value
    for number in (0, 4095, 4096, 9000, 12_999):
        alone = solve(found, many.columns(slice(number, number + 1)), departs_anyhow).value
        assert np.allclose(together[:, number], alone[:, 0], rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", CONTRACTS)
def test_each_row_leads_where_the_table_says(name: str) -> None:
    """States that have one row lead to the same places, and no state is missed that is come to."""
    found = table(CONTRACTS[name])
    plan = levels(found, departs_anyhow)
    assert [(plan[0].health[0], plan[0].record[0])] == [(ILL, 0)] and plan[0].size == 1
    for n, level in enumerate(plan):
        for move in level.moves:
            for rows in (move.first, move.also) if move.sessions else ():
                places = zip(np.arange(level.size)[rows.of].tolist(), _all(rows.row), strict=True)
                for state, row in places:
                    health, record = int(level.health[state]), int(level.record[state])
                    leads = [(then, record_after(found, n, record, move.action, then))
                             for then in (health, CHANGES[health])]  # fmt: skip
                    assert move.sessions is not None and _all(move.sessions.health)[row] == health
                    for to, (then, after) in zip((move.sessions.stay, move.sessions.change), leads, strict=True):
                        place = _all(to)[row]
                        assert (plan[n + 1].health[place], plan[n + 1].record[place]) == (then, after)


def _all(places: object) -> list[int]:
    assert isinstance(places, slice | np.ndarray)
    return list(range(places.start, places.stop)) if isinstance(places, slice) else [int(one) for one in places]


def test_only_where_the_last_reading_counts_do_records_share_a_row() -> None:
    def rows(found: Table, n: int) -> tuple[int, int]:
        treat = next(move for move in levels(found, departs_anyhow)[n].moves if move.action == TREAT)
        assert treat.sessions is not None
        return len(_all(treat.sessions.health)), levels(found, departs_anyhow)[n].size

    shared, states = rows(table(CONTRACTS["threshold"]), 3)
    assert shared == 3 < states
    counted, states = rows(table(CONTRACTS["missed appointments"]), 2)
    assert counted == states, "a missed appointment leads back to each state by itself"


def test_places_that_follow_each_other_are_a_slice() -> None:
    assert index([2, 3, 4]) == slice(2, 5) and index([]) == slice(0, 0)
    assert _all(index([2, 4])) == [2, 4] and _all(index([4, 3])) == [4, 3]


@pytest.mark.parametrize("name", CONTRACTS)
@pytest.mark.parametrize("one", DEPARTING, ids=lambda one: one.name)
def test_bounds_at_a_point_are_the_gain(name: str, one: Pattern) -> None:
    """Whichever of the two courses need not be followed alone for that pattern."""
    assert one.departs is not None
    found, some = table(CONTRACTS[name]), draws(5)
    gain = solve(found, some, one.departs).value[PROFIT] - solve(found, some).value[PROFIT]
    low, high = gain_bounds(found, Box(some, some), one.departs)
    assert np.allclose(low, gain, rtol=0, atol=1e-9) and np.allclose(high, gain, rtol=0, atol=1e-9)


def test_a_course_is_followed_alone_only_where_it_may_be() -> None:
    found = table(CONTRACTS["threshold"])
    stop, stretch = (pattern(name).departs for name in ("stop-at-minimum", "stretch-to-cap"))
    assert stop is not None and stretch is not None
    assert goes_on_alone(abreast(found, stop)) == (False, True)
    held = table(CONTRACTS["cap and outcome"], 6)
    assert goes_on_alone(abreast(held, stretch)) == (True, False)


def _answers(asked: Setting, one: Pattern, questions: list[Question], together: bool) -> list[Answer]:
    found = [Asked(question) for question in questions]
    for group in [found] if together else [[each] for each in found]:
        while open_ones := [each for each in group if each.answer is None]:
            look(asked, one, open_ones)
    return [each.answer for each in found if each.answer is not None]


@pytest.mark.parametrize(
    "name",
    ["stop-at-minimum", "price-below-cost", "take-only-easy-cases", "reject-for-free", "hurry-through",
     "unpaid-missed-appointments", "problem-no-measure-sees"],
)  # fmt: skip
def test_questions_asked_together_are_answered_as_alone(name: str) -> None:
    one = pattern(name)
    asked = setting(CONTRACTS["threshold"], plain=False)
    questions = [
        Question(slot, kind, material, holds, (1.0,) * 10, 24)
        for slot in SLOTS for kind in range(len(KINDS)) for material in (0.5, 40.0) for holds in (True, False)
    ]  # fmt: skip
    together, alone = (_answers(asked, one, questions, way) for way in (True, False))
    assert together == alone and len({answer.outcome for answer in together}) > 1


@pytest.mark.parametrize("name", ["threshold", "two steps"])
def test_what_patterns_share_changes_nothing(name: str) -> None:
    asked = setting(CONTRACTS[name], plain=False)
    trials = Trials(asked)
    for one in all_patterns():
        assert assess(asked, one, trials=trials) == assess(asked, one), one.name


@pytest.mark.parametrize("name", ["stop-at-minimum", "reject-for-free", "take-only-easy-cases"])
def test_one_kind_at_one_slot_price_is_as_among_all(name: str) -> None:
    asked, one = setting(CONTRACTS["two steps"], plain=False), pattern(name)
    points: tuple[Point, ...] = (*sample(4), {"slot": 0.25})
    every = exact(asked, one, points).gain
    if one.who == "any":
        alone = exact_of(asked, one, Trials(asked).at(points, ("waiting",), ("hard",))).gain
        assert np.allclose(alone[0, 0], every[1, 2], rtol=0, atol=1e-9)
    for slot, kind, number in ((0, 0, 0), (1, 2, 5), (0, 1, len(points) - 1)):
        figures = figures_of(asked.assumptions, asked.step, KINDS[kind], SLOTS[slot]).at((points[number],))
        laid = asked.draws(points).columns(np.array([(slot * len(KINDS) + kind) * len(points) + number]))
        assert all(np.array_equal(a, b) for a, b in zip(figures, laid, strict=True))
