"""Journeys and regions as plain data, for `--output json`: nothing is folded or left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from carespec.journeys.records import DeadEnd, Journey, Journeys, Patients, Region, RegionAnswer, StageWait


def journeys_data(told: Sequence[Journeys]) -> dict[str, Any]:
    """The records `person` and `journeys` of one person under services of one vocabulary, or of several."""
    described = {name: value for one in told for name, value in one.described}
    assumed = {name: value for one in told for name, value in one.assumed}
    return {
        "person": {"described": described, "assumed": assumed},
        "journeys": [journey_data(journey) for one in told for journey in one.journeys],
    }


def journey_data(journey: Journey) -> dict[str, Any]:
    """One journey. Fields that the document does not fill are null."""
    return {
        "service": journey.service,
        "path": journey.path,
        "outcome": journey.outcome,
        "step": journey.step,
        "waits": [_wait(wait) for wait in journey.waits],
        "destination": journey.destination,
        "leads": journey.leads or None,
        "told": [one._asdict() for one in journey.told],
        "because": [one._asdict() for one in journey.because],
        "nothing-said-about": list(journey.nothing_said_about),
    }


def _wait(wait: StageWait) -> dict[str, Any]:
    days = {"fewest": str(wait.days[0]), "most": str(wait.days[1])} if wait.days else None
    return {**wait._asdict(), "days": days}


def patients_data(found: Patients) -> dict[str, Any]:
    """What is told of one group of services."""
    return {
        "ordinary": dict(found.ordinary),
        "regions": [_region(region) for region in found.regions],
        "refused-by-all": [
            {
                "who": one.who,
                "conditions": [condition._asdict() for condition in one.conditions],
                "answers": [_answer(answer) for answer in one.answers],
            }
            for one in found.refused_by_all
        ],
        "characteristics": [_loser(row._asdict()) for row in found.losers],
        "not-compared": list(found.not_compared),
        "weighed-by": found.weighed_by,
    }


def dead_end_data(end: DeadEnd) -> dict[str, Any]:
    """One destination that is no way on."""
    return {**end._asdict(), "trail": list(end.trail)}


def _region(region: Region) -> dict[str, Any]:
    weight = {"least": str(region.weight.least), "most": str(region.weight.most)} if region.weight else None
    return {
        "id": region.id,
        "kind": region.kind,
        "about": region.about,
        "who": region.who,
        "conditions": [condition._asdict() for condition in region.conditions],
        "distance": region.distance,
        "witness": dict(region.witness),
        "answers": [_answer(answer) for answer in region.answers],
        "people": weight,
    }


def _answer(answer: RegionAnswer) -> dict[str, Any]:
    return {**answer._asdict(), "destination": answer.destination or None}


def _loser(row: dict[str, Any]) -> dict[str, Any]:
    return {name.replace("_", "-"): list(value) if isinstance(value, tuple) else value for name, value in row.items()}
