"""Counts that somebody published, as conditions that can be asked of any services: `specs/counts/NAME.yaml`.

A file there is one analysis. Nothing else lists them, and none of their answers is kept: each run counts again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from carespec.compare.gather import Cell
from carespec.compare.paths import wider_paths
from carespec.memory import Memory
from carespec.model.conditions import Condition, tests
from carespec.model.facts import Service
from carespec.records import SourceRef
from carespec.resources import read_folder
from carespec.rules.asked import Subject
from carespec.rules.evaluate import EVERY, truth
from carespec.rules.text import condition_from_text, other_path
from carespec.vocabulary import Vocabulary, load

FOLDER = "specs/counts"
_EVERY = "every "


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


class Asked(NamedTuple):
    """A condition, the count that it is of, and the lines that can answer it: paths, or every line of a field."""

    where: Where
    condition: Condition
    paths: tuple[str, ...]
    fields: frozenset[str]


def counter() -> Callable[[Service, tuple[Cell, ...]], tuple[Where, ...]]:
    """A function from a service and its cells to the counts that it falls in, as (topic, number within the topic).

    Services that say the same of what a condition asks get the same answer, which is worked out once.
    """
    asked = {one.vocabulary: _conditions(one, load(one.vocabulary)) for one in analyses()}
    known: Memory[object, bool] = Memory()

    def counted(service: Service, cells: tuple[Cell, ...]) -> tuple[Where, ...]:
        conditions = asked.get(service.vocabulary.name, ())
        said: dict[str, list[str]] = {}
        for cell in cells:
            said[cell.path] = [cell.said.text]
            said.setdefault(_every(cell.path.partition(" ")[0]), []).append(f"{cell.path}:{cell.said.text}")
        found, subject, in_part = [], None, service.read_in_part
        for one in conditions:
            key = (one.where, in_part, *(tuple(said.get(path, ())) for path in one.paths))
            all_read = service.damaged_words.isdisjoint(one.fields)
            answer = known.get(key) if all_read else None
            if answer is None:
                subject = subject or Subject(service)
                answer = truth(one.condition, subject, EVERY).value is True
                if all_read:
                    known.put(key, answer)
            if answer:
                found.append(one.where)
        return tuple(found)

    return counted


def _conditions(analysis: Analysis, vocabulary: Vocabulary) -> tuple[Asked, ...]:
    return tuple(
        Asked((topic, number), condition, tuple(sorted(paths)), _fields(paths))
        for topic, counts in analysis.topics.items()
        for number, count in enumerate(counts.counts)
        for condition in (condition_from_text(count.where, vocabulary),)
        for paths in (_paths(condition, vocabulary),)
    )


def _paths(condition: Condition, vocabulary: Vocabulary) -> set[str]:
    asked = {(test.field, test.key) for test in tests(condition)}
    asked |= {path for test in tests(condition) if (path := other_path(test)) is not None}
    keyed = {f"{field} {key}" for field, key in asked if key}
    wider = {wide for path in keyed for wide in wider_paths(path, vocabulary)}
    return keyed | wider | {_every(field) for field, key in asked if not key}


def _every(field: str) -> str:
    """Stands for all lines of a field."""
    return f"{_EVERY}{field}"


def _fields(paths: set[str]) -> frozenset[str]:
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
