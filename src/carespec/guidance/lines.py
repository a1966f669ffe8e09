"""The lines of a pack sorted to what they belong to, and a reader for those that rules and comparisons share."""

from __future__ import annotations

from collections.abc import Mapping

from carespec.guidance.model import Clause, Detail, Law, PackProblem
from carespec.model.conditions import tests
from carespec.model.facts import Problem, State
from carespec.model.from_conditions import Find, condition_of
from carespec.model.from_syntax import cites_of
from carespec.model.tokens import text_of
from carespec.model.values import value_of
from carespec.quantities.readings import Text
from carespec.rules.text import field_named, unknown_in
from carespec.syntax.document import Document, Line
from carespec.syntax.tree import Node, Token
from carespec.tuples import NamedTuple
from carespec.vocabulary import Field, Vocabulary, nearest

HOLDERS = ("rule", "comparison")
OWN = ("fact", "source", "define")


class Holder(NamedTuple):
    """A `rule` or `comparison` line with the lines under it, and the section it stands in.

    `whole` is false when one of its lines could not be read.
    """

    head: Line
    section: str
    lines: tuple[Line, ...]
    whole: bool

    @property
    def node(self) -> Node:
        """The tree of the head."""
        assert self.head.node is not None
        return self.head.node

    @property
    def kind(self) -> str:
        """ "rule" or "comparison"."""
        return self.node.kind

    @property
    def name(self) -> str:
        """What it is called."""
        return (self.node.text_of("NAME") or "").lower()

    @property
    def title(self) -> str:
        """Its words for people."""
        return string_in(self.node)

    def every(self, kind: str) -> list[Line]:
        """Its lines of a kind, in order."""
        return [line for line in self.lines if line.node is not None and line.node.kind == kind]


class Parted(NamedTuple):
    """A pack's own lines by kind, its rules and comparisons, and the lines that belong to none."""

    own: Mapping[str, list[Line]]
    holders: tuple[Holder, ...]
    outside: tuple[Line, ...]


def parted(document: Document) -> Parted:
    """The lines of a pack, each with what it belongs to; a damaged line belongs to the rule that it stands in."""
    own: dict[str, list[Line]] = {}
    starts: list[tuple[Line, str, list[Line]]] = []
    outside: list[Line] = []
    section = ""
    lost = [line for line in document.damaged if line.first_word in HOLDERS]
    heads = [statement.head for statement in document.statements]
    for line in sorted((*heads, *lost), key=lambda line: line.number):
        kind = line.node.kind if line.node is not None else ""
        if line.node is None or kind in HOLDERS:
            # What stands under a head that could not be read belongs to no other rule, and is left aside.
            starts.append((line, section, []))
        elif kind == "section":
            section = string_in(line.node)
        elif kind in OWN:
            own.setdefault(kind, []).append(line)
        else:
            (starts[-1][2] if starts else outside).append(line)
    damaged = [line.number for line in document.damaged]
    begins = [head.number for head, _, _ in starts]
    ends = [*begins, len(document.source.lines) + 1][1:]
    holders = tuple(
        Holder(head, section, tuple(lines), not any(head.number < number < end for number in damaged))
        for (head, section, lines), end in zip(starts, ends, strict=True)
        if head.node is not None
    )
    return Parted(own, holders, tuple(outside))


def string_in(node: Node) -> str:
    """The first text in quotes of a line."""
    return next((text_of(t) for t in node.children if isinstance(t, Token) and t.kind == "STRING"), "")


class Reader:
    """Reads lines with one vocabulary, and gathers what is wrong with them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.problems: list[PackProblem] = []

    def problem(self, line: Line, problem: Problem, about: str = "") -> None:
        """Remember what is wrong with a piece of a line."""
        self.problems.append(
            PackProblem(problem.check, problem.message, problem.fix, line.number, problem.start, problem.end,
                        problem.write, about)
        )  # fmt: skip

    def clause(self, line: Line, about: str, find: Find | None = None) -> Clause:
        """The condition of a line; with a `find` of its own it asks about other things than a service's fields."""
        assert line.node is not None
        tree = line.node.children[0]
        condition = condition_of(tree, find or self._find, self.vocabulary)
        for test in tests(condition):
            found = test.problem if find else unknown_in(test, self.vocabulary)
            if isinstance(found, Problem):
                self.problem(line, found, about)
        return Clause(condition, line.text[tree.start : tree.end], line.number, tree.start, tree.end)

    def _find(self, field: str, key: str | None) -> Field | None:
        return field_named(field, self.vocabulary)

    def detail(self, line: Line, known: Mapping[str, Field], holder: str, about: str) -> Detail:
        """A `name: value` line; a name that is not known, and a value that does not fit, are problems."""
        node = line.node
        assert node is not None
        first = node.children[0]
        token = first.children[0] if isinstance(first, Node) else first
        assert isinstance(token, Token)
        name, tree = token.text.lower(), node.children[1]
        text = line.text[tree.start : tree.end]
        field = known.get(name)
        if field is None:
            self.problem(line, _unknown(token, name, known, holder), about)
            return Detail(name, None, text, line.number, node.start, node.end)
        value = value_of(tree, field, self.vocabulary)
        problem = value.problem or _unsettled(value.state, field, tree.start, tree.end)
        if problem is not None:
            self.problem(line, problem, about)
        content = value.content.text if isinstance(value.content, Text) else value.content
        return Detail(name, content if problem is None else None, text, line.number, tree.start, tree.end)

    def laws(self, lines: tuple[Line, ...]) -> tuple[Law, ...]:
        """The `text:` lines, each with the quotations below it."""
        found: list[Law] = []
        for line in lines:
            node = line.node
            assert node is not None
            if node.kind == "text":
                found.append(Law(cites_of(node), "", line.number, node.start, node.end))
            elif node.kind == "quote":
                self._quoted(line, node, found)
        return tuple(found)

    def _quoted(self, line: Line, node: Node, found: list[Law]) -> None:
        words = (node.text_of("QUOTED") or "")[1:].strip()
        if not found:
            message = "this quotation stands under no `text:` line, so nobody knows whose words it is"
            fix = "Write `text: [SOURCE PLACE]` above it."
            self.problem(line, Problem("quote-without-source", message, fix, node.start, node.end))
            return
        found[-1] = found[-1]._replace(quote=f"{found[-1].quote} {words}".strip())


def _unknown(token: Token, name: str, known: Mapping[str, Field], holder: str) -> Problem:
    near = nearest(name, known)
    asked = f"; did you mean `{near}`?" if near else ""
    fix = f"Write `{near}`." if near else f"{holder[:1].upper()}{holder[1:]} may have: {', '.join(known)}."
    return Problem("unknown-detail", f"{holder} has no line `{name}`{asked}", fix, token.start, token.end, near)


def _unsettled(state: str, field: Field, start: int, end: int) -> Problem | None:
    """A detail of guidance is a definite value: guidance that leaves it open binds nobody."""
    if state in (State.STATED, State.UNFIT):
        return None
    example = next(iter(field.examples), "")
    message = f"`{field.name}` is a definite value in guidance"
    return Problem("wrong-type", message, f"Write it, as in `{field.name}: {example}`.", start, end)
