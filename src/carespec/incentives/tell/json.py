"""Everything about incentives for programs; pounds and shares are strings, and nothing is left out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from carespec import __version__
from carespec.assumptions import Parameter
from carespec.incentives.episode.actions import ACTIONS, HEALTHS
from carespec.incentives.report import Assessed, Incentives, StepReport, left_out_of_the_model
from carespec.incentives.sizes import BreakEven, Size
from carespec.incentives.tell.phrases import used, worst_first
from carespec.incentives.verdicts import Decided
from carespec.incentives.witness import Row, Witness
from carespec.payments.atoms import LeftOut

if TYPE_CHECKING:
    from carespec.incentives.repair import Repaired
    from carespec.incentives.viability import Viability

SCHEMA = 1


def render(found: Sequence[Incentives], width: int) -> str:
    """The envelope as JSON, two blanks of indent, keys in a fixed order."""
    return json.dumps(envelope(found), ensure_ascii=False, indent=2) + "\n"


def envelope(found: Sequence[Incentives]) -> dict[str, Any]:
    """Services with their incentives, the worst first, as plain data."""
    return {
        "carespec": __version__,
        "schema": SCHEMA,
        "incentives": [_service(one) for one in worst_first(found)],
        "model-leaves-out": list(left_out_of_the_model(found)),
    }


def about(one: Incentives | Viability | Repaired) -> dict[str, Any]:
    """What is said of a service whatever was worked out: its name, its file, why nothing was, what was left out."""
    return {
        "service": one.service,
        "path": one.path,
        "because": one.because or None,
        "not-analysed": [left_out(left) for left in one.left_out],
    }


def _service(one: Incentives) -> dict[str, Any]:
    return {
        **about(one),
        "not-followed": [
            {"field": told.place.path, "line": told.place.line, "because": told.because} for told in one.not_followed
        ],
        "material": share(one.options.material),
        "assumptions": [parameter(p) for p in used(one)],
        "steps": [_step(step) for step in one.steps],
    }


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
        "given": {"session-costs": "below" if one.given.below else "above", "pounds": pounds(one.given.pounds)}
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
        "gain": pounds(one.gain),
        "material": pounds(one.material),
        "between": _ends(one.between) if one.between else None,
        "point": {field: share(at) for field, at in one.point.items()} if one.point else None,
        "boxes": one.boxes,
        "open": one.is_open,
    }


def _size(size: Size) -> dict[str, Any]:
    return {
        "gain": pounds(size.gain),
        "harms": list(size.harms),
        "recoveries-lost": share(size.recoveries_lost),
        "lasting-recoveries-lost": None if size.lasting_lost is None else share(size.lasting_lost),
        "extra-sessions": f"{size.extra_sessions:.4f}",
        "extra-spend": pounds(size.extra_spend),
        "misrecorded": share(size.misrecorded),
        "rejected": size.rejected,
        "per-recovery-lost": pounds(size.per_recovery),
        "per-extra-session": pounds(size.per_session),
        "price-of-compliance": pounds(size.compliance),
    }


def _break_even(one: BreakEven) -> dict[str, Any]:
    value = pounds(one.at) if one.unit == "pounds" else share(one.at)
    likely = pounds(one.likely) if one.unit == "pounds" else share(one.likely)
    side = "above" if one.above else "below"
    return {"figure": one.name, "at": value, "rewarded": side, "likely": likely, "grade": one.grade}


def _witness(one: Witness) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "after-sessions": one.session,
        "health": HEALTHS[one.health],
        "indicated-action": ACTIONS[one.indicated_action],
        "rewarded-action": ACTIONS[one.rewarded_action],
        "worth-there": pounds(one.worth),
        "indicated": [_row(row) for row in one.indicated],
        "rewarded": [_row(row) for row in one.rewarded],
        "gain": pounds(one.gain),
    }


def _row(row: Row) -> dict[str, Any]:
    return {"session": row.session, "then": ACTIONS[row.action], "paid": pounds(row.paid), "cost": pounds(row.cost)}


def left_out(left: LeftOut) -> dict[str, Any]:
    """A payment that is not in the figures."""
    return {
        "field": left.place.path, "line": left.place.line, "because": left.because, "fix": left.fix,
        "contradiction": left.wrong,
    }  # fmt: skip


def parameter(p: Parameter) -> dict[str, Any]:
    """A figure that is assumed."""
    ends = {"low": f"{p.low:g}", "likely": f"{p.likely:g}", "high": f"{p.high:g}"}
    return {"name": p.name, "label": p.label, "unit": p.unit, **ends, "grade": p.grade, "source": p.source}


def _ends(span: tuple[float, float]) -> list[str | None]:
    return [pounds(end) for end in span]


def pounds(amount: float | None) -> str | None:
    """`1234.50`; null for what there is none of."""
    return None if amount is None else f"{0.0 if abs(amount) < 0.005 else amount:.2f}"


def share(value: float) -> str:
    """A share of 1, to four digits."""
    return f"{value:.4f}"
