"""Who loses by age, disability, pregnancy, language: a table that a board can attach to an equality assessment.

It shows what documents say, never what services do; where none of them speaks of people, the table says that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carespec.journeys.records import Condition, Loser, Region
from carespec.vocabulary import Vocabulary

_NOT_AWAY = ("seen", "if-judged", "by-agreement")


def losers(regions: Sequence[Region], vocabulary: Vocabulary) -> tuple[Loser, ...]:
    """One row for each group of people that a protected characteristic sets apart, in the vocabulary's order."""
    return tuple(
        row for name, label in vocabulary.characteristics.items() for row in _of_one(name, label, regions, vocabulary)
    )


def _of_one(name: str, label: str, regions: Sequence[Region], vocabulary: Vocabulary) -> Iterator[Loser]:
    found = [region for region in regions if any(protected(one, vocabulary) == name for one in region.conditions)]
    if not found:
        yield Loser(label, "", (), (), (), (), "no line of any of the services sets people apart by it")
    for region in found:
        answers = region.answers
        if region.kind == "waits":
            note = "; ".join(dict.fromkeys(f"{a.service}: {a.says}" for a in answers if a.outcome == "waits"))
            yield Loser(label, region.who, (), (), (), (), f"waits differ: {note}")
            continue
        yield Loser(
            label, region.who,
            tuple(a.service for a in answers if a.outcome in ("refused", "sent")),
            tuple(a.service for a in answers if a.outcome in _NOT_AWAY),
            tuple(a.service for a in answers if a.outcome == "cannot-tell"),
            tuple(a.service for a in answers if a.outcome == "silent"),
        )  # fmt: skip


def protected(condition: Condition, vocabulary: Vocabulary) -> str | None:
    """The characteristic that a condition shows; None if it shows none."""
    field = vocabulary.case_fields[condition.field]
    by_word = (field.characteristics or {}).get(condition.word)
    return by_word or field.characteristic
