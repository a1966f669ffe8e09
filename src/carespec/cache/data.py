"""What came of files as bytes, and back: records and plain values, and nothing else.

The findings of a thousand services repeat one another: equal pieces become one piece, which is written once and made a
record once. Records cannot be changed, so nobody can tell that they are shared. `pickle` makes the records because it
does so five times as fast as Python can; it is let loose only on what has the right checksum, and may make nothing but
our records, dates and exact numbers.
"""

from __future__ import annotations

import io
import pickle
import sys
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

_OURS = "carespec."
_PLAIN = (int, bool, float, type(None), bytes)
_THEIRS = {("datetime", "date"): date, ("decimal", "Decimal"): Decimal}


class Unknown(TypeError):
    """Something that is no record and no plain value, or bytes that are none of ours."""


def shared(value: Any, known: dict[Any, Any]) -> Any:
    """The same, made of the pieces that are `known` already, so that equal ones become one. Raises Unknown."""
    kind = type(value)
    if kind is str:
        return sys.intern(value)
    if kind in _PLAIN:
        return value
    if kind in _THEIRS.values():
        return known.setdefault((kind, repr(value)), value)
    make = tuple if kind is tuple else _checked(kind)._make
    pieces = [shared(each, known) for each in value]
    return known.setdefault((kind, *map(_same, pieces)), make(pieces))


def _same(piece: Any) -> Any:
    """What is equal for pieces that are one and the same: `1`, `True` and `1.0` are three."""
    kind = type(piece)
    return piece if kind is str else (kind, repr(piece)) if kind in _PLAIN else id(piece)


def as_bytes(data: Any) -> bytes:
    """What `as_records` gives back, made of pieces that `shared` gave."""
    return pickle.dumps(data, protocol=5)


def as_records(written: bytes) -> Any:
    """What `as_bytes` was given. Raises Unknown."""
    try:
        return _Records(io.BytesIO(written)).load()
    except Exception as wrong:  # `pickle` does not say which it may raise
        raise Unknown(str(wrong)) from None


class _Records(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str, /) -> Any:
        """The kinds of this program's records, dates and exact numbers; no other name is looked up."""
        kind = _THEIRS.get((module_name, global_name))
        if kind is not None:
            return kind
        if not module_name.startswith(_OURS):
            raise Unknown(f"{module_name} is none of ours")
        return _checked(getattr(import_module(module_name), global_name))


def _checked(kind: Any) -> Any:
    """A kind of record. Raises Unknown for anything else."""
    if not isinstance(kind, type) or not hasattr(kind, "_fields") or not kind.__module__.startswith(_OURS):
        raise Unknown(f"{getattr(kind, '__name__', kind)} is nothing that a cache keeps")
    return kind
