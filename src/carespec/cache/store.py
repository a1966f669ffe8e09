"""Pieces of the cache as files: written whole or not at all, and read only if they are as they were written."""

from __future__ import annotations

import contextlib
import marshal
import os
import zlib
from _blake2 import blake2b
from typing import Any

_MARK = b"carespec-cache-3\n"
_SUM = 16


def read(path: str) -> Any:
    """What was written there; None where nothing is, or where anything of it has changed."""
    try:
        with open(path, "rb") as file:
            written = file.read()
    except OSError:
        return None
    begin = len(_MARK) + _SUM
    body = memoryview(written)[begin:]
    if written[: len(_MARK)] != _MARK or written[len(_MARK) : begin] != _sum(body):
        return None
    try:
        return marshal.loads(zlib.decompress(body))
    except (ValueError, EOFError, TypeError, zlib.error):
        return None


def write(path: str, data: Any) -> None:
    """Write beside and move into place; where that cannot be done, nothing is kept."""
    body = zlib.compress(marshal.dumps(data), 1)  # findings repeat one another: a tenth of the size
    beside = f"{path}.{os.getpid()}~"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(beside, "wb") as file:
            file.write(_MARK + _sum(body) + body)
        os.replace(beside, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.remove(beside)


def keep_newest(folder: str, most: int) -> None:
    """Take away all but the newest entries of a folder, files and folders of files; what cannot go, stays."""
    with contextlib.suppress(OSError):
        entries = sorted(os.scandir(folder), key=lambda entry: -entry.stat().st_mtime_ns)
        for entry in entries[most:]:
            if entry.is_dir(follow_symlinks=False):
                keep_newest(entry.path, 0)
                os.rmdir(entry.path)
            else:
                os.remove(entry.path)


def _sum(body: bytes | memoryview) -> bytes:
    return blake2b(body, digest_size=_SUM).digest()
