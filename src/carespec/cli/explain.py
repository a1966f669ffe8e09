"""`carespec explain`: a check, a field, a payment or a mistake, with why it matters and how to put it right."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import NamedTuple, NoReturn

import click

from carespec.cli._shared import fail


class Page(NamedTuple):
    """A page that can be shown: what it is about, in a line, and how to make it."""

    kind: str
    title: str
    text: Callable[[], str]


@click.command("explain", short_help="Explain a check, a field or a mistake.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
def command(names: tuple[str, ...]) -> None:
    """Explain what a name in a finding or in a file means: what, why, source, examples, how to put it right.

    Without a name, list everything that can be explained.
    """
    pages = _pages()
    if not names:
        checks = [f"  {name:<28}{page.title}" for name, page in pages.items() if page.kind == "check"]
        click.echo("\n".join(["Checks:", *checks]))
        click.echo("\nAlso any field (`carespec fields` lists them) and any name of a mistake in a finding.")
        return
    for name in names:
        if name not in pages:
            _unknown(name, pages)
        _print(pages[name].text())


def _pages() -> dict[str, Page]:
    """Every name that has a page."""
    from carespec.built import built
    from carespec.checks import all_checks
    from carespec.pages import check_page, field_page, mistake_page
    from carespec.vocabulary import load

    vocabulary = load()
    mistakes = [*built()["mistakes"]["general"], *built()["mistakes"]["mistakes"]]
    pages = {e["name"]: Page("mistake", "", partial(mistake_page, e)) for e in mistakes}
    pages |= {f.name: Page("field", f.label, partial(field_page, f, vocabulary)) for f in vocabulary.fields.values()}
    pages |= {c.name: Page("check", c.title, partial(check_page, c)) for c in all_checks()}
    return pages


def _unknown(name: str, pages: dict[str, Page]) -> NoReturn:
    from carespec.vocabulary import nearest

    near = nearest(name, pages)
    fail(f"there is nothing called `{name}` to explain" + (f"; did you mean `{near}`?" if near else ""))


def _print(page: str) -> None:
    """As a page on a terminal, as Markdown elsewhere."""
    if not sys.stdout.isatty():
        click.echo(page)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(page))
