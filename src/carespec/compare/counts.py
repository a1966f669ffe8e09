"""Counts that somebody published, as conditions that can be asked of any services: `specs/counts/NAME.yaml`.

A file there is one analysis. Nothing else lists them, and none of their answers is kept: each run counts again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from carespec.model.conditions import Condition
from carespec.model.facts import Service
from carespec.records import SourceRef
from carespec.resources import read_folder
from carespec.rules.evaluate import EVERY, truth
from carespec.rules.text import condition_from_text
from carespec.vocabulary import Vocabulary, load

FOLDER = "specs/counts"


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


def counter() -> Callable[[Service], tuple[tuple[str, int], ...]]:
    """A function from a service to the counts that it falls in, as (topic, number among the counts of the topic)."""
    asked = {one.vocabulary: _conditions(one, load(one.vocabulary)) for one in analyses()}

    def counted(service: Service) -> tuple[tuple[str, int], ...]:
        conditions = asked.get(service.vocabulary.name, ())
        return tuple(where for where, condition in conditions if truth(condition, service, EVERY).value is True)

    return counted


def _conditions(analysis: Analysis, vocabulary: Vocabulary) -> tuple[tuple[tuple[str, int], Condition], ...]:
    return tuple(
        ((topic, number), condition_from_text(count.where, vocabulary))
        for topic, counts in analysis.topics.items()
        for number, count in enumerate(counts.counts)
    )


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
