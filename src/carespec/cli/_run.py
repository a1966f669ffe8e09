"""A run over files, or over a text at hand, under the settings that hold: what `check` tells and others build on."""

from __future__ import annotations

import os
import sys
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from carespec.cli._guidance import chosen_from, packs_from
from carespec.cli._settled import corpus, guidance_names, known_on_paths
from carespec.cli._shared import found_under

if TYPE_CHECKING:
    from carespec.config.settings import Settings
    from carespec.paths import Found
    from carespec.records import Report
    from carespec.source import Source
    from carespec.workspace import Progress


class Ran(NamedTuple):
    """What a run tells, and whether there were files that cannot be read."""

    report: Report
    unread: bool


def run(
    settings: Settings,
    paths: tuple[str, ...],
    today: date,
    until: date | None = None,
    source: Source | None = None,
) -> Ran:
    """Check the files under the paths, else the corpus; or the one source that is at hand."""
    found = found_under(paths or corpus(settings)) if source is None else None
    return _looked(settings, found, today, until, source)


def _looked(settings: Settings, found: Found | None, today: date, until: date | None, source: Source | None) -> Ran:
    from carespec.guidance.law import Law
    from carespec.records import NotChecked
    from carespec.workspace import check_files, check_sources, report

    named = packs_from(guidance_names(settings))
    checks, rules = chosen_from(settings.value("select"), settings.value("ignore"), named.packs)
    known_on_paths(settings, named.packs)
    as_at = settings.value("as-at")
    law = Law(named.packs, today, as_at, settings.value("known-at"), rules)
    at_hand = [source] if source is not None else []
    files = found.files if found is not None else ()
    looked = [*check_sources(at_hand, checks, today, law), *check_files(files, checks, _progress(), today, law)]
    unread = found.unread if found is not None else ()
    # A pack that judges is checked too: what is wrong with it bears on every service.
    own = check_sources(_not_among(named.sources, files), checks, today, law)
    told = report([*looked, *unread, *own], checks, today, as_at, law, until)
    return Ran(told, bool(unread) or any(isinstance(one, NotChecked) for one in looked))


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
