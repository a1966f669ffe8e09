"""The only door from lines to facts: a parsed document and a vocabulary give a service.

What a line says depends on its text alone, so a reader remembers what equal lines gave (`ServiceReader`): only their
numbers differ, and the places that they cite, since a citation says where and not what.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from carespec.memory import Memory
from carespec.model.facts import (
    Allowance,
    Cap,
    Cite,
    Definition,
    Differs,
    Doubt,
    Except,
    Fact,
    OnlyFor,
    Phrase,
    Problem,
    Section,
    Service,
    ShareAtRisk,
    SourceDocument,
    Under,
    Value,
    Waiver,
    When,
)
from carespec.model.from_conditions import Find, condition_of, path_of
from carespec.model.measures import block_problem, date_from, percent_of, whole_number_problem
from carespec.model.perhaps import perhaps_said
from carespec.model.tokens import number_of, text_of
from carespec.model.unfit import Unfit
from carespec.model.values import value_of
from carespec.quantities.dates import DateSpan
from carespec.quantities.percent import Percent
from carespec.quantities.truth import Number
from carespec.syntax import first_words
from carespec.syntax.document import Document, Line, Statement
from carespec.syntax.tree import Node, Token, Tree
from carespec.vocabulary import PAY, PAYMENT, Field, Vocabulary

_SENTENCE = r"[A-Za-z]+(\s+[\w'’,()£%/&.;-]+){3,}\s*"
_FIRST_WORDS = first_words.HEADS | first_words.UNDER


class ServiceReader:
    """Reads services of one vocabulary and remembers what each distinct line said."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._facts: Memory[str, Fact] = Memory()
        self._under: Memory[tuple[str, str], Under] = Memory()

    def __call__(self, document: Document) -> Service:
        """The service that a document gives; a line that could not be read is counted, never guessed."""
        heads = _by_kind(document.statements)
        facts = tuple([self._fact(statement) for statement in heads.get(_FACT, ())])
        by_path, by_field = _indexes(facts)
        damaged = [line for line in document.damaged if _may_be_a_fact(line, self.vocabulary)]
        meant = {line.number for line in damaged}
        perhaps = perhaps_said(by_field, (line.text for line in damaged), self.vocabulary.fields)
        return Service(
            name=_header_name(document.header),
            path=document.source.path,
            vocabulary=self.vocabulary,
            lines=document.source.lines,
            facts=facts,
            sections=tuple(_section(s.head) for s in heads.get("section", ())),
            sources=tuple(source_of(s.head) for s in heads.get("source", ())),
            definitions=tuple(definition_of(s.head) for s in heads.get("define", ())),
            waivers=tuple(_waiver(s.head) for s in heads.get("waiver", ())),
            misplaced=tuple(self._misplaced(document)),
            damaged=tuple(line.number for line in damaged),
            damaged_words=frozenset(line.first_word for line in damaged),
            sentences=tuple(line.number for line in document.damaged if line.number not in meant),
            below_damage=tuple(line.number for line in document.below_damage),
            by_path=by_path,
            by_field=by_field,
            perhaps=perhaps,
        )

    def _fact(self, statement: Statement) -> Fact:
        head, below, whole = statement
        node = head.node
        assert node is not None
        _, parts, start, end = node
        said = head.text[: parts[1].end]
        known = self._facts.get(said) or self._facts.put(said, _fact(node, self.vocabulary))
        field, key, value, _, _, _, _, name_end, _, _ = known
        cites = tuple(map(_cite, parts[2:])) if len(parts) > 2 else ()  # after the name and the value
        under = tuple([self._one_under(field, line) for line in below]) if below else ()
        return Fact(field, key, value, cites, head.number, start, end, name_end, under, whole)

    def _one_under(self, field: str, line: Line) -> Under:
        known = self._under.get((field, line.text))
        if known is None:
            assert line.node is not None
            known = _under(
                line.node, self.vocabulary.fields.get(field, PAYMENT if field == PAY else None), self.vocabulary
            )
            self._under.put((field, line.text), known)
        return known._replace(line=line.number)

    def _misplaced(self, document: Document) -> Iterable[Under]:
        """Lines under something that nothing can stand under, or under nothing."""
        lines = list(document.orphans)
        for head, under, _ in document.statements:
            if under and head.node is not None and head.node.kind not in _FACTS:
                lines.extend(under)
        return (self._one_under("", line) for line in lines)


_FACT = "fact"
_FACTS = frozenset((_FACT, "payment"))


def _by_kind(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    """The statements of each kind in order; a payment is a fact."""
    heads: dict[str, list[Statement]] = {}
    for statement in statements:
        node = statement.head.node
        if node is not None:
            heads.setdefault(_FACT if node.kind in _FACTS else node.kind, []).append(statement)
    return heads


def _indexes(facts: Iterable[Fact]) -> tuple[dict[str, Fact], dict[str, tuple[Fact, ...]]]:
    """The facts by path, of equal paths the first; and those of each field."""
    by_path: dict[str, Fact] = {}
    families: dict[str, list[Fact]] = {}
    for fact in facts:
        by_path.setdefault(fact.path, fact)
        families.setdefault(fact.field, []).append(fact)
    return by_path, {field: tuple(family) for field, family in families.items()}


def _may_be_a_fact(line: Line, vocabulary: Vocabulary) -> bool:
    """Whether a damaged line may have been meant as one of the language; a plain sentence was not."""
    first = line.first_word
    if first in _FIRST_WORDS or not re.fullmatch(_SENTENCE, line.text):
        return True
    return any(name.startswith(first) for name in vocabulary.fields)


def _header_name(header: Line | None) -> str:
    if header is None or header.node is None:
        return ""
    return (header.node.text_of("NAME") or "").lower()


def _fact(node: Node, vocabulary: Vocabulary) -> Fact:
    """A fact or a payment, as far as the text before its citations says; the rest is set by whoever knows it."""
    if node.kind == "payment":
        name = node.children[0]
        assert isinstance(name, Token)
        return _make_fact(node, PAY, name.text.lower(), name.end, PAYMENT, vocabulary)
    path = node.children[0]
    assert isinstance(path, Node)
    words = [child.text.lower() for child in path.children if isinstance(child, Token)]
    key = words[1] if len(words) > 1 else None
    return _make_fact(node, words[0], key, path.end, vocabulary.fields.get(words[0]), vocabulary)


def _make_fact(
    node: Node, field: str, key: str | None, name_end: int, known: Field | None, vocabulary: Vocabulary
) -> Fact:
    value = value_of(node.children[1], known, vocabulary)
    return Fact(field, key, value, (), 0, node.start, node.end, name_end)


def cites_of(node: Node) -> tuple[Cite, ...]:
    """The sources in square brackets of a line."""
    return tuple([_cite(child) for child in node.children if child.kind == "CITE"])


def _cite(token: Tree) -> Cite:
    assert isinstance(token, Token)
    _, text, start, end = token
    source, _, place = text[1:-1].strip().partition(" ")
    return Cite(source.lower(), place.strip(), start, end)


def _under(node: Node, field: Field | None, vocabulary: Vocabulary) -> Under:
    """A line under a fact, as its record; `field` is that of the fact."""
    return _UNDER[node.kind](node, field, vocabulary)


def _exception(node: Node, field: Field | None, vocabulary: Vocabulary) -> Under:
    rest = node.children[1]
    until, since = node.first("until"), node.first("from")
    when = None
    if until is None and since is None:
        when = condition_of(rest, _case_field(vocabulary), vocabulary)
    value = value_of(node.children[0], field, vocabulary)
    ends, begins = _date_in(until), _date_in(since)
    return Except(value, when, ends[0], begins[0], cites_of(node), 0, node.start, node.end, ends[1] or begins[1])


def _case_field(vocabulary: Vocabulary) -> Find:
    return lambda field, key: vocabulary.case_fields.get(field)


def _when(node: Node, field: Field | None, vocabulary: Vocabulary) -> Under:
    condition = condition_of(node.children[0], _case_field(vocabulary), vocabulary)
    return When(condition, cites_of(node), 0, node.start, node.end)


def _share(node: Node, field: Field | None, vocabulary: Vocabulary) -> Under:
    token, condition = node.children[0], node.children[1]
    assert isinstance(token, Token)
    problem = None
    try:
        share = percent_of(token)
    except Unfit as unfit:
        share, problem = Percent(Decimal(100)), unfit.problem
    read = condition_of(condition, _case_field(vocabulary), vocabulary)
    return ShareAtRisk(share, read, cites_of(node), 0, node.start, node.end, problem)


def _phrase(node: Node, field: Field | None, vocabulary: Vocabulary) -> Under:
    return Phrase(_string(node), cites_of(node), 0, node.start, node.end)


def _cap(node: Node, field: Field | None, vocabulary: Vocabulary) -> Under:
    per = node.first("per")
    unit = per.text_of("NAME") if isinstance(per, Node) else ""
    problem = whole_number_problem(node.first("NUMBER"))
    return Cap(_number(node), (unit or "").lower(), cites_of(node), 0, node.start, node.end, problem)


def _allowance(node: Node, field: Field | None, vocabulary: Vocabulary) -> Under:
    block = node.first("block")
    assert isinstance(block, Node)
    ends = [number_of(child) for child in block.children if isinstance(child, Token)]
    problem = whole_number_problem(node.first("NUMBER")) or block_problem(block)
    return Allowance(_number(node), ends[0], ends[-1], cites_of(node), 0, node.start, node.end, problem)


def _only_for(node: Node, field: Field | None, vocabulary: Vocabulary) -> Under:
    scope = node.first("scope")
    words = tuple(c.text.lower() for c in scope.children if isinstance(c, Token)) if isinstance(scope, Node) else ()
    return OnlyFor(words, cites_of(node), 0, node.start, node.end)


def _doubt(node: Node, field: Field | None, vocabulary: Vocabulary) -> Under:
    return Doubt(_string(node), 0, node.start, node.end)


def _differs(node: Node, field: Field | None, vocabulary: Vocabulary) -> Under:
    value: Value = value_of(node.children[0], field, vocabulary)
    return Differs(value, cites_of(node), 0, node.start, node.end)


_UNDER = {
    "exception": _exception, "only_when": _when, "phrase": _phrase, "cap": _cap, "allowance": _allowance,
    "share_at_risk": _share, "only_for": _only_for, "doubt": _doubt, "differs": _differs,
}  # fmt: skip


def _string(node: Node) -> str:
    text = node.first("STRING")
    return text_of(text) if isinstance(text, Token) else ""


def _number(node: Node) -> Number:
    token = node.first("NUMBER")
    return number_of(token) if isinstance(token, Token) else 0


def _date_in(tree: Tree | None) -> tuple[DateSpan | None, Problem | None]:
    """The date among a node's children; what is wrong with it where there is no such date."""
    token = (tree.first("DATE") or tree.first("NUMBER")) if isinstance(tree, Node) else None
    if not isinstance(token, Token):
        return None, None
    try:
        return date_from(token), None
    except Unfit as unfit:
        return None, unfit.problem


def _section(line: Line) -> Section:
    assert line.node is not None
    return Section(_string(line.node), line.number, line.node.start, line.node.end)


def source_of(line: Line) -> SourceDocument:
    """The record of a `source` line, in a service or in a pack."""
    node = line.node
    assert node is not None
    read = node.first("read")
    published_on, read_on = _date_in(node.first("published")), _date_in(read)
    return SourceDocument(
        name=(node.text_of("NAME") or "").lower(),
        titles=tuple(text_of(t) for t in node.every("STRING") if isinstance(t, Token)),
        published=published_on[0],
        read=read_on[0],
        in_part=isinstance(read, Node) and read.first("in_part") is not None,
        second_hand=node.first("second_hand") is not None,
        line=line.number,
        start=node.start,
        end=node.end,
        problems=tuple(problem for _, problem in (published_on, read_on) if problem is not None),
    )


def definition_of(line: Line) -> Definition:
    """The record of a `define` line, in a service or in a pack."""
    node = line.node
    assert node is not None
    name = (node.text_of("NAME") or "").lower()
    return Definition(name, _string(node), cites_of(node), line.number, node.start, node.end)


def _rule_name(tree: Tree | None) -> str:
    """`PACK.RULE`, or the short name of a rule that only one pack has."""
    words = tree.children if isinstance(tree, Node) else ()
    return ".".join(word.text.lower() for word in words if isinstance(word, Token))


def registered(document: Document) -> tuple[Waiver, ...]:
    """The waivers of a register, in the order of its lines."""
    heads = [statement.head for statement in document.statements]
    return tuple(
        _waiver(head)._replace(service=_rule_name(head.node.first("waived_for")), path=document.source.path)
        for head in heads
        if head.node is not None and head.node.kind == "registered"
    )


def _waiver(line: Line) -> Waiver:
    node = line.node
    assert node is not None
    waived, texts = node.first("waived_field"), [text_of(t) for t in node.every("STRING") if isinstance(t, Token)]
    path = waived.children[0] if isinstance(waived, Node) else None
    until, problem = _date_in(node)
    return Waiver(
        rule=_rule_name(node.first("rule_name")),
        field=path_of(path) if isinstance(path, Node) else None,
        until=until,
        reason=texts[0],
        agreed_by=texts[1],
        line=line.number,
        start=node.start,
        end=node.end,
        problems=() if problem is None else (problem,),
    )
