"""A run over files: finds them, checks each, and puts what there is to say in one stable order.

The only module that runs engines on files. From about forty files on it works in two processes or more, since parsing
is most of the work and each file is checked by itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from carespec import __version__
from carespec.checks import Check, all_checks
from carespec.engine import Engine, FileResult
from carespec.model.facts import Service
from carespec.records import SEVERITIES, Finding, NotChecked, Report
from carespec.source import Source, read_file
from carespec.syntax.document import read_document
from carespec.vocabulary import DEFAULT
from carespec.vocabulary import load as load_vocabulary

ENDINGS = (".care", ".guidance")
_ROOT_MARKS = ("carespec.toml", "pyproject.toml", ".git")
_FEWEST_TO_SHARE = 40

Progress = Callable[[int, int], None]
"""Told how many of how many files are done."""


class MissingPath(Exception):
    """A path that was named and does not exist."""


class Workspace(NamedTuple):
    """Sources to be checked together."""

    sources: tuple[Source, ...]

    def check(
        self, *, checks: tuple[Check, ...] | None = None, today: date | None = None, as_at: date | None = None
    ) -> Report:
        """Check every source. `today` decides what has expired, `as_at` which law applies; by default the clock."""
        engine = Engine(checks if checks is not None else all_checks())
        results = [engine.check(source) for source in self.sources]
        return report(results, len(checks if checks is not None else all_checks()), today, as_at)

    def services(self) -> tuple[Service, ...]:
        """The services of the workspace, as facts."""
        engine = Engine(())
        documents = (read_document(source, engine.parse) for source in self.sources)
        return tuple(engine.service(document) for document in documents if document.kind == "service")


def load(paths: Iterable[str]) -> Workspace:
    """Read every specification and guidance pack under the paths. Raises MissingPath, and OSError as `open` does."""
    return Workspace(tuple(read_file(path) for path in find(paths)))


def find(paths: Iterable[str]) -> list[str]:
    """The files that the paths mean, each once: a folder means every specification and pack below it, by name."""
    found: dict[str, None] = {}
    for path in paths:
        if os.path.isdir(path):
            found.update(dict.fromkeys(_below(path)))
        elif os.path.exists(path):
            found[path] = None
        else:
            raise MissingPath(path)
    return list(found)


def _below(folder: str) -> list[str]:
    files = []
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
        files += [os.path.join(here, name) for name in names if name.endswith(ENDINGS)]
    return sorted(files)


def corpus_root(start: str) -> str:
    """The folder of the nearest configuration or repository above `start`, else `start` itself."""
    here = os.path.abspath(start)
    while True:
        if any(os.path.exists(os.path.join(here, mark)) for mark in _ROOT_MARKS):
            return here
        above = os.path.dirname(here)
        if above == here:
            return start
        here = above


def check_files(paths: Sequence[str], checks: tuple[Check, ...], progress: Progress | None = None) -> list[FileResult]:
    """Check files in the order given, in several processes when there are many."""
    workers = min(os.cpu_count() or 1, 8)
    if len(paths) < _FEWEST_TO_SHARE or workers < 2 or not hasattr(os, "fork"):
        engine = Engine(checks)
        return list(_each(engine, paths, progress))
    from carespec.processes import shared

    engine = Engine(checks)
    return shared(paths, lambda path: engine.check(read_file(path)), workers, progress)


def _each(engine: Engine, paths: Sequence[str], progress: Progress | None) -> Iterable[FileResult]:
    for done, path in enumerate(paths, 1):
        yield engine.check(read_file(path))
        if progress is not None:
            progress(done, len(paths))


def report(results: Sequence[FileResult], checks: int, today: date | None = None, as_at: date | None = None) -> Report:
    """One report of the results of files, in a stable order and with identities that are unique."""
    today = today or as_at or _clock()
    findings = _numbered(sorted((f for result in results for f in result.findings), key=_order))
    not_checked: list[NotChecked] = [entry for result in results for entry in result.not_checked]
    refs = []
    for result in results:
        ref = result.ref
        if as_at is not None and ref.kind == "service":
            ref = ref._replace(as_at=as_at.isoformat(), as_at_from="as-at")
        elif not ref.as_at and ref.kind == "service":
            ref = ref._replace(as_at=today.isoformat(), as_at_from="today")
        refs.append(ref)
    vocabulary = load_vocabulary(DEFAULT)
    return Report(
        __version__, today.isoformat(), f"{vocabulary.name} {vocabulary.version}", tuple(refs), tuple(findings),
        tuple(not_checked), checks,
    )  # fmt: skip


def _clock() -> date:
    set_day = os.environ.get("CARESPEC_TODAY")
    return date.fromisoformat(set_day) if set_day else date.today()


def _order(finding: Finding) -> tuple[object, ...]:
    start = finding.span.start
    return (finding.path, start.line, start.column, SEVERITIES.index(finding.severity), finding.name, finding.id)


def _numbered(findings: list[Finding]) -> list[Finding]:
    """Equal identities get `#2`, `#3`, … in the order of the file."""
    seen: dict[str, int] = {}
    numbered = []
    for finding in findings:
        count = seen[finding.id] = seen.get(finding.id, 0) + 1
        numbered.append(finding if count == 1 else finding._replace(id=f"{finding.id}#{count}"))
    return numbered
