"""How a report is told: one file a format, each with `render(report, options) -> str`.

The folder is the registry, and a module's name is the format's name in `--output`, with `-` for `_`; a module that
begins with `_` is shared by several. A reporter takes plain data and gives text; it neither decides nor hides: where it
folds findings together, it says how many. A format that is one half of a pair names the other: `ALSO` is the variable
of the environment that says into which file, the format that goes there, and how many characters it may have. One
with `EDITS` carries the edits of findings, for others to make.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from carespec.records import About, Finding, Report
from carespec.tuples import NamedTuple

if TYPE_CHECKING:
    from types import ModuleType


def _about(finding: Finding) -> About:
    from carespec.about import about

    return about(finding)


def _fails(finding: Finding) -> bool:
    return finding.outcome == "fails" and finding.severity == "must"


class Options(NamedTuple):
    """What a reader asked for: the least severity to show, colour, and what counts as failing.

    `lines_of` gives the lines of a file, for code frames and for formats that count bytes. With `every` a format that
    folds tells all in full. `root` is the folder from which consumers count paths, empty for paths as they were given.
    `room` is how many characters a comment may have; one on GitHub holds 65,536. `about` tells what a finding is an
    instance of.
    """

    show: str = "may"
    colour: bool = False
    lines_of: Callable[[str], tuple[str, ...]] = lambda path: ()
    every: bool = False
    fails: Callable[[Finding], bool] = _fails
    root: str = ""
    room: int = 60_000
    about: Callable[[Finding], About] = _about


Render = Callable[[Report, Options], str]


@cache
def formats() -> tuple[str, ...]:
    """The names of the formats, sorted."""
    folder = os.path.dirname(os.path.abspath(__file__))
    names = (entry[:-3] for entry in os.listdir(folder) if entry.endswith(".py") and entry[0] != "_")
    return tuple(sorted(name.replace("_", "-") for name in names))


def reporter(name: str) -> Render:
    """The `render` of a format. Raises KeyError for a format that does not exist."""
    return _module(name).render  # type: ignore[no-any-return]


def also(name: str) -> tuple[str, str, int] | None:
    """The variable that says where the other half of a format goes, its format, and its room. Raises KeyError."""
    return getattr(_module(name), "ALSO", None)


def carries_edits(name: str) -> bool:
    """Whether a format carries the edits of findings. Raises KeyError for a format that does not exist."""
    return getattr(_module(name), "EDITS", False)


def _module(name: str) -> ModuleType:
    if name not in formats():
        raise KeyError(name)
    return import_module(f"carespec.reporters.{name.replace('-', '_')}")
