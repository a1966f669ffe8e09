"""What parsing a line gives: nodes and tokens, each with its place in that line.

Places are offsets in code points from the start of the line, the end excluded. A line does not know its own
number: equal lines are parsed once, and whoever holds the tree holds the number beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from carespec.tuples import NamedTuple


class Token(NamedTuple):
    """One word or mark: its terminal, its text as written, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


class Node(NamedTuple):
    """A rule of the grammar that matched: its name, what it is made of, and where it stands."""

    kind: str
    children: tuple[Tree, ...]
    start: int
    end: int

    def first(self, kind: str) -> Tree | None:
        """The first child of that kind, if there is one."""
        for child in self.children:
            if child.kind == kind:
                return child
        return None

    def every(self, kind: str) -> Iterator[Tree]:
        """The children of that kind, in order."""
        return (child for child in self.children if child.kind == kind)

    def text_of(self, kind: str) -> str | None:
        """The text of the first token of that kind among the children."""
        found = self.first(kind)
        return found.text if isinstance(found, Token) else None


Tree: TypeAlias = Node | Token


def tokens(tree: Tree) -> Iterator[Token]:
    """The tokens below a node, from left to right."""
    if isinstance(tree, Token):
        yield tree
        return
    for child in tree.children:
        yield from tokens(child)
