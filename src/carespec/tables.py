"""Headings, sentences and tables, before it is known where they are read: a terminal, a pipe, or a page of Markdown.

In a pipe a row is one line, however long. On a terminal rich folds what does not fit. Nothing else lays out a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias


class Heading(NamedTuple):
    """A heading; level 1 stands above level 2."""

    text: str
    level: int = 1


class Table(NamedTuple):
    """Columns by name, rows of as many texts. `figures` are the numbers of the columns that stand to the right."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()


Block: TypeAlias = Heading | Table | str
"""A text is a paragraph."""


def as_text(blocks: Iterable[Block]) -> str:
    """For a pipe: aligned with blanks, nothing folded, no colour."""
    return "\n\n".join(_plain(block) for block in blocks) + "\n"


def _plain(block: Block) -> str:
    if isinstance(block, str):
        return block
    if isinstance(block, Heading):
        return f"{block.text}\n{('=' if block.level == 1 else '-') * len(block.text)}"
    widths = [max(map(len, column)) for column in zip(block.columns, *block.rows, strict=True)]
    lines = (_aligned(row, widths, block.figures) for row in (block.columns, *block.rows))
    return "\n".join(lines)


def _aligned(row: Sequence[str], widths: Sequence[int], figures: frozenset[int]) -> str:
    cells = (
        cell.rjust(width) if number in figures else cell.ljust(width)
        for number, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return ("  " + "  ".join(cells)).rstrip()


def as_markdown(blocks: Iterable[Block]) -> str:
    """For a page."""
    return "\n\n".join(_marked_down(block) for block in blocks) + "\n"


def _marked_down(block: Block) -> str:
    if isinstance(block, str):
        return _escaped(block)
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_escaped(block.text)}"
    rule = ["---:" if number in block.figures else "---" for number in range(len(block.columns))]
    rows = [block.columns, rule, *([_escaped(cell) for cell in row] for row in block.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _escaped(text: str) -> str:
    for mark in "\\|*_<>`[":
        text = text.replace(mark, f"\\{mark}")
    return text


def to_terminal(blocks: Iterable[Block], colour: bool) -> None:
    """For a terminal: tables as wide as it is, their cells folded where they must be."""
    from rich import box
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text

    console = Console(highlight=False, no_color=not colour)
    for block in blocks:
        if isinstance(block, Table):
            drawn = Drawn(box=box.SIMPLE_HEAD, pad_edge=False)
            for number, name in enumerate(block.columns):
                drawn.add_column(name, justify="right" if number in block.figures else "left", overflow="fold")
            for row in block.rows:
                drawn.add_row(*(Text(cell) for cell in row))
            console.print(drawn)
        elif isinstance(block, Heading):
            console.print(Text(block.text, style="bold underline" if block.level == 1 else "bold"))
        else:
            console.print(Text(block), soft_wrap=False)
            console.print()
