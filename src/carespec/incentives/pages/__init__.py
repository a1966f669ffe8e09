"""Pages about services, before it is known where they are read: a terminal, a pipe, or a page of Markdown.

`viability` and `repair` make such pages, `carespec.incentives.tell` those about what is rewarded. Nothing else here
lays anything out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import fill
from typing import TypeAlias

from carespec.folding import GAP, aligned, natural
from carespec.tables import Table
from carespec.tuples import NamedTuple

_LABEL = 12
WIDTH = 100
"""Characters of a line where nobody says otherwise."""


class Row(NamedTuple):
    """A label of a word or two, and what there is to say."""

    label: str
    text: str


class Bullet(NamedTuple):
    """One of a list."""

    text: str


class Section(NamedTuple):
    """Under a heading: paragraphs, lists, rows, tables, sections."""

    title: str
    items: tuple[Item, ...]


Item: TypeAlias = str | Bullet | Row | Table | Section


class Page(NamedTuple):
    """What is said about one service; without a path, about all of them."""

    title: str
    path: str
    items: tuple[Item, ...]


def nothing(reasons: Iterable[tuple[str, str]]) -> list[str]:
    """A sentence for each reason why nothing is said of services, from pairs of a service and its reason."""
    by_reason: dict[str, list[str]] = {}
    for service, because in reasons:
        by_reason.setdefault(because, []).append(service)
    return [f"Nothing worked out, since {because}: {', '.join(names)}." for because, names in by_reason.items()]


def as_text(pages: Sequence[Page], width: int = WIDTH) -> str:
    """Plain text, folded to so many characters a line."""
    return "\n\n".join("\n".join(_page(page, width)) for page in pages) + "\n"


def _page(page: Page, width: int) -> Iterator[str]:
    yield f"{page.title} ({page.path})" if page.path else page.title
    yield from [""] if page.items and isinstance(page.items[0], Section) else []
    yield from _items(page.items, width, 2)


def _items(items: Sequence[Item], width: int, indent: int) -> Iterator[str]:
    for number, item in enumerate(items):
        if number and _is_apart(item, items[number - 1]):
            yield ""
        if isinstance(item, Section):
            yield _folded(item.title, width, " " * indent)
            yield from _items(item.items, width, indent + 2)
        elif isinstance(item, Row):
            yield _folded(item.text, width, " " * indent + item.label.ljust(_LABEL), indent + _LABEL)
        elif isinstance(item, Bullet):
            yield _folded(item.text, width, " " * indent + "- ", indent + 2)
        elif isinstance(item, Table):
            yield from _table(item, width, indent)
        else:
            yield _folded(item, width, " " * indent)


def _is_apart(item: Item, above: Item) -> bool:
    """Whether a line stays free between two things that stand one below the other."""
    return isinstance(item, Section) or (type(item) is not type(above) and not isinstance(above, str))


def _folded(text: str, width: int, lead: str, hang: int | None = None) -> str:
    return fill(
        text, max(width, 40), initial_indent=lead, subsequent_indent=" " * (len(lead) if hang is None else hang),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _table(table: Table, width: int, indent: int) -> Iterator[str]:
    """Columns side by side where they fit; else words go below the figures of their row; where even figures do not fit,
    each row is a sentence without its noughts."""
    every = range(len(table.columns))
    for shown in (every, [number for number in every if number == 0 or number in table.figures]):
        rows = [[row[number] for number in shown] for row in (table.columns, *table.rows)]
        widths = natural(rows)
        if len(shown) > 1 and indent + sum(widths) + len(GAP) * (len(widths) - 1) <= width:
            figures = frozenset(place for place, number in enumerate(shown) if number in table.figures)
            below = [number for number in every if number not in shown]
            for row, cells in zip((table.columns, *table.rows), rows, strict=True):
                yield " " * indent + aligned(cells, widths, figures)
                told = [f"{table.columns[number]}: {row[number]}" for number in below if row is not table.columns]
                yield from (_folded(words, width, " " * (indent + 2), indent + 4) for words in told)
            return
    for name, *others in table.rows:
        pairs = zip(table.columns[1:], others, strict=True)
        told = [f"{head} {cell}" for head, cell in pairs if cell != "0"]
        yield _folded(f"{name}: {', '.join(told)}", width, " " * indent, indent + 2)


def as_markdown(title: str, pages: Sequence[Page]) -> str:
    """A document of Markdown: a heading for each service, and for each section below it."""
    lines = [f"# {title}", ""]
    for each in pages:
        lines += [f"## {each.title}", "", *([f"`{each.path}`", ""] if each.path else []), *_marked(each.items, 3)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _marked(items: Sequence[Item], level: int) -> Iterator[str]:
    for number, item in enumerate(items):
        if isinstance(item, Section):
            yield from (f"{'#' * level} {item.title}", "", *_marked(item.items, level + 1))
        elif isinstance(item, Table):
            yield from (*_rows(item), "")
        elif isinstance(item, Row | Bullet):
            yield f"- **{item.label}:** {item.text}" if isinstance(item, Row) else f"- {item.text}"
            if number + 1 == len(items) or not isinstance(items[number + 1], Row | Bullet):
                yield ""
        else:
            yield from (item, "")


def _rows(table: Table) -> Iterator[str]:
    rule = tuple("---:" if number in table.figures else "---" for number in range(len(table.columns)))
    for row in (table.columns, rule, *table.rows):
        marked = (cell.replace("|", "\\|") for cell in row)
        yield f"| {' | '.join(marked)} |"
