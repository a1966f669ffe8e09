"""Loading is checking: what is wrong with a pack, with the place, before any service is read."""

from __future__ import annotations

from carespec.guidance.model import Pack, PackProblem


def flaws(pack: Pack) -> tuple[PackProblem, ...]:
    """Everything that is wrong with a pack beyond its single lines."""
    return ()
