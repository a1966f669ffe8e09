"""Tables on a terminal, folded to its width."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def is_terminal() -> bool:
    """Whether a person reads along; else the output goes into a file or another program."""
    return sys.stdout.isatty()


def width() -> int:
    """How many characters a line may have: the terminal's, or 100 where there is none."""
    return max(40, os.get_terminal_size().columns) if is_terminal() else 100


def room() -> int | None:
    """How many characters a line of a list may have; in a pipe, where nothing is folded, any number."""
    return width() if is_terminal() else None


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], columns: int | None = None) -> str:
    """The rows as a table of so many characters, by default the terminal's, with a line between them."""
    from carespec.folding import table as laid_out

    head, told = laid_out(headers, rows, columns or width())
    lines = "\n\n".join("\n".join(line.rstrip() for line in row) for row in told)
    return "\n".join([line for part in head for line in part] + [lines])


def fitting(text: str) -> str:
    """A text that was laid out without regard to a width: on a terminal, what is too long for it goes on below."""
    from carespec.folding import hanging

    space = room()
    return text if space is None else "".join(f"{hanging(line, space)}\n" for line in text.splitlines())


def wrapped(text: str) -> str:
    """A sentence, folded to a terminal's width."""
    from textwrap import fill

    space = room()
    return text if space is None else fill(text, space, break_on_hyphens=False)


def listed(rows: Sequence[Sequence[str]], indent: str = "  ") -> list[list[str]]:
    """For each row its lines, aligned with those of the others and set in; folded to a terminal's width."""
    from carespec.folding import listed as laid_out

    space = room()
    found = laid_out(rows, space if space is None else space - len(indent))
    return [[f"{indent}{line}".rstrip() for line in lines] for lines in found]
