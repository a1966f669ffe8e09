"""Rows of texts on a page of so many characters: no word is broken that fits on a line, and nothing is cut off.

Columns give way from the widest one down. Where that would leave columns of broken words, or rows much taller than what
they say one thing below the other, each row is told that way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

GAP = "  "
_NARROWEST = 12
"""A column of running words that is narrower than this reads like a list of words."""
_TALLER = 1.5
"""So many times the lines of what is told one below the other are too many."""


def aligned(row: Sequence[str], widths: Sequence[int], figures: frozenset[int] = frozenset()) -> str:
    """One line of cells, each as wide as its column; `figures` are the numbers of the columns set to the right."""
    cells = (
        cell.rjust(width) if number in figures else cell.ljust(width)
        for number, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return GAP.join(cells).rstrip()


def natural(rows: Sequence[Sequence[str]]) -> list[int]:
    """How wide columns are where nothing is folded."""
    return [max(map(len, column)) for column in zip(*rows, strict=True)]


def widths(rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """How wide columns are in so many characters; None where they would have to break words."""
    most = natural(rows)
    least = [
        min(each, max(_NARROWEST, *_words(column))) for each, column in zip(most, zip(*rows, strict=True), strict=True)
    ]
    room = width - len(GAP) * (len(most) - 1)
    if sum(least) > room:
        return None
    cap = max(most)
    while sum(found := [max(low, min(high, cap)) for low, high in zip(least, most, strict=True)]) > room:
        cap -= 1
    return found


def _words(column: Iterable[str]) -> list[int]:
    return [len(word) for cell in column for word in cell.split()] or [0]


def folded(row: Sequence[str], columns: Sequence[int], figures: frozenset[int] = frozenset()) -> list[str]:
    """The lines of a row whose cells are folded to the widths of their columns."""
    cells = [_wrapped(cell, width) if cell else [""] for cell, width in zip(row, columns, strict=True)]
    return [aligned(line, columns, figures) for line in zip_longest(*cells, fillvalue="")]


def listed(rows: Sequence[Sequence[str]], width: int | None) -> list[list[str]]:
    """For each row its lines: aligned with those of the others, or folded, or one cell below the other.

    Without a width, each row is one line.
    """
    most = natural(rows)
    columns = most if width is None else widths(rows, width)
    if columns == most:
        return [[aligned(row, most)] for row in rows]
    assert width is not None
    beneath = [_beneath(row, width) for row in rows]
    beside = [folded(row, columns) for row in rows] if columns is not None else []
    return beside if beside and _count(beside) <= _TALLER * _count(beneath) else beneath


def table(
    names: Sequence[str], rows: Sequence[Sequence[str]], width: int, figures: frozenset[int] = frozenset()
) -> tuple[list[list[str]], list[list[str]]]:
    """The lines of the head and of each row of a table; no head where each row says what each of its cells is."""
    columns = widths([names, *rows], width)
    if columns is not None:
        line = "─" * (sum(columns) + len(GAP) * (len(columns) - 1))
        head, beside = [folded(names, columns, figures), [line]], [folded(row, columns, figures) for row in rows]
        if columns == natural([names, *rows]):
            return head, beside
    told = list(_told(names, rows, width, figures))
    return ([], told) if columns is None or _count(beside) > _TALLER * _count(told) else (head, beside)


def hanging(line: str, width: int) -> str:
    """A line that is set in, or begins with a name and a gap: what does not fit goes on below what comes after that."""
    if len(line) <= width:
        return line
    begins = _BEGINS.match(line)
    assert begins is not None, "it matches everything"
    blank, name = begins["blank"], begins["name"]
    setting = len(begins[0]) if name and len(begins[0]) <= width // 2 else len(blank) + 2
    return "\n".join(_wrapped(line, width, "", " " * setting))


_BEGINS = re.compile(r"(?P<blank> *)(?P<name>- |\S+(?: \S+)*  +(?=\S))?")


def _count(rows: Iterable[Sequence[str]]) -> int:
    return sum(map(len, rows))


def _beneath(row: Sequence[str], width: int) -> list[str]:
    """The cells one after the other; what does not fit on the line of those in front of it is set in below."""
    lines: list[str] = []
    for cell in filter(None, row):
        if lines and len(lines[-1]) + len(GAP) + len(cell) <= width:
            lines[-1] += f"{GAP}{cell}"
        else:
            lines += _wrapped(cell, width, "    " if lines else "")
    return lines or [""]


def _told(
    names: Sequence[str], rows: Iterable[Sequence[str]], width: int, figures: frozenset[int]
) -> Iterator[list[str]]:
    """Each row as the first cell and then every other with its name; figures that follow one another share a line."""
    for first, *others in rows:
        lines = _wrapped(first, width, hanging="  ") if first else []
        together: list[str] = []
        for number, (name, cell) in enumerate(zip(names[1:], others, strict=True), 1):
            if cell and number in figures:
                together.append(f"{name} {cell}")
                continue
            lines += _figures(together, width)
            lines += _wrapped(f"{name}: {cell}", width, "  ", "    ") if cell else []
        yield [*lines, *_figures(together, width)]


def _figures(together: list[str], width: int) -> list[str]:
    told = _wrapped(", ".join(together), width, "  ", "    ") if together else []
    together.clear()
    return told


def _wrapped(text: str, width: int, indent: str = "", hanging: str | None = None) -> list[str]:
    """The text in lines. Only what is longer than a whole line is broken within a word."""
    lines = wrap(text, width, initial_indent=indent, subsequent_indent=indent if hanging is None else hanging,
                 break_on_hyphens=False)  # fmt: skip
    return lines or [""]
