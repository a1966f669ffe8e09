"""The parts of each kind of line, from the entry of the data that stands for it.

Each function gives the parts of one line in order, and raises Misplaced where the entry cannot be one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from carespec.exchange.groups import (
    EXCEPTION,
    SHARE,
    SOURCE,
    WAIVER,
    each,
    entry,
    group_of,
    members,
    needed,
    sourced,
)
from carespec.exchange.nodes import Entries, Items, Node, Scalar
from carespec.exchange.pieces import fault_in, is_own_words, quoted
from carespec.exchange.writer import Misplaced, Part, text_at
from carespec.syntax.document import LineParser
from carespec.syntax.tree import Node as Tree
from carespec.tuples import NamedTuple
from carespec.vocabulary import PAY, Field, Vocabulary

_VALUE = "x: "
_DATE = "  except none until "
_CONDITION = "  when "


class Context(NamedTuple):
    """What the parts of a line are judged by: the grammar, the fields, and the field and key that the line is about."""

    parse: LineParser
    vocabulary: Vocabulary
    path: str = ""

    @property
    def field(self) -> Field | None:
        """The field that the line is about, where there is one."""
        return self.vocabulary.fields.get(self.path.lower().split()[0])


Making: TypeAlias = Callable[[Scalar, Node, Context], list[Part]]


def header(node: Node, at: Context) -> list[Part]:
    """`service NAME`."""
    return [Part("service "), _piece(text_at(node, "`service`"), "service ", at)]


def section(node: Node) -> list[Part]:
    """`section "…"`."""
    return [Part("section "), _words(node, "`section`")]


def fact(key: Scalar, value: Node, group: Entries | None, at: Context) -> list[Part]:
    """`field key: value [source place]`, or a payment."""
    lead = f"{key.text}: "
    known = isinstance(at.parse(f"{lead}none", "service_line"), Tree)
    if isinstance(value, Items) and at.field is not None and at.field.type == "set":
        said = _list(key, value, at)
    else:
        said = [_value(value, f"`{key.text}`", at, lead if known else _VALUE)]
    return [*_head(key), *said, *_cites(group)]


def _head(key: Scalar) -> list[Part]:
    return [Part(key.text, key.place), Part(": ")]


def _value(node: Node, what: str, at: Context, lead: str = _VALUE) -> Part:
    """A value of the field: in the words of the language, or, where it takes a text, in people's own."""
    scalar = text_at(node, what)
    if _takes_own_words(scalar.text, at):
        return Part(quoted(scalar.text), scalar.place)
    return _piece(scalar, lead, at)


def _takes_own_words(text: str, at: Context) -> bool:
    """Whether a text stands there without quotes of its own: at a field of texts, and where nobody knows the field."""
    if at.field is not None:
        return at.field.type == "text" and is_own_words(text, at.parse)
    is_payment = at.path.lower().split()[0] == PAY
    return not is_payment and fault_in(text, _VALUE, at.parse) is not None and is_own_words(text, at.parse)


def _list(key: Scalar, node: Items, at: Context) -> list[Part]:
    """The members of a set, parted by commas."""
    if not node.items:
        raise Misplaced(f"`{key.text}` is an empty list", "Write `none`, or `not stated`.", node.place)
    parts: list[Part] = []
    for item in node.items:
        parts += [Part(", ")] if parts else []
        parts.append(_piece(text_at(item, f"a member of `{key.text}`"), _VALUE, at))
    return parts


def _cites(group: Entries | None) -> list[Part]:
    """The sources of a line, each in square brackets."""
    parts: list[Part] = []
    for node in members(group, "source"):
        cite = text_at(node, "`source`")
        if "[" in cite.text or "]" in cite.text:
            message = "a source stands without square brackets here, and its place has none"
            raise Misplaced(message, "Write its name, a blank and the place, such as `signed p4 2.1`.", cite.place)
        parts += [Part(" ["), Part(cite.text, cite.place), Part("]")]
    return parts


def _piece(scalar: Scalar, lead: str, at: Context, tail: str = "") -> Part:
    """A piece in the language, held to the grammar by itself."""
    return Part(scalar.text, scalar.place, fault_in(scalar.text, lead, at.parse, tail))


def _words(node: Node, what: str) -> Part:
    """A text in people's own words, as a text of the language."""
    scalar = text_at(node, what)
    return Part(quoted(scalar.text), scalar.place)


# Lines under a fact.


def _exception(name: Scalar, node: Node, at: Context) -> list[Part]:
    group = group_of(node, EXCEPTION, "an exception")
    value = _value(needed(group, "value", "the exception"), "the exception's `value`", at)
    limits = [(key, node) for key, node in group.items if key.text in ("when", "until", "from")]
    if len(limits) != 1:
        message = "an exception holds in one case or for one time: `when`, `until` or `from`"
        raise Misplaced(message, "Write one of the three.", name.place)
    ((key, limit),) = limits
    lead = _CONDITION if key.text == "when" else _DATE
    held = _piece(text_at(limit, f"`{key.text}`"), lead, at)
    return [Part("except ", name.place), value, Part(f" {key.text} ", key.place), held, *_cites(group)]


def _share(name: Scalar, node: Node, at: Context) -> list[Part]:
    group = group_of(node, SHARE, "a share of the payment")
    share = _piece(text_at(needed(group, "share", "this"), "`share`"), "  ", at, ' only when in words "x"')
    when = _piece(text_at(needed(group, "when", "this"), "`when`"), _CONDITION, at)
    return [share, Part(" only when ", name.place), when, *_cites(group)]


def _limit(name: Scalar, node: Node, at: Context) -> list[Part]:
    lead = name.text.replace("-", " ")
    inner, group = sourced(node, f"`{name.text}`")
    piece = _piece(text_at(inner, f"`{name.text}`"), f"  {lead} ", at)
    return [Part(f"{lead} ", name.place), piece, *_cites(group)]


def _phrase(name: Scalar, node: Node, at: Context) -> list[Part]:
    inner, group = sourced(node, "`in-words`")
    return [Part("in words ", name.place), _words(inner, "`in-words`"), *_cites(group)]


def _doubt(name: Scalar, node: Node, at: Context) -> list[Part]:
    return [Part("doubt ", name.place), _words(node, "`doubt`")]


def _differs(name: Scalar, node: Node, at: Context) -> list[Part]:
    inner, group = sourced(node, "`differs`")
    return [Part("differs ", name.place), _value(inner, "`differs`", at), *_cites(group)]


UNDER_PARTS: dict[str, Making] = {
    "when": _limit, "at-most": _limit, "for": _limit, "except": _exception, "only-when": _share,
    "in-words": _phrase, "doubt": _doubt, "differs": _differs,
}  # fmt: skip


# Sources, definitions, waivers.


def source(key: Scalar, node: Node, at: Context) -> list[Part]:
    """`source name: "title", "publisher" published DATE read DATE in part second-hand`."""
    group = group_of(node, SOURCE, f"`{key.text}`")
    parts = [*_head(key), _words(needed(group, "title", f"`{key.text}`"), "`title`")]
    for publisher in members(group, "publisher"):
        parts += [Part(", "), _words(publisher, "`publisher`")]
    for name in ("published", "read"):
        found = entry(group, name)
        if found is not None:
            parts += [Part(f" {name} "), _piece(text_at(found, f"`{name}`"), _DATE, at)]
    if _is_true(group, "read-in-part"):
        parts.append(Part(" in part" if entry(group, "read") else " read in part"))
    return [*parts, Part(" second-hand")] if _is_true(group, "second-hand") else parts


def _is_true(group: Entries, name: str) -> bool:
    found = entry(group, name)
    if found is None:
        return False
    said = text_at(found, f"`{name}`")
    if said.text.lower() not in ("true", "false"):
        raise Misplaced(f"`{name}` is `true` or `false`", "Write `true`, or leave it out.", said.place)
    return said.text.lower() == "true"


def definition(key: Scalar, node: Node, at: Context) -> list[Part]:
    """`define name: "…" [source place]`."""
    inner, group = sourced(node, f"`{key.text}`")
    return [*_head(key), _words(inner, f"`{key.text}`"), *_cites(group)]


def waiver(key: Scalar, node: Node, at: Context) -> list[Part]:
    """`waive RULE on FIELD until DATE: "reason" agreed by "…"`."""
    group, what = group_of(node, WAIVER, f"`{key.text}`"), f"`{key.text}`"
    parts, on = [Part(key.text, key.place)], entry(group, "on")
    if on is not None:
        path = _piece(text_at(on, "`on`"), "waive x on ", at, ' until 2012: "x" agreed by "x"')
        parts += [Part(" on "), path]
    until = _piece(text_at(needed(group, "until", what), "`until`"), _DATE, at)
    reason, agreed = needed(group, "reason", what), needed(group, "agreed-by", what)
    return [
        *parts, Part(" until "), until, Part(": "), _words(reason, "`reason`"),
        Part(" agreed by "), _words(agreed, "`agreed-by`"),
    ]  # fmt: skip


LINE_PARTS: dict[str, Making] = {"source": source, "define": definition, "waive": waiver}
"""Lines that are no facts, by their first word."""


def is_list_of_members(key: str, node: Items, vocabulary: Vocabulary) -> bool:
    """Whether a list is that of the members of a set, and not of several lines on one field."""
    field = vocabulary.fields.get(key.lower().split()[0])
    return field is not None and field.type == "set" and all(isinstance(item, Scalar) for item in each(node))
