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


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], columns: int | None = None) -> str:
    """The rows as a table of so many characters, by default the terminal's."""
    from io import StringIO

    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=SIMPLE_HEAD, pad_edge=False, show_lines=True)
    for header in headers:
        shown.add_column(header, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(cell) for cell in row))
    into = StringIO()
    Console(file=into, width=columns or width(), color_system=None).print(shown)
    return into.getvalue().rstrip()
