"""How a report is told: one file a format, each with `render(report, options) -> str`.

The folder is the registry, and a module's name is the format's name in `--output`; one whose name begins with `_`
serves the others and is none. A reporter takes plain data and gives text; it neither decides nor hides: where it folds
findings together, it says how many.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import NamedTuple

from carespec.records import Report


class Options(NamedTuple):
    """What a reader asked for: the least severity to show, colour, the lines of the files for code frames, and whether
    every finding is told in full where a format folds.
    """

    show: str = "may"
    colour: bool = False
    lines_of: Callable[[str], tuple[str, ...]] = lambda path: ()
    every: bool = False


Render = Callable[[Report, Options], str]


@cache
def formats() -> tuple[str, ...]:
    """The names of the formats, sorted."""
    folder = os.path.dirname(os.path.abspath(__file__))
    return tuple(sorted(entry[:-3] for entry in os.listdir(folder) if entry.endswith(".py") and entry[0] != "_"))


def reporter(name: str) -> Render:
    """The `render` of a format. Raises KeyError for a format that does not exist."""
    if name not in formats():
        raise KeyError(name)
    return import_module(f"carespec.reporters.{name}").render  # type: ignore[no-any-return]
