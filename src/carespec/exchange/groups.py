"""What an entry of the data may be made of, and how its parts are looked up."""

from __future__ import annotations

from collections.abc import Iterator

from carespec.exchange.nodes import Entries, Items, Node, Scalar
from carespec.exchange.writer import Misplaced
from carespec.vocabulary import nearest

UNDER = ("when", "except", "in-words", "at-most", "only-when", "for", "doubt", "differs")
FACT = ("value", "source", *UNDER)
EXCEPTION = ("value", "when", "until", "from", "source")
SHARE = ("share", "when", "source")
SOURCED = ("value", "source")
SOURCE = ("title", "publisher", "published", "read", "read-in-part", "second-hand")
WAIVER = ("on", "until", "reason", "agreed-by")


def each(node: Node) -> tuple[Node, ...]:
    """The members of a list, or the one thing that stands for a list of one."""
    return node.items if isinstance(node, Items) else (node,)


def group_of(node: Node, known: tuple[str, ...], what: str) -> Entries:
    """The entries of a group. Raises Misplaced where it is none, or has an entry that nothing knows."""
    if not isinstance(node, Entries):
        listed = ", ".join(f"`{name}`" for name in known)
        raise Misplaced(f"{what} has several parts", f"Write them under it: {listed}.", node.place)
    for key, _ in node.items:
        if key.text not in known:
            raise stranger(key, known)
    return node


def sourced(node: Node, what: str) -> tuple[Node, Entries | None]:
    """What stands there, and the group that it stands in where it has a source: a text, or `value` with `source`."""
    if not isinstance(node, Entries):
        return node, None
    group = group_of(node, SOURCED, what)
    return needed(group, "value", what), group


def entry(group: Entries, name: str) -> Node | None:
    """The entry of that name. Raises Misplaced if there are several."""
    found = [(key, node) for key, node in group.items if key.text == name]
    if len(found) > 1:
        raise Misplaced(f"`{name}` stands here twice", "Keep one of them.", found[1][0].place)
    return found[0][1] if found else None


def needed(group: Entries, name: str, what: str) -> Node:
    """The entry of that name. Raises Misplaced if it is missing."""
    found = entry(group, name)
    if found is None:
        raise Misplaced(f"{what} has no `{name}`", f"Write `{name}:` and what it is.", group.place)
    return found


def members(group: Entries | None, name: str) -> Iterator[Node]:
    """Everything that stands under that name, one by one."""
    found = entry(group, name) if group else None
    if found is not None:
        yield from each(found)


def stranger(key: Scalar, known: tuple[str, ...]) -> Misplaced:
    """A key that nothing here knows, with the one that was probably meant."""
    near = nearest(key.text, known)
    asked = f"; did you mean `{near}`?" if near else ""
    listed = ", ".join(f"`{name}`" for name in known)
    fix = f"Write `{near}`." if near else f"Here may stand {listed}."
    return Misplaced(f"`{key.text}` is no part of this entry{asked}", fix, key.place)
