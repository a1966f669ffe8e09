"""`carespec rules`: the rules and comparisons of guidance that exist, and which of them bind on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from carespec.cli._guidance import guidance_option, known_at_option, packs_from
from carespec.cli._settled import guidance_names, settings_for
from carespec.cli._shared import day, fail
from carespec.tuples import NamedTuple

if TYPE_CHECKING:
    from carespec.config.settings import Settings
    from carespec.guidance.model import Comparison, Pack, Rule


class Listed(NamedTuple):
    """A rule or a comparison with its pack and the topics that it is about."""

    pack: Pack
    one: Rule | Comparison
    topics: tuple[str, ...]


@click.command("rules", short_help="List the rules of guidance.")
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option("--topic", metavar="NAME", help="Only those on this topic, or on this field.")
@click.option("--severity", type=click.Choice(["must", "should", "may"]), help="Only those of this severity.")
@click.option("--as-at", callback=day, metavar="DATE", help="Only those that bind on this day, as YYYY-MM-DD.")
@known_at_option
@guidance_option
@click.option("--output", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(
    words: tuple[str, ...],
    topic: str | None,
    severity: str | None,
    as_at: date | None,
    known_at: date | None,
    guidance: tuple[str, ...],
    output: str,
) -> None:
    """List the rules and comparisons of guidance, those that hold every WORD in their name or title.

    The packs and the days are those of the configuration, unless an option says otherwise. `carespec explain RULE`
    tells everything about one.
    """
    settings = settings_for(None, guidance=guidance, as_at=as_at, known_at=known_at)
    every = [listed for pack in packs_from(guidance_names(settings)).packs for listed in _of_pack(pack)]
    if topic is not None:
        _known_topic(topic, every)
    found = [
        listed
        for listed in every
        if (topic is None or topic in listed.topics)
        and (severity is None or listed.one.severity == severity)
        and _counts(listed, settings)
        and all(word.lower() in f"{listed.one.name} {listed.one.title}".lower() for word in words)
    ]
    if not found:
        limits = " and ".join(_limits(settings))
        that = f" that {limits}" if limits else ""
        fail(f"no rule{that} is like that; `carespec rules` alone lists what there is" if every else _NO_RULE)
    click.echo(_as_json(found) if output == "json" else _as_text(found, settings))


_NO_RULE = "these packs have no rule; `carespec check` tells what is wrong with a pack"


def _counts(listed: Listed, settings: Settings) -> bool:
    """Whether a rule binds on the day asked for, and could be known by then."""
    from carespec.guidance.force import binds, was_known

    as_at, known_at = settings.value("as-at"), settings.value("known-at")
    return (as_at is None or binds(listed.one, listed.pack, as_at)) and (
        known_at is None or was_known(listed.pack, known_at)
    )


def _limits(settings: Settings) -> list[str]:
    """What the days leave, each with where the day comes from if no option gave it."""
    told = []
    for name, does in (("as-at", "binds on"), ("known-at", "was published by")):
        day, origin = settings.told(name)
        if day is not None:
            told.append(f"{does} {day.day} {day:%B %Y}" + ("" if name in settings.given else f" ({origin})"))
    return told


def _of_pack(pack: Pack) -> list[Listed]:
    from carespec.guidance.topics import topics_of

    both: list[Rule | Comparison] = [*pack.rules, *pack.comparisons]
    return [Listed(pack, one, topics_of(one, pack)) for one in both]


def _known_topic(topic: str, every: list[Listed]) -> None:
    known = sorted({name for listed in every for name in listed.topics})
    if topic not in known:
        from carespec.vocabulary import nearest

        near = nearest(topic, known)
        fail(f"no rule is about `{topic}`" + (f"; did you mean `{near}`?" if near else ""))


def _as_text(found: list[Listed], settings: Settings) -> str:
    """Pack by pack: how much each matters, its name, its title and, where it is not always, when it binds."""
    from carespec.cli._tables import listed as aligned
    from carespec.cli._tables import wrapped

    rows = aligned([(each.one.severity, each.one.name, f"{each.one.title}{_remarks(each.one)}") for each in found])
    lines: list[str] = []
    for pack in {id(listed.pack): listed.pack for listed in found}.values():
        binds = f", in force {pack.in_force.show()}" if pack.in_force is not None else ""
        lines += [
            "",
            wrapped(f"{' '.join(filter(None, (pack.name, pack.version)))}: {pack.title or 'no title'}{binds}"),
        ]
        lines += [line for each, row in zip(found, rows, strict=True) if each.pack is pack for line in row]
    given = settings.given.get("guidance", ())
    own = "".join(f"--guidance {name} " for name in given if name not in _shipped_names())
    limits = " and ".join(_limits(settings))
    left = f" Only what {limits} is listed." if limits else ""
    closing = f"{len(found)} in all.{left} `carespec explain {own}NAME` tells about each."
    return "\n".join([*lines[1:], "", wrapped(closing)])


def _shipped_names() -> set[str]:
    from carespec.guidance.library import shipped

    return {name for pack in shipped() for name in (pack.name, f"{pack.name}@{pack.version}")}


def _remarks(one: Rule | Comparison) -> str:
    binds = f" ({one.in_force.show()})" if one.in_force is not None else ""
    return binds if one.whole else f"{binds} (judges nothing: a line of it could not be read)"


def _as_json(found: list[Listed]) -> str:
    import json

    rows = [
        {
            "name": f"{listed.pack.name}.{listed.one.name}",
            "title": listed.one.title,
            "severity": listed.one.severity,
            "authority": listed.one.authority,
            "in-force": listed.one.in_force.show() if listed.one.in_force is not None else None,
            "pack-in-force": listed.pack.in_force.show() if listed.pack.in_force is not None else None,
            "topics": list(listed.topics),
        }
        for listed in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)
