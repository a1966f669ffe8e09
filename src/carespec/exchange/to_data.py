"""From a service to plain data: an entry a line, each piece in the words of the language.

The lines are put in their one way to be written first, and the pieces are cut from those: so every state, hedge and
limit goes out as it would be read back, and no list of kinds of value is kept here. Remarks (`#`) are no facts and
stay behind, and so do lines that cannot be read: `left_out` names those.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from carespec.exchange.pieces import is_own_words, only_text, own_parser
from carespec.model.facts import Service
from carespec.model.tokens import text_of
from carespec.source import from_text
from carespec.syntax.document import Document, LineParser, Statement, read_document
from carespec.syntax.format import format_source
from carespec.syntax.tree import Node, Token, Tree
from carespec.tuples import NamedTuple
from carespec.vocabulary import Field, Vocabulary

Data = dict[str, Any]
_CODE = re.compile("[0-9][A-Z][A-Z0-9]{1,4}|[A-Z]{1,3}[0-9][A-Z0-9]{0,2}")
"""An organisation code that nothing else in the language looks like."""


def to_data(service: Service, parse: LineParser | None = None) -> Data:
    """The data of a service: mappings, lists, texts, and whole numbers where the text is one.

    `service` comes first and the facts before the first section next; each section is a mapping in the list `sections`,
    with its heading under `section`. Where a key has several values they are a list. docs/exchange.md has it all.
    """
    parse = parse or own_parser()
    document = _formatted(service, parse)
    data: Data = {"service": service.name} if service.name else {}
    sections: list[Data] = []
    for statement in document.statements:
        cut = _Cut(statement.head.text, service.vocabulary, parse)
        node = statement.head.node
        assert node is not None
        if node.kind == "section":
            sections.append({"section": cut.words(node)})
            continue
        key, value = _LINES[node.kind](cut, node, statement)
        _add(sections[-1] if sections else data, key, value)
    if sections:
        data["sections"] = sections
    return data


def left_out(service: Service) -> tuple[int, ...]:
    """The lines that `to_data` leaves out: those that cannot be read, and those that belong to no fact."""
    return tuple(sorted({*service.damaged, *service.below_damage, *(under.line for under in service.misplaced)}))


def _formatted(service: Service, parse: LineParser) -> Document:
    source = from_text(service.path, "\n".join(service.lines))
    text = format_source(source, parse, "service").text
    return read_document(from_text(service.path, text), parse, "service")


def _add(data: Data, key: str, value: Any) -> None:
    """Several values of one key are a list of groups, so that no list of words is mistaken for one line."""
    if key not in data:
        data[key] = value
        return
    known = data[key] if isinstance(data[key], list) else [data[key]]
    data[key] = [one if isinstance(one, dict) else {"value": one} for one in (*known, value)]


class _Cut(NamedTuple):
    """A line from which pieces are cut."""

    text: str
    vocabulary: Vocabulary
    parse: LineParser

    def piece(self, start: int, end: int) -> str:
        return self.text[start:end].strip()

    def words(self, node: Node) -> str:
        """The first text of a line, without its quotes."""
        return next(text_of(t) for t in node.children if isinstance(t, Token) and t.kind == "STRING")

    def cites(self, node: Node) -> Data:
        """`source`, where a line has any."""
        cites = [t.text[1:-1].strip() for t in node.children if isinstance(t, Token) and t.kind == "CITE"]
        return {"source": cites[0] if len(cites) == 1 else cites} if cites else {}

    def rest(self, node: Node, after: int) -> str:
        """What stands after an offset, up to the sources."""
        cite = node.first("CITE")
        return self.piece(after, cite.start if cite else node.end)

    def value(self, tree: Tree, field: Field | None) -> str | int:
        """What stands after the colon: a text as people write it, a whole number, or the words of the language."""
        text = self.piece(tree.start, tree.end)
        kind = field.type if field else ""
        only = only_text(tree)
        if only is not None and self._stands_alone(text_of(only), kind):
            return text_of(only)
        whole = text.isdecimal() and str(int(text)) == text and kind not in ("text", "code")
        return int(text) if whole else text

    def _stands_alone(self, words: str, kind: str) -> bool:
        """Whether a text can stand without its quotes and still be read as that text."""
        if kind == "code":
            return _CODE.fullmatch(words) is not None
        return kind == "text" and words.strip() == words != "" and is_own_words(words, self.parse)


def _group(value: Any, more: Data) -> Any:
    """A value alone, or with what belongs to it."""
    return {"value": value, **more} if more else value


# Facts and payments, with the lines under them.


def _fact(cut: _Cut, node: Node, statement: Statement) -> tuple[str, Any]:
    name, value = node.children[0], node.children[1]
    path = cut.piece(node.start, name.end)
    field = cut.vocabulary.fields.get(path.split()[0])
    more = cut.cites(node)
    for line in statement.under:
        assert line.node is not None
        under = _Cut(line.text, cut.vocabulary, cut.parse)
        kind, said = _UNDER[line.node.kind](under, line.node, field)
        more[kind] = [*_as_list(more.get(kind, [])), said] if kind in more else said
    return path, _group(cut.value(value, field), more)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _exception(cut: _Cut, node: Node, field: Field | None) -> tuple[str, Any]:
    value = node.children[0]
    word, _, limit = cut.rest(node, value.end).partition(" ")
    return "except", {"value": cut.value(value, field), word: limit.strip(), **cut.cites(node)}


def _limit(name: str) -> Callable[[_Cut, Node, Field | None], tuple[str, Any]]:
    words = len(name.split("-"))

    def cut_limit(cut: _Cut, node: Node, field: Field | None) -> tuple[str, Any]:
        text = cut.rest(node, node.start).split(maxsplit=words)[words]
        return name, _group(text, cut.cites(node))

    return cut_limit


def _share(cut: _Cut, node: Node, field: Field | None) -> tuple[str, Any]:
    share = node.children[0]
    when = cut.rest(node, share.end).split(maxsplit=2)[2]
    return "only-when", {"share": cut.piece(share.start, share.end), "when": when, **cut.cites(node)}


def _phrase(cut: _Cut, node: Node, field: Field | None) -> tuple[str, Any]:
    return "in-words", _group(cut.words(node), cut.cites(node))


def _doubt(cut: _Cut, node: Node, field: Field | None) -> tuple[str, Any]:
    return "doubt", cut.words(node)


def _differs(cut: _Cut, node: Node, field: Field | None) -> tuple[str, Any]:
    return "differs", _group(cut.value(node.children[0], field), cut.cites(node))


_UNDER = {
    "exception": _exception, "only_when": _limit("when"), "cap": _limit("at-most"), "allowance": _limit("at-most"),
    "only_for": _limit("for"), "share_at_risk": _share, "phrase": _phrase, "doubt": _doubt, "differs": _differs,
}  # fmt: skip


# Sources, definitions, waivers.


def _source(cut: _Cut, node: Node, statement: Statement) -> tuple[str, Any]:
    texts = [text_of(t) for t in node.children if isinstance(t, Token) and t.kind == "STRING"]
    data: Data = {"title": texts[0]}
    if len(texts) > 1:
        data["publisher"] = texts[1] if len(texts) == 2 else texts[1:]
    read = node.first("read")
    for name, tree in (("published", node.first("published")), ("read", read)):
        date = next((t for t in tree.children if isinstance(t, Token)), None) if isinstance(tree, Node) else None
        if date is not None:
            data[name] = _whole(date.text)
    if isinstance(read, Node) and read.first("in_part") is not None:
        data["read-in-part"] = True
    if node.first("second_hand") is not None:
        data["second-hand"] = True
    return f"source {node.text_of('NAME')}", data


def _whole(text: str) -> str | int:
    return int(text) if text.isdecimal() and str(int(text)) == text else text


def _define(cut: _Cut, node: Node, statement: Statement) -> tuple[str, Any]:
    return f"define {node.text_of('NAME')}", _group(cut.words(node), cut.cites(node))


def _waive(cut: _Cut, node: Node, statement: Statement) -> tuple[str, Any]:
    texts = [text_of(t) for t in node.children if isinstance(t, Token) and t.kind == "STRING"]
    until = next(t for t in node.children if isinstance(t, Token) and t.kind in ("DATE", "NUMBER"))
    data: Data = {}
    waived = node.first("waived_field")
    if isinstance(waived, Node):
        path = waived.children[0]
        data["on"] = cut.piece(path.start, path.end)
    data |= {"until": _whole(until.text), "reason": texts[0], "agreed-by": texts[1]}
    return f"waive {cut.text.split()[1]}", data


_LINES = {"fact": _fact, "payment": _fact, "source": _source, "define": _define, "waiver": _waive}
