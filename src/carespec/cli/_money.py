"""The pages about money that `carespec incentives` prints in place of what is rewarded."""

from __future__ import annotations

from collections.abc import Sequence

from carespec.assumptions import Assumptions
from carespec.model.facts import Service

Asked = Sequence[tuple[Service, Assumptions]]


def page(wanted: str, asked: Asked) -> str:
    """The page `viability` about every service."""
    from carespec.incentives.pages.viability import render
    from carespec.incentives.viability import viability

    return render([viability(service, assumed) for service, assumed in asked])
