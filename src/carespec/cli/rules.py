"""`carespec rules`: the rules and comparisons of guidance that exist, and which of them bind on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import click

from carespec.cli._guidance import guidance_option, is_file, packs_from
from carespec.cli._shared import day, fail

if TYPE_CHECKING:
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
@guidance_option
@click.option("--output", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(
    words: tuple[str, ...],
    topic: str | None,
    severity: str | None,
    as_at: date | None,
    guidance: tuple[str, ...],
    output: str,
) -> None:
    """List the rules and comparisons of guidance, those that hold every WORD in their name or title.

    `carespec explain RULE` tells everything about one.
    """
    from carespec.guidance.force import binds

    packs = packs_from(guidance).packs
    every = [listed for pack in packs for listed in _of_pack(pack)]
    if topic is not None:
        _known_topic(topic, every)
    found = [
        listed
        for listed in every
        if (topic is None or topic in listed.topics)
        and (severity is None or listed.one.severity == severity)
        and (as_at is None or binds(listed.one, listed.pack, as_at))
        and all(word.lower() in f"{listed.one.name} {listed.one.title}".lower() for word in words)
    ]
    if not found:
        bound = f" that binds on {as_at.day} {as_at:%B %Y}" if as_at is not None else ""
        fail(f"no rule{bound} is like that; `carespec rules` alone lists them all")
    click.echo(_as_json(found) if output == "json" else _as_text(found, guidance))


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


def _as_text(found: list[Listed], guidance: tuple[str, ...]) -> str:
    """Pack by pack: how much each matters, its name, its title and, where it is not always, when it binds."""
    from carespec.cli._tables import listed as aligned
    from carespec.cli._tables import wrapped

    rows = aligned([(each.one.severity, each.one.name, f"{each.one.title}{_period(each.one)}") for each in found])
    lines: list[str] = []
    for pack in {id(listed.pack): listed.pack for listed in found}.values():
        binds = f", in force {pack.in_force.show()}" if pack.in_force is not None else ""
        lines += ["", wrapped(f"{pack.name} {pack.version}: {pack.title}{binds}")]
        lines += [line for each, row in zip(found, rows, strict=True) if each.pack is pack for line in row]
    own = "".join(f"--guidance {name} " for name in guidance if is_file(name))
    return "\n".join([*lines[1:], "", wrapped(f"{len(found)} in all. `carespec explain {own}NAME` tells about each.")])


def _period(one: Rule | Comparison) -> str:
    return f" ({one.in_force.show()})" if one.in_force is not None else ""


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
