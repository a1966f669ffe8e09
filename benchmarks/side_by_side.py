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
from typing import Any, NamedTuple

import yaml

from benchmarks.corpus import as_care, services
from carespec.compare.compared import compare
from carespec.compare.counts import counter
from carespec.compare.crossing import Receiver, Sender, Sent
from carespec.compare.gather import Gathered, Gatherer
from carespec.engine import Engine
from carespec.processes import shared
from carespec.resources import data_dir
from carespec.source import Source, from_text

_SIZES = (100, 1_000, 10_000)
_AIM_SECONDS, _AIM_BYTES = 10.0, 1 << 30
_PORTION = 50
_HEADER = f"{'services':>8}  {'processes':>9}  {'parse':>8}  {'records':>8}  {'compare':>8}  {'from facts':>10}"


class _Took(NamedTuple):
    """Seconds for reading the texts, for making records of the services (and sending them), and for comparing them."""

    parsing: float
    records: float
    comparing: float

    @property
    def from_facts(self) -> float:
        """All but the reading."""
        return self.records + self.comparing


def main() -> None:
    """Print two lines a size, with one process and with several; the exit code says nothing about speed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.side_by_side", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(_SIZES), help="how many services")
    parser.add_argument("--seed", type=int, default=2012, help="another seed gives another corpus")
    parser.add_argument("--processes", type=int, default=min(os.cpu_count() or 1, 2), help="how many to share the work")
    options = parser.parse_args()
    gc.disable()  # as the program itself runs
    print(f"{_HEADER}  {'a service':>9}  {'memory':>8}")
    for size in options.sizes:
        for processes in sorted({1, options.processes}):
            print(_line(size, options.seed, processes), flush=True)


def _line(size: int, seed: int, processes: int) -> str:
    """Measured in a process of its own, so that its memory is that of one size."""
    (found,) = shared([size], lambda size: (_took(size, seed, processes), _memory(processes)), 1)
    took, memory = found
    met = took.from_facts < _AIM_SECONDS and memory < _AIM_BYTES
    aim = f"  (aim: under {_AIM_SECONDS:g} s and {_AIM_BYTES >> 20} MiB; {'met' if met else 'missed'})"
    return (
        f"{size:>8,}  {processes:>9}  {took.parsing:>6.2f} s  {took.records:>6.2f} s  {took.comparing:>6.2f} s  "
        f"{took.from_facts:>8.2f} s  {1000 * took.from_facts / size:>6.2f} ms  {memory >> 20:>4} MiB"
        f"{aim if size >= max(_SIZES) else ''}"
    )


def _took(size: int, seed: int, processes: int) -> _Took:
    portions = _portions(size, seed)
    begun = time.perf_counter()
    if processes == 1:
        work = _portion_gatherer()
        done = [work(portion) for portion in portions]
        gathered = [one for some, _ in done for one in some]
    else:
        sent = shared(portions, _portion_sender(), processes)
        done, receiver = sent, Receiver()
        gathered = [receiver(one) for some, _ in sent for one in some]
    # Portions are shared evenly, so the processes finish together. What is not parsing is records and their way.
    parsing = sum(parse for _, parse in done) / processes
    records = time.perf_counter() - begun - parsing
    begun = time.perf_counter()
    compared = compare(gathered)
    comparing = time.perf_counter() - begun
    assert sum(len(one.services) for one in compared) == size
    return _Took(parsing, records, comparing)


def _portions(size: int, seed: int) -> list[list[Source]]:
    with open(os.path.join(data_dir("specs"), "vocabulary", "psychological-therapies.yaml"), encoding="utf-8") as file:
        data = yaml.safe_load(file)
    texts = [from_text(f"{n}.care", as_care(one, Random(n))) for n, one in enumerate(services(size, data, seed))]
    return [texts[start : start + _PORTION] for start in range(0, len(texts), _PORTION)]


def _memory(processes: int) -> int:
    """The largest of each process, summed, in bytes: what they share counts more than once."""
    return 1024 * (_peak(resource.RUSAGE_SELF) + (processes * _peak(resource.RUSAGE_CHILDREN) if processes > 1 else 0))


def _peak(who: int) -> int:
    return resource.getrusage(who).ru_maxrss


def _portion_gatherer() -> Callable[[Sequence[Source]], tuple[list[Gathered], float]]:
    """A function that reads and gathers some texts, and says how long the reading took."""
    engine, gather = Engine(()), Gatherer(counter())

    def work(texts: Sequence[Source]) -> tuple[list[Gathered], float]:
        begun = time.perf_counter()
        read: list[Any] = [engine.read(source) for source in texts]
        parsed = time.perf_counter()
        return [gather(one.service) for one in read if one is not None], parsed - begun

    return work


def _portion_sender() -> Callable[[Sequence[Source]], tuple[list[Sent], float]]:
    """The same, with the records ready to be sent."""
    gather, send = _portion_gatherer(), Sender()

    def work(texts: Sequence[Source]) -> tuple[list[Sent], float]:
        gathered, parsing = gather(texts)
        return [send(one) for one in gathered], parsing

    return work


if __name__ == "__main__":
    main()
