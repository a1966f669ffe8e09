"""The JSON Schemas of what `compare` and `diff` print as JSON, with the closed lists taken from the program."""

from __future__ import annotations

from typing import Any

from carespec.changes.kinds import KINDS, SUBJECTS
from carespec.changes.versions import ADDED, CHANGED, REMOVED, SAME
from carespec.compare.patients import MOST_SERVICES
from carespec.generate.journey_schema import patients_schema
from carespec.generate.report_schema import report_schema
from carespec.model.facts import State

_TEXT, _WORDS = {"type": "string"}, {"type": ["string", "null"]}
_COUNT = {"type": "integer", "minimum": 0}
_NAMES = {"type": "array", "items": _TEXT}
_STATES = sorted(value for name, value in vars(State).items() if name.isupper())


def _record(description: str, **properties: Any) -> dict[str, Any]:
    named = {name.replace("_", "-"): entry for name, entry in properties.items()}
    return {
        "type": "object",
        "description": description,
        "additionalProperties": False,
        "required": list(named),
        "properties": named,
    }


def _list(description: str, items: Any) -> dict[str, Any]:
    return {"type": "array", "description": description, "items": items}


def _or_null(entry: dict[str, Any]) -> dict[str, Any]:
    return {"oneOf": [{"type": "null"}, entry]}


def compare_schema() -> dict[str, Any]:
    """A draft 2020-12 schema of what `carespec compare --output json` prints."""
    report = report_schema()
    kept = {name: report["properties"][name] for name in ("carespec", "schema", "today", "vocabulary", "guidance")}
    last = {name: report["properties"][name] for name in ("findings", "not-checked")}
    own = {
        "services": _list("The services, by name.", _service()),
        "groups": _list("Which of them were held against each other.", _group()),
        "topics": _list("Who says what, topic by topic.", _topic()),
        "prices": _list("What the same thing costs, one row a payment, group and unit.", _price()),
        "outliers": _list("Who stands alone, field by field.", _outliers()),
        "tariffs-not-written": _list(
            "Services that state more tariffs than they write as payments.",
            _record("One of them.", service=_TEXT, tariffs=_COUNT, written=_COUNT),
        ),
    }
    few = f"Who is treated differently, one record a vocabulary with 2 to {MOST_SERVICES} services."
    own["patients"] = _list(few, _patients())
    own["patients-left-out"] = _list(
        "Vocabularies with more services than that: `carespec journey` with the same paths tells it of these.",
        _record("A vocabulary and how many services it has.", vocabulary=_TEXT, services=_COUNT),
    )
    properties = {**kept, **own, **last}
    return {
        "$schema": report["$schema"],
        "title": "carespec comparison",
        "description": "What `carespec compare --output json` prints.",
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
        "$defs": report["$defs"],
    }


def _service() -> dict[str, Any]:
    force = _record("The first and the last day, as ISO dates; null on an open side.", **{"from": _WORDS, "to": _WORDS})
    return _record(
        "A service; `compared` is false for a withdrawn one.", name=_TEXT, path=_TEXT, vocabulary=_TEXT,
        programme=_WORDS, status=_TEXT, in_force=_or_null(force), compared={"type": "boolean"}, facts=_COUNT,
        lines_not_read=_COUNT,
    )  # fmt: skip


def _group() -> dict[str, Any]:
    return _record(
        "Services of one programme that hold on a common day.", name=_TEXT, vocabulary=_TEXT, programme=_WORDS,
        services=_NAMES,
    )  # fmt: skip


def _topic() -> dict[str, Any]:
    count = _record(
        "One published count, counted here; `besides` is in no sum.", label=_TEXT, count=_COUNT, services=_NAMES,
        besides={"type": "boolean"},
    )  # fmt: skip
    counts = _record(
        "What a published analysis counted.", source=_TEXT, place=_TEXT, counts=_list("In its order.", count),
        sum=_COUNT, of=_COUNT, in_none=_missing(), in_several=_missing(),
    )  # fmt: skip
    return _record(
        "A topic.", name=_TEXT, label=_TEXT, vocabulary=_TEXT, counts=_or_null(counts),
        fields=_list("Its fields in use.", _field()),
    )  # fmt: skip


def _missing() -> dict[str, Any]:
    services = {**_NAMES, "type": ["array", "null"]}
    return _record("How many; who, unless there are more than a hundred.", count=_COUNT, services=services)


def _field() -> dict[str, Any]:
    answer = _record(
        "One answer and who gives it.", state={"enum": _STATES}, says=_TEXT, count=_COUNT, services=_NAMES
    )  # fmt: skip
    return _record(
        "A field; `n` services answer it.", field=_TEXT, label=_TEXT, n=_COUNT, most_common=_WORDS,
        answers=_list("The most common first.", answer), silent=_missing(), unread=_missing(),
        figures=_list("One for each group and scale.", _figures()),
    )  # fmt: skip


def _figures() -> dict[str, Any]:
    figure = _record("A figure as it is written, and whose it is.", service=_TEXT, says=_TEXT)
    days = _record(
        "The calendar days that the lowest to the highest can take.", fewest={"type": "number"}, most={"type": "number"}
    )
    return _record(
        "Figures of one scale.", group=_TEXT, scale=_TEXT, n=_COUNT, lowest=figure, highest=figure, median=_WORDS,
        ratio=_WORDS, calendar_days=_or_null(days),
    )  # fmt: skip


def _price() -> dict[str, Any]:
    return _record(
        "`areas` services have the payment, `n` of them with an amount; amounts are pounds.", vocabulary=_TEXT,
        group=_TEXT, payment=_TEXT, category=_TEXT, per=_WORDS, services=_NAMES, areas=_COUNT, n=_COUNT, lowest=_WORDS,
        highest=_WORDS, median=_WORDS, ratio=_WORDS, published={"type": "boolean"},
    )  # fmt: skip


def _outliers() -> dict[str, Any]:
    one = _record(
        "What it says, and what `agree` of `n` comparable services say.", service=_TEXT, path=_TEXT, line=_COUNT,
        says=_TEXT, usual=_TEXT, agree=_COUNT, n=_COUNT, kind={"enum": ["figure", "answer"]},
    )  # fmt: skip
    services = _list("The most extreme first.", one)
    return _record(
        "A field in which somebody stands alone.", vocabulary=_TEXT, field=_TEXT, group=_TEXT, services=services
    )


def _patients() -> dict[str, Any]:
    """The record of `carespec journey`, with the vocabulary and how many services it is about."""
    record = patients_schema()["properties"]["patients"]
    own = {"vocabulary": _TEXT, "services": _COUNT}
    return {**record, "required": [*own, *record["required"]], "properties": {**own, **record["properties"]}}


def diff_schema() -> dict[str, Any]:
    """A draft 2020-12 schema of what `carespec diff --output json` prints."""
    report = report_schema()
    service = _record(
        "A service in two versions; a path is null where one is missing.", name=_TEXT,
        state={"enum": [CHANGED, ADDED, REMOVED, SAME]}, was_called=_WORDS, before=_WORDS, after=_WORDS, gains=_WORDS,
        loses=_WORDS, material=_WORDS,
    )  # fmt: skip
    kept = {name: report["properties"][name] for name in ("carespec", "schema", "today", "vocabulary", "guidance")}
    own = {
        "services": _list("Every service of either version.", service),
        "changes": _list("Every change.", _change()),
        "sources": _list("What remarks rest on.", {"type": "object"}),
    }
    return {
        "$schema": report["$schema"],
        "title": "carespec changes",
        "description": "What `carespec diff --output json` prints.",
        "type": "object",
        "additionalProperties": False,
        "required": [*kept, *own],
        "properties": {**kept, **own},
        "$defs": report["$defs"],
    }


def _change() -> dict[str, Any]:
    side = _or_null(_record("What is said, and where.", says=_TEXT, path=_TEXT, line=_COUNT))
    return _record(
        "One change of one fact.", service=_TEXT, kind={"enum": [kind.show() for kind in KINDS]},
        subject={"enum": list(SUBJECTS)}, verb={"enum": sorted({kind.verb for kind in KINDS})}, field=_TEXT,
        label=_TEXT, before=side, after=side, gains=_WORDS, loses=_WORDS, tariff={"type": "boolean"},
    )  # fmt: skip
