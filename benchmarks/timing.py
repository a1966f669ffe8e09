"""Measures whole processes: wall time in turn, and memory.

A machine's speed drifts by more than half for minutes, so two commands are only ever compared in turn (A B A B …),
and what is kept is the median of the ratios, round by round.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from glob import glob
from statistics import median
from typing import NamedTuple

_SAMPLE_EVERY = 0.01


ROUND = "<round>"
"""Stands in a command for the number of the round, from 00001: so each round can take another file."""


class Command(NamedTuple):
    """A command line, the folder it runs in, the exit codes that mean that it did its work, and a word of its output.

    A command that fails is quick: without these a broken run would look like a fast one. `changes` is a file that says
    something new before each run, which is not timed.
    """

    name: str
    words: tuple[str, ...]
    folder: str
    passes: tuple[int, ...] = (0,)
    says: str = ""
    changes: str = ""


class Once(NamedTuple):
    """Seconds that one run took, and those that its processes worked, all together."""

    wall: float
    processor: float


class Times(NamedTuple):
    """Seconds of each round."""

    name: str
    seconds: tuple[float, ...]
    worked: tuple[float, ...]

    @property
    def processors(self) -> float:
        """How many processors it kept busy: well below its processes if other programs took their share."""
        return median(worked / seconds for worked, seconds in zip(self.worked, self.seconds, strict=True))

    @property
    def median(self) -> float:
        """The median, in seconds."""
        return median(self.seconds)

    @property
    def spread(self) -> float:
        """The slowest round over the fastest: above about 1.5 the machine was busy, and only ratios count."""
        return max(self.seconds) / min(self.seconds)


class DidNotWork(Exception):
    """A command that was measured did not do its work, so that its time means nothing."""


def in_turn(commands: Sequence[Command], rounds: int) -> list[Times]:
    """Each command once in every round, first one then the other in front, after a round that is not counted."""
    for command in commands:
        once(command)
    runs: dict[str, list[Once]] = {command.name: [] for command in commands}
    for number in range(rounds):
        for command in commands if number % 2 == 0 else reversed(commands):
            runs[command.name].append(once(command, number + 1))
    return [
        Times(name, tuple(run.wall for run in kept), tuple(run.processor for run in kept))
        for name, kept in runs.items()
    ]


def ratio(one: Times, other: Times) -> float:
    """The median over the rounds of how many times the other's time the one took."""
    return median(a / b for a, b in zip(one.seconds, other.seconds, strict=True))


def excess(one: Times, other: Times) -> float:
    """The median over the rounds of how many seconds the one took beyond the other."""
    return median(a - b for a, b in zip(one.seconds, other.seconds, strict=True))


def once(command: Command, number: int = 1) -> Once:
    """The seconds that one run takes. Raises DidNotWork."""
    words = tuple(word.replace(ROUND, f"{number:05}") for word in command.words)
    command = command._replace(words=words)
    if command.changes:
        _change(os.path.join(command.folder, command.changes.replace(ROUND, f"{number:05}")), number)
    with open(os.path.join(command.folder, ".output"), "w+b") as output:
        begun = time.perf_counter()
        process = _start(command, output.fileno())
        _, status, usage = os.wait4(process.pid, 0)
        taken = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        _require(command, process.returncode, output.read())
    return Once(taken, usage.ru_utime + usage.ru_stime)


def _change(path: str, number: int) -> None:
    """One line more, which no other file has."""
    with open(path, "a", encoding="utf-8") as file:
        file.write(f'define changed-{number}-{time.time_ns()}: "What round {number} brings about."\n')


def _start(command: Command, output: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command.words, cwd=command.folder, env=_environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=output
    )


def _environment() -> Mapping[str, str]:
    """Without what would change how Python starts: paths, and being told to compile every module every time."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "CARESPEC", "FORCE_"))}


def _require(command: Command, code: int, output: bytes) -> None:
    if code not in command.passes or command.says.encode() not in output:
        told = output.decode(errors="replace")[-2000:]
        raise DidNotWork(f"{' '.join(command.words)} ended with {code}, after:\n{told}")


class Peak(NamedTuple):
    """Memory in MiB: of the largest process, and of all together (None where the system does not tell)."""

    largest: float
    together: float | None


def peak(command: Command) -> Peak:
    """The most memory that a run holds. Pages that processes share are counted once (Linux only)."""
    with open(os.path.join(command.folder, ".output"), "w+b") as output:
        process = _start(command, output.fileno())
        most = 0
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            most = max(most, _together(process.pid))
            time.sleep(_SAMPLE_EVERY)
        output.seek(0)
        process.returncode = os.waitstatus_to_exitcode(status)
        _require(command, process.returncode, output.read())
    unit = 1 if sys.platform == "darwin" else 1024
    return Peak(usage.ru_maxrss * unit / 2**20, most / 2**10 if most else None)


def _together(pid: int) -> int:
    """KiB of a process and all below it, each page by its share; 0 where `/proc` does not tell."""
    total = 0
    try:
        with open(f"/proc/{pid}/smaps_rollup") as file:
            total += next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        for path in glob(f"/proc/{pid}/task/*/children"):
            with open(path) as file:
                total += sum(_together(int(child)) for child in file.read().split())
    except (OSError, StopIteration):
        pass  # it ended while it was being looked at
    return total
