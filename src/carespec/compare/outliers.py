"""Who stands alone: an answer that few of many comparable services give, and a figure far outside the others.

A service is alone with its answer if more than half of at least five comparable services give one other answer, and no
more than one in ten, or this one only, give its own. A figure is far out if it lies beyond the quartiles by more than
one and a half times their distance (J. W. Tukey, *Exploratory Data Analysis*, 1977, chapter 2), and no more than one in
ten, or one only, do: many that differ are no exception.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from carespec.compare.figures import Figures
from carespec.compare.gather import Cell, Gathered
from carespec.compare.spread import Figure, Spread
from carespec.compare.topics import ANSWERS
from carespec.quantities.truth import Number

FEWEST = 5
"""With fewer comparable services than these nobody is unusual."""
_SHARE = 10
_FENCE = Decimal("1.5")


class Outlier(NamedTuple):
    """One service that differs: from how many (`n` with itself), what most of them say, and how many say that.

    For a figure, `usual` is the range of the middle half, and `agree` how many figures lie inside the fences.
    """

    service: Gathered
    cell: Cell
    usual: str
    agree: int
    n: int
    figure: bool


class Outliers(NamedTuple):
    """The outliers of one field in one group, the most extreme first."""

    path: str
    group: str
    outliers: tuple[Outlier, ...]


def outliers(figures: Figures) -> tuple[Outliers, ...]:
    """Every field of every group in which somebody stands alone: by group, then by path as said."""
    groups = figures.grouping.groups
    found: list[list[Outliers]] = [[] for _ in groups]
    for path in figures.said:
        for number, alone in _of_path(path, figures):
            found[number].append(Outliers(path, groups[number].name, tuple(alone)))
    return tuple(one for of_group in found for one in of_group)


def _of_path(path: str, figures: Figures) -> Iterator[tuple[int, list[Outlier]]]:
    """The outliers of one path by the number of the group: of figures, where it measures anything; else of answers."""
    measured = figures.of(path)
    for number, of_group in measured.items():
        far = [outlier for spread in of_group for outlier in _far_out(spread)]
        if far:
            yield number, far
    if measured:
        return
    answering = [(pair[0], pair) for pair in figures.said[path] if pair[1].said.state in ANSWERS]
    for number, pairs in figures.grouping.parted(answering):
        alone = _alone(pairs)
        if alone:
            yield number, alone


def _alone(answering: list[tuple[Gathered, Cell]]) -> list[Outlier]:
    n = len(answering)
    if n < FEWEST:
        return []
    by_text: dict[str, list[tuple[Gathered, Cell]]] = {}
    for service, cell in answering:
        by_text.setdefault(cell.said.text, []).append((service, cell))
    usual = max(sorted(by_text), key=lambda text: len(by_text[text]))
    agree = len(by_text[usual])
    if agree * 2 <= n:
        return []
    few = max(1, n // _SHARE)
    alone = [pair for text, pairs in by_text.items() if text != usual and len(pairs) <= few for pair in pairs]
    alone.sort(key=lambda pair: (len(by_text[pair[1].said.text]), pair[0].name, pair[0].path))
    return [Outlier(service, cell, usual, agree, n, False) for service, cell in alone]


def _far_out(spread: Spread) -> list[Outlier]:
    """The figures beyond the fences; a range is one only if it lies beyond them altogether."""
    if spread.n < FEWEST:
        return []
    low, high = quartiles([figure.measure.low for figure in spread.figures])
    reach = (high - low) * _FENCE
    fences = (low - reach, high + reach)
    far = [f for f in spread.figures if _beyond(f, fences)]
    if len(far) > max(1, spread.n // _SHARE):
        return []
    middle = (low + high) / 2
    far.sort(key=lambda f: (-abs(Decimal(f.measure.low) - middle), f.service.name, f.service.path))
    inside = [f for f in spread.figures if not _beyond(f, fences)]
    usual = _range_of([f for f in inside if low <= f.measure.low <= high] or inside)
    return [Outlier(f.service, f.cell, usual, len(inside), spread.n, True) for f in far]


def _beyond(figure: Figure, fences: tuple[Decimal, Decimal]) -> bool:
    return figure.measure.high < fences[0] or figure.measure.low > fences[1]


def quartiles(numbers: Sequence[Number]) -> tuple[Decimal, Decimal]:
    """The lower and the upper quartile: the medians of the two halves, the middle number in both (Tukey's hinges)."""
    ordered = sorted(Decimal(number) for number in numbers)
    half = (len(ordered) + 1) // 2
    return _middle(ordered[:half]), _middle(ordered[-half:])


def _middle(ordered: Sequence[Decimal]) -> Decimal:
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def _range_of(figures: Sequence[Figure]) -> str:
    first, last = figures[0].cell.said.value, figures[-1].cell.said.value
    return first if first == last else f"{first} to {last}"
