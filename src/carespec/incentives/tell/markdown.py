"""The same pages as Markdown, for a report or a comment."""

from __future__ import annotations

from collections.abc import Sequence

from carespec.incentives.pages import as_markdown
from carespec.incentives.pages.rewarded import TITLE, pages
from carespec.incentives.report import Incentives


def render(found: Sequence[Incentives], width: int) -> str:
    """Everything, as Markdown; lines are as long as they are."""
    return as_markdown(TITLE, pages(found))
