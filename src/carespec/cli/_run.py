"""A run over files, or over a text at hand, under the settings that hold: what `check` tells and others build on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from carespec.cache.results import digests
from carespec.cli._guidance import chosen_from, is_file, packs_from
from carespec.cli._settled import assumptions_file, guidance_names, known_on_paths, law_of
from carespec.cli._waived import NO_BASE, Base, register_of
from carespec.tuples import NamedTuple

if TYPE_CHECKING:
    from carespec.cache.results import Cache, Digests
    from carespec.checks import Check
    from carespec.cli._reach import Reach
    from carespec.config.settings import Settings
    from carespec.guidance.law import Law
    from carespec.records import Report
    from carespec.results import FileResult
    from carespec.source import Source
    from carespec.workspace import Progress


_BEARING = ("select", "ignore", "as-at", "known-at", "incentives", "assume")
"""The settings that bear on what comes of a file, beside the files that settings name."""


class Setup(NamedTuple):
    """What files are held against, the sources of the packs among it, and the days."""

    checks: tuple[Check, ...]
    law: Law
    packs: tuple[Source, ...]
    today: date
    as_at: date | None
    until: date | None

    @property
    def compares(self) -> bool:
        """Whether anything that is run looks at several files together."""
        return any(check.of_corpus is not None for check in self.checks) or any(True for _ in self.law.comparisons())


class Ran(NamedTuple):
    """What a run tells, whether there were files that cannot be read, and what came of each that was looked at."""

    report: Report
    unread: bool
    results: Mapping[str, FileResult] = {}


class Told(NamedTuple):
    """What a run prints and writes, as `_shared.rendered` gives it, and its exit code."""

    texts: tuple[tuple[str, str, str], ...]
    code: int


class Done(NamedTuple):
    """What a run told, whether there were files that cannot be read, the files that it looked at, and how to keep what
    came of those of them that have not changed meanwhile.
    """

    told: Told
    unread: bool
    new: frozenset[str]
    keep: Callable[[frozenset[str]], None]


class Known(NamedTuple):
    """The results of earlier runs, and the digest of each file that can be read now."""

    cache: Cache
    digests: Digests


Way: TypeAlias = "Callable[[Setup, Reach, Known | None], Done]"
"""How a run goes, with what is known where a cache is wanted: all is told, or a first screen."""


def run(settings: Settings, reach: Reach, today: date, until: date | None = None, base: Base = NO_BASE) -> Ran:
    """Check what a run reaches. Nothing is kept."""
    return _ran(setup(settings, reach, today, until, base), reach, {})


def in_whole(tell: Callable[[Ran], Told], held: Setup, reach: Reach, known: Known | None) -> Done:
    """A run that tells all there is."""
    from carespec.cache.data import folded
    from carespec.cache.results import by_share
    from carespec.results import overview_of_files

    ran = _ran(held, reach, _results(known, reach) if known is not None else {})

    def keep(same: frozenset[str]) -> None:
        if known is not None:
            for share, paths in by_share(sorted(same)).items():
                results = [ran.results[path] for path in paths]
                new = {one.ref.path: folded(one, overview_of_files([one])) for one in results}
                known.cache.keep(share, new, known.digests)

    return Done(tell(ran), ran.unread, frozenset(ran.results), keep)


def told_again(
    settings: Settings,
    reach: Reach,
    today: date,
    until: date | None,
    also_bearing: Sequence[str],
    way: Way,
    base: Base = NO_BASE,
) -> Told:
    """What a run tells that goes its `way`: what it told before, where nothing that bears on it has changed since.

    `also_bearing` is all that bears on telling, beside the settings and the files. What came of single files is kept
    too, so that only those that changed are looked at.
    """
    from carespec.cache.results import Cache

    names = guidance_names(settings)
    files = [*filter(is_file, names), *filter(None, [assumptions_file(settings)])]
    own = _own(settings, reach, files)
    several = repr(len(reach.files) > 1)
    beside = digests((settings.file("baseline"),), settings.read)
    bearing = [repr(settings.value(name)) for name in _BEARING]
    on_paths = repr(settings.on_some_paths("ignore"))
    ahead = repr(until)
    cache = Cache([*bearing, several, today.isoformat(), on_paths, repr(names), repr(own), base.commit, ahead])
    before = digests(reach.files, reach.bytes_of)
    about = [
        base.since, repr(beside), repr(settings.config), repr(sorted(settings.given.items())), *also_bearing,
        repr(len(reach.found.files)), *(f"{path}\0{before.get(path)}" for path in reach.files),
    ]  # fmt: skip
    kept = None if reach.found.unread or reach.beside.unread else cache.run(about)
    if kept is not None:
        return Told(*kept)
    done = way(setup(settings, reach, today, until, base), reach, Known(cache, before))
    if _own(settings, reach, files) == own:
        after = digests(done.new, reach.bytes_of)
        same = frozenset(path for path in done.new if path in after and after[path] == before.get(path))
        done.keep(same)
        if not done.unread and same == done.new and digests(beside, settings.read) == beside:
            cache.keep_run(about, tuple(done.told))
    return done.told


def _own(settings: Settings, reach: Reach, packs: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """The digests of the packs that are files, and of the register: what bears on every file."""
    return digests(packs, settings.read), digests([reach.register] if reach.register else [], reach.bytes_of)


def setup(settings: Settings, reach: Reach, today: date, until: date | None, base: Base) -> Setup:
    """What the files of a run are held against; whatever is asked for and does not exist ends the run."""
    named = packs_from(guidance_names(settings), settings.read)
    checks, rules = chosen_from(settings.value("select"), settings.value("ignore"), named.packs)
    known_on_paths(settings, named.packs)
    law = law_of(settings, named.packs, today, rules)
    law = law._replace(register=register_of(settings, reach, base), until=until)
    return Setup(checks, law, named.sources, today, settings.value("as-at"), until)


def _ran(held: Setup, reach: Reach, known: Mapping[str, FileResult]) -> Ran:
    """A run in which the results of some files are known."""
    from carespec.records import NotChecked
    from carespec.workspace import check_files, check_sources, report

    checks, law, today = held.checks, held.law, held.today
    compares = reach.register in reach.found.files or held.compares
    files = reach.files if compares else reach.found.files
    rest = [path for path in files if path not in known]
    several = len(reach.files) + len(reach.at_hand) > 1
    looked = dict(
        zip(rest, check_files(rest, checks, progress_bar(), today, law, beside=several, read=reach.read), strict=True)
    )
    # A pack that judges is checked too: what is wrong with it bears on every service.
    packs = not_among(held.packs, files)
    at_hand = check_sources((*reach.at_hand, *packs), checks, today, law, beside=several)
    unread = (*reach.found.unread, *reach.beside.unread)
    everything = [*looked.values(), *(known[path] for path in files if path in known), *unread, *at_hand]
    aside = frozenset((*reach.beside.files, *(entry.path for entry in reach.beside.unread)))
    told = report(everything, checks, today, held.as_at, law, held.until, aside)
    results = {path: one for path, one in looked.items() if not isinstance(one, NotChecked)}
    return Ran(told, bool(reach.found.unread) or len(results) < len(looked), results)


def _results(known: Known, reach: Reach) -> dict[str, FileResult]:
    """What is known of each file; of one that is only there to be judged beside, what bears on others.

    Nothing is told of that, unless it is of waivers in a register.
    """
    from carespec.cache.data import Unknown, bearing_of, unfolded  # a run over unchanged files needs no records

    beside_only = frozenset(() if reach.register in reach.found.files else reach.beside.files)
    found = {}
    for kept in known.cache.shares(known.digests).values():
        for path, one in kept.files.items():
            try:
                found[path] = bearing_of(one) if path in beside_only else unfolded(one)
            except Unknown:
                continue
    return found


def not_among(sources: tuple[Source, ...], files: tuple[str, ...]) -> tuple[Source, ...]:
    """The sources that are not among the files already."""
    if not sources:
        return ()
    known = {os.path.realpath(path) for path in files}
    return tuple(source for source in sources if os.path.realpath(source.path) not in known)


def progress_bar() -> Progress | None:
    """A bar on a terminal, shown only once a run has taken a second."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    from carespec.cli._progress import Bar

    return Bar("checking")
