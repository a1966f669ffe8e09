"""The picture of pay and cost: its numbers, that it is a picture, and that it is the same each time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from carespec.cli import carespec
from carespec.incentives.plot import curve, draw
from incentive_contracts import assumed, contract, service
from support import TOP

AREA = os.path.join(TOP, "specs", "first-wave-2012", "area-1.care")


@pytest.mark.parametrize(
    ("pays", "limit", "cliff", "paid_at_six"),
    (
        ("pay step-2: £367.29 per course\n  when sessions is at least 2", 8, 2, 367.29),
        ("pay step-2: £40.00 per session\n  at most 12 per course", 14, 12, 240.0),
        ("pay step-2: £40.00 per session", 8, 8, 240.0),
        ("pay step-2: £240.00 per course\n  when sessions is at least 6", 8, 6, 240.0),
    ),
)
def test_the_cliff_is_where_treating_on_keeps_less(pays: str, limit: int, cliff: int, paid_at_six: float) -> None:
    assumptions = assumed({"cost.session": 35})
    found = curve(contract(f"indicated-sessions step-2: {limit}\n{pays}", assumptions), 0, assumptions)
    assert found.ill[6] == pytest.approx(paid_at_six)
    assert found.cost[6] == pytest.approx(210)
    assert (min(found.cliff, limit), found.has_cliff) == (cliff, cliff < limit)


def test_where_nothing_is_paid_for_somebody_still_ill_the_cliff_is_at_the_start() -> None:
    lines = "indicated-sessions step-2: 8\npay recovery-step-2: £468.60 per course\n  when recovered at last reading"
    found = curve(contract(lines), 0, assumed({"cost.session": 35, "cost.reading": 5}))
    assert (found.cliff, found.has_cliff, found.kept(0)) == (0, True, 0.0)
    assert found.kept(8) == pytest.approx(-found.cost[8])


def test_the_figures_behind_the_picture_are_named() -> None:
    assumptions = assumed({"cost.session": (20, 35, 99), "cost.reading": 5, "dna": 0.089, "cost.missed-slot": 1})
    found = curve(contract("indicated-sessions step-2: 8\npay step-2: £300.00 per course", assumptions), 0, assumptions)
    assert found.assumed == (
        "likely: £35.00 a session, £5.00 a reading, 8.9% of appointments missed at 100% of the cost; shaded: £20.00 to "
        "£99.00 a session"
    )


def test_what_hangs_on_recovery_is_drawn_apart() -> None:
    lines = "indicated-sessions step-2: 8\npay step-2: £300.00 per course\n  50% only when recovered at last reading"
    found = curve(contract(lines), 0, assumed())
    assert (found.ill[4], found.recovered[4]) == (150.0, 300.0)


def test_equal_runs_give_equal_bytes(tmp_path: Path) -> None:
    lines = "indicated-sessions step-2: 8\npay step-2: £300.00 per course"
    for name in ("a.svg", "b.svg"):
        assert draw(str(tmp_path / name), [(service(lines), assumed())])
    first, second = ((tmp_path / name).read_bytes() for name in ("a.svg", "b.svg"))
    assert first == second and b"</svg>" in first


def run(*words: str) -> Result:
    return CliRunner().invoke(carespec, ["incentives", AREA, "--viability", *words])


def test_the_command_draws(tmp_path: Path) -> None:
    path = tmp_path / "area.png"
    assert run("--plot", str(path)).exit_code == 0
    assert path.read_bytes().startswith(b"\x89PNG")


def test_what_cannot_be_drawn_is_said(tmp_path: Path) -> None:
    done = run("--plot", "area.pictures")
    assert done.exit_code == 2 and "ends in .svg or .png" in done.output
    done = run("--plot", str(tmp_path / "nowhere" / "area.svg"))
    assert done.exit_code == 2 and "cannot be written" in done.output
    empty = tmp_path / "empty.care"
    empty.write_text("service empty\n", encoding="utf-8")
    done = CliRunner().invoke(carespec, ["incentives", str(empty), "--viability", "--plot", str(tmp_path / "x.svg")])
    assert done.exit_code == 2 and "nothing to draw" in done.output
