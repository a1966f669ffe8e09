"""`carespec fields`: the fields that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from carespec.cli._shared import fail, vocabulary_option

if TYPE_CHECKING:
    from carespec.vocabulary import Field, Vocabulary


@click.command("fields", short_help="List the fields that exist.")
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option("--section", metavar="NAME", help="Only those that belong under this section.")
@click.option("--topic", metavar="NAME", help="Only those that are compared under this topic.")
@click.option("--type", "type_", metavar="NAME", help="Only those of this type.")
@vocabulary_option
@click.option("--output", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(
    words: tuple[str, ...],
    section: str | None,
    topic: str | None,
    type_: str | None,
    vocabulary: Vocabulary,
    output: str,
) -> None:
    """List the fields that exist, those that hold every WORD in their name, label or help.

    `carespec explain FIELD` tells everything about one.
    """
    _known("section", section, vocabulary.sections)
    _known("topic", topic, vocabulary.topics)
    _known("type", type_, {field.type for field in vocabulary.fields.values()})
    asked = {"section": section, "topic": topic, "type": type_}
    found = [f for f in vocabulary.fields.values() if _matches(f, words, asked)]
    if not found:
        fail("no field is like that; `carespec fields` without words lists them all")
    click.echo(_as_json(found) if output == "json" else _as_text(found, vocabulary))


def _known(what: str, name: str | None, names: object) -> None:
    if name is None or name in names:  # type: ignore[operator]
        return
    fail(f"there is no {what} `{name}`; there are {', '.join(sorted(names))}")  # type: ignore[call-overload]


def _matches(field: Field, words: tuple[str, ...], asked: dict[str, str | None]) -> bool:
    text = f"{field.name} {field.label} {field.help}".lower()
    wanted = all(value is None or getattr(field, name) == value for name, value in asked.items())
    return wanted and all(word.lower() in text for word in words)


def _as_text(fields: list[Field], vocabulary: Vocabulary) -> str:
    """Section by section: how a line begins, and what the field is called."""
    from carespec.cli._tables import listed

    told = dict(zip((field.name for field in fields), listed([(_line(f), f.label) for f in fields]), strict=True))
    lines: list[str] = []
    for section, title in vocabulary.sections.items():
        inside = [field for field in fields if field.section == section]
        if inside:
            lines += ["", title, *(line for field in inside for line in told[field.name])]
    return "\n".join(lines[1:])


def _line(field: Field) -> str:
    key = f" {field.keyed_by}".upper() if field.keyed_by else ""
    return f"{field.name}{key}: {field.examples[0] if len(field.examples[0]) <= 40 else '…'}"


def _as_json(fields: list[Field]) -> str:
    import json

    return json.dumps([field._asdict() for field in fields], ensure_ascii=False, indent=2)
