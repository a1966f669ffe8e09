"""Pieces of the cache as files: written whole or not at all, and read only if they are as they were written."""

from __future__ import annotations

import contextlib
import marshal
import os
import zlib
from _blake2 import blake2b
from collections.abc import Sequence
from typing import Any

from carespec.tuples import NamedTuple

_MARK = b"carespec-cache-4\n"
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
    body = zlib.compress(marshal.dumps(data), 1)
    _put(path, _MARK + _sum(body) + body)


class Damaged(Exception):
    """A part that is not as it was written."""


class Part(NamedTuple):
    """A part of a file, which is read where somebody asks: where it stands, and its checksum."""

    path: str
    offset: int
    size: int
    sum: bytes

    def read(self) -> bytes:
        """The part as it was written. Raises Damaged, also where another run has written the file anew."""
        try:
            with open(self.path, "rb", buffering=0) as file:
                file.seek(self.offset)
                found = file.read(self.size)
        except OSError:
            found = b""
        if _sum(found) != self.sum:
            raise Damaged(self.path)
        return found


def write_parts(path: str, head: Any, parts: Sequence[bytes]) -> None:
    """As `write`, of something that is always read, and parts of which only some will be."""
    about = [(len(part), _sum(part)) for part in parts]
    body = marshal.dumps((head, about))
    _put(path, b"".join((_MARK, _sum(body), len(body).to_bytes(8, "little"), body, *parts)))


def read_parts(path: str) -> tuple[Any, tuple[Part, ...]] | None:
    """What `write_parts` was given; None where nothing is, or where what is always read has changed."""
    try:
        with open(path, "rb") as file:
            mark, sum_of_body, size = file.read(len(_MARK)), file.read(_SUM), file.read(8)
            body = file.read(int.from_bytes(size, "little")) if mark == _MARK else b""
        if _sum(body) != sum_of_body:
            return None
        head, about = marshal.loads(body)
    except (OSError, ValueError, EOFError, TypeError, OverflowError, MemoryError):
        return None
    parts, offset = [], len(_MARK) + _SUM + 8 + len(body)
    for length, checksum in about:
        parts.append(Part(path, offset, length, checksum))
        offset += length
    return head, tuple(parts)


def _put(path: str, written: bytes) -> None:
    beside = f"{path}.{os.getpid()}~"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(beside, "wb") as file:
            file.write(written)
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
