"""A condition with one thing in it changed: what an author may have meant, and what a slip of the pen makes of it.

Each variant is one mistake: a limit moved by one, another unit or clock, the next comparator, `and` for `or`, a part
left out. A rule's examples must notice every one of them that makes a difference.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.guidance.mutation.neighbours import neighbours
from carespec.model.conditions import All, Any, Condition, InWords, Not, Test
from carespec.model.facts import State
from carespec.quantities.numbers import shown
from carespec.rules.text import field_named, other_path
from carespec.tuples import NamedTuple
from carespec.vocabulary import Vocabulary

_OTHER_OPERATORS = {
    "at most": ("less than", "at least"),
    "less than": ("at most", "more than"),
    "at least": ("more than", "at most"),
    "more than": ("at least", "less than"),
    "before": ("after",),
    "after": ("before",),
    "includes": ("any of",),
    "any of": ("includes",),
    "one of": ("is",),
}
_OTHER_STATES = {
    State.STATED: (State.NONE,),
    State.NONE: (State.STATED,),
    State.IN_WORDS: (State.STATED,),
    State.SILENT: (State.STATED,),
    State.LOCAL: (State.STATED,),
    State.ELSEWHERE: (State.STATED,),
    State.TO_BE_CONFIRMED: (State.STATED,),
    "hedged": (State.STATED,),
}
_OTHER_QUANTIFIERS = {"every": "some", "some": "every", "no": "some"}


class Variant(NamedTuple):
    """A changed condition, and what was changed, in words."""

    told: str
    condition: Condition


def variants(condition: Condition, vocabulary: Vocabulary) -> Iterator[Variant]:
    """Every condition that differs from this one in one thing, in a fixed order."""
    if isinstance(condition, Test):
        yield from _of_test(condition, vocabulary)
    elif isinstance(condition, Not):
        yield Variant("`not` left out", condition.part)
        yield from (v._replace(condition=_denied(v.condition)) for v in variants(condition.part, vocabulary))
    elif isinstance(condition, All | Any):
        yield from _of_parts(condition, vocabulary)


def _denied(condition: Condition) -> Condition:
    """The opposite of a variant; one that already is an opposite loses it."""
    return condition.part if isinstance(condition, Not) else Not(condition)


def _of_parts(condition: All | Any, vocabulary: Vocabulary) -> Iterator[Variant]:
    parts = condition.parts
    if isinstance(condition, All):
        yield Variant("`or` for `and`", Any(parts))
    else:
        yield Variant("`and` for `or`", All(parts))
    for number, part in enumerate(parts):
        rest = (*parts[:number], *parts[number + 1 :])
        yield Variant(f"`{_named(part)}` left out", rest[0] if len(rest) == 1 else condition._replace(parts=rest))
        for variant in variants(part, vocabulary):
            changed = (*parts[:number], variant.condition, *parts[number + 1 :])
            yield Variant(variant.told, condition._replace(parts=changed))


def _named(condition: Condition) -> str:
    """A few words by which an author knows a part again."""
    if isinstance(condition, Test):
        return f"{condition.field} {condition.key}" if condition.key else condition.field
    if isinstance(condition, InWords):
        return "in words"
    if isinstance(condition, Not):
        return _named(condition.part)
    return f"{_named(condition.parts[0])} …"


def _of_test(test: Test, vocabulary: Vocabulary) -> Iterator[Variant]:
    name = _named(test)
    if test.quantifier is not None:
        other = _OTHER_QUANTIFIERS[test.quantifier]
        yield Variant(f"`{other} {name}` for `{test.quantifier} {name}`", test._replace(quantifier=other))
    if test.operator == "state":
        yield from _of_state(test, name)
        return
    yield Variant(f"`{name}` turned into its opposite", Not(test))
    for operator in _OTHER_OPERATORS.get(test.operator, ()):
        if operator != "is" or not _is_many(test.operand):
            yield Variant(f"`{name}`: `{operator}` for `{test.operator}`", test._replace(operator=operator))
    yield from _of_operand(test, name, vocabulary)


def _is_many(operand: object) -> bool:
    """Whether an operand lists several words: `is` of those asks something else of a choice than `is one of`."""
    return len(getattr(operand, "members", ())) != 1


def _of_state(test: Test, name: str) -> Iterator[Variant]:
    state: str = test.operand[0]  # type: ignore[index]
    yield Variant(f"`{name}` turned into its opposite", Not(test))
    for other in _OTHER_STATES.get(state, ()):
        yield Variant(f"`{name} is {other}` for `is {state}`", test._replace(operand=(other, None)))


def _of_operand(test: Test, name: str, vocabulary: Vocabulary) -> Iterator[Variant]:
    field = field_named(test.field, vocabulary)
    if field is None:
        return
    path = other_path(test)
    if path is not None:
        yield from _of_factor(test, name)
        return
    for other in neighbours(test.operand, field, vocabulary):
        told = f"`{name}`: `{_shown(other)}` for `{_shown(test.operand)}`"
        yield Variant(told, test._replace(operand=other))


def _of_factor(test: Test, name: str) -> Iterator[Variant]:
    """`at most 2 times F`: once more, and once less."""
    operand: tuple[object, object] = test.operand  # type: ignore[assignment]
    factor, path = operand
    if isinstance(path, tuple) and isinstance(factor, int):
        for other in (factor - 1, factor + 1):
            yield Variant(f"`{name}`: {other} times for {factor} times", test._replace(operand=(other, path)))


def _shown(content: object) -> str:
    return content if isinstance(content, str) else shown(content)
