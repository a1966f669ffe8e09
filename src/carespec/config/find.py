"""Where the configuration stands: the nearest file above a folder. TOML is parsed only where a file has settings."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from typing import Any

from carespec.source import read_bytes
from carespec.tuples import NamedTuple

FILE = "carespec.toml"
SHARED_FILE = "pyproject.toml"
_TABLE = rb"(?m)^\s*\[\s*tool\s*\.\s*[\"']?carespec\b"


class Config(NamedTuple):
    """A configuration as written: its file, the folder from which its paths count, its values, and its text's lines.

    Without a file all but the folder is empty.
    """

    path: str
    folder: str
    data: Mapping[str, Any]
    lines: tuple[str, ...] = ()


class Unreadable(Exception):
    """A file that is no TOML or no text, with a sentence that says what is wrong and where."""


def nearest(start: str, read: Callable[[str], bytes] = read_bytes) -> Config:
    """The configuration for runs in a folder: of the nearest `carespec.toml` or `pyproject.toml` with settings.

    `read` gives what a file holds, and raises FileNotFoundError where there is none. Raises Unreadable, and OSError as
    `read` does.
    """
    here = os.path.abspath(start)
    while True:
        for name in (FILE, SHARED_FILE):
            path = os.path.join(here, name)
            found = _load_if_there(path, read)
            if found is not None:
                return found
        above = os.path.dirname(here)
        if above == here:
            return Config("", os.path.abspath(start), {})
        here = above


def _load_if_there(path: str, read: Callable[[str], bytes]) -> Config | None:
    try:
        return load(path, read) if read is not read_bytes or os.path.isfile(path) else None
    except FileNotFoundError:
        return None


def load(path: str, read: Callable[[str], bytes] = read_bytes) -> Config | None:
    """The configuration in a file; None for a `pyproject.toml` that has none. Raises as `nearest`."""
    written = read(path)
    shared = os.path.basename(path) == SHARED_FILE
    if shared and not re.search(_TABLE, written):
        return None
    data, text = _parsed(path, written)
    if shared:
        data = data.get("tool", {}).get("carespec")
        if not isinstance(data, dict):
            return None
    return Config(path, os.path.dirname(os.path.abspath(path)), data, tuple(text.splitlines()))


def _parsed(path: str, written: bytes) -> tuple[dict[str, Any], str]:
    import tomllib

    try:
        text = written.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(f"`{path}` is not saved as UTF-8: save it as plain text in UTF-8") from None
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"`{path}` is not written as TOML: {_lower(str(error))}") from None


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
