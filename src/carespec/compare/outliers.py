"""Who stands alone: an answer that few of many comparable services give, and a figure far outside the others.

A service is alone with its answer if more than half of at least five comparable services give one other answer, and no
more than one in ten, or this one only, give its own. A figure is far out if it lies beyond the quartiles by more than
one and a half times their distance (J. W. Tukey, *Exploratory Data Analysis*, 1977, chapter 2), and no more than one in
ten, or one only, do: many that differ are no exception.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from carespec.compare.figures import Figures, Scale
from carespec.compare.gather import Cell, Gathered, Line
from carespec.compare.index import SERVICES, Says
from carespec.compare.measures import Measure
from carespec.compare.spread import measure_of
from carespec.compare.topics import ANSWERS
from carespec.quantities.truth import Number
from carespec.tuples import NamedTuple

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
        far = [outlier for scale in of_group for outlier in _far_out(scale, figures.services)]
        if far:
            yield number, far
    if measured:
        return
    for number, found in figures.parted(path):
        alone = _alone([says for says in found if says.line.said.state in ANSWERS], figures.services)
        if alone:
            yield number, alone


def _alone(answering: list[Says], services: SERVICES) -> list[Outlier]:
    n = sum(len(says.who) for says in answering)
    if n < FEWEST:
        return []
    by_text: dict[str, int] = {}
    for line, who in answering:
        by_text[line.said.text] = by_text.get(line.said.text, 0) + len(who)
    usual = max(sorted(by_text), key=lambda text: by_text[text])
    agree = by_text[usual]
    if agree * 2 <= n:
        return []
    few = max(1, n // _SHARE)
    alone = [
        (by_text[says.line.said.text], number, says.line)
        for says in answering
        if says.line.said.text != usual and by_text[says.line.said.text] <= few
        for number in says.who
    ]
    alone.sort(key=lambda one: one[:2])
    return [_outlier(services[number], line, usual, agree, n, False) for _, number, line in alone]


def _outlier(service: Gathered, line: Line, usual: str, agree: int, n: int, figure: bool) -> Outlier:
    return Outlier(service, service.cell(line), usual, agree, n, figure)


def _far_out(scale: Scale, services: SERVICES) -> list[Outlier]:
    """The figures beyond the fences; a range is one only if it lies beyond them altogether."""
    n = scale.spread.n
    if n < FEWEST:
        return []
    low, high = quartiles([low for says in scale.says for low in [measure_of(says).low] * len(says.who)])
    reach = (high - low) * _FENCE
    fences = (low - reach, high + reach)
    far = [says for says in scale.says if _beyond(measure_of(says), fences)]
    beyond = sum(len(says.who) for says in far)
    if not beyond or beyond > max(1, n // _SHARE):
        return []
    middle = (low + high) / 2
    out = [(-abs(Decimal(measure_of(says).low) - middle), number, says.line) for says in far for number in says.who]
    out.sort(key=lambda one: one[:2])
    inside = [says for says in scale.says if not _beyond(measure_of(says), fences)]
    usual = _range_of([says for says in inside if low <= measure_of(says).low <= high] or inside)
    return [_outlier(services[number], line, usual, n - beyond, n, True) for _, number, line in out]


def _beyond(measure: Measure, fences: tuple[Decimal, Decimal]) -> bool:
    return measure.high < fences[0] or measure.low > fences[1]


def quartiles(numbers: Sequence[Number]) -> tuple[Decimal, Decimal]:
    """The lower and the upper quartile: the medians of the two halves, the middle number in both (Tukey's hinges)."""
    ordered = sorted(numbers)
    half = (len(ordered) + 1) // 2
    return _middle(ordered[:half]), _middle(ordered[-half:])


def _middle(ordered: Sequence[Number]) -> Decimal:
    return (Decimal(ordered[(len(ordered) - 1) // 2]) + Decimal(ordered[len(ordered) // 2])) / 2


def _range_of(ordered: Sequence[Says]) -> str:
    """From the first to the last of the figures; of equal ones that of the first, and of the last service."""
    highest = measure_of(ordered[-1])[1:3]
    most = max((says for says in ordered if measure_of(says)[1:3] == highest), key=lambda says: says.who[-1])
    first, last = ordered[0].line.said.value, most.line.said.value
    return first if first == last else f"{first} to {last}"
