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
    rows = dict.fromkeys(row for region in found for row in _rows(label, region))
    if not rows:
        yield Loser(label, "", (), (), (), (), "no line of any of the services sets people apart by it")
    yield from rows


def _rows(label: str, region: Region) -> Iterator[Loser]:
    """The people of one region, where any service turns them away or has them wait longer."""
    answers = region.answers
    if region.kind == "waits":
        note = "; ".join(dict.fromkeys(f"{a.service}: {a.says}" for a in answers if a.outcome == "waits"))
        yield Loser(label, region.who, (), (), (), (), f"waits differ: {note}")
        return
    away = tuple(answer.service for answer in answers if answer.outcome in ("refused", "sent"))
    if away:
        seen = tuple(answer.service for answer in answers if answer.outcome in _NOT_AWAY)
        unknown = tuple(answer.service for answer in answers if answer.outcome == "cannot-tell")
        silent = tuple(answer.service for answer in answers if answer.outcome == "silent")
        yield Loser(label, region.who, away, seen, unknown, silent)


def protected(condition: Condition, vocabulary: Vocabulary) -> str | None:
    """The characteristic that a condition shows; None if it shows none."""
    field = vocabulary.case_fields[condition.field]
    by_word = (field.characteristics or {}).get(condition.word)
    return by_word or field.characteristic
