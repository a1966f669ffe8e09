"""All that a comparison has to say about services of one vocabulary, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from carespec.compare.counts import Analysis, analysis_for
from carespec.compare.figures import Figures
from carespec.compare.gather import Gathered
from carespec.compare.index import SERVICES, Said, Says, said_by_path
from carespec.compare.outliers import Outliers, outliers
from carespec.compare.peers import Group, grouped, is_in_use
from carespec.compare.prices import Price, Unwritten, price_rows, unwritten_tariffs
from carespec.compare.topics import TopicView, in_name_order, topic_views
from carespec.tuples import NamedTuple
from carespec.vocabulary import PAY, Vocabulary, load


class Asked(NamedTuple):
    """What to tell: one topic, or one field ("wait", "wait step-3", "pay assessment"); None for all."""

    topic: str | None = None
    field: str | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self.topic is None and self.field is None

    def wants(self, path: str, topic: str | None) -> bool:
        """Whether a path of a topic is asked for."""
        if self.field is not None:
            return path == self.field or path.startswith(f"{self.field} ")
        return self.topic is None or self.topic == topic


EVERYTHING = Asked()


class Compared(NamedTuple):
    """Services of one vocabulary side by side. `left_out` are withdrawn; `undated` do not say when they hold."""

    vocabulary: Vocabulary
    analysis: Analysis | None
    services: SERVICES
    left_out: SERVICES
    undated: SERVICES
    groups: tuple[Group, ...]
    topics: tuple[TopicView, ...]
    prices: tuple[Price, ...]
    unwritten: tuple[Unwritten, ...]
    outliers: tuple[Outliers, ...]


def compare(gathered: Iterable[Gathered], asked: Asked = EVERYTHING) -> tuple[Compared, ...]:
    """The comparison of services, one for each vocabulary that they use; the order of the services does not matter."""
    by_vocabulary: dict[str, list[Gathered]] = {}
    for service in in_name_order(gathered):
        by_vocabulary.setdefault(service.vocabulary, []).append(service)
    return tuple(_compared(load(name), by_vocabulary[name], asked) for name in sorted(by_vocabulary))


def _compared(vocabulary: Vocabulary, gathered: list[Gathered], asked: Asked) -> Compared:
    services = tuple(service for service in gathered if is_in_use(service))
    grouping = grouped(services)
    analysis = analysis_for(vocabulary.name)
    said = _asked_for(said_by_path(services, vocabulary), vocabulary, asked)
    figures = Figures(said, services, grouping)
    topics = topic_views(figures, services, vocabulary, analysis if asked.field is None else None)
    return Compared(
        vocabulary, analysis, services,
        tuple(service for service in gathered if not is_in_use(service)),
        tuple(service for service in services if not service.dated),
        grouping.groups, topics, price_rows(figures, vocabulary, analysis), unwritten_tariffs(figures),
        outliers(figures),
    )  # fmt: skip


def _asked_for(said: Said, vocabulary: Vocabulary, asked: Asked) -> dict[str, Sequence[Says]]:
    """Of all that is said what is asked for; fields that the vocabulary does not have are compared with nothing."""
    return {
        path: found
        for path, found in said.items()
        if (topic := _topic(path, vocabulary)) is not None and asked.wants(path, topic)
    }


def _topic(path: str, vocabulary: Vocabulary) -> str | None:
    """The topic of a path; payments belong to that of the tariffs. None for what the vocabulary does not have."""
    name = path.partition(" ")[0]
    if name == PAY:
        return "tariffs"
    field = vocabulary.fields.get(name)
    return (field.topic or "") if field else None
