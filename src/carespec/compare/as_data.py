"""A comparison as plain data for programs: every answer, figure and price, with its services and its n.

Amounts, ratios and medians are texts, so that no digit is lost. Who has no line is named up to `NAMED` services, above
that only counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from carespec.compare.compared import Compared
from carespec.compare.gather import Gathered
from carespec.compare.index import SERVICES
from carespec.compare.measures import shown_on
from carespec.compare.outliers import Outlier, Outliers
from carespec.compare.pages import pounds
from carespec.compare.prices import Price
from carespec.compare.spread import Figure, Spread
from carespec.compare.topics import Counts, FieldView, TopicView

NAMED = 100


def as_data(compared: Sequence[Compared]) -> dict[str, Any]:
    """`services`, `groups`, `topics`, `prices`, `outliers` and `tariffs-not-written` of all vocabularies, in order."""
    return {
        "services": [
            _service(service, one, used)
            for one in compared
            for used, services in ((True, one.services), (False, one.left_out))
            for service in services
        ],
        "groups": [_group(one, number) for one in compared for number in range(len(one.groups))],
        "topics": [_topic(topic, one) for one in compared for topic in one.topics],
        "prices": [_price(row, one) for one in compared for row in one.prices],
        "outliers": [_outliers(found, one) for one in compared for found in one.outliers],
        "tariffs-not-written": [
            {"service": u.service.name, "tariffs": u.tariffs, "written": u.written}
            for one in compared
            for u in one.unwritten
        ],
    }


def _service(service: Gathered, one: Compared, used: bool) -> dict[str, Any]:
    start, end = (date.fromordinal(day).isoformat() if day else None for day in service.period)
    return {
        "name": service.name,
        "path": service.path,
        "vocabulary": one.vocabulary.name,
        "programme": service.programme or None,
        "status": service.status,
        "in-force": {"from": start, "to": end} if service.dated else None,
        "compared": used,
        "facts": len(service.lines),
        "lines-not-read": service.lost,
    }


def _group(one: Compared, number: int) -> dict[str, Any]:
    group = one.groups[number]
    return {
        "name": group.name,
        "vocabulary": one.vocabulary.name,
        "programme": group.programme or None,
        "services": names(group.members),
    }


def names(services: SERVICES) -> list[str]:
    """The names of services, in order."""
    return [service.name for service in services]


def _topic(topic: TopicView, one: Compared) -> dict[str, Any]:
    return {
        "name": topic.name,
        "label": topic.label,
        "vocabulary": one.vocabulary.name,
        "counts": _counts(topic.counts, one) if topic.counts else None,
        "fields": [_field(field) for field in topic.fields],
    }


def _counts(counts: Counts, one: Compared) -> dict[str, Any]:
    assert one.analysis is not None
    return {
        "source": one.analysis.source.title,
        "place": counts.place,
        "counts": [
            {"label": c.label, "count": len(c.services), "services": names(c.services), "besides": c.besides}
            for c in counts.counted
        ],
        "sum": counts.sum,
        "of": len(one.services),
        "in-none": _missing(counts.nowhere),
        "in-several": _missing(counts.twice),
    }


def _field(field: FieldView) -> dict[str, Any]:
    return {
        "field": field.path,
        "label": field.label,
        "n": field.n,
        "most-common": field.most_common.text if field.most_common else None,
        "answers": [
            {"state": a.state, "says": a.text, "count": len(a.services), "services": names(a.services)}
            for a in field.answers
        ],
        "silent": _missing(field.silent),
        "unread": _missing(field.unread),
        "figures": [{"group": of.group, **_spread(spread)} for of in field.groups for spread in of.spreads],
    }


def _missing(services: SERVICES) -> dict[str, Any]:
    """Those who have no line: how many, and who, while they are not too many to name."""
    return {"count": len(services), "services": names(services) if len(services) <= NAMED else None}


def _spread(spread: Spread) -> dict[str, Any]:
    days = None if spread.days is None else {"fewest": float(spread.days[0]), "most": float(spread.days[1])}
    return {
        "scale": spread.scale,
        "n": spread.n,
        "lowest": _figure(spread.lowest),
        "highest": _figure(spread.highest),
        "median": None if spread.median is None else shown_on(spread.scale, spread.median),
        "ratio": None if spread.ratio is None else str(spread.ratio),
        "calendar-days": days,
    }


def _figure(figure: Figure) -> dict[str, str]:
    return {"service": figure.service.name, "says": figure.cell.said.value}


def _price(row: Price, one: Compared) -> dict[str, Any]:
    spread = row.spread
    return {
        "vocabulary": one.vocabulary.name,
        "group": row.group,
        "payment": row.payment,
        "category": row.category,
        "per": spread.scale.removeprefix("per ") if spread else None,
        "services": names(row.services),
        "areas": len(row.services),
        "n": spread.n if spread else 0,
        "lowest": pounds(spread.lowest.measure.low) if spread else None,
        "highest": pounds(spread.highest.measure.high) if spread else None,
        "median": pounds(spread.median) if spread and spread.median is not None else None,
        "ratio": str(spread.ratio) if spread and spread.ratio is not None else None,
        "published": row.published,
    }


def _outliers(found: Outliers, one: Compared) -> dict[str, Any]:
    return {
        "vocabulary": one.vocabulary.name,
        "field": found.path,
        "group": found.group,
        "services": [_outlier(outlier) for outlier in found.outliers],
    }


def _outlier(outlier: Outlier) -> dict[str, Any]:
    return {
        "service": outlier.service.name,
        "path": outlier.service.path,
        "line": outlier.cell.line,
        "says": outlier.cell.said.text,
        "usual": outlier.usual,
        "agree": outlier.agree,
        "n": outlier.n,
        "kind": "figure" if outlier.figure else "answer",
    }
