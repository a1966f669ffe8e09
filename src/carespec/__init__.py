"""carespec: health-service specifications as structured text, written, checked and compared.

`load` reads services, `Workspace.check` gives findings. Plain data in, plain data out: nothing here prints or exits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = ["Workspace", "__version__", "load"]

if TYPE_CHECKING:
    from carespec.workspace import Workspace, load


def __getattr__(name: str) -> Any:
    """Import the engines only when they are asked for: `carespec --version` must not pay for them."""
    if name in ("Workspace", "load"):
        from carespec import workspace

        return getattr(workspace, name)
    raise AttributeError(f"module 'carespec' has no attribute {name!r}")
