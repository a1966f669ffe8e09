"""Waivers: agreed departures from a rule, which somebody signs, with a reason and a last day.

A waiver that says why, and by whom it was agreed, and that has not ended, turns what fails or cannot be told into
`waived`. What is wrong with waivers is told about them: ended, unused, of no rule, too wide, with no reason given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeAlias

from carespec.flags import Flag
from carespec.model.facts import Service, Waiver
from carespec.model.values import is_placeholder
from carespec.vocabulary import nearest

EXPIRED, UNUSED, OF_NOTHING = "waiver-expired", "waiver-unused", "waiver-of-no-rule"
TOO_WIDE, UNREASONED, REFUSED = "waiver-too-wide", "waiver-without-reason", "waiver-not-accepted"
TITLES = {
    EXPIRED: "a waiver that has ended",
    UNUSED: "a waiver that waives nothing",
    OF_NOTHING: "a waiver of a rule that no pack has",
    TOO_WIDE: "a waiver of more than one field without saying which",
    UNREASONED: "a waiver without a reason or a name",
    REFUSED: "a waiver of a rule that accepts none",
}
AFFECTS = "whoever relies on the rule, and whoever signed the waiver"
_FEWEST_WORDS = 3


class Waived(NamedTuple):
    """What of a rule is left after its waivers: the paths that still count, and the waivers that were used."""

    paths: tuple[str, ...]
    used: tuple[Waiver, ...]


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


def flags(
    service: Service,
    today: date,
    used: Callable[[Waiver], tuple[str, ...]],
    names: Callable[[str], str | None],
    known: Iterable[str],
) -> Iterator[Told]:
    """What is wrong with the waivers of a service.

    `used` gives the paths that a waiver waived. `names` says of a rule's name what it is: "rule", "kept" for one that
    accepts no waiver, "unheard" for one that was not held against the service, None where no pack has it.
    """
    known = list(known)
    for waiver in service.waivers:
        told = _told(waiver, today, used(waiver), names(waiver.rule), known)
        if told is not None:
            name, message, fix = told
            yield Told(name, Flag(message, fix, waiver.line, waiver.start, waiver.end, affects=AFFECTS), waiver)


Wrong: TypeAlias = tuple[str, str, str]
"""What is wrong with a waiver: by which name it goes, the message, the fix."""


def _told(waiver: Waiver, today: date, used: tuple[str, ...], kind: str | None, known: list[str]) -> Wrong | None:
    """The first thing that is wrong with a waiver; None if nothing is."""
    rule = waiver.rule
    if kind is None:
        return _of_nothing(rule, known)
    if not is_reasoned(waiver):
        message = f"this waiver of `{rule}` gives no reason that could be judged, or no name, so it waives nothing"
        return UNREASONED, message, "Write the reason in a sentence, and the name of who agreed to it."
    if kind == "kept":
        return REFUSED, f"`{rule}` accepts no waiver, so this one waives nothing", "Delete the line and meet the rule."
    if waiver.until is not None and has_ended(waiver, today):
        message = f"this waiver of `{rule}` ended on {waiver.until.show()}"
        return EXPIRED, message, "Meet the rule, or have a new waiver agreed."
    if kind == "rule" and not used:
        message = f"nothing here departs from `{rule}`, so this waiver is not needed"
        return UNUSED, message, "Delete the line, so that it cannot hide a later departure."
    if len(used) > 1 and waiver.field is None:
        message = f"this one line waives `{rule}` for {', '.join(f'`{path}`' for path in used)}"
        return TOO_WIDE, message, f"Write a waiver for each: `waive {rule} on {used[0]} until …`."
    return None


def _of_nothing(rule: str, known: list[str]) -> Wrong:
    near = nearest(rule, known)
    asked = f"; did you mean `{near}`?" if near else ""
    fix = f"Write `waive {near}`." if near else "`carespec rules` lists the rules. Delete the line if its rule is gone."
    return OF_NOTHING, f"no guidance pack has a rule `{rule}`, so this waives nothing{asked}", fix
