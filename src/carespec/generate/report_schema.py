"""The JSON Schema of `--output json`, made from the closed lists of `carespec.records`: it cannot fall behind them."""

from __future__ import annotations

from typing import Any

from carespec.records import AUTHORITIES, CONFIDENCES, KINDS, OUTCOMES, SEVERITIES
from carespec.reporters.json import SCHEMA

_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_PLACE = {"type": "integer", "minimum": 1}


def report_schema() -> dict[str, Any]:
    """A draft 2020-12 schema; every property is described and nothing else is allowed."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "carespec report",
        "description": "What `carespec check --output json` prints.",
        **_record(
            {
                "carespec": _said("The version of the program."),
                "schema": {"const": SCHEMA, "description": "The version of this schema."},
                "today": _said("The day that decided what has expired, as an ISO date."),
                "vocabulary": _said("The vocabularies used, each with its version, parted by commas."),
                "guidance": _list("The guidance packs that judged.", _guidance()),
                "services": _list("The services that were checked.", _service()),
                "findings": _list("What was found, in the order of files and lines.", {"$ref": "#/$defs/finding"}),
                "accepted": _list("What the baseline knows, as findings.", {"$ref": "#/$defs/finding"}),
                "until": {
                    "type": ["string", "null"],
                    "description": "The last day of the horizon, if any.",
                },
                "coming": _list("What falls due after today and until then, by day.", _coming()),
                "not-checked": _list("What was not checked, and why.", _not_checked()),
                "later": _list("What will bind, or no longer bind, while a contract runs, by day.", _later()),
                "summary": _record(
                    {
                        name: {**_COUNT, "description": f"How many: {name}."}
                        for name in ("services", "beside", "checks", "rules", *OUTCOMES)
                    }
                ),
            }
        ),
        "$defs": {"finding": _finding(), "range": _range()},
    }


def _record(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": list(properties), "properties": properties}


def _said(description: str) -> dict[str, Any]:
    return {**_TEXT, "description": description}


def _list(description: str, items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "description": description, "items": items}


def _one_of(values: tuple[str, ...], description: str) -> dict[str, Any]:
    return {"enum": list(values), "description": description}


def _service() -> dict[str, Any]:
    return _record(
        {
            "name": _said("The name in the first line."),
            "path": _said("The file."),
            "vocabulary": _said("The vocabulary that it was read with, and its version."),
            "as-at": _said("The day whose law applies, as an ISO date."),
            "as-at-from": _one_of(("signed", "contract", "today", "as-at"), "Where that day comes from."),
            "facts": {**_COUNT, "description": "How many facts the file states, or expressly does not."},
            "undecided": {**_COUNT, "description": "How many of them are to be confirmed or left to local agreement."},
        }
    )


def _guidance() -> dict[str, Any]:
    return _record(
        {
            "name": _said("The name of the pack."),
            "version": _said("Its version."),
            "digest": _said("16 hexadecimal digits of its text: packs with the same are one."),
        }
    )


def _later() -> dict[str, Any]:
    return _record(
        {
            "day": _said("The first day on which it is so, as an ISO date."),
            "name": _said("The rule."),
            "service": _said("The document that does not meet it."),
            "message": _said("What changes."),
        }
    )


def _not_checked() -> dict[str, Any]:
    return _record(
        {
            "name": _said("The check or rule that could not look."),
            "service": _said("The document."),
            "because": _said("Why not."),
        }
    )


def _coming() -> dict[str, Any]:
    return _record(
        {
            "day": _said("The first day on which it is not right any more, as an ISO date."),
            "service": _said("The document."),
            "field": {"type": ["string", "null"], "description": "The field and its key, if it is about one."},
            "path": _said("The file."),
            "range": {"$ref": "#/$defs/range", "description": "The piece of the file."},
            "message": _said("What is so from that day."),
            "who": _said("Who agreed to it, or has it to see to."),
            "fix": _said("What to do by that day."),
        }
    )


def _finding() -> dict[str, Any]:
    optional = {"type": ["string", "null"]}
    return _record(
        {
            "id": _said("What the finding is about; never a line, so that moving a line changes no identity."),
            "kind": _one_of(KINDS, "What reported it."),
            "name": _said("The check, the rule or the mistake."),
            "outcome": _one_of(OUTCOMES, "What came of it; only `fails` counts towards the exit code."),
            "severity": _one_of(SEVERITIES, "How much it matters."),
            "confidence": _one_of(CONFIDENCES, "How sure carespec is."),
            "authority": _one_of(AUTHORITIES, "Who says so."),
            "service": _said("The document."),
            "field": {**optional, "description": "The field and its key, if it is about one."},
            "path": _said("The file."),
            "range": {"$ref": "#/$defs/range", "description": "The piece of the file."},
            "message": _said("What follows from what the document says."),
            "says": _said("What the document says, in its own words."),
            "sources": _list("What it rests on.", {"type": "object"}),
            "fix": {"description": "The smallest change that would satisfy it.", "oneOf": [{"type": "null"}, _fix()]},
            "affects": _said("Who is affected."),
            "related": _list("Other places that it is about.", _related()),
            "witness": {"description": "The concrete case that proves it, if there is one."},
            "elsewhere": {
                "type": "boolean",
                "description": "Whether it is in a file that the run was not about, and would not be there without "
                "the files that it was about.",
            },
        }
    )


def _fix() -> dict[str, Any]:
    edit = _record({"range": {"$ref": "#/$defs/range", "description": "What to replace."}, "text": _said("By what.")})
    reading = _record(
        {
            "setting": _said("The setting of the configuration by which an author says what is meant."),
            "word": _said("Its value for this meaning."),
            "edit": edit,
        }
    )
    return _record(
        {
            "text": _said("In words."),
            "edit": {"description": "As an edit, where it is certain.", "oneOf": [{"type": "null"}, edit]},
            "readings": _list("Where only the author knows: what the piece can mean, with an edit for each.", reading),
        }
    )


def _related() -> dict[str, Any]:
    return _record(
        {
            "path": _said("The file."),
            "range": {"$ref": "#/$defs/range", "description": "The piece of it."},
            "message": _said("What stands there."),
        }
    )


def _range() -> dict[str, Any]:
    position = _record(
        {
            "line": {**_PLACE, "description": "From 1."},
            "column": {**_PLACE, "description": "From 1, in code points."},
        }
    )
    return _record(
        {
            "start": {**position, "description": "The first position."},
            "end": {**position, "description": "The first position after it."},
        }
    )
