"""What is wrong with a configuration, each with its line and with what to write: all of it at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from carespec.config.find import Config
from carespec.config.table import PATHS, SETTINGS, Setting, named_on_paths
from carespec.tuples import NamedTuple


class Problem(NamedTuple):
    """One thing to put right: the line on which the key stands (0 where it cannot be told), and a sentence."""

    line: int
    message: str


_TAKES = {
    "text": "a text in quotes",
    "list": "a list of texts in quotes",
    "flag": "true or false",
    "date": "a date such as 2012-04-01",
}


def problems(config: Config) -> list[Problem]:
    """Keys that do not exist, and values that a setting cannot take, in the order of the file."""
    found = list(_of_table(config.data, config, SETTINGS, ""))
    return sorted(found, key=lambda problem: problem.line)


def _of_table(data: Mapping[str, Any], config: Config, known: tuple[Setting, ...], under: str) -> Iterator[Problem]:
    by_name = {each.name: each for each in known}
    for key, value in data.items():
        if key == PATHS and not under:
            yield from _of_paths(value, config)
        elif key not in by_name:
            yield Problem(line_of(config, key, under), _unknown(key, tuple(by_name), under))
        elif not fits(by_name[key], value):
            message = f"`{key}` takes {takes(by_name[key])}, such as `{key} = {by_name[key].example}`"
            yield Problem(line_of(config, key, under), message)


def _of_paths(value: Any, config: Config) -> Iterator[Problem]:
    allowed = tuple(each for each in SETTINGS if each.per_path)
    if not isinstance(value, dict):
        yield Problem(line_of(config, PATHS), f'`{PATHS}` is a table, such as `[{PATHS}."drafts/**"]` on a line')
        return
    for pattern, inside in value.items():
        if isinstance(inside, dict):
            yield from _of_table(inside, config, allowed, pattern)
        else:
            message = f'`{pattern}` is a table, such as `[{PATHS}."{pattern}"]` on a line, with settings below it'
            yield Problem(line_of(config, pattern), message)


def _unknown(key: str, known: tuple[str, ...], under: str) -> str:
    from carespec.vocabulary import nearest

    everywhere = tuple(each.name for each in SETTINGS)
    if under and key in everywhere:
        return f"`{key}` cannot be set for some paths only; there, {named_on_paths()} can"
    near = nearest(key.replace("_", "-").lower(), (*known, *(() if under else (PATHS,))))
    return f"there is no setting `{key}`" + (f"; did you mean `{near}`?" if near else f"; there are {', '.join(known)}")


def takes(setting: Setting) -> str:
    """What a setting takes, in words."""
    if setting.kind == "choice":
        return "one of " + ", ".join(f'"{choice}"' for choice in setting.choices)
    return _TAKES[setting.kind]


def fits(setting: Setting, value: Any) -> bool:
    """Whether a value, as TOML gives it, is one that the setting takes."""
    if setting.kind == "flag":
        return isinstance(value, bool)
    if setting.kind == "list":
        return isinstance(value, list) and all(isinstance(each, str) and each for each in value)
    if setting.kind == "choice":
        return isinstance(value, str) and value in setting.choices
    if setting.kind == "date":
        return as_date(value) is not None
    return isinstance(value, str) and bool(value)


def as_date(value: Any) -> date | None:
    """A date as TOML has it, bare or in quotes."""
    if type(value) is date:
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def line_of(config: Config, key: str, under: str = "") -> int:
    """The line on which a key is set, in the table of a path if one is given; 0 where that cannot be told."""
    inside = not under
    begins = re.compile(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*[.=]|^\s*\[.*[\"'.\[]{re.escape(key)}[\"'.\]]")
    for number, line in enumerate(config.lines, 1):
        if under and re.match(r"\s*\[", line):
            inside = under in line
        if inside and begins.match(line):
            return number
    return 0
