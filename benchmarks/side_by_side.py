"""Compares 100, 1,000 and 10,000 synthetic services and prints the curve: `python -m benchmarks.side_by_side`.

Parsing is timed apart: the aim is about services as facts. Times are of the clock, so a machine at work shows more.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import time
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import yaml

from benchmarks.corpus import as_care, services
from carespec.compare.compared import compare
from carespec.compare.counts import counter
from carespec.compare.gather import Gathered, Gatherer
from carespec.engine import Engine
from carespec.model.facts import Service
from carespec.processes import shared
from carespec.resources import data_dir
from carespec.source import from_text

_SIZES = (100, 1_000, 10_000)
_AIM_SECONDS, _AIM_BYTES = 10.0, 1 << 30
_PORTION = 50


def main() -> None:
    """Print one line a size; the exit code says nothing about speed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.side_by_side", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(_SIZES), help="how many services")
    parser.add_argument("--seed", type=int, default=2012, help="another seed gives another corpus")
    parser.add_argument("--processes", type=int, default=min(os.cpu_count() or 1, 2), help="how many to share the work")
    options = parser.parse_args()
    gc.disable()  # as the program itself runs
    print(f"{'services':>8}  {'parse':>8}  {'gather':>8}  {'compare':>8}  {'gather+compare':>15}  {'memory':>8}")
    for size in options.sizes:
        print(_line(size, options.seed, options.processes), flush=True)


def _line(size: int, seed: int, processes: int) -> str:
    with open(os.path.join(data_dir("specs"), "vocabulary", "psychological-therapies.yaml"), encoding="utf-8") as file:
        data = yaml.safe_load(file)
    texts = [(f"{n}.care", as_care(one, Random(n))) for n, one in enumerate(services(size, data, seed))]
    portions = [texts[start : start + _PORTION] for start in range(0, len(texts), _PORTION)]
    begun = time.perf_counter()
    done = shared(portions, _portion_gatherer(), processes)
    # Portions are shared evenly, so the processes finish together. What is not parsing is gathering and transport.
    parsed = sum(parse for _, parse in done) / processes
    gathering = time.perf_counter() - begun - parsed
    gathered = [one for some, _ in done for one in some]
    begun = time.perf_counter()
    compared = compare(gathered)
    comparing = time.perf_counter() - begun
    assert sum(len(one.services) for one in compared) == size
    memory = 1024 * (_peak(resource.RUSAGE_SELF) + processes * _peak(resource.RUSAGE_CHILDREN))
    both = gathering + comparing
    note = "" if size < max(_SIZES) else _against(both, memory)
    return (
        f"{size:>8,}  {parsed:>6.2f} s  {gathering:>6.2f} s  {comparing:>6.2f} s  {both:>13.2f} s  "
        f"{memory >> 20:>4} MiB{note}"
    )


def _peak(who: int) -> int:
    return resource.getrusage(who).ru_maxrss


def _against(seconds: float, memory: int) -> str:
    met = seconds < _AIM_SECONDS and memory < _AIM_BYTES
    return f"  (aim: under {_AIM_SECONDS:g} s and {_AIM_BYTES >> 20} MiB; {'met' if met else 'missed'})"


def _portion_gatherer() -> Callable[[Sequence[tuple[str, str]]], tuple[list[Gathered], float]]:
    """A function that reads and gathers some texts, and says how long the reading took."""
    engine, gather = Engine(()), Gatherer(counter())

    def work(texts: Sequence[tuple[str, str]]) -> tuple[list[Gathered], float]:
        begun = time.perf_counter()
        read: list[Any] = [engine.read(from_text(path, text)) for path, text in texts]
        parsed = time.perf_counter()
        found: list[Service] = [one.service for one in read if one is not None]
        return [gather(service) for service in found], parsed - begun

    return work


if __name__ == "__main__":
    main()
