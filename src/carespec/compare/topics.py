"""Who says what: for each topic the published counts, and for each field every answer with its services.

Silence is an answer of its own kind, apart from words, agreements to come and what is said elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from carespec.compare.counts import Analysis
from carespec.compare.figures import Figures, Said
from carespec.compare.gather import Cell, Gathered
from carespec.compare.paths import wider_paths
from carespec.compare.spread import Spread
from carespec.model.facts import State
from carespec.vocabulary import PAY, Field, Vocabulary

ANSWERS = (State.STATED, State.NONE)
"""The states that answer the question; every other leaves it open."""
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


def said_by_path(services: SERVICES, vocabulary: Vocabulary) -> dict[str, list[tuple[Gathered, Cell]]]:
    """Every path that some service has a line for, with the services that answer it, in the order given.

    A line without a key answers for each key of its field that has none of its own; one for treatment, for each step.
    """
    places = {id(service): place for place, service in enumerate(services)}
    lines: dict[str, list[tuple[Gathered, Cell]]] = {}
    for service in services:
        for cell in service.cells:
            lines.setdefault(cell.path, []).append((service, cell))
    answered: dict[str, list[tuple[Gathered, Cell]]] = {}
    keyed = {path.partition(" ")[0] for path in lines if " " in path}
    for path, own in lines.items():
        if path in keyed:
            continue  # told under each of its keys
        found = _with_wider(path, own, lines, vocabulary)
        answered[path] = found if found is own else sorted(found, key=lambda pair: places[id(pair[0])])
    return answered


def _with_wider(
    path: str, own: list[tuple[Gathered, Cell]], lines: Said, vocabulary: Vocabulary
) -> list[tuple[Gathered, Cell]]:
    """The lines of a path, and for services without one those that answer for it."""
    found = own
    for wider in wider_paths(path, vocabulary):
        if wider in lines:
            have = {id(service) for service, _ in found}
            found = [*found, *(pair for pair in lines[wider] if id(pair[0]) not in have)]
    return found


def topic_views(
    figures: Figures, services: SERVICES, vocabulary: Vocabulary, analysis: Analysis | None
) -> tuple[TopicView, ...]:
    """All topics of a vocabulary about which some service says something, in its order."""
    by_topic: dict[str, list[FieldView]] = {}
    everyone, said = everybody(services), figures.said
    for field in vocabulary.fields.values():
        for path in _paths_of(field, said, vocabulary):
            view = field_view(path, figures, everyone, vocabulary)
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


def field_view(path: str, figures: Figures, everyone: Everybody, vocabulary: Vocabulary) -> FieldView:
    """What services say of one path."""
    found = figures.said[path]
    answers = answers_of(found)
    name, _, key = path.partition(" ")
    silent, unread = everyone.without(name, found)
    stated = [answer for answer in answers if answer.state in ANSWERS]
    tied = len(stated) > 1 and len(stated[0].services) == len(stated[1].services)
    return FieldView(
        path, vocabulary.label(name, key or None), answers,
        silent, unread, stated[0] if stated and not tied else None, _figures(path, figures),
    )  # fmt: skip


class Everybody(NamedTuple):
    """All services with their identities, and those of which something is unread."""

    known: tuple[tuple[int, Gathered], ...]
    partly: tuple[Gathered, ...]

    def without(self, field: str, found: Sequence[tuple[Gathered, Cell]]) -> tuple[SERVICES, SERVICES]:
        """Those without a line: the silent, and those that may say something although no line that was read does."""
        answering = {id(service) for service, _ in found}
        unread = tuple([s for s in self.partly if id(s) not in answering and (s.in_part or field in s.lost_words)])
        answering.update(map(id, unread))
        return tuple([service for identity, service in self.known if identity not in answering]), unread


def everybody(services: SERVICES) -> Everybody:
    """As `Everybody`, made once for all fields."""
    partly = tuple(service for service in services if service.in_part or service.lost_words)
    return Everybody(tuple((id(service), service) for service in services), partly)


def answers_of(found: Sequence[tuple[Gathered, Cell]]) -> tuple[Answer, ...]:
    """Each answer with its services, in the order found: what settles the question first, then the most common."""
    by_text: dict[tuple[str, str], list[Gathered]] = {}
    for service, cell in found:
        by_text.setdefault((cell.said.state, cell.said.text), []).append(service)
    answers = [Answer(state, text, tuple(given)) for (state, text), given in by_text.items()]
    return tuple(sorted(answers, key=lambda one: (one.state not in ANSWERS, -len(one.services), one.text)))


def in_name_order(services: Iterable[Gathered]) -> SERVICES:
    """By name, so that the order of files makes no difference."""
    return tuple(sorted(services, key=lambda service: (service.name, service.path)))


def _figures(path: str, figures: Figures) -> tuple[Spreads, ...]:
    """The spread of what is measured, group by group."""
    groups = figures.grouping.groups
    return tuple(Spreads(groups[number].name, found) for number, found in figures.of(path).items())


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
