"""A page a service for a person at a terminal, the worst first; a table on top where there are several."""

from __future__ import annotations

from collections.abc import Sequence

from carespec.incentives.pages import as_text
from carespec.incentives.pages.rewarded import pages
from carespec.incentives.report import Incentives


def render(found: Sequence[Incentives], width: int) -> str:
    """Everything, as plain text folded to so many characters a line."""
    return as_text(pages(found), width)
