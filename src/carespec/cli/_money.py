"""The pages about money that `carespec incentives` prints in place of what is rewarded."""

from __future__ import annotations

from collections.abc import Sequence

from carespec.assumptions import Assumptions
from carespec.model.facts import Service

Asked = Sequence[tuple[Service, Assumptions]]


def page(wanted: str, asked: Asked) -> str:
    """The page `viability`, or `repair`, about every service."""
    return _repair(asked) if wanted == "repair" else _viability(asked)


def _viability(asked: Asked) -> str:
    from carespec.incentives.pages.viability import render
    from carespec.incentives.viability import viability

    return render([viability(service, assumed) for service, assumed in asked])


def _repair(asked: Asked) -> str:
    from carespec.incentives.episode.contract import contract_of
    from carespec.incentives.horizon import settle
    from carespec.incentives.pages.repair import render
    from carespec.incentives.repair import repair

    found = []
    for service, assumed in asked:
        contract = contract_of(service, assumed)
        repairs = [repair(settle(contract, step, assumed).setting) for step in contract.steps]
        found.append((service.name, service.path, repairs))
    return render(found)


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
