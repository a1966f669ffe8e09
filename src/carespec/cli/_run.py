"""A run over files, or over a text at hand, under the settings that hold: what `check` tells and others build on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from carespec.cache.results import digests
from carespec.cli._guidance import chosen_from, is_file, packs_from
from carespec.cli._settled import assumptions_file, guidance_names, known_on_paths, law_of
from carespec.cli._waived import NO_BASE, Base, register_of
from carespec.tuples import NamedTuple

if TYPE_CHECKING:
    from carespec.checks import Check
    from carespec.cli._reach import Reach
    from carespec.config.settings import Settings
    from carespec.guidance.law import Law
    from carespec.records import Report
    from carespec.results import FileResult
    from carespec.source import Source
    from carespec.workspace import Progress


_TOLD = ("findings", "not_checked", "later", "coming")
"""What of the result of a file is only told, and bears on no other file."""
_BEARING = ("select", "ignore", "as-at", "known-at", "incentives", "assume")
"""The settings that bear on what comes of a file, beside the files that settings name."""


class Ran(NamedTuple):
    """What a run tells, whether there were files that cannot be read, and what came of each that was looked at."""

    report: Report
    unread: bool
    results: Mapping[str, FileResult] = {}


class Told(NamedTuple):
    """What a run prints and writes, as `_shared.rendered` gives it, and its exit code."""

    texts: tuple[tuple[str, str, str], ...]
    code: int


def run(settings: Settings, reach: Reach, today: date, until: date | None = None, base: Base = NO_BASE) -> Ran:
    """Check what a run reaches. Nothing is kept."""
    return _ran(settings, reach, today, until, {}, base)


def told_again(
    settings: Settings,
    reach: Reach,
    today: date,
    until: date | None,
    also_bearing: Sequence[str],
    tell: Callable[[Ran], Told],
    base: Base = NO_BASE,
) -> Told:
    """What `tell` makes of a run: what it made before, where nothing that bears on it has changed since.

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
    edition = [*bearing, several, today.isoformat(), on_paths, repr(names), repr(own), base.commit, ahead]
    cache = Cache(edition, told=_TOLD)
    before = digests(reach.files, reach.bytes_of)
    about = [
        base.since, repr(beside), repr(settings.config), repr(sorted(settings.given.items())), *also_bearing,
        repr(len(reach.found.files)), *(f"{path}\0{before.get(path)}" for path in reach.files),
    ]  # fmt: skip
    kept = None if reach.found.unread or reach.beside.unread else cache.run(about)
    if kept is not None:
        return Told(*kept)
    # Of a file that is only there to be judged beside nothing is told, unless it is of waivers in a register.
    beside_only = frozenset(() if reach.register in reach.found.files else reach.beside.files)
    known = cache.files(before, beside_only)
    ran = _ran(settings, reach, today, until, known, base)
    told = tell(ran)
    new = {path: one for path, one in ran.results.items() if path in before}
    if _own(settings, reach, files) == own:
        after = digests(new, reach.bytes_of)
        cache.keep_files({path: one for path, one in new.items() if after.get(path) == before[path]}, before)
        if (
            not ran.unread
            and all(after.get(path) == before[path] for path in new)
            and (digests(beside, settings.read) == beside)
        ):
            cache.keep_run(about, tuple(told))
    return told


def _own(settings: Settings, reach: Reach, packs: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """The digests of the packs that are files, and of the register: what bears on every file."""
    return digests(packs, settings.read), digests([reach.register] if reach.register else [], reach.bytes_of)


def _ran(
    settings: Settings, reach: Reach, today: date, until: date | None, known: Mapping[str, FileResult], base: Base
) -> Ran:
    """A run in which the results of some files are known."""
    from carespec.records import NotChecked
    from carespec.workspace import check_files, check_sources, report

    named = packs_from(guidance_names(settings), settings.read)
    checks, rules = chosen_from(settings.value("select"), settings.value("ignore"), named.packs)
    known_on_paths(settings, named.packs)
    as_at = settings.value("as-at")
    own = register_of(settings, reach, base)
    law = law_of(settings, named.packs, today, rules)._replace(register=own, until=until)
    compares = reach.register in reach.found.files or _compares(checks, law)
    files = reach.files if compares else reach.found.files
    rest = [path for path in files if path not in known]
    several = len(reach.files) + len(reach.at_hand) > 1
    looked = dict(
        zip(rest, check_files(rest, checks, _progress(), today, law, beside=several, read=reach.read), strict=True)
    )
    # A pack that judges is checked too: what is wrong with it bears on every service.
    packs = _not_among(named.sources, files)
    at_hand = check_sources((*reach.at_hand, *packs), checks, today, law, beside=several)
    unread = (*reach.found.unread, *reach.beside.unread)
    everything = [*looked.values(), *(known[path] for path in files if path in known), *unread, *at_hand]
    aside = frozenset((*reach.beside.files, *(entry.path for entry in reach.beside.unread)))
    told = report(everything, checks, today, as_at, law, until, aside)
    results = {path: one for path, one in looked.items() if not isinstance(one, NotChecked)}
    return Ran(told, bool(reach.found.unread) or len(results) < len(looked), results)


def _compares(checks: Sequence[Check], law: Law) -> bool:
    """Whether anything that is run looks at several files together."""
    return any(check.of_corpus is not None for check in checks) or any(True for _ in law.comparisons())


def _not_among(sources: tuple[Source, ...], files: tuple[str, ...]) -> tuple[Source, ...]:
    """The sources that are not among the files already."""
    known = {os.path.realpath(path) for path in files}
    return tuple(source for source in sources if os.path.realpath(source.path) not in known)


def _progress() -> Progress | None:
    """A bar on a terminal, shown only once a run has taken a second."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    from carespec.cli._progress import Bar

    return Bar("checking")
