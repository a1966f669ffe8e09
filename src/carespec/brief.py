"""A run over many files of which a first screen is told: what came of them stays bytes, but for what that tells.

A person reads eight findings of forty thousand. Those are made where they are told; of the others only an overview
passes from one process to another, and from one run to the next.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from carespec.cache.data import bearing_of, findings_in, folded, only_bearing
from carespec.overview import GRAVE, Kind, Overview, added, kind_of, of_kind, overview
from carespec.processes import processes_for, shared
from carespec.records import Finding, NotChecked
from carespec.results import FileResult, Folded, overview_of_files
from carespec.tuples import NamedTuple
from carespec.workspace import Looked, across, in_order, look_at

if TYPE_CHECKING:
    from carespec.checks import Check
    from carespec.engine import Engine
    from carespec.guidance.law import Law
    from carespec.source import Source
    from carespec.workspace import Progress


class Seen(NamedTuple):
    """What came of some files: their overview, each by its path, and which of them cannot be read.

    Of a run that keeps nothing `files` holds what bears on others alone, and `first` the findings that may be told.
    """

    overview: Overview
    files: Mapping[str, Folded]
    unread: tuple[NotChecked, ...] = ()
    first: Mapping[str, tuple[Finding, ...]] = {}


class Brief(NamedTuple):
    """What a first screen is made of: an overview of all files, and the findings of a kind in the one at a path."""

    overview: Overview
    findings_of: Callable[[str, Kind], Sequence[Finding]]


def seen(looked: Iterable[Looked]) -> Seen:
    """What came of looking at some files."""
    files: dict[str, Folded] = {}
    unread: list[NotChecked] = []
    parts: list[Overview] = []
    for one in looked:
        if isinstance(one, NotChecked):
            unread.append(one)
        else:
            parts.append(overview_of_files([one]))
            files[one.ref.path] = folded(one, parts[-1])
    return Seen(added(parts), files, tuple(unread))


def seen_once(looked: Iterable[Looked]) -> Seen:
    """What came of looking at some files in a run that keeps nothing."""
    looked = list(looked)
    results = [one for one in looked if isinstance(one, FileResult)]
    whole = overview_of_files(results)
    told = {(spot[-1], kind) for kind, tally in whole.kinds.items() for spot in tally.first}
    first = {
        one.ref.path: tuple(finding for finding in one.findings if (one.ref.path, kind_of(finding)) in told)
        for one in results
    }
    unread = tuple(one for one in looked if isinstance(one, NotChecked))
    return Seen(whole, {one.ref.path: only_bearing(one) for one in results}, unread, first)


def look_over(
    portions: Sequence[Sequence[str]],
    engine: Engine,
    progress: Progress | None,
    read: Callable[[str], Source] | None,
    keeps: bool,
) -> list[Seen]:
    """What comes of looking at files, portion by portion, in several processes where they are many."""
    fold = seen if keeps else seen_once

    def work(paths: Sequence[str]) -> Seen:
        return fold(look_at(engine, path, read) for path in paths)

    workers = processes_for(sum(map(len, portions)))
    return [work(paths) for paths in portions] if workers == 1 else shared(portions, work, workers, progress)


def found_across(
    files: Mapping[str, Folded], checks: Sequence[Check], law: Law, today: date, as_at: date | None
) -> tuple[Finding, ...]:
    """What is found only in looking at the files together. Raises Unknown for bytes that are none of ours."""
    results = [bearing_of(files[path]) for path in sorted(files, key=os.path.abspath)]
    return in_order(across(results, checks, law, today, as_at, all_read=True))


def all_together(
    parts: Sequence[Overview],
    files: Mapping[str, Folded],
    first: Mapping[str, Sequence[Finding]],
    together: Sequence[Finding],
    unread: Sequence[NotChecked],
    checks: Sequence[Check],
    law: Law,
) -> Brief:
    """All parts together, with what was found across files and those that cannot be read; `first` are findings that
    are at hand, by the path of their file.
    """

    across_files: dict[str, list[Finding]] = {}
    for finding in together:
        across_files.setdefault(finding.path, []).append(finding)

    @cache
    def in_file(path: str, only_grave: bool) -> tuple[Finding, ...]:
        own = first[path] if path in first else findings_in(files[path], only_grave) if path in files else ()
        return in_order([*own, *across_files.get(path, ())])

    def findings_of(path: str, kind: Kind) -> list[Finding]:
        return of_kind(in_file(path, kind[0] == GRAVE), kind)

    whole = added([*parts, overview([], together, unread)])
    rules = sum(1 for _ in law.chosen())
    return Brief(whole._replace(checks=len(checks), rules=rules, packs=len(law.packs)), findings_of)
