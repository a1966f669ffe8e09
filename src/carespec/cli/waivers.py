"""`carespec waivers`: what has been agreed to depart from, by whom and until when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import click

from carespec.cli._settled import corpus, day_of_run, settings_for
from carespec.cli._shared import day, files_under

if TYPE_CHECKING:
    from carespec.model.facts import Service, Waiver

_ENDED, _UNREASONED, _STANDS = "ended", "without a reason or a name, so it waives nothing", "stands"


class _Listed(NamedTuple):
    """A waiver with the document that it stands in, and what has become of it."""

    service: Service
    waiver: Waiver
    state: str


@click.command("waivers", short_help="List the agreed departures from rules: who agreed, and until when.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--today", callback=day, metavar="DATE", help="The day to take as today: it decides what has ended.")
@click.option("--output", type=click.Choice(["text", "json"]), default="text", help="How to tell it; text by default.")
def command(paths: tuple[str, ...], today: date | None, output: str) -> None:
    """List every waiver of the specifications under the paths, else of the corpus: those that end first come first.

    Whether each is used, or too wide, `carespec check` tells.
    """
    settings = settings_for(None)
    listed = _listed(files_under(paths or corpus(settings)), day_of_run(today, None))
    from carespec.cli._tables import fitting

    if output == "json":
        import json

        text = json.dumps([_data(one) for one in listed], ensure_ascii=False, indent=2)
    else:
        text = fitting("\n".join([*map(_told, listed), _closing(listed)])).rstrip("\n")
    click.echo(text)


def _listed(files: list[str], today: date) -> list[_Listed]:
    from carespec.workspace import load

    services = load(files).services()
    found = [_Listed(service, one, _state(one, today)) for service in services for one in service.waivers]
    return sorted(found, key=lambda one: (_until(one.waiver), one.service.path, one.waiver.line))


def _state(waiver: Waiver, today: date) -> str:
    from carespec.guidance.waivers import has_ended, is_reasoned

    if not is_reasoned(waiver):
        return _UNREASONED
    return _ENDED if has_ended(waiver, today) else _STANDS


def _until(waiver: Waiver) -> str:
    """The last day, as an ISO date; empty where nobody can read it."""
    return waiver.until.last.isoformat() if waiver.until else ""


def _about(waiver: Waiver) -> str:
    return waiver.rule if waiver.field is None else f"{waiver.rule} on {' '.join(filter(None, waiver.field))}"


def _told(one: _Listed) -> str:
    """A waiver in two lines: what, until when and where; who agreed, and why."""
    waiver = one.waiver
    until = waiver.until.show() if waiver.until else "a day that cannot be read"
    state = "" if one.state == _STANDS else f" ({one.state})"
    head = f"{one.service.path}:{waiver.line}: {_about(waiver)} until {until}{state}"
    return f"{head}\n  agreed by {waiver.agreed_by or 'nobody named'}: {waiver.reason or 'no reason given'}"


def _closing(listed: list[_Listed]) -> str:
    from carespec.summary import counted

    if not listed:
        return "No waiver stands in these documents."
    others = [one.state for one in listed if one.state != _STANDS]
    ended = others.count(_ENDED)
    told = [f"{ended} ended"] if ended else []
    told += [f"{len(others) - ended} without a reason or a name"] if len(others) > ended else []
    return f"{counted(len(listed), 'waiver')}" + (f", of which {' and '.join(told)}." if told else ".")


def _data(one: _Listed) -> dict[str, object]:
    waiver = one.waiver
    return {
        "service": one.service.name,
        "path": one.service.path,
        "line": waiver.line,
        "rule": waiver.rule,
        "field": " ".join(filter(None, waiver.field)) if waiver.field else None,
        "until": _until(waiver) or None,
        "agreed-by": waiver.agreed_by,
        "reason": waiver.reason,
        "stands": one.state == _STANDS,
    }
