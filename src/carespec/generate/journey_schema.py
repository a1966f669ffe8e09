"""The JSON Schemas of `carespec journey --output json`: one person's journeys, and people treated differently.

The closed lists come from the records, so that the schemas cannot fall behind them.
"""

from __future__ import annotations

from typing import Any

from carespec.journeys.records import KINDS, OUTCOMES
from carespec.reporters.json import SCHEMA

_TEXT = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_LINE = {"type": ["integer", "null"], "minimum": 1}
_DESCRIPTION = {"type": "object", "additionalProperties": _TEXT}


def journeys_schema() -> dict[str, Any]:
    """A draft 2020-12 schema of the envelope with `person` and `journeys`."""
    person = _record(
        described=_as(_DESCRIPTION, "What the person was described by: case field to value."),
        assumed=_as(_DESCRIPTION, "What nobody described and makes a difference: taken as usual."),
    )
    records = {
        "person": _as(person, "The person who was asked about."),
        "journeys": _list("What happens to the person under each service.", _journey()),
    }
    return _envelope("carespec journeys", "What `carespec journey PATH --age … --output json` prints.", records)


def patients_schema() -> dict[str, Any]:
    """A draft 2020-12 schema of the envelope with `patients`."""
    return _envelope(
        "carespec patients",
        "What `carespec journey PATH --output json` prints without a person.",
        {
            "patients": _list(
                "People treated differently, one record a group of services that can be compared.", _patients()
            ),
            "dead-ends": _list("Destinations that are no way on.", _dead_end()),
        },
    )


def _envelope(title: str, description: str, records: dict[str, Any]) -> dict[str, Any]:
    service = _record(
        name=_said("The name in the first line."),
        path=_said("The file."),
        **{
            "as-at": _said("The day whose law applies, as an ISO date."),
            "as-at-from": _said("Where that day comes from."),
        },
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": description,
        **_record(
            carespec=_said("The version of the program."),
            schema={"const": SCHEMA, "description": "The version of this schema."},
            today=_said("The day of the run, as an ISO date."),
            vocabulary=_said("The vocabulary and its version."),
            guidance=_list("Always empty: no guidance bears on a journey.", {"type": "object"}),
            services=_list("The services that were asked.", service),
            **records,
            **{"not-checked": _list("What was not asked or compared, and why.", _TEXT)},
        ),
    }


def _journey() -> dict[str, Any]:
    told = _record(
        field=_said("The field and its key."), label=_said("What it is called."), says=_said("What it says."),
        line=_as(_LINE, "Its line."), to=_said("The place that the line names; empty if it names none."),
    )  # fmt: skip
    because = _record(
        field=_said("The field and its key."), says=_said("What it says; empty where nothing is said."),
        line=_as(_LINE, "Its line; null where the document is silent."),
        outcome={"enum": list(OUTCOMES), "description": "How far this fact goes by itself."},
        why=_said("Why, where that is not plain."), doubt=_said("Why its reading is uncertain."),
    )  # fmt: skip
    return _record(
        service=_said("The service."),
        path=_said("Its file."),
        outcome={"enum": list(OUTCOMES), "description": "What happens to the person."},
        step=_as(_MAYBE, "The step of treatment, where one is sought or only one offered."),
        waits=_list("How long each stage takes at most.", _wait()),
        destination=_as(_MAYBE, "Where the document sends the person."),
        leads={"enum": ["back", "nowhere", None], "description": "Where that is no way on."},
        told=_list("How somebody who is turned away is told or helped on.", told),
        because=_list("The facts that decided it.", because),
        **{"nothing-said-about": _list("What the document is silent about, which turns nobody away.", _TEXT)},
    )


def _wait() -> dict[str, Any]:
    days = _record(fewest=_said("The fewest calendar days."), most=_said("The most calendar days."))
    return _record(
        stage=_said("The stage; empty for a line about all stages."),
        label=_said("What it is called."),
        says=_said("The wait in the document's words."),
        state=_said("The state of the fact."),
        line=_as(_LINE, "Its line."),
        days={"oneOf": [{"type": "null"}, days], "description": "The calendar days that it can mean."},
        at=_as(_MAYBE, "The step that the stage is treatment at."),
    )


def _dead_end() -> dict[str, Any]:
    return _record(
        kind={"enum": ["back", "nowhere", "circle"], "description": "How the trail ends."},
        service=_said("Where it begins."), path=_said("The file."), line=_as(_LINE, "The line."),
        field=_said("The field and its key."), trail=_list("The services and places in order.", _TEXT),
        says=_said("The line in the document's words."),
    )  # fmt: skip


def _patients() -> dict[str, Any]:
    names = ("turned-away", "not-turned-away", "cannot-tell", "silent")
    row = _record(
        characteristic=_said("The protected characteristic."), who=_said("The people."),
        **{name: _list(f"The services: {name.replace('-', ' ')}.", _TEXT) for name in names},
        note=_said("What else there is to say, if nothing is counted."),
    )  # fmt: skip
    return _record(
        vocabulary=_said("The vocabulary of the services, and its version."),
        programme=_as(_MAYBE, "Their programme; null where they do not say."),
        since=_as(_MAYBE, "The first day on which all of them hold; null where none says when it began."),
        services=_list("The services of the group.", _TEXT),
        ordinary=_as(_DESCRIPTION, "The person from whom everything is told outwards."),
        regions=_list("Groups of people whom services treat differently.", _region()),
        **{
            "refused-by-all": _list(
                "People whom every service turns away.",
                _record(
                    who=_said("The people."),
                    conditions=_list("What they have in common.", _condition()),
                    answers=_list("What each service does.", _answer()),
                ),
            ),
            "characteristics": _list("A table for an equality assessment.", row),
            "not-compared": _list("What could not be set side by side.", _TEXT),
            "weighed-by": _as(_MAYBE, "The source of the numbers of people; null if nothing was weighed."),
        },
    )


def _region() -> dict[str, Any]:
    people = _record(least=_said("So many people certainly."), most=_said("So many at most."))
    return _record(
        id=_said("What sets the people apart, and who they are; never a line."),
        kind={"enum": list(KINDS), "description": "What is at stake."},
        about=_said("The field that sets them apart."),
        who=_said("The people in words."),
        conditions=_list("What they have in common.", _condition()),
        distance={"type": "integer", "minimum": 0, "description": "In how many things they are not ordinary."},
        witness=_as(_DESCRIPTION, "One of them, who is treated just so."),
        answers=_list("What each service does.", _answer()),
        people={"oneOf": [{"type": "null"}, people], "description": "How many they are, by the population table."},
    )


def _condition() -> dict[str, Any]:
    return _record(
        field=_said("The case field."), text=_said("The people in words."), word=_said("Of a set, which word.")
    )


def _answer() -> dict[str, Any]:
    return _record(
        service=_said("The service."),
        path=_said("Its file."),
        outcome={"enum": [*OUTCOMES, "silent", "waits"], "description": "What it does with them."},
        field=_said("The field that decides."),
        says=_said("What it says."),
        line=_as(_LINE, "Its line."),
        why=_said("Why, where that is not plain."),
        destination=_as(_MAYBE, "Where they are sent."),
        doubt=_said("Why the reading is uncertain."),
    )


def _record(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": list(properties), "properties": properties}


def _said(description: str) -> dict[str, Any]:
    return {**_TEXT, "description": description}


def _as(schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {**schema, "description": description}


def _list(description: str, items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "description": description, "items": items}
