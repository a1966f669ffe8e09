"""Waivers: agreed departures from a rule, which somebody signs, with a reason and a last day.

A waiver that says why, and by whom it was agreed, and that has not ended, turns what fails or cannot be told into
`waived`. What is wrong with waivers is told about them: ended, unused, of no rule, too wide, with no reason given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeAlias

from carespec.flags import Flag
from carespec.guidance.register import Register, Waived
from carespec.model.facts import Service, Waiver
from carespec.model.put_off import words_said
from carespec.model.values import is_placeholder
from carespec.tuples import NamedTuple
from carespec.vocabulary import nearest

EXPIRED, UNUSED, OF_NOTHING = "waiver-expired", "waiver-unused", "waiver-of-no-rule"
TOO_WIDE, UNREASONED, REFUSED = "waiver-too-wide", "waiver-without-reason", "waiver-not-accepted"
OTHER_FIELD = "waiver-of-other-field"
PENDING, OF_NOBODY, UNNAMED = "waiver-not-agreed-yet", "waiver-of-no-service", "register-not-named"
AFFECTS = "whoever relies on the rule, and whoever signed the waiver"
_FEWEST_WORDS = 3


class Named(NamedTuple):
    """What the name in a waiver means.

    `kind` is "rule", "kept" for a rule that accepts no waiver, "unheard" for one that was not held against the service,
    "check" for a check of carespec, which nobody waives. `asks` are the paths that a rule asks about.
    """

    kind: str
    asks: tuple[str, ...] = ()

    def also(self, kind: str, asks: tuple[str, ...]) -> Named:
        """What a name means that another pack, or another version, has too."""
        return Named("rule" if self.kind == "rule" else kind, tuple(dict.fromkeys((*self.asks, *asks))))


class Bearing(NamedTuple):
    """What of a run bears on what is wrong with a waiver.

    `used` gives the paths that a waiver waived, `names` what a name means, None where nothing goes by it. `known` are
    the names of rules.
    """

    today: date
    used: Callable[[Waiver], tuple[str, ...]]
    names: Callable[[str], Named | None]
    known: Sequence[str]


class Told(NamedTuple):
    """A flag on a waiver, and which of the names above it goes by."""

    name: str
    flag: Flag
    waiver: Waiver


def is_reasoned(waiver: Waiver) -> bool:
    """Whether a waiver says why and by whom: no placeholders, and a reason of at least three words."""
    return _is_reason(waiver.reason) and _is_name(waiver.agreed_by)


def _is_reason(text: str) -> bool:
    return not is_placeholder(text) and words_said(text) >= _FEWEST_WORDS


def _is_name(text: str) -> bool:
    return not is_placeholder(text) and words_said(text) > 0


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
    rule, named = waiver.rule, asked.names(waiver.rule)
    if named is None or named.kind == "check":
        return _of_nothing(rule, asked.known) if named is None else _of_check(rule)
    if not is_reasoned(waiver):
        message = f"this waiver of `{rule}` gives no reason that could be judged, or no name, so it waives nothing"
        fix = f"Write the reason in a sentence, and who agreed to it: `{_line(waiver, why='WHY', who='WHO')}`."
        return UNREASONED, message, fix
    if named.kind == "kept":
        return REFUSED, f"`{rule}` accepts no waiver, so this one waives nothing", "Delete the line and meet the rule."
    if not _is_asked(waiver, named.asks):
        return _of_other_field(waiver, named.asks)
    if waiver.until is None:
        return None  # what is wrong with its date is told by itself
    if has_ended(waiver, asked.today):
        message = f"this waiver of `{rule}` ended on {waiver.until.show()}"
        return EXPIRED, message, f"Meet the rule, or have a new waiver agreed: `{_line(waiver, until='DATE')}`."
    if not register.counts(waiver, service):
        message = f"this waiver of `{rule}` is not in `{register.since}`, so it waives nothing yet"
        return PENDING, message, "Have it agreed in a change of its own, before the change that needs it."
    return _of_use(waiver, named.kind, asked.used(waiver))


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
        return TOO_WIDE, message, f"Write a waiver for each: `{_line(waiver, on=used[0])}`."
    return None


def _line(waiver: Waiver, on: str = "", until: str = "", why: str = "", who: str = "") -> str:
    """The line of a waiver, with other parts; a reason or a name that says nothing gives way to the one given."""
    path = on or " ".join(filter(None, waiver.field or ()))
    until = until or (waiver.until.show() if waiver.until is not None else "DATE")
    why = why if why and not _is_reason(waiver.reason) else waiver.reason
    who = who if who and not _is_name(waiver.agreed_by) else waiver.agreed_by
    whose = f" for {waiver.service}" if waiver.path else ""
    return f'waive {waiver.rule}{whose}{f" on {path}" if path else ""} until {until}: "{why}" agreed by "{who}"'


def _is_asked(waiver: Waiver, asks: tuple[str, ...]) -> bool:
    """Whether the field of a waiver is one that its rule asks about; a field without a key is all of its lines."""
    if waiver.field is None or not asks:
        return True
    path, name = " ".join(filter(None, waiver.field)), waiver.field[0]
    return any(one in (path, name) or (waiver.field[1] is None and one.partition(" ")[0] == name) for one in asks)


def _of_other_field(waiver: Waiver, asks: tuple[str, ...]) -> Wrong:
    path = " ".join(filter(None, waiver.field or ()))
    about = " and ".join(f"`{one}`" for one in asks)
    message = f"`{waiver.rule}` asks nothing about `{path}`, so this waives nothing; it asks about {about}"
    return OTHER_FIELD, message, f"Write `{_line(waiver, on=nearest(path, asks) or asks[-1])}`."


def _of_check(name: str) -> Wrong:
    message = f"`{name}` is a check and no rule of guidance, so this waives nothing: a check finds what cannot be meant"
    fix = f'Delete the line. To leave the check out, write `ignore = ["{name}"]` in `carespec.toml`.'
    return OF_NOTHING, message, fix


def _of_nothing(rule: str, known: Sequence[str]) -> Wrong:
    near = nearest(rule, known)
    asked = f"; did you mean `{near}`?" if near else ""
    fix = f"Write `waive {near}`." if near else "`carespec rules` lists the rules. Delete the line if its rule is gone."
    return OF_NOTHING, f"no guidance pack has a rule `{rule}`, so this waives nothing{asked}", fix
