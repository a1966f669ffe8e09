"""Measures carespec beside its peers and prints ratios, each beside what we aim at. Takes about eight minutes.

Only ratios of one run are worth reading: see README.md. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

if __package__ in (None, ""):
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import yaml

from benchmarks import installation
from benchmarks.corpus import as_care, services
from benchmarks.peers import YAMLLINT_RULES, as_ledger, as_yaml, main_ledger
from benchmarks.timing import ROUND, Command, Times, excess, in_turn, peak, ratio
from benchmarks.values import Data

_VOCABULARY = os.path.join(installation.CHECKOUT, "specs", "vocabulary", "psychological-therapies.yaml")
_MOST_FILES = 10_000
_REFERENCE_START = 9.6
"""Milliseconds of `python -c pass` on the machine where the 40 ms of `--version` were set."""


class Setting(NamedTuple):
    """Where everything is, how much there is of it, and how often to run."""

    programs: str
    folder: str
    files: int
    rounds: int
    rounds_many: int
    unchanged: int = _MOST_FILES

    def command(self, name: str, *words: str, passes: tuple[int, ...] = (0, 1), says: str = "") -> Command:
        """A program of the environment, run in the corpus."""
        program = os.path.join(self.programs, words[0])
        return Command(name, (program, *words[1:]), self.folder, passes, says)


class Line(NamedTuple):
    """One line of the table: what, the figure, what we aim at, and whether it is met."""

    what: str
    figure: str
    target: str
    met: bool


def main() -> None:
    """Measure, and print the table. The exit code says nothing about speed."""
    options = _options()
    with TemporaryDirectory(prefix="carespec-benchmark-") as folder:
        if options.environment:
            programs = installation.programs_of(options.environment)
        else:
            _say("building the wheel, making an environment")
            programs = installation.make(folder)
        corpus = os.path.join(folder, "corpus")
        _say(f"writing {options.files:,} services, the same as YAML, and as many ledgers")
        write_corpus(corpus, options.files, options.seed)
        if "many-unchanged" not in options.skip:
            write_services(corpus, "many", options.unchanged, options.seed)
        setting = Setting(programs, corpus, options.files, options.rounds, options.rounds_many, options.unchanged)
        for name, measure in PARTS.items():
            if name not in options.skip:
                _print(measure(setting))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--files", type=int, default=1000, help=f"how many files, at most {_MOST_FILES:,}")
    parser.add_argument("--unchanged", type=int, default=_MOST_FILES, help="how many files that have not changed")
    parser.add_argument("--rounds", type=int, default=15, help="rounds of what takes less than a second")
    parser.add_argument("--rounds-many", type=int, default=3, help="rounds of what takes longer")
    parser.add_argument("--seed", type=int, default=2012, help="another seed gives another corpus")
    parser.add_argument("--skip", nargs="+", choices=list(PARTS), default=[], help="parts to leave out")
    parser.add_argument("--environment", help="measure in this environment instead of making a fresh one")
    options = parser.parse_args()
    if not 40 <= options.files <= _MOST_FILES:
        parser.error(f"--files is from 40 (fewer are checked by one process) to {_MOST_FILES}")
    if not 40 <= options.unchanged <= _MOST_FILES:
        parser.error(f"--unchanged is from 40 to {_MOST_FILES}")
    if not 1 <= options.rounds <= options.files or options.rounds_many < 1:
        parser.error("--rounds is from 1 to --files, since each round checks another file; --rounds-many is at least 1")
    return options


def write_corpus(folder: str, count: int, seed: int) -> None:
    """Write `care/`, `yaml/`, and `ledgers/` with `main.beancount`, which includes the others."""
    data = _vocabulary()
    names = []
    for number, service in enumerate(services(count, data, seed), 1):
        random = Random(f"{seed}/mistakes/{number}")
        _write(folder, "care", f"{number:05d}.care", as_care(service, random))
        _write(folder, "yaml", f"{number:05d}.yaml", as_yaml(service))
        names.append(f"{number:05d}.beancount")
        _write(folder, "ledgers", names[-1], as_ledger(number, random))
    _write(folder, "ledgers", "main.beancount", main_ledger(names))


def _vocabulary() -> Data:
    with open(_VOCABULARY, encoding="utf-8") as file:
        data: Data = yaml.safe_load(file)
    return data


def write_services(folder: str, name: str, count: int, seed: int) -> None:
    """Write a folder of services alone."""
    for number, service in enumerate(services(count, _vocabulary(), seed), 1):
        _write(folder, name, f"{number:05d}.care", as_care(service, Random(f"{seed}/mistakes/{number}")))


def _write(*path_and_text: str) -> None:
    *path, text = path_and_text
    os.makedirs(os.path.join(*path[:-1]), exist_ok=True)
    with open(os.path.join(*path), "w", encoding="utf-8") as file:
        file.write(text)


# The parts. Each yields lines of the table.


def one_file(setting: Setting) -> Iterator[Line]:
    """One file with nothing cached; another one in each round."""
    words = ("check", "--no-cache", f"care/{ROUND}.care")
    ours = setting.command("carespec", "carespec", *words, says="Checked 1 service")
    alone = setting.command("its checks", "carespec", *words, *_NO_GUIDANCE, says="Checked 1 service")
    theirs = setting.command("yamllint", "yamllint", "-d", YAMLLINT_RULES, f"yaml/{ROUND}.yaml")
    carespec, checks, yamllint = in_turn([ours, alone, theirs], setting.rounds)
    yield _ratio("one file, nothing cached", carespec, yamllint, 1.0, stretch=0.6)
    yield _ratio(_CHECKS_ALONE, checks, yamllint, 1.0, stretch=0.6)


_NO_GUIDANCE = ("--guidance", "none")
_CHECKS_ALONE = "… without guidance"


def many_files(setting: Setting) -> Iterator[Line]:
    """Many files with nothing cached."""
    ours, alone = _many(setting), _many(setting, *_NO_GUIDANCE)._replace(name="its checks")
    ledgers = setting.command("bean-check", "bean-check", "--no-cache", "ledgers/main.beancount", passes=(0,))
    theirs = setting.command("yamllint", "yamllint", "-d", YAMLLINT_RULES, "yaml")
    carespec, checks, beancount, yamllint = in_turn([ours, alone, ledgers, theirs], setting.rounds_many)
    what = f"{setting.files:,} files, nothing cached"
    busy = f"carespec kept {carespec.processors:.2f} of {os.cpu_count()} processors busy"
    _say(f"{busy}, bean-check {beancount.processors:.2f}")
    yield _ratio(what, carespec, beancount, 0.6)
    yield _ratio(_CHECKS_ALONE, checks, beancount, 0.6)
    yield _ratio(what, carespec, yamllint, 1 / 12)
    yield _ratio(_CHECKS_ALONE, checks, yamllint, 1 / 12)


def unchanged(setting: Setting) -> Iterator[Line]:
    """A file that has not changed since the last run: in_turn runs each command once before it counts."""
    ours = setting.command("carespec", "carespec", "check", "care/00001.care", says="Checked 1 service")
    theirs = setting.command("yamllint", "yamllint", "-d", YAMLLINT_RULES, "yaml/00001.yaml")
    carespec, yamllint = in_turn([ours, theirs], setting.rounds)
    yield _ratio("one file, unchanged", carespec, yamllint, 0.6, stretch=0.35)


def many_unchanged(setting: Setting) -> Iterator[Line]:
    """Many files that have not changed since the last run, over reading them."""
    ours = setting.command("carespec", "carespec", "check", "many", says=f"Checked {setting.unchanged:,} services")
    reading = setting.command("reading them", "python", "-c", _READ_ALL, passes=(0,))
    carespec, read = in_turn([ours, reading], max(3, setting.rounds_many))
    yield _ratio(f"{setting.unchanged:,} files, unchanged", carespec, read, 5, stretch=2.4)


_READ_ALL = "import os; [open(entry.path, 'rb').read() for entry in os.scandir('many')]"


def changed(setting: Setting) -> Iterator[Line]:
    """One changed file among many, over the same run with nothing changed and that file alone, cold."""
    whole = setting.command("nothing changed", "carespec", "check", "care", says=f"Checked {setting.files:,} services")
    one = setting.command("carespec", "carespec", "check", "care", says=f"Checked {setting.files:,} services")
    file = f"care/{ROUND}.care"
    alone = setting.command("alone", "carespec", "check", "--no-cache", file, says="Checked 1 service")
    after, before, cold = in_turn([one._replace(changes=file), whole, alone], max(3, setting.rounds_many))
    yield _over_both(f"1 changed of {setting.files:,} files", after, before, cold)


def _over_both(what: str, after: Times, before: Times, cold: Times) -> Line:
    found = median(a / (b + c) for a, b, c in zip(after.seconds, before.seconds, cold.seconds, strict=True))
    times = f"{after.median * 1000:,.0f} to {before.median * 1000:,.0f} + {cold.median * 1000:,.0f} ms"
    return Line(what, f"{found:.3f} of the run unchanged and it alone ({times})", "at most 1", found <= 1)


def hook(setting: Setting) -> Iterator[Line]:
    """The hook that runs at every commit, where a commit touches no specification."""
    folder = os.path.join(setting.folder, "repository")
    _write(folder, "specs", "northshire.care", "service northshire\n")
    _write(folder, "carespec.toml", 'corpus = ["specs"]\n')
    _write(folder, "README.md", "A page.\n")
    for words in (["init", "-q"], ["add", "README.md"]):
        subprocess.run(["git", *words], cwd=folder, check=True)
    ours = setting.command("carespec", "carespec", "check", "--from-index", "--if-staged", says="Not checked")
    bare = setting.command("python -c pass", "python", "-c", "pass", passes=(0,))
    carespec, nothing = in_turn([ours._replace(folder=folder, passes=(0,)), bare], setting.rounds)
    took = carespec.median * 1000
    figure = f"{took:.0f} ms, {ratio(carespec, nothing):.1f} of {nothing.name} ({_both(carespec, nothing)})"
    yield Line("hook, no specification", figure, "under 100 ms", took < 100)
    yield _there(took, nothing, "under 100 ms", 100)


def memory(setting: Setting) -> Iterator[Line]:
    """The most memory that the run over many files holds."""
    yield _memory(f"{setting.files:,} files, memory", _many(setting))
    yield _memory(_CHECKS_ALONE, _many(setting, *_NO_GUIDANCE))


def _memory(what: str, command: Command) -> Line:
    found = peak(command)
    held = found.largest if found.together is None else max(found.largest, found.together)
    figure = f"{held:.0f} MiB (largest process {found.largest:.0f})"
    return Line(what, figure, "at most 100 MiB", held <= 100)


def start(setting: Setting) -> Iterator[Line]:
    """What starting costs beyond Python itself."""
    version = setting.command("carespec --version", "carespec", "--version", says="carespec")
    click = setting.command("import click", "python", "-c", "import click")
    bare = setting.command("python -c pass", "python", "-c", "pass")
    ours, theirs, nothing = in_turn([version, click, bare], setting.rounds)
    over, click_alone = 1000 * excess(ours, nothing), 1000 * excess(theirs, nothing)
    figure = f"{over:.0f} ms over bare Python, click alone {click_alone:.0f} ({_both(ours, nothing)})"
    yield Line("carespec --version", figure, "at most 40 ms", over <= 40)
    yield _there(over, nothing, "at most 40 ms", 40)


def _there(milliseconds: float, nothing: Times, aim: str, most: float) -> Line:
    """A time as it would be on the machine where the aims in milliseconds were set: by how long bare Python starts."""
    slower = nothing.median * 1000 / _REFERENCE_START
    scaled = milliseconds / slower
    figure = f"{scaled:.2g} ms ({slower:.1f} times slower here than there)"
    return Line("… on the machine of the target", figure, aim, scaled <= most)


def rules(setting: Setting) -> Iterator[Line]:
    """What 60 rules add for each service, after it is read: the least of some rounds."""
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "rules_alone.py")
    count = min(1000, setting.files)
    command = (os.path.join(setting.programs, "python"), script, os.path.join(setting.folder, "care"), str(count))
    rounds = range(max(3, setting.rounds_many))
    figures = [float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in rounds]
    what, least = f"60 rules over {count:,} services", min(figures)
    yield Line(what, f"{least:.2f} ms a service", "at most 1 ms", least <= 1)
    (nothing,) = in_turn([setting.command("python -c pass", "python", "-c", "pass", passes=(0,))], setting.rounds)
    yield _there(least, nothing, "at most 1 ms", 1)


PARTS: dict[str, Callable[[Setting], Iterator[Line]]] = {
    "one": one_file,
    "many": many_files,
    "unchanged": unchanged,
    "many-unchanged": many_unchanged,
    "changed": changed,
    "hook": hook,
    "memory": memory,
    "start": start,
    "rules": rules,
}


def _many(setting: Setting, *words: str) -> Command:
    says = f"Checked {setting.files:,} services"
    return setting.command("carespec", "carespec", "check", "--no-cache", "care", *words, says=says)


def _ratio(what: str, ours: Times, theirs: Times, target: float, stretch: float | None = None) -> Line:
    found = ratio(ours, theirs)
    aim = f"at most {target:.2g}" + (f", better {stretch:.2g}" if stretch else "")
    return Line(what, f"{found:.3f} of {theirs.name} ({_both(ours, theirs)})", aim, found <= target)


def _both(ours: Times, theirs: Times) -> str:
    pair = [f"{times.median * 1000:,.0f}" for times in (ours, theirs)]
    return f"{pair[0]} to {pair[1]} ms, spread {max(ours.spread, theirs.spread):.1f}"


def _print(lines: Iterator[Line]) -> None:
    for line in lines:
        print(f"{'met ' if line.met else 'MISS'}  {line.what:<30} {line.figure:<62} {line.target}", flush=True)


def _say(what: str) -> None:
    print(f"({what})", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
