"""Who gains and who loses by what changes, in words: `people aged 16 or 17, in full-time education`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from carespec.journeys.records import Condition
from carespec.tuples import NamedTuple
from carespec.vocabulary import Vocabulary

_TOLD = 6


class People(NamedTuple):
    """Who gains and who loses, in words; empty where nobody does, or it is not known."""

    gains: str = ""
    loses: str = ""


NOBODY = People()


def mirrored(people: People) -> People:
    """The same, of the change read backwards."""
    return People(people.loses, people.gains)


def in_words(conditions: Sequence[Condition], vocabulary: Vocabulary) -> str:
    """The people of whom all of this is so; everybody, where nothing is asked."""
    if not conditions:
        return "everybody"
    text, first = ", ".join(one.text for one in conditions), conditions[0]
    named = vocabulary.case_fields[first.field].said == "{}" and not first.text.startswith("other than")
    return text if named else f"people {text}"


def joined(people: Iterable[str]) -> str:
    """Several groups of people, of many only the first with the number of the rest; sorted, so order never shows."""
    told = sorted(dict.fromkeys(people))
    if "everybody" in told:
        return "everybody"
    more = f"; and {len(told) - _TOLD} more groups" if len(told) > _TOLD + 1 else ""
    return "; ".join(told[:_TOLD] if more else told) + more
