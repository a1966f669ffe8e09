"""How long a person waits: the stages of which a service speaks, in the document's words and in calendar days.

Waits are reported with the answer and never change it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carespec.journeys.bearing import Bears, of_kind
from carespec.journeys.branches import CERTAIN, Asked, Branch, branches
from carespec.journeys.records import StageWait
from carespec.model.certain import exactly
from carespec.model.facts import Fact, Service, State, Value
from carespec.quantities import durations
from carespec.quantities.sets import WordSet
from carespec.quantities.truth import Number
from carespec.quantities.waits import Wait
from carespec.vocabulary import Vocabulary, working_days


def waits(service: Service, asked: Asked) -> tuple[StageWait, ...]:
    """The wait for every stage that concerns the person, in the vocabulary's order; those at a step bear it."""
    bears = of_kind(service.vocabulary, "wait")
    if bears is None:
        return ()
    steps = steps_of(service, asked)
    return tuple(
        _stage_wait(stage, label, fact, service, asked, stage if stage in steps else None)
        for stage, label, fact in _stages(bears, service, steps)
    )


def steps_of(service: Service, asked: Asked) -> tuple[str, ...]:
    """The steps that concern the person: the one that they seek, else every one that the service certainly offers."""
    wait = of_kind(service.vocabulary, "wait")
    if wait is None or not wait.case:
        return ()
    sought = asked.person.values.get(wait.case)
    if sought is not None:
        return (str(sought),)
    offered = [value for value in _offered(service, wait.case, asked) if isinstance(value, WordSet)]
    words = {word for value in offered for word in value.members}
    return tuple(
        step for step in service.vocabulary.choices(service.vocabulary.case_fields[wait.case]) if step in words
    )


def _offered(service: Service, case: str, asked: Asked) -> Iterator[object]:
    for field in service.vocabulary.fields.values():
        bears = field.bears_on or {}
        fact = service.fact(field.name)
        if bears.get("case") == case and bears.get("as") == "one-of" and fact is not None:
            followed = branches(fact, asked)
            if len(followed) == 1 and followed[0].value is not None:
                yield followed[0].value.content


def _stages(bears: Bears, service: Service, steps: Sequence[str]) -> Iterator[tuple[str, str, Fact]]:
    """Each stage of which a line speaks: a step without a line of its own is spoken for by the line for all steps."""
    choices = service.vocabulary.case_fields[bears.case] if bears.case else None
    all_steps = service.vocabulary.choices(choices) if choices else ()
    without_key = service.fact(bears.field.name)
    if without_key is not None:
        yield "", "any stage", without_key
    for stage, label in service.vocabulary.keys(bears.field).items():
        if stage in bears.every and steps:
            continue
        if stage in all_steps and stage not in steps:
            continue
        fact = wait_fact(bears, stage, service)
        if fact is not None and fact.key is not None:
            yield stage, label, fact


def wait_fact(bears: Bears, stage: str, service: Service) -> Fact | None:
    """The line that says how long the stage takes: its own, that for every step, that without a key."""
    name = bears.field.name
    own = service.fact(name, stage)
    if own is not None:
        return own
    if bears.case and stage in service.vocabulary.choices(service.vocabulary.case_fields[bears.case]):
        own = next((fact for key in bears.every if (fact := service.fact(name, key)) is not None), None)
    return own or service.fact(name)


def _stage_wait(stage: str, label: str, fact: Fact, service: Service, asked: Asked, at: str | None) -> StageWait:
    followed = branches(fact, asked)
    if len(followed) > 1 and len({said(branch.value, branch.line, service) for branch in followed}) > 1:
        says = " or ".join(dict.fromkeys(said(branch.value, branch.line, service) for branch in followed))
        return StageWait(stage, label, says, "open", fact.line, None, at)
    first = followed[0]
    if first.value is None:
        return StageWait(stage, label, "", State.SILENT, first.line, None, at)
    days = calendar_days(first.value) if first.sure == CERTAIN or len(followed) > 1 else None
    return StageWait(stage, label, said(first.value, first.line, service), first.value.state, first.line, days, at)


def said(value: Value | None, line: int, service: Service) -> str:
    """A value in the document's own words."""
    return service.lines[line - 1][value.start : value.end].strip() if value is not None else "nothing"


def calendar_days(value: Value) -> tuple[Number, Number] | None:
    """The fewest and the most calendar days that a wait of one part can take; None where that cannot be told."""
    content = value.content
    if not isinstance(content, Wait) or len(content.parts) != 1 or value.hedge or content.parts[0].about:
        return None
    limit = content.parts[0].within
    return durations.days(limit, working_days()) if limit is not None else None


def one_wait(followed: Sequence[Branch]) -> Wait | None:
    """The wait that applies, where one certainly does and is stated."""
    if len({id(branch.value) for branch in followed}) != 1:
        return None
    value = followed[0].value
    stated = value is not None and value.state == State.STATED and value.hedge is None
    return value.content if stated and isinstance(value.content, Wait) else None  # type: ignore[union-attr]


def stages(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Every stage that a wait can be promised for, but for words that stand for several."""
    bears = of_kind(vocabulary, "wait")
    if bears is None:
        return ()
    has_steps = bool(bears.case)
    return tuple(key for key in vocabulary.keys(bears.field) if not (has_steps and key in bears.every))


def offered_steps(service: Service) -> frozenset[str] | None:
    """The steps that a service certainly offers and no others; None where that is not said once and for all."""
    bears = of_kind(service.vocabulary, "wait")
    for field in service.vocabulary.fields.values():
        lists = field.bears_on or {}
        if bears is not None and lists.get("case") == bears.case and lists.get("as") == "one-of":
            return exactly(service.fact(field.name))
    return None
