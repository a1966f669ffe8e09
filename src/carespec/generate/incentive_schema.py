"""The JSON Schemas of `carespec incentives --output json`: what is rewarded, `--viability`, `--repair`.

The closed lists come from the engines, so that the schemas cannot fall behind them.
"""

from __future__ import annotations

from typing import Any

from carespec.assumptions import GRADES
from carespec.incentives.episode.actions import ACTIONS, HEALTHS
from carespec.incentives.figures import FREE, KINDS, SLOTS
from carespec.incentives.sizes import HARMS
from carespec.incentives.tell.json import SCHEMA
from carespec.incentives.verdicts import VERDICTS

_COUNT = {"type": "integer", "minimum": 0}
_MONEY = {"type": "string", "pattern": r"^-?\d+\.\d{2}$"}
_NUMBER = {"type": "string", "pattern": r"^-?\d+\.\d{4}$"}


def incentives_schema() -> dict[str, Any]:
    """A draft 2020-12 schema of what `carespec incentives` prints."""
    service = _record(
        **_of_service(),
        **{
            "not-followed": _list(
                "What is said and no course is analysed by.",
                _record(
                    field=_said("The field."),
                    line={"type": "integer", "minimum": 1, "description": "Its line."},
                    because=_said("What is done instead."),
                ),
            )
        },
        material=_share("From which share of what the indicated course is expected to be paid a gain counts."),
        assumptions=_list("The figures that bear on it.", {"$ref": "#/$defs/figure"}),
        steps=_list("The steps that are paid for.", _step()),
    )
    envelope = {
        "incentives": _list("What the payments of each service reward, the worst first.", service),
        "model-leaves-out": _list("What the model leaves out.", {"type": "string"}),
    }
    return _schema("carespec incentives", "What `carespec incentives PATH --output json` prints.", envelope)


def viability_schema() -> dict[str, Any]:
    """A draft 2020-12 schema of what `carespec incentives --viability` prints."""
    service = _record(
        **_of_service(),
        **{
            "spent-beforehand": _pounds("What must be spent once, however few people come."),
            "volume-guaranteed": _flag("Whether a volume of work is promised."),
        },
        steps=_list("The steps that are paid for.", _viable_step()),
        group=_or_none(_as(_group(), "A group, where one is paid for by the person.")),
        assumptions=_list("The figures that it rests on.", {"$ref": "#/$defs/figure"}),
    )
    envelope = {"viability": _list("Whether the pay covers the cost, service by service.", service)}
    return _schema("carespec viability", "What `carespec incentives PATH --viability --output json` prints.", envelope)


def repair_schema() -> dict[str, Any]:
    """A draft 2020-12 schema of what `carespec incentives --repair` prints."""
    service = _record(
        **_of_service(),
        steps=_list("The steps that are paid for.", _repair()),
        assumptions=_list("The figures that it rests on.", {"$ref": "#/$defs/figure"}),
    )
    envelope = {"repair": _list("Which fees would leave nothing to gain, service by service.", service)}
    return _schema("carespec repair", "What `carespec incentives PATH --repair --output json` prints.", envelope)


def _schema(title: str, description: str, envelope: dict[str, Any]) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": f"{description} Pounds and shares are strings.",
        **_record(
            carespec=_said("The version of the program."),
            schema={"const": SCHEMA, "description": "The version of this schema."},
            **envelope,
        ),
        "$defs": {"figure": _figure()},
    }


def _of_service() -> dict[str, Any]:
    left = _record(
        field=_said("The payment."),
        line={"type": "integer", "minimum": 1, "description": "Its line."},
        because=_said("Why it is not in the figures."),
        fix=_said("What to write."),
        contradiction=_flag("Whether it contradicts another."),
    )
    return {
        "service": _said("The name in the first line."),
        "path": _said("The file."),
        "because": _or_none(_said("Why nothing was worked out, where nothing was.")),
        "not-analysed": _list("Payments that are not in the figures.", left),
    }


def _figure() -> dict[str, Any]:
    return _record(
        name=_said("What `--assume` calls it."), label=_said("What it is."), unit=_said("Its unit."),
        low=_said("The least."), likely=_said("The likeliest."), high=_said("The greatest."),
        grade=_one_of(GRADES, "How it is known."), source=_said("Where it is from."),
    )  # fmt: skip


def _step() -> dict[str, Any]:
    silent = _record(field=_said("The field."), because=_said("Why it says nothing usable."), taken=_said("Instead."))
    return _record(
        step=_said("The step, with its cluster where prices differ by it."),
        **{
            "sessions-indicated": _as(_COUNT, "Up to how many sessions the document indicates."),
            "horizon": _as(_COUNT, "The session up to which courses are followed."),
            "never-stops": {
                "enum": ["likely", "somewhere", None],
                "description": "Where every further session earns more than it costs, without a limit.",
            },
            "silent": _list("What the document does not say usably about the indicated course.", silent),
            "patterns": _list("Every incentive that was looked for, the strongest first.", _pattern()),
        },
    )


def _pattern() -> dict[str, Any]:
    given = _record(**{"session-costs": _one_of(("below", "above"), "On which side.")}, pounds=_pounds("Of so much."))
    return _record(
        name=_said("Its name, as `carespec explain` takes it."),
        verdict=_one_of(VERDICTS, "How strong the proof is."),
        rewards=_said("What the contract then rewards."),
        because=_or_none(_said("Why it does not apply.")),
        partial=_flag("Whether a payment that was left out bears on it."),
        at=_as(_by(SLOTS, _decided(), False), "What figures decide, where slots stand idle and where people wait."),
        size=_or_none(_as(_size(), "Pounds and harm, for each person of the kind that shows it best.")),
        witness=_or_none(_as(_witness(), "One course of events that shows it.")),
        **{
            "document-says": _or_none(_said("What the document says that bears on it.")),
            "rests-on": _one_of(GRADES, "The weakest source on which the verdict depends."),
            "gain-on-every-path": _or_none(_ends("The least and the greatest gain on any path, from the text alone.")),
            "given": _or_none(_as(given, "For which cost of a session it holds on every path.")),
            "break-evens": _list("Where a figure turns the answer.", _break_even()),
        },
    )


def _decided() -> dict[str, Any]:
    point = {"type": "object", "additionalProperties": False, "properties": dict.fromkeys(FREE, _NUMBER)}
    return _record(
        verdict=_one_of(VERDICTS, "The verdict at this slot price."),
        kind=_one_of(KINDS, "The kind of patient that shows it best."),
        gain=_pounds("The gain at the likely figures."),
        material=_pounds("From which gain it counts."),
        between=_or_none(_ends("Bounds of the gain over the ranges.")),
        point=_or_none(_as(point, "Where it counts, if not at the likely figures: from 0, the least, to 1.")),
        boxes=_as(_COUNT, "How many boxes the proof took."),
        open=_flag("Whether more boxes might prove it for every figure, or for none."),
    )


def _size() -> dict[str, Any]:
    return _record(
        gain=_pounds("The gain."),
        harms=_list("What it does to patients.", _one_of(HARMS, "A harm.")),
        misrecorded=_share("The chance of being wrongly on record as recovered."),
        rejected=_flag("Whether people are not taken on."),
        **{
            "recoveries-lost": _share("Recoveries lost for each patient."),
            "lasting-recoveries-lost": _or_none(
                _share("Recoveries that last a year lost for each patient; null where that is not modelled.")
            ),
            "extra-sessions": _share("Sessions beyond those indicated."),
            "extra-spend": _pounds("What the commissioner pays beyond what is indicated."),
            "per-recovery-lost": _or_none(_pounds("Pounds gained for each recovery lost.")),
            "per-extra-session": _or_none(_pounds("Pounds gained for each session beyond those indicated.")),
            "price-of-compliance": _or_none(_pounds("What a recovery must be worth before the indicated is given.")),
        },
    )


def _break_even() -> dict[str, Any]:
    return _record(
        figure=_said("What `--assume` calls it."), at=_said("Where the answer turns."),
        rewarded=_one_of(("above", "below"), "On which side it is rewarded."), likely=_said("The likeliest."),
        grade=_one_of(GRADES, "How it is known."),
    )  # fmt: skip


def _witness() -> dict[str, Any]:
    row = _record(
        session=_as(_COUNT, "Sessions attended by then."), then=_one_of(ACTIONS, "What is done."),
        paid=_pounds("Paid by then."), cost=_pounds("Spent by then."),
    )  # fmt: skip
    return _record(
        kind=_one_of(KINDS, "The kind of patient."),
        health=_one_of(HEALTHS, "How the patient is where the courses part."),
        gain=_pounds("What the rewarded course keeps beyond the other, at the end."),
        indicated=_list("The course that the document indicates.", row),
        rewarded=_list("The course that is rewarded; empty for somebody who is not taken on.", row),
        **{
            "after-sessions": _as(_COUNT, "After how many sessions the courses part."),
            "indicated-action": _one_of(ACTIONS, "What is indicated there."),
            "rewarded-action": _one_of(ACTIONS, "What is rewarded there."),
            "worth-there": _pounds("What that is worth there, on average."),
        },
    )


def _viable_step() -> dict[str, Any]:
    course = _record(
        brings=_pounds("Paid."), costs=_pounds("Spent."), keeps=_pounds("What is left."),
        sessions=_share("Sessions attended."), recovered=_share("The chance of recovery."),
    )  # fmt: skip
    line = _record(payment=_said("The payment."), times=_share("How often it is earned."), pounds=_pounds("In all."))
    missed = _record(
        appointments=_share("Missed in a course."), cost=_pounds("Their cost."), paid=_pounds("What is paid for them.")
    )  # fmt: skip
    spending = _record(
        referrals=_as(_COUNT, "Of how many referrals, a third of each kind."),
        indicated=_pounds("Paid if people are treated as indicated."), rewarded=_pounds("Paid if treated as rewarded."),
    )  # fmt: skip
    recovered = _record(indicated=_share("Treated as indicated."), rewarded=_share("Treated as rewarded."))
    session = _record(low=_pounds("The least."), likely=_pounds("The likeliest."), high=_pounds("The greatest."))
    return _record(
        step=_said("The step, with its cluster where prices differ by it."),
        courses=_as(_by(KINDS, course), "The indicated course, by kind of patient."),
        referral=_as(
            _record(brings=_pounds("Paid."), costs=_pounds("Spent.")), "What a referral of a middle patient comes to."
        ),
        pays=_list("What each payment brings to a middle patient's course, the dearest first.", line),
        missed=_as(missed, "Missed appointments in a middle patient's course."),
        spending=_as(spending, "What the commissioner pays."),
        recovered=_as(recovered, "The share of those who enter that recovers."),
        **{
            "covers-its-cost": _flag("Whether a middle patient's course brings at least what it costs."),
            "turns-at": _or_none(_pounds("The cost of a session at which a middle patient's course keeps nothing.")),
            "session-assumed": _as(session, "What a session is assumed to cost."),
            "courses-needed": _or_none(_as(_COUNT, "How many courses cover what must be spent beforehand.")),
            "chance-of-fewer": _or_none(_share("The chance that fewer people come, where no volume is promised.")),
        },
    )


def _group() -> dict[str, Any]:
    return _record(
        people=_as(_COUNT, "How many begin."), staying=_share("How many are expected to stay."),
        brings=_pounds("Paid, if it is paid."), costs=_pounds("Spent."), keeps=_pounds("What is left."),
        chance=_share("The chance that enough of them stay."),
        **{
            "needed-to-cover-the-cost": _or_none(_as(_COUNT, "How many must stay to cover the cost.")),
            "needed-to-be-paid": _or_none(_as(_COUNT, "How many must stay for anything to be paid.")),
        },
    )  # fmt: skip


def _repair() -> dict[str, Any]:
    fee = _record(
        payment=_said("The payment."), per=_said("What it is paid per."),
        now=_or_none(_pounds("Its amount now; null for one that the document has not.")),
        repaired=_pounds("Its amount afterwards."),
    )  # fmt: skip
    paid = _record(now=_pounds("Now."), repaired=_pounds("Afterwards."))
    premium = _record(
        pounds=_pounds("The payment for recovery."),
        **{"paid-for-an-indicated-course": _pounds("What an indicated course is then paid.")},
    )
    instead = _record(without=_said("The rule that goes."), **{"left-to-gain": _pounds("What is then left to gain.")})
    return _record(
        step=_said("The step, with its cluster where prices differ by it."),
        needed=_flag("Whether any course earns more than the indicated one now."),
        gains=_as(_by(KINDS, _MONEY), "What the best course earns beyond the indicated one, by kind of patient."),
        fees=_or_none(_list("Every fee now and afterwards; null where no fees do it.", fee)),
        premium=_or_none(_as(premium, "The payment for recovery that does it alone.")),
        instead=_list("What is left to gain if a rule goes and every fee stays.", instead),
        **{
            "left-to-gain": _pounds("What is left to gain, from rounding to pence."),
            "paid-for-an-indicated-course": _as(paid, "What an indicated course is paid, all kinds alike."),
            "fees-no-dearer": _or_none(_list("Fees that do it and pay an indicated course no more than now.", fee)),
            "recovery-must-bring": _as(
                _by(KINDS, _MONEY, False), "What a recovery must bring before the last indicated session pays its way."
            ),
        },
    )


def _record(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": list(properties), "properties": properties}


def _by(names: tuple[str, ...], each: dict[str, Any], every: bool = True) -> dict[str, Any]:
    found = _record(**dict.fromkeys(names, each))
    return found if every else {**found, "required": []}


def _as(kind: dict[str, Any], description: str) -> dict[str, Any]:
    return {**kind, "description": description}


def _said(description: str) -> dict[str, Any]:
    return _as({"type": "string"}, description)


def _flag(description: str) -> dict[str, Any]:
    return _as({"type": "boolean"}, description)


def _pounds(description: str) -> dict[str, Any]:
    return _as(_MONEY, description)


def _share(description: str) -> dict[str, Any]:
    return _as(_NUMBER, description)


def _ends(description: str) -> dict[str, Any]:
    return {"type": "array", "items": _MONEY, "minItems": 2, "maxItems": 2, "description": description}


def _list(description: str, items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "description": description, "items": items}


def _one_of(values: tuple[str, ...], description: str) -> dict[str, Any]:
    return {"enum": list(values), "description": description}


def _or_none(kind: dict[str, Any]) -> dict[str, Any]:
    inner = {key: value for key, value in kind.items() if key != "description"}
    return {"description": kind.get("description", ""), "oneOf": [{"type": "null"}, inner]}
