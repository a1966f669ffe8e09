"""Which periods share a day: what holds at the same time can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


def together(periods: Sequence[tuple[int | None, int | None]]) -> list[tuple[int, tuple[int, ...]]]:
    """The largest sets of periods (by index) that share a day, each with the first day that they share.

    Periods on a line that overlap in pairs all share a day. So each largest set is all that hold on the day on which
    the last of them begins, and these days are among the first days.
    """
    spans = [(start or 1, end or date.max.toordinal()) for start, end in periods]
    days = sorted({start for start, end in spans if start <= end})
    different = sorted(set(spans))
    last = {day: min(end for start, end in different if start <= day <= end) for day in days}
    # The set of a day lies within that of the next one unless somebody leaves in between.
    largest = [day for day, following in zip(days, [*days[1:], None], strict=False) if _leaves(last[day], following)]
    return [(day, tuple(i for i, (start, end) in enumerate(spans) if start <= day <= end)) for day in largest]


def _leaves(first_end: int, following: int | None) -> bool:
    return following is None or first_end < following
