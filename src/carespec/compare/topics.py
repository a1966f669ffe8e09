"""Who says what: for each topic the published counts, and for each field every answer with its services.

Silence is an answer of its own kind, apart from words, agreements to come and what is said elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress

from carespec.compare.counts import Analysis
from carespec.compare.figures import Figures
from carespec.compare.gather import Gathered
from carespec.compare.index import SERVICES, Said, Says
from carespec.compare.spread import Spread
from carespec.model.facts import State
from carespec.tuples import NamedTuple
from carespec.vocabulary import PAY, Field, Vocabulary

ANSWERS = (State.STATED, State.NONE)
"""The states that answer the question; every other leaves it open."""


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


def topic_views(
    figures: Figures, services: SERVICES, vocabulary: Vocabulary, analysis: Analysis | None
) -> tuple[TopicView, ...]:
    """All topics of a vocabulary about which some service says something, in its order."""
    by_topic: dict[str, list[FieldView]] = {}
    everyone, said, counts = everybody(services), figures.said, _numbers_counted(services)
    for field in vocabulary.fields.values():
        for path in _paths_of(field, said, vocabulary):
            view = field_view(path, figures, everyone, vocabulary)
            by_topic.setdefault(field.topic or "", []).append(view)
    return tuple(
        TopicView(name, entry["label"], _counts(name, figures, counts, analysis), tuple(by_topic[name]))
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
    answers = answers_of(found, figures)
    name, _, key = path.partition(" ")
    silent, unread = everyone.without(name, found)
    stated = [answer for answer in answers if answer.state in ANSWERS]
    tied = len(stated) > 1 and len(stated[0].services) == len(stated[1].services)
    return FieldView(
        path, vocabulary.label(name, key or None), answers,
        silent, unread, stated[0] if stated and not tied else None, _figures(path, figures),
    )  # fmt: skip


class Everybody(NamedTuple):
    """All services; the numbers of those read in part, and of those that lost a line, by what it begins with."""

    services: SERVICES
    in_part: tuple[int, ...]
    lost: Mapping[str, Sequence[int]]

    def without(self, field: str, found: Sequence[Says]) -> tuple[SERVICES, SERVICES]:
        """Those without a line: the silent, and those that may say something although no line that was read does."""
        missing = bytearray(b"\1") * len(self.services)
        for says in found:
            for number in says.who:
                missing[number] = 0
        maybe = sorted({*self.in_part, *self.lost.get(field, ())})
        unread = [number for number in maybe if missing[number]]
        for number in unread:
            missing[number] = 0
        return tuple(compress(self.services, missing)), tuple([self.services[number] for number in unread])


def everybody(services: SERVICES) -> Everybody:
    """As `Everybody`, made once for all fields."""
    lost: dict[str, list[int]] = {}
    for number, service in enumerate(services):
        for word in service.lost_words:
            lost.setdefault(word, []).append(number)
    return Everybody(services, tuple(n for n, service in enumerate(services) if service.in_part), lost)


def answers_of(found: Sequence[Says], figures: Figures) -> tuple[Answer, ...]:
    """Each answer with its services by name: what settles the question first, then the most common."""
    by_text: dict[tuple[str, str], list[Sequence[int]]] = {}
    for line, who in found:
        by_text.setdefault((line.said.state, line.said.text), []).append(who)
    answers = [
        Answer(
            state, text, figures.who(given[0] if len(given) == 1 else sorted(number for who in given for number in who))
        )
        for (state, text), given in by_text.items()
    ]
    return tuple(sorted(answers, key=lambda one: (one.state not in ANSWERS, -len(one.services), one.text, one.state)))


def in_name_order(services: Iterable[Gathered]) -> SERVICES:
    """By name, so that the order of files makes no difference."""
    return tuple(sorted(services, key=lambda service: (service.name, service.path)))


def _figures(path: str, figures: Figures) -> tuple[Spreads, ...]:
    """The spread of what is measured, group by group."""
    groups = figures.grouping.groups
    found = figures.of(path).items()
    return tuple(Spreads(groups[number].name, tuple(one.spread for one in scales)) for number, scales in found)


_Counted = Mapping[tuple[str, int], Sequence[int]]
"""By topic and place, the numbers of the services that a published count has."""


def _numbers_counted(services: SERVICES) -> _Counted:
    counted: dict[tuple[str, int], list[int]] = {}
    for number, service in enumerate(services):
        for where in service.counts:
            counted.setdefault(where, []).append(number)
    return counted


def _counts(topic: str, figures: Figures, counted: _Counted, analysis: Analysis | None) -> Counts | None:
    if analysis is None or topic not in analysis.topics:
        return None
    published = analysis.topics[topic]
    members = [(count, counted.get((topic, number), ())) for number, count in enumerate(published.counts)]
    times = bytearray(len(figures.services))
    for count, numbers in members:
        for number in () if count.besides else numbers:
            times[number] += 1
    return Counts(
        published.place,
        tuple(Counted(count.label, figures.who(numbers), count.besides) for count, numbers in members),
        tuple(compress(figures.services, [not often for often in times])),
        tuple(compress(figures.services, [often > 1 for often in times])),
    )


def payments_of(said: Said) -> list[str]:
    """The names of the payments in use."""
    return [path.partition(" ")[2] for path in said if path.startswith(f"{PAY} ")]
