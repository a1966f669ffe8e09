"""What is rewarded, in words: a page a service, the worst first, with a table on top where there are several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carespec.incentives.pages import Bullet, Item, Page, Row, Section, assumed, nothing
from carespec.incentives.report import Assessed, Incentives, StepReport, left_out_of_the_model
from carespec.incentives.tell import phrases
from carespec.tables import Table

TITLE = "What the payments reward"


def pages(found: Sequence[Incentives]) -> list[Page]:
    """Everything: all services side by side, each by itself, and how to read what was worked out, if anything was."""
    services = phrases.worst_first(found)
    told = [one for one in services if one.steps or one.left_out or len(services) == 1]
    reading = [
        Page("How to read this", "", tuple(Row(*row) for row in phrases.READING)),
        Page("What the model leaves out", "", tuple(Bullet(item) for item in left_out_of_the_model(services))),
    ]
    return [
        *([Page("Services, the worst first", "", tuple(_overview(services)))] if len(services) > 1 else []),
        *(Page(one.service, one.path, tuple(_items(one))) for one in told),
        *assumed.page(figure for one in services for figure in phrases.used(one)),
        *(reading if any(one.steps for one in services) else []),
    ]


def _overview(services: Sequence[Incentives]) -> Iterator[Item]:
    worked = [one for one in services if one.steps]
    if worked:
        rows = ((name, *phrases.counts(one)) for name, one in zip(phrases.apart(worked), worked, strict=True))
        yield Table(phrases.COUNTED, tuple(rows), frozenset(range(1, 7)))
        yield (
            "Each incentive counts once for a service, at its strongest; left out are payments that could not be "
            "analysed. The gain is the largest, that of the incentive named: for one person of the kind that shows it "
            "best, at the likely figures."
        )
    yield from nothing((one.service, one.because) for one in services if not one.steps)


def _items(one: Incentives) -> Iterator[Item]:
    for left in one.left_out:
        yield phrases.left_out(left)
    yield from map(phrases.not_followed, one.not_followed)
    if not one.steps:
        yield f"Nothing is said about what it rewards, since {one.because}."
    for step in one.steps:
        yield Section(phrases.title(step), tuple(_step(step)))


def _step(step: StepReport) -> Iterator[Item]:
    if step.never_stops:
        yield phrases.never_stops(step)
    found = phrases.found_of(step)
    for assessed in found:
        yield Section(f"{assessed.verdict.upper()} {assessed.pattern.name}", tuple(_assessed(assessed)))
    if not found:
        yield "None of the incentives looked for was found."
    lists = (
        ("Not found at this step", phrases.others),
        ("What the document does not say, or not usably", phrases.silences),
    )
    for title, lines in lists:
        bullets = tuple(Bullet(line) for line in lines(step))
        yield from [Section(title, bullets)] if bullets else []


def _assessed(one: Assessed) -> Iterator[Item]:
    yield phrases.headline(one)
    yield from (Row(label, words) for label, words in phrases.rows(one))
    if one.witness is not None:
        columns = ("course", "what is done", "paid", "cost", "kept")
        yield Table(columns, phrases.courses(one.witness), frozenset((2, 3, 4)))
