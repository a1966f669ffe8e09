"""`python -m benchmarks.incentives`: how long 20,000 pairs of a contract and a patient take to solve, in one batch."""

from __future__ import annotations

import time

import numpy as np

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


def main() -> None:
    """Print the best and the median of a few rounds, in milliseconds; three actions, horizon 20."""
    read = Engine(()).read(from_text("pairs.care", LINES))
    assert read is not None
    step = contract_of(read.service, default(read.service.vocabulary.name)).steps[0]
    table, mixed = table_of(step, HORIZON), np.random.default_rng(1)
    draws = patients(
        PAIRS, session=mixed.uniform(20, 60, PAIRS), responders=mixed.uniform(0.1, 0.9, PAIRS), hazard=0.19,
        relapse=0.02, dropout=0.05,
    )  # fmt: skip
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        solve(table, draws, departs_anyhow)
        taken.append(1000 * (time.perf_counter() - start))
    print(f"{PAIRS} pairs, horizon {HORIZON}: best {min(taken):.0f} ms, median {np.median(taken):.0f} ms")


if __name__ == "__main__":
    main()
