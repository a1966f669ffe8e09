"""How incentives are told: one file a format, each with `render(found, width) -> str`; the folder is the registry.

`phrases` has the words that the formats for people share.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from carespec.incentives.report import Incentives

Render: TypeAlias = "Callable[[Sequence[Incentives], int], str]"
"""What is told of services, and how many characters a line may have where lines are folded."""

_NOT_FORMATS = ("__init__.py", "phrases.py")


@cache
def formats() -> tuple[str, ...]:
    """The names of the formats, sorted."""
    folder = os.path.dirname(os.path.abspath(__file__))
    return tuple(sorted(e[:-3] for e in os.listdir(folder) if e.endswith(".py") and e not in _NOT_FORMATS))


def renderer(name: str) -> Render:
    """The `render` of a format. Raises KeyError for one that does not exist."""
    if name not in formats():
        raise KeyError(name)
    return import_module(f"carespec.incentives.tell.{name}").render  # type: ignore[no-any-return]
