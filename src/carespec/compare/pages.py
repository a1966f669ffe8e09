"""A comparison as headings, sentences and tables for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from carespec.compare.compared import Compared
from carespec.compare.index import SERVICES
from carespec.compare.measures import shown_on
from carespec.compare.outliers import Outlier, Outliers
from carespec.compare.prices import Price, Unwritten
from carespec.compare.spread import Spread
from carespec.compare.topics import Counts, FieldView, TopicView
from carespec.records import Finding
from carespec.tables import Block, Heading, Table

NAMED = 10
"""So many services are named; of more, how many there are."""
_TOLD = 6
"""So many answers to one field are told; `--field` tells all."""


def pages(compared: Sequence[Compared], whole: bool, findings: Sequence[Finding] = ()) -> Iterator[Block]:
    """Every vocabulary with its topics, prices and outliers; `whole` names everything and everybody.

    `findings` are those of guidance; where each is, `carespec check` tells in full.
    """
    for one in compared:
        yield Heading(_title(one))
        for topic in one.topics:
            yield from _topic(topic, one, whole)
        yield from _prices(one, whole)
        yield from _outliers(one.outliers, one)
        yield from _remarks(one)
    yield "`carespec journey` tells who is treated differently, and what happens to one person in each service."
    if findings:
        yield Heading("What guidance finds")
        rows = tuple((found.severity, _name(found), found.message, found.service) for found in findings)
        yield Table(("severity", "comparison", "what is found", "at"), rows)


def _name(finding: Finding) -> str:
    """Its name in full, and that it was agreed to where it was."""
    return finding.id.partition("/")[0] + (" (waived)" if finding.outcome == "waived" else "")


def _title(one: Compared) -> str:
    return f"{counted(len(one.services), 'service')} side by side: {one.vocabulary.title}"


def _topic(topic: TopicView, one: Compared, whole: bool) -> Iterator[Block]:
    yield Heading(topic.label, 2)
    if topic.counts is not None and any(count.services for count in topic.counts.counted):
        yield from _counts(topic.counts, one, whole)
    rows = [row for field in topic.fields for row in _field(field, whole)]
    yield Table(("field", "says", "n", "services"), tuple(rows), frozenset((2,)))
    figures = [row for field in topic.fields for row in _figures(field)]
    if figures:
        columns = ("figures of", "among", "on the scale", "n", "lowest", "highest", "times", "median", "calendar days")
        yield Table(columns, tuple(figures), frozenset((3, 6)))


def _counts(counts: Counts, one: Compared, whole: bool) -> Iterator[Block]:
    assert one.analysis is not None
    rows = tuple(
        (
            f"{count.label}{' (besides)' if count.besides else ''}",
            str(len(count.services)),
            named(count.services, whole),
        )
        for count in counts.counted
    )
    yield Table((f"as counted in {counts.place} of the study", "n", "services"), rows, frozenset((1,)))
    yield sum_told(counts, len(one.services), whole)


def sum_told(counts: Counts, services: int, whole: bool = False) -> str:
    """What the counts of a topic add up to, and why that is not the number of services where it is not."""
    told = f"These counts add up to {counts.sum} for {counted(services, 'service')}"
    parts = []
    if counts.nowhere:
        parts.append(f"{named(counts.nowhere, whole)} {_is(counts.nowhere)} in none of them")
    if counts.twice:
        parts.append(f"{named(counts.twice, whole)} {_is(counts.twice)} in more than one")
    return f"{told}: {'; '.join(parts)}." if parts else f"{told}."


def _is(services: SERVICES) -> str:
    return "is" if len(services) == 1 else "are"


def _field(field: FieldView, whole: bool) -> Iterator[tuple[str, ...]]:
    label = f"{field.label} ({field.path})"
    rows = [(text, str(len(services)), named(services, whole)) for text, services in _answers(field, whole)]
    rows += [(f"({what})", str(len(who)), _others(who, field, whole)) for what, who in _without(field)]
    for number, row in enumerate(rows):
        yield ("" if number else label, *row)


def _answers(field: FieldView, whole: bool) -> list[tuple[str, SERVICES]]:
    """The answers to tell; where all differ, as titles do, only that they do."""
    everybody = tuple(service for answer in field.answers for service in answer.services)
    if not whole and len(field.answers) == len(everybody) > _TOLD:
        return [(f"{len(everybody)} different answers", everybody)]
    told = field.answers if whole or len(field.answers) <= _TOLD + 1 else field.answers[:_TOLD]
    rest = field.answers[len(told) :]
    rows = [(answer.text, answer.services) for answer in told]
    if rest:
        rows.append((f"{len(rest):,} other answers", tuple(s for answer in rest for s in answer.services)))
    return rows


def _without(field: FieldView) -> list[tuple[str, SERVICES]]:
    """Who has no line."""
    return [(what, who) for what, who in (("silent", field.silent), ("unread", field.unread)) if who]


def _others(services: SERVICES, field: FieldView, whole: bool) -> str:
    """The silent by name, unless they are simply most of all."""
    if whole or len(services) * 2 <= len(field.silent) + len(field.unread) + _lines(field):
        return named(services, whole)
    return "all others" if not (field.silent and field.unread) else ""


def _lines(field: FieldView) -> int:
    return sum(len(answer.services) for answer in field.answers)


def _figures(field: FieldView) -> Iterator[tuple[str, ...]]:
    for group in field.groups:
        for spread in group.spreads:
            if spread.n > 1:
                yield (field.path, group.group, spread.scale, str(spread.n), *_spread(spread), _days(spread))


def _spread(spread: Spread) -> tuple[str, str, str, str]:
    median = "" if spread.median is None else shown_on(spread.scale, spread.median)
    return spread.lowest.cell.said.value, spread.highest.cell.said.value, times(spread.ratio), median


def _days(spread: Spread) -> str:
    if spread.days is None:
        return ""
    low, high = spread.days
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def times(ratio: Decimal | None) -> str:
    """How many times the lowest goes into the highest; empty where that says nothing."""
    return "" if ratio is None else str(ratio)


def _prices(one: Compared, whole: bool) -> Iterator[Block]:
    if not one.prices:
        return
    yield Heading("Prices", 2)
    several = len(one.groups) > 1
    columns = ("payment", "per", "services", "with an amount", "lowest", "highest", "times", "median")
    for published in (True, False):
        rows = tuple(_price(row, several) for row in one.prices if row.published is published)
        if rows and one.analysis and published:
            yield f"As in the study, {one.analysis.prices_place}:"
        if rows:
            yield Table(columns, rows, frozenset((2, 3, 4, 5, 6, 7)))
    if one.unwritten:
        yield tariffs_told(one.unwritten)


def _price(row: Price, several: bool) -> tuple[str, ...]:
    name = f"{row.category} ({row.payment})"
    if several and not row.published:
        name += f", {row.group}"
    if row.spread is None:
        return (name, "", str(len(row.services)), "0", "", "", "", "")
    low, high = (pounds(figure.measure.low) for figure in (row.spread.lowest, row.spread.highest))
    median = "" if row.spread.median is None else pounds(row.spread.median)
    per = row.spread.scale.removeprefix("per ")
    return (name, per, str(len(row.services)), str(row.spread.n), low, high, times(row.spread.ratio), median)


def pounds(number: int | Decimal) -> str:
    """An amount with its pence: `367.29`, `1,800,000.00`."""
    return f"{Decimal(number).quantize(Decimal('0.01'), ROUND_HALF_UP):,}"


def tariffs_told(unwritten: Sequence[Unwritten]) -> str:
    """How many tariffs are stated that no line gives, for they cannot be compared."""
    missing = sum(one.tariffs - one.written for one in unwritten)
    each = ", ".join(f"{one.service.name} {one.tariffs - one.written} of {one.tariffs}" for one in unwritten[:NAMED])
    more = f" and {len(unwritten) - NAMED} more" if len(unwritten) > NAMED else ""
    return f"{counted(missing, 'tariff')} that {_are(missing)} stated but not written as payments: {each}{more}."


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _outliers(found: Sequence[Outliers], one: Compared) -> Iterator[Block]:
    if not found:
        return
    yield Heading("Who stands alone", 2)
    several = len(one.groups) > 1
    rows = tuple(
        (outlier.service.name, of.path + (f", {of.group}" if several else ""), outlier.cell.said.text, against(outlier))
        for of in found
        for outlier in of.outliers
    )
    yield Table(("service", "field", "says", "where comparable services say"), rows)


def against(outlier: Outlier) -> str:
    """What the others say: "18 years (5 of 8)", or the middle half of their figures."""
    if outlier.figure:
        return f"{outlier.usual} (the middle half of {outlier.n})"
    return f"{outlier.usual} ({outlier.agree} of {outlier.n})"


def _remarks(one: Compared) -> Iterator[Block]:
    """What was compared with what, and what was not."""
    if len(one.groups) > 1:
        sizes = ", ".join(f"{group.name} ({len(group.members)})" for group in one.groups[:NAMED])
        more = f" and {len(one.groups) - NAMED} more" if len(one.groups) > NAMED else ""
        yield f"Figures, prices and outliers are compared only within: {sizes}{more}."
    if one.undated:
        they = "does not say when it holds, and is" if len(one.undated) == 1 else "do not say when they hold, and are"
        yield f"{counted(len(one.undated), 'service')} {they} taken to hold on every day."
    if one.left_out:
        yield f"Not compared: {named(one.left_out, False)}, withdrawn."
    lost = [service for service in one.services if service.lost]
    if lost:
        each = ", ".join(f"{service.name} {service.lost}" for service in lost[:NAMED])
        more = f" and {len(lost) - NAMED} more" if len(lost) > NAMED else ""
        yield f"Not compared: lines that cannot be read (`carespec check` says why): {each}{more}."


def named(services: Sequence[object], whole: bool) -> str:
    """The names of services while there are few of them."""
    names = [getattr(service, "name", "") for service in services]
    if whole or len(names) <= NAMED:
        return ", ".join(names)
    return f"{', '.join(names[: NAMED - 7])} and {len(names) - NAMED + 7:,} more"


def counted(number: int, word: str) -> str:
    """`1 service`, `9 services`."""
    return f"{number:,} {word if number == 1 else word + 's'}"
