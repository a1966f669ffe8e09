"""The pages about money that `carespec incentives` prints in place of what is rewarded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from carespec.assumptions import Assumptions
from carespec.model.facts import Service

if TYPE_CHECKING:
    from carespec.incentives.pages import Page

Asked = Sequence[tuple[Service, Assumptions]]
Made = tuple[str, "list[Page]", Callable[[], dict[str, Any]]]
"""A title, the pages below it, and all of it as data."""


FORMATS = ("json", "markdown", "text")


def rendered(wanted: str, asked: Asked, width: int) -> Callable[[str], str]:
    """The page `viability`, or `repair`, about every service: a function that tells it in one of the formats."""
    from carespec.incentives.pages import as_markdown, as_text

    title, pages, envelope = _repair(asked) if wanted == "repair" else _viability(asked)

    def render(name: str) -> str:
        if name == "json":
            import json

            return json.dumps(envelope(), ensure_ascii=False, indent=2) + "\n"
        return as_markdown(title, pages) if name == "markdown" else as_text(pages, width)

    return render


def _viability(asked: Asked) -> Made:
    from carespec.incentives.pages.data import viability_data
    from carespec.incentives.pages.viability import TITLE, pages
    from carespec.incentives.viability import viability

    found = [viability(service, assumed) for service, assumed in asked]
    return TITLE, pages(found), lambda: viability_data(found)


def _repair(asked: Asked) -> Made:
    from carespec.incentives.pages.data import repair_data
    from carespec.incentives.pages.repair import TITLE, pages
    from carespec.incentives.repair import repaired

    found = [repaired(service, assumed) for service, assumed in asked]
    return TITLE, pages(found), lambda: repair_data(found)


def draw(path: str, asked: Asked) -> None:
    """Draw pay and cost against sessions to a file; a usage error where that cannot be."""
    from carespec.cli._shared import fail

    if not path.lower().endswith((".svg", ".png")):
        fail(f"--plot draws a picture, and `{path}` has no ending of one: write a name that ends in .svg or .png")
    from carespec.incentives.plot import draw as drawn

    try:
        if not drawn(path, asked):
            fail("nothing that is paid for treatment could be worked out, so there is nothing to draw")
    except OSError as error:
        fail(f"`{path}` cannot be written: {error.strerror}")
