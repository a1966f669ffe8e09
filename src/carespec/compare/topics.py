"""Who says what: for each topic the published counts, and for each field every answer with its services.

Silence is an answer of its own kind, apart from words, agreements to come and what is said elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from carespec.compare.counts import Analysis
from carespec.compare.gather import Cell, Gathered
from carespec.compare.peers import Group
from carespec.compare.spread import Figure, Spread, spreads
from carespec.model.facts import State
from carespec.vocabulary import PAY, Field, Vocabulary

ANSWERS = (State.STATED, State.NONE)
"""The states that answer the question; every other leaves it open."""
_EVERY_STEP, _STEP = "treatment", "step-"
SERVICES = tuple[Gathered, ...]


class Answer(NamedTuple):
    """One thing that services say of a field, in the same words or in others that mean it."""

    state: str
    text: str
    services: SERVICES


class Counted(NamedTuple):
    """One published count, counted here."""

    label: str
    services: SERVICES
    besides: bool


class Counts(NamedTuple):
    """The published counts of a topic; `nowhere` are in none of those that are summed, `twice` in more than one."""

    place: str
    counted: tuple[Counted, ...]
    nowhere: SERVICES
    twice: SERVICES

    @property
    def sum(self) -> int:
        """What the counts that part the services add up to."""
        return sum(len(one.services) for one in self.counted if not one.besides)


class Spreads(NamedTuple):
    """The figures of one group of comparable services."""

    group: str
    spreads: tuple[Spread, ...]


class FieldView(NamedTuple):
    """What services say of one field and key. `answers` has the most common first; `silent` and `unread` no line.

    `most_common` is None where nothing is stated, or two answers are equally common.
    """

    path: str
    label: str
    answers: tuple[Answer, ...]
    silent: SERVICES
    unread: SERVICES
    most_common: Answer | None
    groups: tuple[Spreads, ...]

    @property
    def n(self) -> int:
        """How many services answer: with a value, or with none."""
        return sum(len(answer.services) for answer in self.answers if answer.state in ANSWERS)


class TopicView(NamedTuple):
    """One topic: its counts, if they were ever published, and its fields."""

    name: str
    label: str
    counts: Counts | None
    fields: tuple[FieldView, ...]


Said = Mapping[str, Sequence[tuple[Gathered, Cell]]]
"""By path, the services that say something, with the line that says it."""


def said_by_path(services: Iterable[Gathered], vocabulary: Vocabulary) -> dict[str, list[tuple[Gathered, Cell]]]:
    """Every path that some service has a line for, with the services that answer it.

    A line without a key answers for each key of its field that has none of its own; one for treatment, for each step.
    """
    lines: dict[str, list[tuple[Gathered, Cell]]] = {}
    for service in services:
        for cell in service.cells:
            lines.setdefault(cell.path, []).append((service, cell))
    answered = {path: list(found) for path, found in lines.items()}
    for path, found in answered.items():
        for wider in wider_paths(path, vocabulary):
            have = {id(service) for service, _ in found}
            found += [(service, cell) for service, cell in lines.get(wider, ()) if id(service) not in have]
    return {path: found for path, found in answered.items() if not _only_wider(path, lines)}


def wider_paths(path: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The lines that answer for a path without a line of its own, the nearest first."""
    name, _, key = path.partition(" ")
    field = vocabulary.fields.get(name)
    if not key or field is None:
        return ()
    by_step = key.startswith(_STEP) and _EVERY_STEP in vocabulary.keys(field)
    return (f"{name} {_EVERY_STEP}", name) if by_step else (name,)


def _only_wider(path: str, lines: Mapping[str, object]) -> bool:
    """Whether a line without a key has keys beside it under which it is told."""
    return " " not in path and any(other.startswith(f"{path} ") for other in lines)


def topic_views(
    said: Said, services: SERVICES, groups: Sequence[Group], vocabulary: Vocabulary, analysis: Analysis | None
) -> tuple[TopicView, ...]:
    """All topics of a vocabulary about which some service says something, in its order."""
    by_topic: dict[str, list[FieldView]] = {}
    for field in vocabulary.fields.values():
        for path in _paths_of(field, said, vocabulary):
            view = field_view(path, said[path], services, groups, vocabulary)
            by_topic.setdefault(field.topic or "", []).append(view)
    return tuple(
        TopicView(name, entry["label"], _counts(name, services, analysis), tuple(by_topic[name]))
        for name, entry in vocabulary.topics.items()
        if name in by_topic
    )


def _paths_of(field: Field, said: Said, vocabulary: Vocabulary) -> list[str]:
    """The paths of a field in use, its keys in the order of the vocabulary."""
    if not field.keyed_by:
        return [field.name] if field.name in said else []
    order = {key: place for place, key in enumerate(vocabulary.keys(field))}
    found = [path for path in said if path == field.name or path.startswith(f"{field.name} ")]
    return sorted(found, key=lambda path: (order.get(path.partition(" ")[2], len(order)), path))


def field_view(
    path: str,
    found: Sequence[tuple[Gathered, Cell]],
    services: SERVICES,
    groups: Sequence[Group],
    vocabulary: Vocabulary,
) -> FieldView:
    """What services say of one path."""
    answers = answers_of(found)
    answering = {id(service) for service, _ in found}
    missing = [service for service in services if id(service) not in answering]
    stated = [answer for answer in answers if answer.state in ANSWERS]
    tied = len(stated) > 1 and len(stated[0].services) == len(stated[1].services)
    name, _, key = path.partition(" ")
    return FieldView(
        path, vocabulary.label(name, key or None), answers,
        tuple(s for s in missing if not _unread(s, name)), tuple(s for s in missing if _unread(s, name)),
        stated[0] if stated and not tied else None, _figures(found, groups),
    )  # fmt: skip


def _unread(service: Gathered, field: str) -> bool:
    """Whether a document may say something of a field although no line that was read does."""
    return service.in_part or field in service.lost_words


def answers_of(found: Sequence[tuple[Gathered, Cell]]) -> tuple[Answer, ...]:
    """Each answer with its services: those that answer first, then the most common."""
    by_text: dict[tuple[str, str], list[Gathered]] = {}
    for service, cell in found:
        by_text.setdefault((cell.said.state, cell.said.text), []).append(service)
    answers = [Answer(state, text, in_name_order(given)) for (state, text), given in by_text.items()]
    return tuple(sorted(answers, key=lambda one: (one.state not in ANSWERS, -len(one.services), one.text)))


def in_name_order(services: Iterable[Gathered]) -> SERVICES:
    """By name, so that the order of files makes no difference."""
    return tuple(sorted(services, key=lambda service: (service.name, service.path)))


def _figures(found: Sequence[tuple[Gathered, Cell]], groups: Sequence[Group]) -> tuple[Spreads, ...]:
    """The spread of what is measured, group by group."""
    figures = {id(service): Figure(service, cell, cell.said.measure) for service, cell in found if cell.said.measure}
    if not figures:
        return ()
    of_groups = ((group.name, [figures[id(m)] for m in group.members if id(m) in figures]) for group in groups)
    return tuple(Spreads(name, spreads(of_group)) for name, of_group in of_groups if of_group)


def _counts(topic: str, services: SERVICES, analysis: Analysis | None) -> Counts | None:
    if analysis is None or topic not in analysis.topics:
        return None
    published = analysis.topics[topic]
    members: list[list[Gathered]] = [[] for _ in published.counts]
    times: dict[int, int] = {}
    for service in services:
        for name, number in service.counts:
            if name == topic:
                members[number].append(service)
                times[id(service)] = times.get(id(service), 0) + (not published.counts[number].besides)
    counted = tuple(
        Counted(count.label, in_name_order(given), count.besides)
        for count, given in zip(published.counts, members, strict=True)
    )
    nowhere = in_name_order(service for service in services if not times.get(id(service)))
    twice = in_name_order(service for service in services if times.get(id(service), 0) > 1)
    return Counts(published.place, counted, nowhere, twice)


def payments_of(said: Said) -> list[str]:
    """The names of the payments in use."""
    return [path.partition(" ")[2] for path in said if path.startswith(f"{PAY} ")]
