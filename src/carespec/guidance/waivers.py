"""Waivers: agreed departures from a rule, which somebody signs, with a reason and a last day.

A waiver that says why, and by whom it was agreed, and that has not ended, turns what fails or cannot be told into
`waived`. What is wrong with waivers is told about them: ended, unused, of no rule, too wide, with no reason given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from carespec.flags import Flag
from carespec.guidance.register import Register, Waived
from carespec.model.facts import Service, Waiver
from carespec.model.values import is_placeholder
from carespec.vocabulary import nearest

EXPIRED, UNUSED, OF_NOTHING = "waiver-expired", "waiver-unused", "waiver-of-no-rule"
TOO_WIDE, UNREASONED, REFUSED = "waiver-too-wide", "waiver-without-reason", "waiver-not-accepted"
PENDING, OF_NOBODY, UNNAMED = "waiver-not-agreed-yet", "waiver-of-no-service", "register-not-named"
TITLES = {
    EXPIRED: "a waiver that has ended",
    UNUSED: "a waiver that waives nothing",
    OF_NOTHING: "a waiver of a rule that no pack has",
    TOO_WIDE: "a waiver of more than one field without saying which",
    UNREASONED: "a waiver without a reason or a name",
    REFUSED: "a waiver of a rule that accepts none",
    PENDING: "a waiver that was not agreed before this change",
    OF_NOBODY: "a waiver for a service that is not there",
    UNNAMED: "a register of waivers that no configuration names",
}
AFFECTS = "whoever relies on the rule, and whoever signed the waiver"
_FEWEST_WORDS = 3


class Bearing(NamedTuple):
    """What of a run bears on what is wrong with a waiver.

    `used` gives the paths that a waiver waived. `names` says of a rule's name what it is: "rule", "kept" for one that
    accepts no waiver, "unheard" for one that was not held against the service, None where no pack has it. `known` are
    the names that there are.
    """

    today: date
    used: Callable[[Waiver], tuple[str, ...]]
    names: Callable[[str], str | None]
    known: Sequence[str]


class Told(NamedTuple):
    """A flag on a waiver, and which of the names above it goes by."""

    name: str
    flag: Flag
    waiver: Waiver


def is_reasoned(waiver: Waiver) -> bool:
    """Whether a waiver says why and by whom: no placeholders, and a reason of at least three words."""
    texts = (waiver.reason, waiver.agreed_by)
    return not any(map(is_placeholder, texts)) and len(waiver.reason.split()) >= _FEWEST_WORDS


def has_ended(waiver: Waiver, today: date) -> bool:
    """Whether its last day has passed; one whose day nobody can read has."""
    return waiver.until is None or waiver.until.last < today


def is_about(waiver: Waiver, pack: str, rule: str) -> bool:
    """Whether a waiver names a rule, in full or by its short name."""
    return waiver.rule in (rule, f"{pack}.{rule}")


def counting(waivers: Iterable[Waiver], service: Service, register: Register, pack: str, rule: str) -> list[Waiver]:
    """Those of the waivers that are about a rule and were agreed before this run."""
    return [one for one in waivers if is_about(one, pack, rule) and register.counts(one, service)]


def waive(paths: tuple[str, ...], waivers: Iterable[Waiver], today: date) -> Waived:
    """What the live waivers of a rule leave of the paths that it failed on, or could not tell."""
    left, used = list(paths), []
    for waiver in waivers:
        if has_ended(waiver, today) or not is_reasoned(waiver):
            continue
        covered = [path for path in left if _covers(waiver, path)]
        if covered:
            used.append(waiver)
            left = [path for path in left if path not in covered]
    return Waived(tuple(left), tuple(used))


def _covers(waiver: Waiver, path: str) -> bool:
    if waiver.field is None:
        return True
    name, key = waiver.field
    return path == (f"{name} {key}" if key else name) or (key is None and path.partition(" ")[0] == name)


def flags(service: Service, register: Register, asked: Bearing) -> Iterator[Told]:
    """What is wrong with the waivers of a service, wherever they stand."""
    for waiver in register.of(service):
        told = _told(waiver, service, register, asked)
        if told is not None:
            name, message, fix = told
            yield Told(name, Flag(message, fix, waiver.line, waiver.start, waiver.end, affects=AFFECTS), waiver)


Wrong: TypeAlias = tuple[str, str, str]
"""What is wrong with a waiver: by which name it goes, the message, the fix."""


def _told(waiver: Waiver, service: Service, register: Register, asked: Bearing) -> Wrong | None:
    """The first thing that is wrong with a waiver; None if nothing is."""
    rule, kind = waiver.rule, asked.names(waiver.rule)
    if kind is None:
        return _of_nothing(rule, asked.known)
    if not is_reasoned(waiver):
        message = f"this waiver of `{rule}` gives no reason that could be judged, or no name, so it waives nothing"
        return UNREASONED, message, "Write the reason in a sentence, and the name of who agreed to it."
    if kind == "kept":
        return REFUSED, f"`{rule}` accepts no waiver, so this one waives nothing", "Delete the line and meet the rule."
    if waiver.until is None:
        return None  # what is wrong with its date is told by itself
    if has_ended(waiver, asked.today):
        message = f"this waiver of `{rule}` ended on {waiver.until.show()}"
        return EXPIRED, message, "Meet the rule, or have a new waiver agreed."
    if not register.counts(waiver, service):
        message = f"this waiver of `{rule}` is not in `{register.since}`, so it waives nothing yet"
        return PENDING, message, "Have it agreed in a change of its own, before the change that needs it."
    return _of_use(waiver, kind, asked.used(waiver))


def _of_use(waiver: Waiver, kind: str, used: tuple[str, ...]) -> Wrong | None:
    """What is wrong with what a waiver waived."""
    rule = waiver.rule
    if kind == "rule" and not used:
        message = f"nothing here departs from `{rule}`, so this waiver is not needed"
        if waiver.path:
            message = f"nothing in `{waiver.service}` departs from `{rule}`, so this waiver is not needed"
        return UNUSED, message, "Delete the line, so that it cannot hide a later departure."
    if len(used) > 1 and waiver.field is None:
        message = f"this one line waives `{rule}` for {', '.join(f'`{path}`' for path in used)}"
        whose = f"{rule} for {waiver.service}" if waiver.path else rule
        return TOO_WIDE, message, f"Write a waiver for each: `waive {whose} on {used[0]} until …`."
    return None


def _of_nothing(rule: str, known: Sequence[str]) -> Wrong:
    near = nearest(rule, known)
    asked = f"; did you mean `{near}`?" if near else ""
    fix = f"Write `waive {near}`." if near else "`carespec rules` lists the rules. Delete the line if its rule is gone."
    return OF_NOTHING, f"no guidance pack has a rule `{rule}`, so this waives nothing{asked}", fix
