"""The envelope of every JSON that tells of services and not of findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from carespec.model.facts import Service


def as_json(services: Sequence[Service], records: dict[str, Any], not_asked: Sequence[str]) -> str:
    """The records of one command within the envelope of a report."""
    import json

    from carespec import __version__
    from carespec.reporters.json import SCHEMA
    from carespec.workspace import clock

    today = clock().isoformat()
    vocabularies = {f"{one.vocabulary.name} {one.vocabulary.version}": None for one in services}
    envelope = {
        "carespec": __version__,
        "schema": SCHEMA,
        "today": today,
        "vocabulary": ", ".join(vocabularies),
        "guidance": [],
        "services": [_service(service, today) for service in services],
        **records,
        "not-checked": list(not_asked),
    }
    return json.dumps(envelope, ensure_ascii=False, indent=2) + "\n"


def _service(service: Service, today: str) -> dict[str, str]:
    from carespec.journeys.journey import called

    at, origin = service.as_at()
    return {
        "name": called(service), "path": service.path, "as-at": at.isoformat() if at else today, "as-at-from": origin,
    }  # fmt: skip
