"""`carespec waivers`: what has been agreed to depart from, by whom and until when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from carespec.cli._settled import corpus, day_of_run, settings_for
from carespec.cli._shared import day, files_under
from carespec.cli._waived import base_from, configured, waivers_from_option
from carespec.tuples import NamedTuple

if TYPE_CHECKING:
    from carespec.guidance.register import Register
    from carespec.model.facts import Waiver

_ENDED, _UNREASONED, _STANDS = "ended", "without a reason or a name, so it waives nothing", "stands"
_PENDING = "not agreed yet, so it waives nothing"


class _Listed(NamedTuple):
    """A waiver with its service, the file that it stands in, and what has become of it."""

    service: str
    path: str
    waiver: Waiver
    state: str


@click.command("waivers", short_help="List the agreed departures from rules: who agreed, and until when.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--today", callback=day, metavar="DATE", help="The day to take as today: it decides what has ended.")
@waivers_from_option
@click.option("--output", type=click.Choice(["text", "json"]), default="text", help="How to tell it; text by default.")
def command(paths: tuple[str, ...], today: date | None, waivers_from: str | None, output: str) -> None:
    """List every waiver of the specifications under the paths, else of the corpus: those that end first come first.

    Those that the register has for these services are listed with them, and without a path all of the register.
    Whether each is used, or too wide, `carespec check` tells.
    """
    from carespec.cli._tables import fitting

    settings = settings_for(None)
    own = configured(settings, base_from(waivers_from))
    listed = _listed(files_under(paths or corpus(settings)), own, not paths, day_of_run(today, None))
    if output == "json":
        import json

        text = json.dumps([_data(one) for one in listed], ensure_ascii=False, indent=2)
    else:
        text = fitting("\n".join([*map(_told, listed), _closing(listed)])).rstrip("\n")
    click.echo(text)


def _listed(files: list[str], register: Register, whole: bool, today: date) -> list[_Listed]:
    from carespec.guidance.register import agreement
    from carespec.workspace import load

    services = load(files).services()
    names = {service.name for service in services}
    both = [(service.name, service.path, one) for service in services for one in service.waivers]
    for name, waivers in register.waivers.items():
        both += [(name, one.path, one) for one in waivers if whole or name in names]
    agreed = register.agreed
    found = [
        _Listed(name, path, one, _state(one, today, agreed is None or agreement(one, name) in agreed))
        for name, path, one in both
    ]
    return sorted(found, key=lambda one: (_until(one.waiver), one.path, one.waiver.line))


def _state(waiver: Waiver, today: date, agreed: bool) -> str:
    from carespec.guidance.waivers import has_ended, is_reasoned

    if not is_reasoned(waiver):
        return _UNREASONED
    if has_ended(waiver, today):
        return _ENDED
    return _STANDS if agreed else _PENDING


def _until(waiver: Waiver) -> str:
    """The last day, as an ISO date; empty where nobody can read it."""
    return waiver.until.last.isoformat() if waiver.until else ""


def _about(waiver: Waiver) -> str:
    whose = f" for {waiver.service}" if waiver.service else ""
    field = f" on {' '.join(filter(None, waiver.field))}" if waiver.field else ""
    return f"{waiver.rule}{whose}{field}"


def _told(one: _Listed) -> str:
    """A waiver in two lines: what, until when and where; who agreed, and why."""
    waiver = one.waiver
    until = waiver.until.show() if waiver.until else "a day that cannot be read"
    state = "" if one.state == _STANDS else f" ({one.state})"
    head = f"{one.path}:{waiver.line}: {_about(waiver)} until {until}{state}"
    return f"{head}\n  agreed by {waiver.agreed_by or 'nobody named'}: {waiver.reason or 'no reason given'}"


def _closing(listed: list[_Listed]) -> str:
    from carespec.summary import counted

    if not listed:
        return "No waiver stands in these documents."
    states = [one.state for one in listed]
    counts = [(_ENDED, "ended"), (_UNREASONED, "without a reason or a name"), (_PENDING, "not agreed yet")]
    told = [f"{states.count(state)} {words}" for state, words in counts if state in states]
    return f"{counted(len(listed), 'waiver')}" + (f", of which {' and '.join(told)}." if told else ".")


def _data(one: _Listed) -> dict[str, object]:
    waiver = one.waiver
    return {
        "service": one.service,
        "path": one.path,
        "line": waiver.line,
        "rule": waiver.rule,
        "field": " ".join(filter(None, waiver.field)) if waiver.field else None,
        "until": _until(waiver) or None,
        "agreed-by": waiver.agreed_by,
        "reason": waiver.reason,
        "stands": one.state == _STANDS,
    }
