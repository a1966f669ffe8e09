"""What holds in a run: an option, else the configuration, else the default; and where each value comes from."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from carespec.config.find import Config
from carespec.config.table import PATHS, SETTINGS, Setting
from carespec.source import read_bytes
from carespec.tuples import NamedTuple


class Value(NamedTuple):
    """A value and where it comes from, in words for a person."""

    value: Any
    origin: str


class Settings(NamedTuple):
    """What a run goes by; `config` and `given` are kept for what a path changes. `read` gives what a file holds that
    settings name, and raises as `open` does.
    """

    config: Config
    given: Mapping[str, Any]
    read: Callable[[str], bytes] = read_bytes

    def value(self, name: str, path: str | None = None) -> Any:
        """What holds for a setting, for one file if a path is given. Raises KeyError for a setting that is none."""
        return self.told(name, path).value

    def told(self, name: str, path: str | None = None) -> Value:
        """As `value`, with its origin."""
        known = next(each for each in SETTINGS if each.name == name)
        if self.given.get(name) is not None:
            return Value(self.given[name], f"option {known.option}")
        whole = self._whole(known)
        return whole if path is None or not known.per_path else self._on_path(known, path, whole)

    def _whole(self, known: Setting) -> Value:
        if known.name in self.config.data:
            value = _normal(known, self.config.data[known.name])
            return Value(value, _origin(self.config, known.name))
        return Value(known.default, "default")

    def _on_path(self, known: Setting, path: str, whole: Value) -> Value:
        """The last pattern that fits decides; what is to be ignored adds up."""
        for pattern, inside in self._fitting(path):
            if known.name in inside:
                value = _normal(known, inside[known.name])
                origin = _origin(self.config, known.name, pattern)
                if known.kind == "list" and whole.value:
                    value, origin = (*whole.value, *value), f"{whole.origin} and {origin}"
                whole = Value(value, origin)
        return whole

    def _fitting(self, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        tables = self.config.data.get(PATHS, {})
        place = os.path.relpath(os.path.abspath(path), self.config.folder).replace(os.sep, "/") if tables else ""
        return ((pattern, inside) for pattern, inside in tables.items() if matches(pattern, place))

    def on_some_paths(self, name: str) -> tuple[Any, ...]:
        """What single paths set for a setting."""
        tables: Mapping[str, Mapping[str, Any]] = self.config.data.get(PATHS, {})
        known = next(each for each in SETTINGS if each.name == name)
        return tuple(_normal(known, inside[name]) for inside in tables.values() if name in inside)

    def file(self, name: str) -> str:
        """A path that is set, counted from the folder of the configuration; one given as an option, from here."""
        told = self.told(name)
        return str(told.value) if name in self.given else os.path.join(self.config.folder, told.value)


def settled(config: Config, read: Callable[[str], bytes] = read_bytes, **options: Any) -> Settings:
    """The settings of a run with these options, `fail_on` for `fail-on`; None or empty is an option not given."""
    given = {name.replace("_", "-"): value for name, value in options.items() if value not in (None, (), False)}
    return Settings(config, given, read)


def _normal(known: Setting, value: Any) -> Any:
    if known.kind == "list":
        return tuple(value)
    if known.kind != "date":
        return value
    from carespec.config.problems import as_date  # few configurations name a day

    return as_date(value)


def _origin(config: Config, name: str, pattern: str = "") -> str:
    from carespec.config.problems import line_of  # only where there is a configuration

    line = line_of(config, name, pattern)
    place = f"{config.path}:{line}" if line else config.path
    return f"{place} ({PATHS} {pattern})" if pattern else place


def shown(value: Any) -> str:
    """A value for a person."""
    if isinstance(value, tuple):
        return ", ".join(each or "." for each in value) or "none"
    if value is None:
        return "not set"
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def matches(pattern: str, path: str) -> bool:
    """Whether a pattern means a path, both with `/`: `*` within a name, `**` across folders; a folder means all in it.

    >>> matches("drafts", "drafts/2012/north.care"), matches("*.care", "drafts/north.care")
    (True, False)
    """
    return _pattern(pattern).fullmatch(path) is not None


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    pieces = re.split(r"(\*\*/|\*\*|\*|\?)", pattern.removeprefix("./").rstrip("/"))
    known = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(known.get(piece) or re.escape(piece) for piece in pieces) + "(?:/.*)?", re.DOTALL)
