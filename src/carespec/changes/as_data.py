"""Changes as plain data for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from carespec.changes.between import Change, Place
from carespec.changes.kinds import of_tariff
from carespec.changes.versions import Difference, sources_of_material


def as_data(found: Sequence[Difference]) -> dict[str, Any]:
    """`services`, `changes` and `sources`, in order."""
    return {
        "services": [_service(one) for one in found],
        "changes": [_change(change, one) for one in found for change in one.changes],
        "sources": [source._asdict() for source in sources_of_material(found)],
    }


def _service(one: Difference) -> dict[str, Any]:
    return {
        "name": one.name,
        "state": one.state,
        "was-called": one.was_called,
        "before": one.before,
        "after": one.after,
        "gains": one.people.gains or None,
        "loses": one.people.loses or None,
        "material": one.material or None,
    }


def _change(change: Change, one: Difference) -> dict[str, Any]:
    return {
        "service": one.name,
        "kind": change.kind.show(),
        "subject": change.kind.subject,
        "verb": change.kind.verb,
        "field": change.field,
        "label": change.label,
        "before": _side(change.before, change.before_place),
        "after": _side(change.after, change.after_place),
        "gains": change.gains or None,
        "loses": change.loses or None,
        "tariff": of_tariff(change.kind),
    }


def _side(says: str | None, place: Place | None) -> dict[str, Any] | None:
    return None if says is None or place is None else {"says": says, "path": place.path, "line": place.line}
