"""Headings, sentences and tables, before it is known where they are read: a terminal, a pipe, or a page of Markdown.

In a pipe a row is one line, however long. On a terminal what does not fit is folded (`carespec.folding`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from carespec.folding import GAP, aligned, natural, table
from carespec.tuples import NamedTuple


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
    rows = (block.columns, *block.rows)
    widths = natural(rows)
    return "\n".join(f"{GAP}{aligned(row, widths, block.figures)}" for row in rows)


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
    """For a terminal: tables no wider than it is."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, no_color=not colour)
    for block in blocks:
        if isinstance(block, Table):
            head, rows = table(block.columns, block.rows, console.width, block.figures)
            for number, lines in enumerate(head):
                console.print(Text("\n".join(lines), style="dim" if number else "bold"), soft_wrap=True)
            console.print(Text("\n".join(line for lines in rows for line in lines)), soft_wrap=True)
            console.print()
        elif isinstance(block, Heading):
            console.print(Text(block.text, style="bold underline" if block.level == 1 else "bold"))
            console.print()
        else:
            console.print(Text(block), soft_wrap=False)
            console.print()
