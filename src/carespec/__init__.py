"""carespec: health-service specifications as structured text, written, checked and compared.

`load` reads services, `Workspace.check` gives findings, `journey` what happens to one person under a service, and
`patients` whom several treat differently; `Workspace.compare` puts services side by side, and `rewards` works out what
a service's payments reward. Plain data in, plain data out: nothing here prints or exits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = ["Workspace", "__version__", "journey", "load", "patients", "rewards"]

if TYPE_CHECKING:
    from carespec.incentives.report import analyse as rewards
    from carespec.journeys.journey import journey
    from carespec.journeys.patients import patients
    from carespec.workspace import Workspace, load


def __getattr__(name: str) -> Any:
    """Import the engines only when they are asked for: `carespec --version` must not pay for them."""
    if name in ("Workspace", "load"):
        from carespec import workspace

        return getattr(workspace, name)
    if name in ("journey", "patients"):
        from importlib import import_module

        return getattr(import_module(f"carespec.journeys.{name}"), name)
    if name == "rewards":  # `carespec.incentives` is the package
        from carespec.incentives.report import analyse

        return analyse
    raise AttributeError(f"module 'carespec' has no attribute {name!r}")
