"""A `comparison` of a pack and the lines under it, as its record.

Its condition asks about the group that is compared: `highest`, `lowest`, `median` and `spread` are of the kind of
what is measured, `this` is one service's value, `count` how many have one, `stated-by` the share of all that have.
"""

from __future__ import annotations

from typing import TypeVar

from carespec.guidance import details as known
from carespec.guidance.lines import Holder, Reader
from carespec.guidance.model import Comparison, Detail, Measure, Sample
from carespec.model.facts import Problem, Value
from carespec.model.from_conditions import Find, path_of
from carespec.model.values import value_of
from carespec.quantities.counts import Rate
from carespec.quantities.dates import Period
from carespec.quantities.sets import WordSet
from carespec.rules.text import field_named, unknown_field
from carespec.syntax.document import Line
from carespec.syntax.tree import Node, Token
from carespec.vocabulary import Field, Vocabulary

MEASURED = ("highest", "lowest", "median", "spread", "this")
"""What a condition can ask that is of the kind of what is measured."""

Typed = TypeVar("Typed")


def comparison_of(holder: Holder, reader: Reader) -> Comparison:
    """A comparison with everything under it."""
    before, name = len(reader.problems), holder.name
    plain = [line for line in holder.every("detail") if line.first_word not in known.SAMPLES]
    details = tuple(reader.detail(line, known.OF_COMPARISON, "a comparison", name) for line in plain)
    measure = next(iter([_measure(line, reader, name) for line in holder.every("measures")]), None)
    field = field_named(measure.field, reader.vocabulary) if measure is not None else None
    find = _find(field)
    flags = [reader.clause(line, name, find) for line in holder.every("flag")]
    samples = [line for line in holder.every("detail") if line.first_word in known.SAMPLES]
    laws = reader.laws(holder.lines)
    for kind in ("applies", "unless", "require", "example"):
        for line in holder.every(kind):
            reader.problem(line, _of_rule(line), name)
    return Comparison(
        name=name,
        title=holder.title,
        section=holder.section,
        line=holder.head.number,
        start=holder.node.start,
        end=holder.node.end,
        measures=measure,
        among=_members(details, "among"),
        flag=flags[0] if flags else None,
        least=_least(details),
        severity=_typed(details, "severity", str) or "should",
        authority=_typed(details, "authority", str) or "local",
        in_force=_typed(details, "in-force", Period),
        waivable=_typed(details, "waivable", str) != "no",
        details=details,
        laws=laws,
        samples=tuple(_sample(line, field, measure, reader, name) for line in samples),
        whole=holder.whole and len(reader.problems) == before,
    )


def _typed(details: tuple[Detail, ...], name: str, kind: type[Typed]) -> Typed | None:
    found = next((detail.content for detail in details if detail.name == name), None)
    return found if isinstance(found, kind) else None


def _members(details: tuple[Detail, ...], name: str) -> tuple[str, ...]:
    found = _typed(details, name, WordSet)
    return tuple(found.members) if found is not None else ()


def _least(details: tuple[Detail, ...]) -> int:
    found = _typed(details, "least", Rate)
    return int(found.number.low) if found is not None else 2


def _of_rule(line: Line) -> Problem:
    message = f"`{line.first_word}` is a line of a rule, and this is a comparison"
    fix = "Write `flag-when:` for what is flagged, `flags:` and `spares:` for its tests."
    return Problem("unknown-detail", message, fix, 0, len(line.text))


def _measure(line: Line, reader: Reader, about: str) -> Measure:
    node = line.node
    assert node is not None
    path, per = node.children[0], node.first("per")
    assert isinstance(path, Node)
    name, key = path_of(path)
    unknown = unknown_field(name, key, reader.vocabulary, path.start, path.end)
    if unknown is not None:
        reader.problem(line, unknown, about)
    unit = (per.text_of("NAME") or "").lower() if isinstance(per, Node) else None
    return Measure(name, key, unit, line.number, node.start, node.end)


def _find(field: Field | None) -> Find:
    """What a `flag-when` can ask; of no known kind while nothing is measured."""
    measured = field or Field("measured", "What is measured", "count")
    plain = measured._replace(keyed_by=None, open_keys=False)
    fields = {name: plain._replace(name=name) for name in MEASURED}
    fields["count"] = Field("count", "How many services say it", "count")
    fields["stated-by"] = Field("stated-by", "The share of services that say it", "percentage")
    return lambda name, key: fields.get(name) if key is None else None


def _sample(line: Line, field: Field | None, measure: Measure | None, reader: Reader, about: str) -> Sample:
    """`flags: £300.00, £500.00`: one value a service, each of the kind of what is measured."""
    node = line.node
    assert node is not None
    tree = node.children[1]
    pieces = tree.children if isinstance(tree, Node) and tree.kind == "list" else (tree,)
    values = tuple(_one(piece, field, reader.vocabulary) for piece in pieces)
    for value in values:
        if value.problem is not None:
            reader.problem(line, value.problem, about)
    text = line.text[tree.start : tree.end]
    return Sample(line.first_word == "flags", values, text, line.number, tree.start, tree.end)


def _one(piece: Node | Token, field: Field | None, vocabulary: Vocabulary) -> Value:
    is_item = isinstance(piece, Token) or piece.kind in ("money", "duration", "range")
    return value_of(Node("list", (piece,), piece.start, piece.end) if is_item else piece, field, vocabulary)
