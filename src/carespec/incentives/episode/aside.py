"""What a document says about payment or the course that no step is analysed by: told with its place, never passed over.

A payment that bears on a course and cannot be followed is left out (`payments.atoms.LeftOut`), and verdicts depend on
it. What is told here leaves the verdicts as they are: they hold of the rest of the document.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.assumptions import reasons
from carespec.incentives.episode.contract import Contract
from carespec.model.facts import Differs, Fact, Phrase, State, When
from carespec.payments.atoms import LeftOut, place_of
from carespec.payments.compile import bears_on
from carespec.payments.conditions import asks_about
from carespec.quantities.sets import WordSet

SECTIONS = ("payment", "outcomes", "missed")
"""The parts of a document that may be about what is paid or how a course goes."""

_SAID = (State.STATED, State.IN_WORDS, State.LOCAL, State.TO_BE_CONFIRMED, State.ELSEWHERE)


def not_followed(contract: Contract) -> tuple[LeftOut, ...]:
    """Everything of the kind in a document, in its order."""
    seen: set[str] = set()
    found: list[LeftOut] = []
    for fact in contract.service.facts:
        if fact.is_payment:
            found += _payment(fact, contract)
        elif _may_bear(fact, contract):
            found += _field(fact, contract, fact.path in seen)
        seen.add(fact.path)
    return tuple(found)


def _may_bear(fact: Fact, contract: Contract) -> bool:
    vocabulary = contract.service.vocabulary
    field = vocabulary.fields.get(fact.field)
    has_bearing = fact.field not in reasons(vocabulary.name, "no-bearing")
    return field is not None and field.section in SECTIONS and has_bearing and fact.value.state in _SAID


def _field(fact: Fact, contract: Contract, is_again: bool) -> Iterator[LeftOut]:
    why = _why(fact, contract.service.vocabulary.name)
    if is_again:
        why = "the document has an earlier line about the same, and that is taken"
    if why is not None:
        yield LeftOut(place_of(fact), why)
        return
    for exception in fact.exceptions:
        yield LeftOut(
            place_of(fact, exception), "an exception is not followed: the line above it is taken for everybody"
        )
    if fact.value.hedge is not None:
        yield LeftOut(place_of(fact), f"`{fact.value.hedge}` is not followed: the figure is taken as it stands")


def _why(fact: Fact, vocabulary: str) -> str | None:
    """Why it is not followed, whatever it says or since it says one of certain words."""
    known, content = reasons(vocabulary, "not-followed"), fact.value.content
    words = sorted(content.members) if isinstance(content, WordSet) else [content]
    found = (known.get(name) for name in (fact.field, *(f"{fact.field}: {word}" for word in words)))
    return next((why for why in found if why is not None), None)


def _payment(fact: Fact, contract: Contract) -> Iterator[LeftOut]:
    if fact.value.state == State.NONE:
        return
    if not any(bears_on(fact, step.name) for step in contract.steps):
        if not any(left.place.path == fact.path for left in contract.left_out):
            yield LeftOut(place_of(fact), "it is for no course at a step that is analysed")
        return
    for under in fact.under:
        if isinstance(under, When) and asks_about(under.condition, "waited"):
            yield LeftOut(place_of(fact, under), "the wait is taken to be kept")
        elif isinstance(under, Phrase):
            yield LeftOut(place_of(fact, under), f"what it adds in words is not followed: “{under.text}”")
        elif isinstance(under, Differs):
            yield LeftOut(place_of(fact, under), "the amount that another source gives is not followed")
