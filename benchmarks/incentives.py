"""`python -m benchmarks.incentives`: how long 20,000 pairs of a contract and a patient take, and one service's report.

The report and the repair are whole processes, each new; what they take is set beside `import numpy`, which nothing that
solves can do without. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks import installation
from benchmarks.timing import Command, Times, in_turn, ratio
from carespec.assumptions import default
from carespec.engine import Engine
from carespec.incentives.episode.contract import contract_of
from carespec.incentives.episode.step import table_of
from carespec.incentives.patients import patients
from carespec.incentives.solver import departs_anyhow, solve
from carespec.source import from_text

PAIRS, HORIZON, ROUNDS = 20_000, 20, 7
LINES = """service pairs
indicated-sessions step-3: 12
overlapping-payments: all-are-paid
pay step-3: £40.00 per session
  at most 12 per course
pay treatment: £100.00 per course
pay recovery-step-3: £100.00 per course
  when recovered at last reading
"""

TWO_STEPS = """service two-steps
steps-offered: step-2, step-3
steps-each-provider-must-offer: all
indicated-sessions step-2: 6
indicated-sessions step-3: 12
step-up-when: not recovered after 4 sessions
stop-when: recovered at last reading
overlapping-payments: all-are-paid
pay step-2: £40.00 per session
  at most 6 per course
pay step-3: £300.00 per course
  when sessions is at least 2
  25% only when recovered at last reading
pay recovery-step-2: £120.00 per course
  when recovered at last reading
"""
"""Two steps that one provider offers, paid in every way that the designs of recent years are."""

_IMPORT, _REPORT, _REPAIR = "import numpy", "report", "repair"
_AIM_SECONDS, _AIM_REPORT = 0.5, 2.0


def main() -> None:
    """Print one line for each figure; the exit code says nothing about speed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.incentives", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often to run each")
    parser.add_argument("--environment", help="measure in this environment instead of making a fresh one")
    options = parser.parse_args()
    taken = sorted(_pairs() for _ in range(options.rounds))
    best, middle = (f"{1000 * seconds:.0f} ms" for seconds in (taken[0], float(np.median(taken))))
    print(f"{PAIRS:,} pairs, horizon {HORIZON}: median {middle}, best {best} (aim: {1000 * _AIM_SECONDS:.0f} ms)")
    with TemporaryDirectory(prefix="carespec-benchmark-") as folder:
        if not options.environment:
            print("building the wheel, making an environment", file=sys.stderr)
        environment = options.environment and installation.programs_of(options.environment)
        _processes(environment or installation.make(folder), folder, options.rounds)


def _pairs() -> float:
    """Seconds to solve them in one batch: three actions, horizon 20."""
    read = Engine(()).read(from_text("pairs.care", LINES))
    assert read is not None
    step = contract_of(read.service, default(read.service.vocabulary.name)).steps[0]
    table, mixed = table_of(step, HORIZON), np.random.default_rng(1)
    draws = patients(
        PAIRS, session=mixed.uniform(20, 60, PAIRS), responders=mixed.uniform(0.1, 0.9, PAIRS), hazard=0.19,
        relapse=0.02, dropout=0.05,
    )  # fmt: skip
    start = time.perf_counter()
    solve(table, draws, departs_anyhow)
    return time.perf_counter() - start


def _processes(programs: str, folder: str, rounds: int) -> None:
    """Whole processes in turn, from an installed wheel."""
    with open(os.path.join(folder, "two-steps.care"), "w", encoding="utf-8") as file:
        file.write(TWO_STEPS)
    python, carespec = (os.path.join(programs, name) for name in ("python", "carespec"))
    numpy, report, repair = in_turn(
        [
            Command(_IMPORT, (python, "-c", "import numpy"), folder),
            Command(_REPORT, (carespec, "incentives", "two-steps.care"), folder, says="two-steps"),
            Command(_REPAIR, (carespec, "incentives", "two-steps.care", "--repair"), folder, says="step-3"),
        ],
        rounds,
    )
    for times in (report, repair):
        print(
            f"{times.name} of a service of two steps, cold: {_told(times)}, {ratio(times, numpy):.1f} of import numpy"
        )
    both = report.median + repair.median
    print(f"both, one process after the other: {both:.2f} s (aim: {_AIM_REPORT:.0f} s); import numpy: {_told(numpy)}")


def _told(times: Times) -> str:
    return f"{times.median:.2f} s (spread {times.spread:.2f}, {times.processors:.2f} processors busy)"


if __name__ == "__main__":
    main()
