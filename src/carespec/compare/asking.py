"""Whether the condition of a comparison holds for a group: `highest is more than 1.5 times lowest`.

The names that it can ask about are computed from the figures of the group. In three values, as everywhere: what the
figures leave open flags nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from carespec.compare.measures import Measure, like
from carespec.model import conditions
from carespec.model.conditions import Condition, InWords, Not, Test
from carespec.quantities import truth
from carespec.quantities.counts import Count
from carespec.quantities.percent import Percent
from carespec.quantities.truth import Number
from carespec.rules.compare_values import Side, compare
from carespec.rules.text import other_path
from carespec.tuples import NamedTuple
from carespec.vocabulary import Field, Vocabulary

_COUNT = Field("count", "How many services", "count")
_SHARE = Field("stated-by", "The share of services that state it", "percentage")


class Reading(NamedTuple):
    """One service's figure: the quantity, and what it measures on the scale of the group."""

    content: object
    measure: Measure


class Numbers(NamedTuple):
    """What a group shows. `median` is None where ranges leave it open; `answered` of `members` state the field."""

    lowest: Reading | None
    highest: Reading | None
    median: Number | None
    n: int
    answered: int
    members: int


def numbers_of(readings: Sequence[Reading], answered: int, members: int) -> Numbers:
    """The figures of one scale, of a group in which `answered` of `members` state the field."""
    if not readings:
        return Numbers(None, None, None, 0, answered, members)
    ordered = sorted(readings, key=lambda one: (one.measure.low, one.measure.high))
    highest = max(ordered, key=lambda one: (one.measure.high, one.measure.low))
    middle = ordered[(len(ordered) - 1) // 2].measure, ordered[len(ordered) // 2].measure
    median = _half(middle[0].low, middle[1].low) if all(one.exact for one in middle) else None
    return Numbers(ordered[0], highest, median, len(ordered), answered, members)


def _half(a: Number, b: Number) -> Number:
    half = (Decimal(a) + Decimal(b)) / 2
    return int(half) if isinstance(a, int) and half == int(half) else half


def sides(numbers: Numbers, field: Field) -> dict[str, Side]:
    """The names that a condition can ask about, as far as the group has them."""
    share = Decimal(100) * numbers.answered / numbers.members if numbers.members else Decimal(0)
    found = {
        "count": Side(Count(numbers.n, numbers.n), _COUNT),
        "stated-by": Side(Percent(share), _SHARE),
    }
    low, high = numbers.lowest, numbers.highest
    if low is None or high is None:
        return found
    found |= {"lowest": Side(low.content, field), "highest": Side(high.content, field)}
    if numbers.median is not None:
        found["median"] = Side(like(low.content, low.measure, numbers.median), field)
    if low.measure.exact and high.measure.exact:
        found["spread"] = Side(like(low.content, low.measure, high.measure.low - low.measure.low), field)
    return found


def asks_about_each(condition: Condition) -> bool:
    """Whether a condition asks about each service by itself, as `this`."""
    return any("this" in (test.field, *(other_path(test) or ())) for test in conditions.tests(condition))


def asks_about_figures(condition: Condition) -> bool:
    """Whether a condition asks about what is measured, and not only how many services say something."""
    own = {"count", "stated-by"}
    return any({test.field, *(other_path(test) or ())[:1]} - own for test in conditions.tests(condition))


def holds(condition: Condition, known: Mapping[str, Side], vocabulary: Vocabulary) -> bool | None:
    """Whether the condition holds; None where what it asks is not known."""
    if isinstance(condition, Test):
        return _of_test(condition, known, vocabulary)
    if isinstance(condition, InWords):
        return None
    if isinstance(condition, Not):
        return truth.negate(holds(condition.part, known, vocabulary))
    join = truth.every if isinstance(condition, conditions.All) else truth.some
    return join(holds(part, known, vocabulary) for part in condition.parts)


def _of_test(test: Test, known: Mapping[str, Side], vocabulary: Vocabulary) -> bool | None:
    mine, path = known.get(test.field), other_path(test)
    if mine is None or test.operator == "state" or test.problem is not None:
        return None
    if path is None:
        return compare(test.operator, mine, Side(test.operand, mine.field), vocabulary)
    other = known.get(path[0])
    if other is None:
        return None
    operand: tuple[object, object] = test.operand  # type: ignore[assignment]
    factor: Number = operand[0] if isinstance(operand[1], tuple) else 1  # type: ignore[assignment]
    return compare(test.operator, mine, other._replace(factor=factor), vocabulary)
