"""Records as data that `marshal` takes, and back: each record as its name and its values.

The findings of a thousand services repeat one another: equal pieces become one piece, which `marshal` writes once and
which is made a record once. Records cannot be changed, so nobody can tell that they are shared.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

_OURS = "carespec."
_PLAIN = (int, bool, float, type(None), bytes)
_TUPLE = ""
"""Stands where the name of a record would, for a tuple that is none."""


class Unknown(TypeError):
    """Something that is no record and no plain value, or a name of no record."""


def as_data(value: Any, known: dict[Any, Any] | None = None) -> Any:
    """A record as a tuple that begins with its name, a tuple as one with no name, a plain value as it is.

    `known` has the pieces that there are already, so that equal ones become one. Raises Unknown.
    """
    kind = type(value)
    if kind is str:
        return sys.intern(value)
    if kind in _PLAIN:
        return value
    known = {} if known is None else known
    if kind is date:
        data: Any = ("date", value.isoformat())
    elif kind is Decimal:
        data = ("decimal", str(value))
    else:
        data = (_name(kind), *[as_data(each, known) for each in value])
    return known.setdefault(tuple(map(_same, data)), data)


def _same(piece: Any) -> Any:
    """What is equal for pieces that are one and the same: `1`, `True` and `1.0` are three."""
    kind = type(piece)
    return piece if kind is str else id(piece) if kind is tuple else (kind, repr(piece))


def _name(kind: type) -> str:
    if kind is tuple:
        return _TUPLE
    if not hasattr(kind, "_fields") or not kind.__module__.startswith(_OURS):
        raise Unknown(f"{kind.__name__} is nothing that a cache keeps")
    return sys.intern(f"{kind.__module__}:{kind.__name__}")


class Reader:
    """Makes records of data that was read at once, where one piece may stand in many places."""

    def __init__(self) -> None:
        self._made: dict[int, Any] = {}
        self._kinds: dict[Any, Callable[[Any], Any]] = {
            _TUPLE: tuple,
            "date": lambda words: date.fromisoformat(*words),
            "decimal": lambda words: Decimal(*words),
        }

    def without(self, data: Any, fields: Collection[str]) -> Any:
        """As the reader itself, with nothing in some fields of the record, which are tuples."""
        kind = _record(data[0] if type(data) is tuple and data else None)
        pairs = zip(kind._fields, data[1:], strict=True)
        return kind._make([() if name in fields else self(each) for name, each in pairs])

    def __call__(self, data: Any) -> Any:
        """What `as_data` was given; the data must be kept for as long as the reader is. Raises Unknown."""
        if type(data) is not tuple:
            return data
        made = self._made.get(id(data))
        if made is None:
            name = data[0] if data else None
            make = self._kinds.get(name)
            if make is None:
                make = self._kinds[name] = _record(name)._make
            made = make([self(each) if type(each) is tuple else each for each in data[1:]])
            self._made[id(data)] = made
        return made


def _record(name: Any) -> Any:
    """The kind of record of that name, of this program and no other."""
    module, _, kind = name.partition(":") if isinstance(name, str) else ("", "", "")
    if not module.startswith(_OURS):
        raise Unknown(f"{name} is no record of carespec")
    try:
        found = getattr(import_module(module), kind)
    except (ImportError, AttributeError):
        raise Unknown(f"{name} is no record") from None
    if not hasattr(found, "_fields"):
        raise Unknown(f"{name} is no record")
    return found
