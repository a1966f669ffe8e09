"""The form that `carespec new service` writes: every expected field by section, with its help, ready to fill in."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from carespec.vocabulary import Field, Vocabulary

OPEN = "to be confirmed"
"""What stands in a form until somebody decides: `not stated` would say that somebody had looked."""

_FILLED = {"status": "draft"}


def service_form(name: str, vocabulary: Vocabulary) -> str:
    """A draft that parses, with a line for each field that is always expected; those expected sometimes are remarks."""
    lines = [
        f"# {vocabulary.title}: a draft to fill in. A line that begins with # is a remark.",
        f"# Replace each `{OPEN}` by what the service offers, or by `none`; or add `by` and the day on which",
        "# it will be decided.",
        "",
        f"service {name}",
    ]
    for number, (section, title) in enumerate(vocabulary.sections.items(), 1):
        lines += ["", f'section "{number}. {title}"']
        for piece in _section(section, vocabulary):
            lines += ["", *piece]
    return "\n".join(lines) + "\n"


def _section(section: str, vocabulary: Vocabulary) -> Iterator[list[str]]:
    """The lines of a section, field by field."""
    if section == "identity":
        yield [f"vocabulary: {vocabulary.name} {vocabulary.version}"]
    for field in vocabulary.fields.values():
        if field.section == section and field.expected is not None:
            yield list(_lines(field, vocabulary))
    if section == "payment":
        yield ["# What is paid, for what: one line a payment.", "# For example: pay assessment: £50.00 per assessment"]


def _lines(field: Field, vocabulary: Vocabulary) -> Iterator[str]:
    """The help of a field as remarks, then its line; a field that is expected only sometimes stays a remark."""
    yield from (f"# {line}" for line in wrap(f"{field.label}. {field.help}", 96))
    example = f"{field.name}{_key(field, vocabulary)}: {field.examples[0]}"
    if field.expected == "always":
        yield f"# For example: {example}"
        yield f"{field.name}: {_FILLED.get(field.name, OPEN)}"
    else:
        yield f"# Only when {field.expected}, for example: {example}"


def _key(field: Field, vocabulary: Vocabulary) -> str:
    return f" {next(iter(vocabulary.keys(field)))}" if field.keyed_by else ""
