"""Whether a change is better or worse for the patient, as far as the vocabulary and the documents decide it."""

from __future__ import annotations

from carespec.changes.meaning import bare
from carespec.model.facts import Fact, State, Value, When
from carespec.quantities import sets
from carespec.quantities.readings import ScaleRange
from carespec.quantities.sets import WordSet
from carespec.rules.compare_values import Side, compare, none_as
from carespec.vocabulary import Field, Vocabulary

NO_BAR, CANNOT_TELL = "no-bar", "cannot-tell"
_UNSAID = (State.NOT_STATED, State.SILENT)


def direction(before: Fact | None, after: Fact | None, field: Field, vocabulary: Vocabulary) -> bool | None:
    """True if the change is for the better, False for the worse, None if nobody can tell (or nothing changes).

    Exceptions count: one more that is better than the rule is a change for the better. Where the parts of a change
    point in different directions nobody can tell.
    """
    one, other = (fact.value if fact else None for fact in (before, after))
    signs = {of_values(one, other, field, vocabulary)} if bare(one) != bare(other) else set()
    signs |= _of_exceptions(before, after, other, field, vocabulary, True)
    signs |= _of_exceptions(after, before, one, field, vocabulary, False)
    if _limits(before) != _limits(after):
        signs.add(_of_limits(before, after, field))
    return signs.pop() if len(signs) == 1 else None


def _of_exceptions(
    before: Fact | None, after: Fact | None, rule: Value | None, field: Field, vocabulary: Vocabulary, better: bool
) -> set[bool | None]:
    """The signs of the exceptions that only `after` has, each held against its rule."""
    if before is None or after is None:
        return set()
    known = {bare(exception) for exception in before.exceptions}
    new = [exception for exception in after.exceptions if bare(exception) not in known]
    return {_signed(of_values(rule, exception.value, field, vocabulary), better) for exception in new}


def _signed(value: bool | None, better: bool) -> bool | None:
    return None if value is None else value is better


def _limits(fact: Fact | None) -> frozenset[object]:
    """The conditions under which alone a fact holds."""
    return frozenset(bare(line) for line in fact.under if isinstance(line, When)) if fact else frozenset()


def _of_limits(before: Fact | None, after: Fact | None, field: Field) -> bool | None:
    """What turns people away only in some cases turns fewer away; what is granted only in some is granted to fewer."""
    if before is None or after is None or bool(_limits(before)) == bool(_limits(after)):
        return None
    fewer_cases = bool(_limits(after))
    return {NO_BAR: fewer_cases, CANNOT_TELL: not fewer_cases}.get(field.when_silent or "")


def of_values(before: Value | None, after: Value | None, field: Field, vocabulary: Vocabulary) -> bool | None:
    """Whether one value is better than another; where silence turns nobody away, saying nothing is no bar."""
    if field.when_silent == NO_BAR:
        barred = [_bars(value, field) for value in (before, after)]
        if None not in barred and barred[0] != barred[1]:
            return barred[0]
    elif field.type == "choice" and field.when_silent == CANNOT_TELL:
        return _of_grants(before, after)
    a, b = (_side(value, field) for value in (before, after))
    if a is None or b is None:
        return None
    if field.better == "wider":
        return _wider(a, b, vocabulary)
    return _ordered(a, b, field, vocabulary)


def _bars(value: Value | None, field: Field) -> bool | None:
    """Whether a line turns anybody away; None where that cannot be told."""
    if value is None or value.state in _UNSAID:
        return False
    if value.state == State.NONE:
        return bool((field.bears_on or {}).get("none-bars"))
    return True if value.state == State.STATED else None


def _of_grants(before: Value | None, after: Value | None) -> bool | None:
    states = [value.state if value else State.SILENT for value in (before, after)]
    return {(State.NONE, State.STATED): True, (State.STATED, State.NONE): False}.get((states[0], states[1]))


def _side(value: Value | None, field: Field) -> Side | None:
    """A value that can be held against another: stated without a hedge, or none where that has a place in the order."""
    if value is None or value.hedge is not None:
        return None
    if value.state == State.NONE:
        none = none_as(field)
        return None if none is None else Side(none, field)
    return Side(value.content, field) if value.state == State.STATED else None


def _ordered(before: Side, after: Side, field: Field, vocabulary: Vocabulary) -> bool | None:
    if field.better not in ("lower", "higher"):
        return None
    less = decreased(before, after, vocabulary)
    return None if less is None else less is (field.better == "lower")


def decreased(before: Side, after: Side, vocabulary: Vocabulary) -> bool | None:
    """Whether a figure went down: True down, False up, None if neither is certain."""
    down, up = compare("at most", after, before, vocabulary), compare("at most", before, after, vocabulary)
    if down is True and up is False:
        return True
    return False if up is True and down is False else None


def _wider(before: Side, after: Side, vocabulary: Vocabulary) -> bool | None:
    a, b = (_covered(side, vocabulary) for side in (before, after))
    if a is None or b is None:
        return None
    more, less = sets.includes(b, a), sets.includes(a, b)
    if more is True and less is not True:
        return True
    return False if less is True and more is not True else None


def _covered(side: Side, vocabulary: Vocabulary) -> WordSet | None:
    """The words that a set names, or that a range on a scale covers."""
    content = side.content
    if isinstance(content, ScaleRange):
        words = vocabulary.choices(side.field)
        return WordSet(words[words.index(content.low) : words.index(content.high) + 1])
    return content if isinstance(content, WordSet) else None
