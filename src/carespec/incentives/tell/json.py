"""Everything about incentives for programs; pounds and shares are strings, and nothing is left out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from carespec import __version__
from carespec.assumptions import Parameter
from carespec.incentives.episode.actions import ACTIONS, HEALTHS
from carespec.incentives.report import LEFT_OUT_OF_THE_MODEL, Assessed, Incentives, StepReport
from carespec.incentives.sizes import BreakEven, Size
from carespec.incentives.tell.phrases import used, worst_first
from carespec.incentives.verdicts import Decided
from carespec.incentives.witness import Row, Witness

SCHEMA = 1


def render(found: Sequence[Incentives]) -> str:
    """The envelope as JSON, two blanks of indent, keys in a fixed order."""
    return json.dumps(envelope(found), ensure_ascii=False, indent=2) + "\n"


def envelope(found: Sequence[Incentives]) -> dict[str, Any]:
    """Services with their incentives, the worst first, as plain data."""
    return {
        "carespec": __version__,
        "schema": SCHEMA,
        "incentives": [_service(one) for one in worst_first(found)],
        "model-leaves-out": list(LEFT_OUT_OF_THE_MODEL),
    }


def _service(one: Incentives) -> dict[str, Any]:
    return {
        "service": one.service,
        "path": one.path,
        "not-analysed": [
            {"field": left.place.path, "line": left.place.line, "because": left.because, "fix": left.fix,
             "contradiction": left.wrong}
            for left in one.left_out
        ],
        "not-followed": [
            {"field": told.place.path, "line": told.place.line, "because": told.because} for told in one.not_followed
        ],
        "material": _share(one.options.material),
        "assumptions": [_parameter(p) for p in used(one)],
        "steps": [_step(step) for step in one.steps],
    }  # fmt: skip


def _step(step: StepReport) -> dict[str, Any]:
    return {
        "step": step.label,
        "sessions-indicated": step.limit,
        "horizon": step.horizon,
        "never-stops": step.never_stops or None,
        "silent": [default._asdict() for default in step.defaults],
        "patterns": [_assessed(one) for one in step.assessed],
    }


def _assessed(one: Assessed) -> dict[str, Any]:
    return {
        "name": one.pattern.name,
        "verdict": one.verdict,
        "rewards": one.pattern.rewards,
        "because": one.because or None,
        "partial": one.partial,
        "rests-on": one.grade,
        "document-says": one.says or None,
        "gain-on-every-path": _ends(one.proof.gain) if one.proof else None,
        "given": {"session-costs": "below" if one.given.below else "above", "pounds": _pounds(one.given.pounds)}
        if one.given
        else None,
        "at": {slot: _decided(decided) for slot, decided in one.at.items()},
        "size": _size(one.size) if one.size else None,
        "break-evens": [_break_even(crossing) for crossing in one.break_evens],
        "witness": _witness(one.witness) if one.witness else None,
    }


def _decided(one: Decided) -> dict[str, Any]:
    return {
        "verdict": one.verdict,
        "kind": one.kind,
        "gain": _pounds(one.gain),
        "material": _pounds(one.material),
        "between": _ends(one.between) if one.between else None,
        "point": {field: _share(at) for field, at in one.point.items()} if one.point else None,
        "boxes": one.boxes,
    }


def _size(size: Size) -> dict[str, Any]:
    return {
        "gain": _pounds(size.gain),
        "harms": list(size.harms),
        "recoveries-lost": _share(size.recoveries_lost),
        "extra-sessions": f"{size.extra_sessions:.4f}",
        "extra-spend": _pounds(size.extra_spend),
        "misrecorded": _share(size.misrecorded),
        "rejected": size.rejected,
        "per-recovery-lost": _pounds(size.per_recovery),
        "per-extra-session": _pounds(size.per_session),
        "price-of-compliance": _pounds(size.compliance),
    }


def _break_even(one: BreakEven) -> dict[str, Any]:
    value = _pounds(one.at) if one.unit == "pounds" else _share(one.at)
    likely = _pounds(one.likely) if one.unit == "pounds" else _share(one.likely)
    side = "above" if one.above else "below"
    return {"figure": one.name, "at": value, "rewarded": side, "likely": likely, "grade": one.grade}


def _witness(one: Witness) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "after-sessions": one.session,
        "health": HEALTHS[one.health],
        "indicated-action": ACTIONS[one.indicated_action],
        "rewarded-action": ACTIONS[one.rewarded_action],
        "worth-there": _pounds(one.worth),
        "indicated": [_row(row) for row in one.indicated],
        "rewarded": [_row(row) for row in one.rewarded],
        "gain": _pounds(one.gain),
    }


def _row(row: Row) -> dict[str, Any]:
    return {"session": row.session, "then": ACTIONS[row.action], "paid": _pounds(row.paid), "cost": _pounds(row.cost)}


def _parameter(p: Parameter) -> dict[str, Any]:
    ends = {"low": f"{p.low:g}", "likely": f"{p.likely:g}", "high": f"{p.high:g}"}
    return {"name": p.name, "label": p.label, "unit": p.unit, **ends, "grade": p.grade, "source": p.source}


def _ends(span: tuple[float, float]) -> list[str | None]:
    return [_pounds(end) for end in span]


def _pounds(amount: float | None) -> str | None:
    return None if amount is None else f"{0.0 if abs(amount) < 0.005 else amount:.2f}"


def _share(value: float) -> str:
    return f"{value:.4f}"
