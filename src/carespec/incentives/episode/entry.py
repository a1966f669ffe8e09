"""The door before a course: what it brings to measure somebody again whose first reading at entry was too low.

A reading shows somebody at the cut-off who is below it with a chance that is the same each time. After each reading the
choice is to measure once more or to turn the person away; whoever has shown enough high readings in a row is in. There
are as many states as readings, so the best way through the door is found in one pass backwards.
"""

from __future__ import annotations


def worth_of_retests(worth: float, chance: float, reading: float, in_a_row: int, times: int) -> float:
    """Pounds that may be expected from measuring again, at most so many `times`, beyond turning the person away.

    `worth` is what it brings to have the person in rather than turned away, `reading` what one costs, both in pounds;
    `in_a_row` how many high readings let somebody in. It never falls with `worth`, `chance` or `times`, nor rises with
    `reading`, so ends of ranges bound it.
    """
    found = 0.0
    for _ in range(times):
        then = worth
        for _ in range(in_a_row):
            # Turning away, or the rounds that are left, are always there to choose instead of one more reading.
            then = max(found, chance * then + (1 - chance) * found - reading)
        found = then
    return found
