"""Who gains and who loses by the change of one line, in words, where the line itself says so.

A line knows nothing of the others: whether somebody is seen also hangs on them. What all lines together change for whom
is worked out in `who`, over every person's way; `versions.differences` takes it as an argument.
"""

from __future__ import annotations

from typing import NamedTuple

from carespec.changes import kinds
from carespec.changes.direction import members
from carespec.changes.kinds import Kind
from carespec.model.facts import Fact, State
from carespec.quantities.ages import Age
from carespec.vocabulary import Field, Vocabulary


class People(NamedTuple):
    """Who gains and who loses, in words; empty where nobody does, or it is not known."""

    gains: str = ""
    loses: str = ""


NOBODY = People()


def affected(kind: Kind, one: Fact | None, other: Fact | None, field: Field | None, vocabulary: Vocabulary) -> People:
    """The people of a change of access or of a wait, as far as its line says."""
    if field is None or kind.subject not in (kinds.ACCESS, kinds.WAIT):
        return NOBODY
    fact = one or other
    assert fact is not None
    if kind.subject == kinds.WAIT:
        return _one_side(kind, f"people who wait ({vocabulary.label(fact.field, fact.key)})")
    if field.type == "set" and field.better == "wider":
        return _of_sets(one, other, field, vocabulary)
    if field.type == "age":
        return _one_side(kind, _ages(one, other, field))
    if fact.key:
        return _one_side(kind, f"people to whom this applies: {vocabulary.keys(field).get(fact.key, fact.key)}")
    return _one_side(kind, f"people for whom this decides: {field.label}")


def _one_side(kind: Kind, people: str) -> People:
    if kind.verb in ("widened", "shortened"):
        return People(gains=people)
    return People(loses=people) if kind.verb in ("narrowed", "lengthened") else NOBODY


def _of_sets(one: Fact | None, other: Fact | None, field: Field, vocabulary: Vocabulary) -> People:
    """Those who are named on one side only; where one side names nobody, nobody can tell whom it means."""
    old, new = (members(fact.value if fact else None) for fact in (one, other))
    if not old or not new:
        return NOBODY
    return People(_named(new - old, field, vocabulary), _named(old - new, field, vocabulary))


def _named(words: frozenset[str], field: Field, vocabulary: Vocabulary) -> str:
    if not words:
        return ""
    labels = vocabulary.words.get(field.of or "", {})
    known = [word for word in vocabulary.choices(field) if word in words]
    return f"{field.label}: " + ", ".join(str(labels.get(word, word)) for word in known)


def _ages(one: Fact | None, other: Fact | None, field: Field) -> str:
    """The ages between two limits; between a limit and none, those beyond it."""
    ages = [fact.value.content for fact in (one, other) if fact and fact.value.state == State.STATED]
    known = [age for age in ages if isinstance(age, Age)]
    if len(known) == 2 and known[0] != known[1]:
        low, high = sorted(known, key=lambda age: age.months)
        return f"people between {low.show()} and {high.show()} old"
    beyond = "over" if field.better == "higher" else "under"
    return f"people {beyond} {known[0].show()}" if len(known) == 1 else "people near the limit of age"
