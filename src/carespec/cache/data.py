"""What came of files as bytes, and back: records and plain values, and nothing else.

Most of what a thousand services give is never told: it crosses from one process to another, and from one run to the
next, as bytes, and becomes records only where somebody asks. `pickle` makes the records because it does so five times
as fast as Python can; it may make nothing but our records, dates and exact numbers.
"""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any

from carespec.cache.place import digest
from carespec.cache.store import Damaged
from carespec.overview import GRAVE, Overview
from carespec.records import Finding
from carespec.results import ALL_TOLD, BEARING, GRAVE_TOLD, OVERVIEW, TOLD, FileResult, Folded, Part

_OURS = "carespec."
_THEIRS = {("datetime", "date"): date, ("decimal", "Decimal"): Decimal}
_NOTHING: dict[str, Any] = dict.fromkeys(TOLD, ())


class Unknown(TypeError):
    """Something that is no record and no plain value, or bytes that are none of ours."""


def folded(result: FileResult, whole: Overview) -> Folded:
    """What came of a file, as bytes, with the overview of it."""
    bearing = result._replace(**_NOTHING)
    told = zlib.compress(as_bytes([getattr(result, name) for name in TOLD]), 1)  # findings repeat one another
    grave = as_bytes([one for one in result.findings if one.severity == GRAVE])
    # How many facts there are bears on the summary alone.
    sign = digest((_by_value(bearing._replace(ref=bearing.ref._replace(facts=0, undecided=0))),))
    return Folded(sign, (as_bytes(bearing), told, grave, as_bytes(whole)))


def only_bearing(result: FileResult) -> Folded:
    """Of what came of a file what bears on other files, without a sign."""
    return Folded("", (as_bytes(result._replace(**_NOTHING)),))


def bearing_of(one: Folded) -> FileResult:
    """What bears on other files, with nothing told. Raises Unknown."""
    found = as_records(content(_part(one, BEARING)))
    if not isinstance(found, FileResult):
        raise Unknown("this is not what came of a file")
    return found


def unfolded(one: Folded) -> FileResult:
    """What `folded` was given. Raises Unknown."""
    return bearing_of(one)._replace(**dict(zip(TOLD, _told(one), strict=True)))


def findings_in(one: Folded, only_grave: bool = False) -> Sequence[Finding]:
    """The findings of what came of a file: all, or those that must be put right. Raises Unknown."""
    found = as_records(content(_part(one, GRAVE_TOLD))) if only_grave else _told(one)[TOLD.index("findings")]
    if not isinstance(found, list | tuple):
        raise Unknown("these are no findings")
    return found


def overview_in(part: Part) -> Overview:
    """The overview that a part holds. Raises Unknown."""
    found = as_records(content(part))
    if not isinstance(found, Overview):
        raise Unknown("this is no overview")
    return found


def overview_of(one: Folded) -> Overview:
    """The overview of what came of a file. Raises Unknown."""
    return overview_in(_part(one, OVERVIEW))


def content(part: Part) -> bytes:
    """The bytes of a part. Raises Unknown where they are no longer what they were."""
    try:
        return part if isinstance(part, bytes) else part.read()
    except Damaged as wrong:
        raise Unknown(str(wrong)) from None


def _part(one: Folded, number: int) -> Part:
    if number >= len(one.parts):
        raise Unknown("a part is missing")
    return one.parts[number]


def _told(one: Folded) -> Sequence[Any]:
    try:
        told = as_records(zlib.decompress(content(_part(one, ALL_TOLD))))
    except zlib.error as wrong:
        raise Unknown(str(wrong)) from None
    if not isinstance(told, list) or len(told) != len(TOLD):
        raise Unknown("this is not what came of a file")
    return told


def as_bytes(data: Any) -> bytes:
    """What `as_records` gives back."""
    return pickle.dumps(data, protocol=5)


def as_records(written: bytes) -> Any:
    """What `as_bytes` was given. Raises Unknown."""
    try:
        return _Records(io.BytesIO(written)).load()
    except Exception as wrong:  # `pickle` does not say which it may raise
        raise Unknown(str(wrong)) from None


def _by_value(data: Any) -> bytes:
    """The same bytes for what is equal, whichever of its pieces are one and the same object."""
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, protocol=5)
    pickler.fast = True
    pickler.dump(data)
    return stream.getvalue()


class _Records(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str, /) -> Any:
        """The kinds of this program's records, dates and exact numbers; no other name is looked up."""
        return _kind(module_name, global_name)


@cache
def _kind(module_name: str, global_name: str) -> Any:
    if (module_name, global_name) in _THEIRS:
        return _THEIRS[module_name, global_name]
    if not module_name.startswith(_OURS):
        raise Unknown(f"{module_name} is none of ours")
    kind = getattr(import_module(module_name), global_name)
    if not isinstance(kind, type) or not hasattr(kind, "_fields") or not kind.__module__.startswith(_OURS):
        raise Unknown(f"{getattr(kind, '__name__', kind)} is nothing that a cache keeps")
    return kind
