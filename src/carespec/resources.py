"""Where the grammar and the specifications that ship live: inside the wheel, or at the top of a checkout."""

from __future__ import annotations

import os
from functools import cache

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_CHECKOUT = os.path.dirname(os.path.dirname(_PACKAGE))

SOURCES = (
    "grammar", "specs/vocabulary", "specs/calendars", "specs/assumptions", "specs/schemas", "specs/guidance",
)  # fmt: skip
"""The folders of a checkout from which data is made beforehand: whatever depends on that data depends on them."""


@cache
def data_dir(name: str) -> str:
    """The folder called `name` ("grammar", "specs"), wherever this install keeps it.

    Raises FileNotFoundError when neither the package nor a checkout around it has the folder.
    """
    shipped = os.path.join(_PACKAGE, name)
    if os.path.isdir(shipped):
        return shipped
    beside = os.path.join(_CHECKOUT, name)
    if in_checkout() and os.path.isdir(beside):
        return beside
    raise FileNotFoundError(f"{name}/ is neither in {_PACKAGE} nor in {_CHECKOUT}")


@cache
def in_checkout() -> bool:
    """Whether this package runs from the `src/` of a checkout and not from an installed wheel."""
    here = os.path.join(_CHECKOUT, "pyproject.toml")
    return os.path.basename(os.path.dirname(_PACKAGE)) == "src" and os.path.isfile(here)


def checkout() -> str:
    """The top folder of the checkout; meaningful only when `in_checkout()`."""
    return _CHECKOUT


def read_folder(name: str, ending: str) -> list[tuple[str, str]]:
    """(file name, text) of every file of a data folder with that ending, sorted by name."""
    folder = os.path.join(data_dir(name.split("/")[0]), *name.split("/")[1:])
    return [
        (entry, read_text(os.path.join(folder, entry)))
        for entry in sorted(os.listdir(folder))
        if entry.endswith(ending)
    ]


def read_text(path: str) -> str:
    """The text of a file that ships with the program."""
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()
