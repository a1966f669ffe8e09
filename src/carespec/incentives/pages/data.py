"""Viability and repair for programs: the same numbers as on their pages, pounds and shares as strings.

`specs/schemas/viability.schema.json` and `repair.schema.json` say what each key means.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from carespec import __version__
from carespec.incentives.pages import repair, viability
from carespec.incentives.repair import Change, Repair, Repaired
from carespec.incentives.tell.json import SCHEMA, about, parameter, pounds, share
from carespec.incentives.viability import REFERRALS, Course, Group, StepViability, Viability


def viability_data(found: Sequence[Viability]) -> dict[str, Any]:
    """The envelope with `viability`, services in the order given."""
    return {"carespec": __version__, "schema": SCHEMA, "viability": [_viability(one) for one in found]}


def repair_data(found: Sequence[Repaired]) -> dict[str, Any]:
    """The envelope with `repair`, services in the order given."""
    return {"carespec": __version__, "schema": SCHEMA, "repair": [_repaired(one) for one in found]}


def _viability(one: Viability) -> dict[str, Any]:
    return {
        **about(one),
        "spent-beforehand": pounds(one.fixed),
        "volume-guaranteed": one.guaranteed,
        "steps": [_step(step) for step in one.steps],
        "group": None if one.group is None else _group(one.group),
        "assumptions": [parameter(p) for p in viability.used(one)],
    }


def _step(step: StepViability) -> dict[str, Any]:
    low, likely, high = step.session
    return {
        "step": step.label,
        "covers-its-cost": not step.is_below_cost,
        "courses": {kind: _course(course) for kind, course in step.courses.items()},
        "referral": {"brings": pounds(step.per_referral[0]), "costs": pounds(step.per_referral[1])},
        "pays": [{"payment": o.name, "times": f"{o.times:.4f}", "pounds": pounds(o.pounds)} for o in step.lines],
        "turns-at": pounds(step.break_even_session),
        "session-assumed": {"low": pounds(low), "likely": pounds(likely), "high": pounds(high)},
        "missed": {
            "appointments": f"{step.missed:.4f}", "cost": pounds(step.missed_cost), "paid": pounds(step.missed_paid),
        },
        "courses-needed": step.needed,
        "chance-of-fewer": None if step.short is None else share(step.short),
        "spending": {
            "referrals": REFERRALS, "indicated": pounds(step.spent[0]), "rewarded": pounds(step.spent[1]),
        },
        "recovered": {
            "indicated": share(viability.recovered(step.courses)),
            "rewarded": share(viability.recovered(step.rewarded)),
        },
    }  # fmt: skip


def _course(course: Course) -> dict[str, Any]:
    return {
        "brings": pounds(course.income),
        "costs": pounds(course.cost),
        "keeps": pounds(course.margin),
        "sessions": f"{course.sessions:.4f}",
        "recovered": share(course.recovered),
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "people": group.size,
        "staying": f"{group.staying:.4f}",
        "brings": pounds(group.income),
        "costs": pounds(group.cost),
        "keeps": pounds(group.income - group.cost),
        "needed-to-cover-the-cost": group.to_break_even,
        "needed-to-be-paid": group.to_be_paid,
        "chance": share(group.chance),
    }


def _repaired(one: Repaired) -> dict[str, Any]:
    return {
        **about(one),
        "steps": [_repair(step) for step in one.steps],
        "assumptions": [parameter(p) for p in repair.used(one)],
    }


def _repair(one: Repair) -> dict[str, Any]:
    return {
        "step": one.step,
        "needed": one.is_needed,
        "gains": _by_kind(one.gains),
        "fees": _changes(one.changes),
        "left-to-gain": pounds(one.left),
        "paid-for-an-indicated-course": {"now": pounds(one.pay[0]), "repaired": pounds(one.pay[1])},
        "fees-no-dearer": _changes(one.even),
        "premium": None
        if one.premium is None
        else {"pounds": pounds(one.premium), "paid-for-an-indicated-course": pounds(one.premium_pay)},
        "recovery-must-bring": _by_kind(one.last),
        "instead": [{"without": each.rule, "left-to-gain": pounds(each.gain)} for each in one.removals],
    }


def _changes(changes: Iterable[Change] | None) -> list[dict[str, Any]] | None:
    if changes is None:
        return None
    return [
        {"payment": c.name, "per": c.per, "now": None if c.new else pounds(c.was), "repaired": pounds(c.becomes)}
        for c in changes
    ]


def _by_kind(amounts: Mapping[str, float]) -> dict[str, str | None]:
    return {kind: pounds(amount) for kind, amount in amounts.items()}
