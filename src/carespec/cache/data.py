"""Records as data that `marshal` takes, and back: each record as its name and its values."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

from carespec import records, source


class Unknown(TypeError):
    """Something that is no record and no plain value, or a name of no record."""


def _named(*modules: Any) -> dict[str, Any]:
    found = [value for module in modules for value in vars(module).values()]
    return {value.__name__: value for value in found if isinstance(value, type) and hasattr(value, "_fields")}


_RECORDS = _named(records, source)
_PLAIN = (int, bool, float, type(None), bytes)


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
    if _RECORDS.get(kind.__name__) is not kind:
        raise Unknown(f"{kind.__name__} is not among the records that a cache keeps")
    return (kind.__name__, *[as_data(each) for each in value])


def from_data(data: Any) -> Any:
    """What `as_data` was given. Raises Unknown."""
    kind = type(data)
    if kind is tuple:
        values = [from_data(each) if type(each) in (tuple, list) else each for each in data[1:]]
        if data[0] == "date":
            return date.fromisoformat(values[0])
        if data[0] not in _RECORDS:
            raise Unknown(f"{data[0]} is no record")
        return _RECORDS[data[0]](*values)
    return tuple([from_data(each) for each in data]) if kind is list else data
