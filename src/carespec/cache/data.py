"""Records as data that `marshal` takes, and back: each record as its name and its values."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

_OURS = "carespec."
_PLAIN = (int, bool, float, type(None), bytes)


class Unknown(TypeError):
    """Something that is no record and no plain value, or a name of no record."""


def as_data(value: Any) -> Any:
    """A record as a tuple that begins with its name, a tuple as a list, a plain value as it is. Raises Unknown.

    Equal texts become one text, which `marshal` then writes once.
    """
    kind = type(value)
    if kind is str:
        return sys.intern(value)
    if kind in _PLAIN:
        return value
    if kind is tuple:
        return [as_data(each) for each in value]
    if kind is date:
        return ("date", value.isoformat())
    if kind is Decimal:
        return ("decimal", str(value))
    if not hasattr(kind, "_fields") or not kind.__module__.startswith(_OURS):
        raise Unknown(f"{kind.__name__} is nothing that a cache keeps")
    return (f"{kind.__module__}:{kind.__name__}", *[as_data(each) for each in value])


def from_data(data: Any, known: dict[str, Any] | None = None) -> Any:
    """What `as_data` was given; `known` remembers the kinds of records. Raises Unknown."""
    known = {"date": date.fromisoformat, "decimal": Decimal} if known is None else known
    kind = type(data)
    if kind is list:
        return tuple([from_data(each, known) for each in data])
    if kind is not tuple:
        return data
    make = known.get(data[0])
    if make is None:
        make = known[data[0]] = _record(data[0])
    return make(*[from_data(each, known) if type(each) in (tuple, list) else each for each in data[1:]])


def _record(name: str) -> Any:
    """The kind of record of that name, of this program and no other."""
    module, _, kind = name.partition(":")
    if not module.startswith(_OURS):
        raise Unknown(f"{name} is no record of carespec")
    try:
        found = getattr(import_module(module), kind)
    except (ImportError, AttributeError):
        raise Unknown(f"{name} is no record") from None
    if not hasattr(found, "_fields"):
        raise Unknown(f"{name} is no record")
    return found
