"""Counts that somebody published, as conditions that can be asked of any services: `specs/counts/NAME.yaml`.

A file there is one analysis. Nothing else lists them, and none of their answers is kept: each run counts again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from carespec.compare.gather import Line
from carespec.compare.paths import wider_paths
from carespec.memory import Memory
from carespec.model.conditions import All, Condition, tests
from carespec.model.facts import Service, State
from carespec.records import SourceRef
from carespec.resources import read_folder
from carespec.rules.asked import Subject
from carespec.rules.evaluate import EVERY, truth
from carespec.rules.text import condition_from_text, other_path
from carespec.tuples import NamedTuple
from carespec.vocabulary import Vocabulary, load

FOLDER = "specs/counts"
_EVERY = "every "
_STATES = (State.SILENT, State.STATED, State.NOT_STATED, State.NONE, State.IN_WORDS)
_ASKED_STATES: tuple[object, ...] = tuple((state, None) for state in _STATES)


class Count(NamedTuple):
    """One thing to count: how it is called, and the condition that a service must meet; `besides` is in no sum."""

    label: str
    where: str
    besides: bool = False


class Topic(NamedTuple):
    """The counts of one topic, and their place in the source."""

    place: str
    counts: tuple[Count, ...]


class Analysis(NamedTuple):
    """What one published analysis counted over services of one vocabulary, by topic, and the prices of its table."""

    name: str
    title: str
    vocabulary: str
    source: SourceRef
    topics: Mapping[str, Topic]
    prices: tuple[str, ...]
    prices_place: str


@cache
def analyses() -> tuple[Analysis, ...]:
    """The analyses that ship, by name of their file."""
    import yaml

    return tuple(_analysis(yaml.safe_load(text)) for _, text in read_folder(FOLDER, ".yaml"))


def analysis_for(vocabulary: str) -> Analysis | None:
    """The first analysis of services of that vocabulary, if there is one."""
    return next((one for one in analyses() if one.vocabulary == vocabulary), None)


Where = tuple[str, int]
"""A topic, and the number of one of its counts."""


class _Alike(NamedTuple):
    """Conditions that the same lines answer, each with its bit. `paths` are single lines, or every line of a field."""

    paths: tuple[str, ...]
    fields: frozenset[str]
    parts: tuple[tuple[int, Condition], ...]


def counter() -> Callable[[Service, tuple[Line, ...]], tuple[Where, ...]]:
    """A function from a service and its lines to the counts that it falls in, as (topic, number within the topic)."""
    counters = {name: _Counter(load(name)) for name in sorted({one.vocabulary for one in analyses()})}

    def counted(service: Service, lines: tuple[Line, ...]) -> tuple[Where, ...]:
        mine = counters.get(service.vocabulary.name)
        return mine.of(service, lines) if mine else ()

    return counted


class _Counter:
    """The counts of one vocabulary. A count is the conditions that must all hold, as bits; each is asked by itself.

    Services that say the same of what a condition asks get the same answer, which is worked out once.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._counts: list[tuple[Where, int]] = []
        alike: dict[tuple[str, ...], list[tuple[int, Condition]]] = {}
        bit = 1
        for where, condition in _conditions(vocabulary):
            whole = 0
            for part in condition.parts if isinstance(condition, All) else (condition,):
                alike.setdefault(tuple(sorted(_paths(part, vocabulary))), []).append((bit, part))
                whole, bit = whole | bit, bit << 1
            self._counts.append((where, whole))
        self._alike = [_Alike(paths, _fields(paths), tuple(parts)) for paths, parts in alike.items()]
        self._about = frozenset(path for paths in alike for path in paths)
        self._more = {path for one in self._alike if not _asks_for_states(one) for path in one.paths}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._known: Memory[object, int] = Memory()

    def of(self, service: Service, lines: tuple[Line, ...]) -> tuple[Where, ...]:
        """The counts that a service with these lines falls in."""
        said, in_part, hold = self._said(lines), service.read_in_part, 0
        for number, one in enumerate(self._alike):
            if service.damaged_words.isdisjoint(one.fields):
                key = (number, in_part, *map(said.get, one.paths))
                answer = self._known.get(key)
                if answer is None:
                    answer = _ask(one, service)
                    self._known.put(key, answer)
            else:
                answer = _ask(one, service)  # the lines that were read are not all that is said
            hold |= answer
        return tuple([where for where, whole in self._counts if hold & whole == whole])

    def _said(self, lines: tuple[Line, ...]) -> dict[str, object]:
        """By path what a service says of it, and by field what all its lines say, as far as it is asked about."""
        said: dict[str, object] = {}
        families: dict[str, set[str]] = {}
        for path, line in lines:
            keys = self._keys.get(path)
            if keys is None:
                keys = self._keys[path] = tuple({path, _every(path.partition(" ")[0])} & self._about)
            for key in keys:
                text = line.text if key in self._more or line.text != line.value else f"({line.state})"
                if key == path:
                    said[key] = text
                else:
                    families.setdefault(key, set()).add(f"{path}: {text}" if key in self._more else text)
        return said | {key: frozenset(texts) for key, texts in families.items()}


def _asks_for_states(alike: _Alike) -> bool:
    """Whether conditions ask only how lines say something, so that what they say makes no difference."""
    about = [test for _, condition in alike.parts for test in tests(condition)]
    return all(test.operator == "state" and test.operand in _ASKED_STATES for test in about)


def _ask(alike: _Alike, service: Service) -> int:
    """The bits of those of the conditions that certainly hold for a service."""
    subject, hold = Subject(service), 0
    for bit, condition in alike.parts:
        if truth(condition, subject, EVERY).value is True:
            hold |= bit
    return hold


def _conditions(vocabulary: Vocabulary) -> Iterator[tuple[Where, Condition]]:
    for analysis in analyses():
        if analysis.vocabulary == vocabulary.name:
            for topic, published in analysis.topics.items():
                for number, count in enumerate(published.counts):
                    yield (topic, number), condition_from_text(count.where, vocabulary)


def _paths(condition: Condition, vocabulary: Vocabulary) -> set[str]:
    asked = {(test.field, test.key) for test in tests(condition)}
    asked |= {path for test in tests(condition) if (path := other_path(test)) is not None}
    keyed = {f"{field} {key}" for field, key in asked if key}
    wider = {wide for path in keyed for wide in wider_paths(path, vocabulary)}
    return keyed | wider | {_every(field) for field, key in asked if not key}


def _every(field: str) -> str:
    """Stands for all lines of a field."""
    return f"{_EVERY}{field}"


def _fields(paths: Iterable[str]) -> frozenset[str]:
    return frozenset(path.removeprefix(_EVERY).partition(" ")[0] for path in paths)


def _analysis(data: Mapping[str, Any]) -> Analysis:
    source = data["source"]
    return Analysis(
        data["name"], data["title"], data["vocabulary"],
        SourceRef(source["title"], f"{source['publisher']}, {source['published']}"),
        {name: _topic(entry) for name, entry in data["topics"].items()},
        tuple(data["prices"]["payments"]), data["prices"]["place"],
    )  # fmt: skip


def _topic(entry: Mapping[str, Any]) -> Topic:
    counts = [Count(**count) for count in entry["counts"]]
    besides = [Count(**count, besides=True) for count in entry.get("besides", ())]
    return Topic(entry["place"], (*counts, *besides))
