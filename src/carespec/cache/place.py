"""Where the cache is, and what tells one edition of the program from another."""

from __future__ import annotations

import os
import sys
from _blake2 import blake2b  # `hashlib` would load OpenSSL, which takes longer than all that is hashed here
from collections.abc import Iterable, Iterator

from carespec import __version__
from carespec.resources import SOURCES, checkout, in_checkout


def folder() -> str:
    """The folder for this user: `XDG_CACHE_HOME`, else what the system uses for caches."""
    set_one = os.environ.get("XDG_CACHE_HOME")
    if set_one and os.path.isabs(set_one):
        return os.path.join(set_one, "carespec")
    if sys.platform == "win32":
        return os.path.join(os.environ.get("LOCALAPPDATA") or os.path.expanduser("~"), "carespec", "cache")
    home = os.path.expanduser("~")
    return os.path.join(home, *(("Library", "Caches") if sys.platform == "darwin" else (".cache",)), "carespec")


def digest(parts: Iterable[bytes]) -> str:
    """32 hexadecimal digits of several pieces, each of which counts by itself."""
    made = blake2b(digest_size=16)
    for part in parts:
        made.update(len(part).to_bytes(8, "little"))
        made.update(part)
    return made.hexdigest()


def program() -> bytes:
    """This edition of the program: its version, and the size and time of every file that it is made of."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    folders = [package]
    if in_checkout():
        folders += [os.path.join(checkout(), *part.split("/")) for part in SOURCES]
    stamps = sorted(stamp for each in folders for stamp in _stamps(each))
    return f"{__version__} {sys.version} {stamps}".encode("utf-8", "surrogateescape")


def _stamps(folder: str) -> Iterator[tuple[str, int, int]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _stamps(entry.path)
        else:
            state = entry.stat()
            yield entry.path, state.st_size, state.st_mtime_ns
