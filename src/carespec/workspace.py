"""A run over files or texts: checks each, then all of them together, and puts what there is to say in one stable order.

The only module that runs engines for the command line. From forty files on it works in two processes or more, since
parsing is most of the work and each file is checked by itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from carespec import __version__
from carespec.checks import Check, all_checks
from carespec.clock import clock
from carespec.engine import Engine, Read, pack_finding
from carespec.flags import FileFlag
from carespec.guidance.law import NO_LAW, Law
from carespec.guidance.library import shipped
from carespec.guidance.model import Pack
from carespec.model.facts import Service
from carespec.paths import MissingPath, find, unread
from carespec.processes import in_portions, processes_for, shared
from carespec.records import SEVERITIES, Coming, Edit, Finding, Fix, GuidanceRef, Later, NotChecked, Report, ServiceRef
from carespec.results import FileResult, outcomes_of
from carespec.source import Source, is_data, read_file, span_of
from carespec.tuples import NamedTuple
from carespec.vocabulary import DEFAULT
from carespec.vocabulary import load as load_vocabulary

if TYPE_CHECKING:
    from carespec.compare.compared import Asked, Compared
    from carespec.guidance.register import Register

__all__ = ["Looked", "MissingPath", "Progress", "Workspace", "check_files", "check_sources", "clock", "load", "report"]

Progress = Callable[[int, int], None]
"""Told how many of how many files are done."""

Looked: TypeAlias = FileResult | NotChecked
"""What came of looking at one file: a NotChecked for one that cannot be read."""


class WhatWasRead(NamedTuple):
    """Services as read, and the paths of YAML and JSON files that are no service; a guidance pack is neither."""

    services: tuple[Read, ...]
    unread: tuple[str, ...]


class Workspace(NamedTuple):
    """Sources to be checked together."""

    sources: tuple[Source, ...]

    def check(
        self,
        *,
        checks: tuple[Check, ...] | None = None,
        today: date | None = None,
        as_at: date | None = None,
        guidance: tuple[Pack, ...] | None = None,
        full: bool = False,
    ) -> Report:
        """Check every source, and all of them together.

        The law of `as_at` applies to all, if it is given; else to each that of the day on which it was signed or its
        contract began, and of `today` where it says neither. `today` is by default `as_at`, else what `clock` gives.
        `guidance` are the packs whose rules services are held against; by default all that ship. With `full`, what
        the text of a contract leaves open about its incentives is decided from figures, where a rule asks for it.
        """
        chosen, today = checks if checks is not None else all_checks(), today or as_at or clock()
        law = Law(shipped() if guidance is None else guidance, today, as_at, full=full)
        return report(check_sources(self.sources, chosen, today, law), chosen, today, as_at, law)

    def compare(self, asked: Asked | None = None) -> tuple[Compared, ...]:
        """The services side by side, one comparison a vocabulary; `asked` narrows it to a topic or a field."""
        from carespec.compare.compared import Asked, compare
        from carespec.corpus import gather_sources

        return compare(gather_sources(self.sources), asked or Asked(None, None))

    def services(self) -> tuple[Service, ...]:
        """The services of the workspace, as facts."""
        return tuple(read.service for read in self.read().services)

    def read(self) -> WhatWasRead:
        """The services of the workspace with the places of their lines, and the files that hold none to be read."""
        engine = Engine(())
        found = [(source.path, engine.read(source)) for source in self.sources]
        unread = tuple(path for path, read in found if read is None and is_data(path))
        return WhatWasRead(tuple(read for _, read in found if read is not None), unread)


def load(paths: Iterable[str]) -> Workspace:
    """Read every specification and guidance pack under the paths.

    Raises MissingPath for a path that does not exist, and OSError as `open` does for a file or a folder that cannot
    be read.
    """
    found = find(paths)
    for entry in found.unread:
        raise OSError(f"{entry.path}: {entry.because}")
    return Workspace(tuple(read_file(path) for path in found.files))


def check_sources(
    sources: Iterable[Source],
    checks: tuple[Check, ...],
    today: date | None = None,
    law: Law = NO_LAW,
    beside: bool | None = None,
) -> list[FileResult]:
    """Check sources that are at hand, in the order given; `today`, `law` and `beside` are as for `check_files`."""
    sources = list(sources)
    if not sources:  # an engine is not made for nothing
        return []
    engine = Engine(checks, today, law, beside=len(sources) > 1 if beside is None else beside)
    return [engine.check(source) for source in sources]


def check_files(
    paths: Sequence[str],
    checks: tuple[Check, ...],
    progress: Progress | None = None,
    today: date | None = None,
    law: Law = NO_LAW,
    beside: bool | None = None,
    read: Callable[[str], Source] | None = None,
) -> list[Looked]:
    """Check files in the order given, in several processes when there are many; the rest is as for `Engine`.

    `beside` says whether there are other files to compare with; by default if there are several. `read` gives the
    source at a path in place of `read_file`, and raises as that does.
    """
    engine = Engine(checks, today, law, beside=len(paths) > 1 if beside is None else beside)
    workers = processes_for(len(paths))
    if workers == 1:
        return list(_each(engine, paths, progress, read))
    portions = shared(
        in_portions(paths), lambda some: [look_at(engine, path, read) for path in some], workers, progress
    )
    return [one for portion in portions for one in portion]


def _each(
    engine: Engine, paths: Sequence[str], progress: Progress | None, read: Callable[[str], Source] | None
) -> Iterator[Looked]:
    for done, path in enumerate(paths, 1):
        yield look_at(engine, path, read)
        if progress is not None:
            progress(done, len(paths))


def look_at(engine: Engine, path: str, read: Callable[[str], Source] | None = None) -> Looked:
    """What comes of one file, or why it cannot be read; `read` is as for `check_files`."""
    try:
        source = read_file(path) if read is None else read(path)
    except OSError as error:
        return unread(path, error)
    return engine.check(source)


def report(
    looked: Iterable[Looked],
    checks: Sequence[Check],
    today: date | None = None,
    as_at: date | None = None,
    law: Law = NO_LAW,
    until: date | None = None,
    aside: frozenset[str] = frozenset(),
) -> Report:
    """One report of all that was looked at: the same whatever names and order the files were given in.

    `checks` are those that were run; the ones over all files together are run here. `today` and `as_at` are as for
    `Workspace.check`, `law` is what the services were held against. With `until` it tells what falls due after today
    and up to that day. `aside` are the paths of files that are only there for the others to be judged beside: of what
    is found in them it tells what would not be so without the others. Raises ValueError as `clock` does.
    """
    today = today or as_at or clock()
    looked = sorted(looked, key=lambda one: _place(one.path if isinstance(one, NotChecked) else one.ref.path))
    everything = [one for one in looked if isinstance(one, FileResult)]
    results = [one for one in everything if one.ref.path not in aside]
    look = partial(across, checks=checks, law=law, today=today, as_at=as_at, all_read=len(everything) == len(looked))
    together = look(everything)
    if len(results) < len(everything):
        others = [one for one in everything if one.ref.path in aside]
        together = _caused(together, aside, look(others))
        everything = [_with_waivers_marked(one, aside) for one in everything]
    findings = in_order([*(finding for one in everything for finding in one.findings), *together])
    refs = tuple(_dated(result.ref, today, as_at) for result in results)
    seen = (one for one in looked if isinstance(one, NotChecked) or one.ref.path not in aside)
    not_checked = [e for one in seen for e in ((one,) if isinstance(one, NotChecked) else one.not_checked)]
    return Report(
        __version__, today.isoformat(), _vocabularies(refs), refs,
        tuple(f for f in findings if f.path not in aside or f.elsewhere), tuple(not_checked), len(checks),
        tuple(GuidanceRef(p.name, p.version, p.digest) for p in law.packs), sum(1 for _ in law.chosen()),
        outcomes_of(results), _in_time(results), until=until.isoformat() if until else "",
        coming=_coming(results, today, until) if until else (), beside=len(everything) - len(results),
    )  # fmt: skip


def across(
    results: Sequence[FileResult], checks: Sequence[Check], law: Law, today: date, as_at: date | None, all_read: bool
) -> list[Finding]:
    """What is found only in looking at several files together; `all_read` says that these are all that there are."""
    refs = [_dated(result.ref, today, as_at) for result in results]
    registered = _registered(results, law.register) if law.register.waivers and all_read else []
    return [*_together(refs, checks), *_between_versions(results), *_compared(results, law), *registered]


def _caused(found: Iterable[Finding], aside: frozenset[str], anyhow: Iterable[Finding]) -> list[Finding]:
    """What was found, those marked that are in a file aside and are not found anyhow, without the other files."""
    known = {(finding.id, finding.path) for finding in anyhow}
    return [one._replace(elsewhere=one.path in aside and (one.id, one.path) not in known) for one in found]


def _registered(results: Sequence[FileResult], register: Register) -> list[Finding]:
    """Waivers for services that are not there, where the register is read with all documents that could be there."""
    if not any(one.ref.kind == "waivers" and one.ref.path == register.path for one in results):
        return []
    from carespec.guidance.registered import of_no_service

    return list(of_no_service(register, {one.ref.name for one in results if one.ref.kind == "service"}))


def _with_waivers_marked(result: FileResult, aside: frozenset[str]) -> FileResult:
    """What a service that the run is about has in a register that it is not about is told, as elsewhere."""
    if result.ref.path in aside or all(one.path == result.ref.path for one in result.findings):
        return result
    findings = tuple(one._replace(elsewhere=one.path in aside) for one in result.findings)
    return result._replace(findings=findings)


def _between_versions(results: Sequence[FileResult]) -> list[Finding]:
    """What is wrong between versions of one pack that are looked at together."""
    editions = [result.edition for result in results if result.edition is not None]
    if not editions:
        return []
    from carespec.guidance.loading.versions import between_versions  # few runs look at packs

    return [pack_finding(problem, of.name, of.path, "") for of, problem in between_versions(editions)]


def _in_time(results: Sequence[FileResult]) -> tuple[Later, ...]:
    later = (one for result in results for one in result.later)
    return tuple(sorted(later, key=lambda one: (one.day, _place(one.path), one.name, one.message)))


def _vocabularies(refs: Sequence[ServiceRef]) -> str:
    """Those that the services are written in, by name; without a service the one that they would be."""
    used = {ref.vocabulary for ref in refs if ref.vocabulary}
    return ", ".join(sorted(used)) or load_vocabulary(DEFAULT).edition


def _coming(results: Sequence[FileResult], today: date, until: date) -> tuple[Coming, ...]:
    """What falls due, by day and then in the order of the files."""
    first, last = today.isoformat(), until.isoformat()
    ahead = [entry for result in results for entry in result.coming if first < entry.day <= last]
    return tuple(sorted(ahead, key=lambda entry: entry.day))


def _dated(ref: ServiceRef, today: date, as_at: date | None) -> ServiceRef:
    """A document with the day whose law applies to it."""
    if ref.kind != "service":
        return ref
    if as_at is not None:
        return ref._replace(as_at=as_at.isoformat(), as_at_from="as-at")
    return ref if ref.as_at else ref._replace(as_at=today.isoformat(), as_at_from="today")


def _together(refs: Sequence[ServiceRef], checks: Sequence[Check]) -> list[Finding]:
    """What the checks find that look at all files together."""
    looks = [(check, check.of_corpus) for check in checks if check.of_corpus is not None]
    return [_finding(check, flag) for check, look in looks for flag in look(refs)]


def _compared(results: Sequence[FileResult], law: Law) -> tuple[Finding, ...]:
    """What guidance finds in services side by side."""
    taken = [one for result in results for one in result.taken]
    if not taken:
        return ()
    from carespec.compare.rules import judge
    from carespec.compare.taken import held

    return judge(taken, held(law))


def _finding(check: Check, found: FileFlag) -> Finding:
    """A finding in one file of several; the place is one of the document, not of a line that has been read again."""
    flag, ref = found.flag, found.ref
    span = span_of(flag.line, flag.start, flag.end)
    return Finding(
        f"check.{check.name}/{ref.name}/{flag.field or ''}", "check", check.name, "fails",
        flag.severity or check.severity, "certain", "carespec", ref.name, flag.field, ref.path, span, flag.message,
        flag.says, flag.affects or check.affects,
        Fix(flag.fix, Edit(span, flag.write) if flag.write is not None else None), related=found.related,
        title=check.title,
    )  # fmt: skip


def _place(path: str) -> str:
    """What files are put in order by: where they are, however they were named."""
    return os.path.abspath(path)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By file and place. Equal identities get `#2`, `#3`, … in that order."""
    findings = list(findings)
    places = {path: _place(path) for path in {finding.path for finding in findings}}
    seen: dict[str, int] = {}
    numbered = []
    for finding in sorted(findings, key=lambda finding: (places[finding.path], *_order(finding))):
        count = seen[finding.id] = seen.get(finding.id, 0) + 1
        numbered.append(finding if count == 1 else finding._replace(id=f"{finding.id}#{count}"))
    return tuple(numbered)


def _order(finding: Finding) -> tuple[object, ...]:
    start = finding.span.start
    return (start.line, start.column, SEVERITIES.index(finding.severity), finding.name, finding.id)
