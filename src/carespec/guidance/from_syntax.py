"""The only door from a parsed pack to its records. What is wrong with a line is a problem at its place, never a guess.

Lines in order: the pack's own first, then under each `rule` or `comparison` the lines that belong to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias, TypeVar

from carespec.guidance import details as known
from carespec.guidance.derived import joined
from carespec.guidance.from_comparison import comparison_of
from carespec.guidance.lines import Holder, Reader, parted
from carespec.guidance.model import Detail, Example, Pack, Rule, Supposed
from carespec.model.facts import Problem, SourceDocument, State, Value
from carespec.model.from_conditions import path_of
from carespec.model.from_syntax import definition_of, source_of
from carespec.model.values import value_of
from carespec.quantities.dates import DateSpan, Period
from carespec.rules.text import field_named, unknown_field
from carespec.source import Source, stem
from carespec.syntax.document import Document, Line
from carespec.syntax.tree import Node, Token
from carespec.vocabulary import DEFAULT, Vocabulary, load, names

Typed = TypeVar("Typed")


FindVocabulary: TypeAlias = Callable[[str], Vocabulary | None]
"""The vocabulary of a name; None if there is none."""


def shipped_vocabulary(name: str) -> Vocabulary | None:
    """The vocabulary of that name, if it ships."""
    return load(name) if name in names() else None


def digest_of(source: Source) -> str:
    """16 hexadecimal digits of a pack's text, whatever its line ends: packs with the same are one."""
    from hashlib import sha256

    text = "\n".join(line.rstrip() for line in source.lines).strip()
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def pack_of(document: Document, find: FindVocabulary = shipped_vocabulary) -> Pack:
    """The pack that a document of kind "guidance" gives. `find` gives the vocabulary of a name."""
    vocabulary = _vocabulary(document, find)
    reader = Reader(known.with_words(joined(vocabulary)))
    own, holders, outside = parted(document)
    details = tuple(reader.detail(line, known.OF_PACK, "a pack", "") for line in own.get("fact", ()))
    rules = tuple(_rule(holder, reader) for holder in holders if holder.kind == "rule")
    comparisons = tuple(comparison_of(holder, reader) for holder in holders if holder.kind == "comparison")
    for line in outside:
        reader.problem(line, without_a_rule(line))
    return Pack(
        name=_name(document),
        path=document.source.path,
        title=_typed(details, "title", str) or "",
        publisher=_typed(details, "publisher", str) or "",
        version=_typed(details, "version", str) or "",
        published=_typed(details, "published", DateSpan),
        in_force=_typed(details, "in-force", Period),
        vocabulary=vocabulary.name,
        sources=(*(source_of(line) for line in own.get("source", ())), *_lost_sources(document)),
        definitions=tuple(definition_of(line) for line in own.get("define", ())),
        rules=rules,
        comparisons=comparisons,
        problems=tuple(reader.problems),
        digest=digest_of(document.source),
        details=details,
    )


def _lost_sources(document: Document) -> Iterator[SourceDocument]:
    """Sources whose lines could not be read: known by their names alone, so that who cites them is not to blame."""
    for line in document.damaged:
        words = line.text.replace(":", " ").split()
        if line.first_word == "source" and len(words) > 1:
            name = words[1].lower()
            yield SourceDocument(name, (name,), None, None, False, False, line.number, 0, len(line.text))


def _name(document: Document) -> str:
    header = document.header
    written = header.node.text_of("NAME") if header is not None and header.node is not None else None
    return (written or stem(document.source.path)).lower()


def _vocabulary(document: Document, find: FindVocabulary) -> Vocabulary:
    """The vocabulary that a `vocabulary:` line names, if there is such, else the usual one."""
    named = (statement.head.text for statement in document.statements if statement.head.first_word == "vocabulary")
    words = next(named, "").partition(":")[2].split()
    found = (find(words[0].lower()) if words else None) or find(DEFAULT)
    assert found is not None, "the usual vocabulary ships"
    return found


def _typed(details: tuple[Detail, ...], name: str, kind: type[Typed]) -> Typed | None:
    found = next((detail.content for detail in details if detail.name == name), None)
    return found if isinstance(found, kind) else None


def without_a_rule(line: Line) -> Problem:
    """What is wrong with a line of a rule that stands where no rule begins above it."""
    message = "this line belongs to a rule, and no rule begins above it"
    return Problem("outside-a-rule", message, 'Write `rule NAME "TITLE"` above it.', 0, len(line.text))


def _rule(holder: Holder, reader: Reader) -> Rule:
    """A rule with everything under it; what cannot be read leaves it not whole, so that it judges nothing."""
    before, name = len(reader.problems), holder.name
    details = tuple(reader.detail(line, known.OF_RULE, "a rule", name) for line in holder.every("detail"))
    clauses = {
        kind: tuple(reader.clause(line, name) for line in holder.every(kind))
        for kind in ("applies", "unless", "require")
    }
    for kind in ("flag", "measures"):
        for line in holder.every(kind):
            reader.problem(line, _of_comparison(line), name)
    laws = reader.laws(holder.lines)
    broken = len(reader.problems) > before
    return Rule(
        name=name,
        title=holder.title,
        section=holder.section,
        line=holder.head.number,
        start=holder.node.start,
        end=holder.node.end,
        applies=clauses["applies"],
        unless=clauses["unless"],
        requires=clauses["require"],
        severity=_typed(details, "severity", str) or "should",
        authority=_typed(details, "authority", str) or "local",
        if_not_stated=_typed(details, "if-not-stated", str) or "warn",
        in_force=_typed(details, "in-force", Period),
        waivable=_typed(details, "waivable", str) != "no",
        details=details,
        laws=laws,
        examples=tuple(_example(line, reader, name) for line in holder.every("example")),
        whole=holder.whole and not broken,
    )


def _of_comparison(line: Line) -> Problem:
    message = f"`{line.first_word}` is a line of a comparison, and this is a rule"
    return Problem("unknown-detail", message, "Write `require:` and a condition.", 0, len(line.text))


def _example(line: Line, reader: Reader, about: str) -> Example:
    node = line.node
    assert node is not None
    expected = node.children[0]
    assert isinstance(expected, Node) and isinstance(expected.children[0], Token)
    parts = [part for part in node.children[1:] if isinstance(part, Node)]
    supposed = tuple(_supposed(part, line, reader, about) for part in parts)
    text = line.text[node.start : node.end].partition(":")[2].strip()
    return Example(expected.children[0].text.lower(), supposed, text, line.number, node.start, node.end)


def _supposed(node: Node, line: Line, reader: Reader, about: str) -> Supposed:
    path, tree = node.children
    assert isinstance(path, Node)
    name, key = path_of(path)
    unknown = unknown_field(name, key, reader.vocabulary, path.start, path.end)
    if tree.kind == "silent":
        value = Value(State.SILENT, None, tree.start, tree.end)
    else:
        value = value_of(tree, field_named(name, reader.vocabulary), reader.vocabulary)
    problem = unknown or value.problem
    if problem is not None:
        reader.problem(line, problem, about)
    return Supposed(name, key, value, node.start, node.end)
