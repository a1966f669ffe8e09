"""The record of a run: made by `check --record DIR`, and made again by `verify DIR` to be compared."""

from __future__ import annotations

import os
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from carespec.cli._reach import in_corpus
from carespec.cli._run import run
from carespec.cli._settled import assumptions_file, corpus, guidance_names, without_known
from carespec.cli._shared import fail, repository_root, write_text
from carespec.cli._waived import NO_BASE, Base, register_of
from carespec.config.table import SETTINGS
from carespec.tuples import NamedTuple

if TYPE_CHECKING:
    from carespec.config.settings import Settings

_BEARING = tuple(each.name for each in SETTINGS if each.name not in ("fail-on", "show", "require-checked"))
"""The settings that bear on what a record holds: all but those on what is printed, and with which exit code."""


class Made(NamedTuple):
    """The two texts of a record."""

    record: str
    report: str


def make(
    settings: Settings, paths: tuple[str, ...], today: date, until: date | None, root: str, base: Base = NO_BASE
) -> Made:
    """The record of a run now, of what `check` tells of these paths beside the rest of their corpus.

    Files that cannot be read end it, for it could not say what was checked.
    """
    from carespec.assurance import digest, record, relocated
    from carespec.cli._figures import figures_given
    from carespec.cli._guidance import is_file
    from carespec.reporters import Options, reporter
    from carespec.reporters._shared import place
    from carespec.workspace import load

    paths = paths or (() if corpus(settings) else (_whole(settings, root),))
    reach = in_corpus(settings, paths)
    ran = run(settings, reach, today, until, base)
    if ran.unread or reach.beside.unread:
        fail("a file cannot be read, so a record could not say what was checked; `carespec check` names it")
    here = partial(place, options=Options(root=root))
    told = reporter("json")(relocated(without_known(ran.report, settings), here), Options())
    files = [*reach.files, *(name for name in guidance_names(settings) if is_file(name))]
    baseline = settings.file("baseline")
    files += [baseline] if os.path.isfile(baseline) else []
    files += filter(None, [assumptions_file(settings)])
    digests = {here(path): digest(_bytes(path)) for path in files}
    asked = {
        "paths": [here(path) for path in paths],
        "until": until.isoformat() if until else None,
        "folder": here(settings.config.folder),
        "configured": bool(settings.config.path),
        "waivers-from": base._asdict() if base.since else None,
        "settings": _plain(settings),
    }
    services = load(reach.found.files).services()
    figures = figures_given(assumptions_file(settings), settings.value("assume"))
    register = register_of(settings, reach, base)
    return Made(record(ran.report, told, services, register, digests, asked, figures), told)


def _whole(settings: Settings, root: str) -> str:
    """The folder of all that there is: that of the configuration, without one the repository."""
    return os.path.relpath(settings.config.folder if settings.config.path else root)


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _plain(settings: Settings) -> dict[str, Any]:
    """What bears on the findings, as a configuration in the folder of the configuration would say it."""
    data = {key: value for key, value in settings.config.data.items() if key in (*_BEARING, "paths")}
    data |= {key: value for key, value in settings.given.items() if key in _BEARING}
    for name in ("baseline", "assumptions"):
        if name in settings.given and data[name] != "none":
            data[name] = os.path.relpath(data[name], settings.config.folder)
    if "guidance" in data:
        data["guidance"] = [_counted(name, settings) for name in guidance_names(settings)]
    return {key: _as_json(value) for key, value in sorted(data.items())}


def _counted(name: str, settings: Settings) -> str:
    """A pack that is named by its file counts from the folder of the configuration."""
    from carespec.cli._guidance import is_file

    return os.path.relpath(name, settings.config.folder).replace(os.sep, "/") if is_file(name) else name


def _as_json(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def keep(settings: Settings, paths: tuple[str, ...], today: date, until: date | None, folder: str, base: Base) -> None:
    """Write a record into a folder."""
    from carespec.assurance import RECORD, REPORT

    made = make(settings, paths, today, until, repository_root(), base)
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        fail(f"`{folder}` cannot be made: {error.strerror}")
    write_text(os.path.join(folder, RECORD), made.record)
    write_text(os.path.join(folder, REPORT), made.report)
