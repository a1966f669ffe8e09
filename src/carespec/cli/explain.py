"""`carespec explain`: whatever a finding or a file can name, with why it matters and how to put it right."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NoReturn

import click

from carespec.cli._guidance import is_file, packs_from
from carespec.cli._settled import guidance_names, settings_for
from carespec.cli._shared import or_nearest, vocabulary_option
from carespec.tuples import NamedTuple

if TYPE_CHECKING:
    from carespec.guidance.model import Comparison, Pack, Rule
    from carespec.vocabulary import Vocabulary


class Page(NamedTuple):
    """A page that can be shown: what it is about, in a line, and how to make it."""

    kind: str
    title: str
    text: Callable[[], str]


Pages = dict[str, list[Page]]
"""The pages of each name; `commissioner` is a field of a service and of a person's case."""


@click.command("explain", short_help="Explain a check, a rule, an incentive, a field, a payment, a word or a mistake.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--guidance",
    "guidance",
    multiple=True,
    metavar="PACK",
    help="A guidance pack of your own, by its name or its file, whose rules are explained beside those that ship; may "
    "be repeated. By default those that the configuration names.",
)
@vocabulary_option
def command(names: tuple[str, ...], guidance: tuple[str, ...], vocabulary: Vocabulary) -> None:
    """Explain what a name in a finding or in a file means: what, why, source, examples, how to put it right.

    A NAME is that of a check, a rule or a pack of guidance, an incentive, a mistake, what is wrong with a pack or a
    waiver, a field, a field and its key (`wait step-2`), a payment, a word, a list of words, a topic, a section or a
    word of the language. Without a name, list what can be explained.
    """
    pages = pages_of(vocabulary, _own(guidance))
    if not names:
        click.echo(_listed(pages))
        return
    path = " ".join(names)
    for name in (path,) if len(names) > 1 and found(path, pages, vocabulary) else names:
        shown = found(name, pages, vocabulary)
        if not shown:
            _unknown(name, pages, vocabulary)
        _print("\n\n".join(page.text() for page in shown))


def _own(guidance: tuple[str, ...]) -> tuple[Pack, ...]:
    """The packs of one's own among those that are named: what ships is explained anyway."""
    files = tuple(name for name in guidance_names(settings_for(None, guidance=guidance)) if is_file(name))
    return packs_from(files).packs if files else ()


def found(name: str, pages: Pages, vocabulary: Vocabulary) -> list[Page]:
    """The pages of a name, of a field with its key, or of a payment whose name belongs to a pattern."""
    if name in pages:
        return pages[name]
    first, _, key = name.partition(" ")
    if first == "pay" and vocabulary.payment(key) is not None:
        from carespec.words import payment_page

        return [Page("payment", "", partial(payment_page, key, vocabulary))]
    if not key and vocabulary.payment(name) is not None:
        return found(f"pay {name}", pages, vocabulary)
    return _keyed(first, key, vocabulary)


def _keyed(name: str, key: str, vocabulary: Vocabulary) -> list[Page]:
    from carespec.pages import field_page
    from carespec.words import case_field_page

    found = []
    field, case_field = vocabulary.fields.get(name), vocabulary.case_fields.get(name)
    if field is not None and key and (key in vocabulary.keys(field) or (field.open_keys and " " not in key)):
        found.append(Page("field", "", partial(field_page, field, vocabulary, key)))
    if case_field is not None and key in vocabulary.keys(case_field):
        found.append(Page("case field", "", partial(case_field_page, case_field, vocabulary)))
    return found


def pages_of(vocabulary: Vocabulary, own: Sequence[Pack] = ()) -> Pages:
    """Every name that has a page of its own; `own` are packs beside those that ship."""
    pages: Pages = {}
    of_own = (named for pack in own for named in _of_pack(pack, partial(_itself, pack)))
    for name, page in (*_of_the_program(), *of_own, *_of_fields(vocabulary), *_of_words(vocabulary)):
        pages.setdefault(name, []).append(page)
    return pages


def _of_the_program() -> Iterator[tuple[str, Page]]:
    from carespec.built import built
    from carespec.checks import all_checks
    from carespec.incentives.patterns import all_patterns
    from carespec.language_words import FORMS, form_page
    from carespec.pages import check_page, flaw_page, mistake_page, pattern_page

    for check in all_checks():
        yield check.name, Page("check", check.title, partial(check_page, check))
    for pattern in all_patterns():
        yield pattern.name, Page("incentive", pattern.title, partial(pattern_page, pattern))
    for entry in (*built()["mistakes"]["general"], *built()["mistakes"]["mistakes"]):
        yield entry["name"], Page("mistake", "", partial(mistake_page, entry))
    for entry in built()["flaws"]:
        yield entry["name"], Page("flaw", entry["title"], partial(flaw_page, entry))
    for name in FORMS:
        yield name, Page("language", "", partial(form_page, name))
    yield from _of_guidance()


def _of_guidance() -> Iterator[tuple[str, Page]]:
    """The rules and comparisons of the packs that ship, by their full names and their short ones; and the packs.

    What they hold is read only when a page is made.
    """
    from carespec.guidance.library import shipped

    for pack in shipped():
        yield from _of_pack(pack, partial(_in_full, pack.name))


def _of_pack(pack: Pack, in_full: Callable[[], Pack]) -> Iterator[tuple[str, Page]]:
    yield pack.name, Page("guidance pack", pack.title, partial(_pack_page, in_full))
    both: list[Rule | Comparison] = [*pack.rules, *pack.comparisons]
    for one in both:
        page = Page("rule", one.title, partial(_rule_page, in_full, one.name))
        yield one.name, page
        yield f"{pack.name}.{one.name}", page


def _in_full(pack: str) -> Pack:
    from carespec.guidance.library import read_shipped

    return read_shipped(pack)


def _itself(pack: Pack) -> Pack:
    return pack


def _pack_page(in_full: Callable[[], Pack]) -> str:
    from carespec.guidance.pages import pack_page

    return pack_page(in_full())


def _rule_page(in_full: Callable[[], Pack], name: str) -> str:
    from carespec.guidance.pages import comparison_page, rule_page

    pack = in_full()
    rule = next((rule for rule in pack.rules if rule.name == name), None)
    if rule is not None:
        return rule_page(rule, pack)
    return comparison_page(next(one for one in pack.comparisons if one.name == name), pack)


def _of_fields(vocabulary: Vocabulary) -> Iterator[tuple[str, Page]]:
    from carespec.pages import field_page
    from carespec.words import case_field_page, fields_page

    fields = list(vocabulary.fields.values())
    for field in fields:
        yield field.name, Page("field", field.label, partial(field_page, field, vocabulary))
    for field in vocabulary.case_fields.values():
        yield field.name, Page("case field", field.label, partial(case_field_page, field, vocabulary))
    for name, topic in vocabulary.topics.items():
        inside = [field for field in fields if field.topic == name]
        yield name, Page("topic", topic["label"], partial(fields_page, name, topic["label"], inside))
    for name, title in vocabulary.sections.items():
        inside = [field for field in fields if field.section == name]
        yield name, Page("section", title, partial(fields_page, name, title, inside))


def _of_words(vocabulary: Vocabulary) -> Iterator[tuple[str, Page]]:
    from carespec.vocabulary import PAY
    from carespec.words import list_page, pay_page, payment_page, word_lists, word_page

    lists = [each for each in word_lists(vocabulary) if each.name != PAY]
    yield PAY, Page("payment", "", partial(pay_page, vocabulary))
    for name, payment in vocabulary.payments.items():
        yield name, Page("payment", payment.label, partial(payment_page, name, vocabulary))
    for each in lists:
        yield each.name, Page("list", "", partial(list_page, each))
    for word in dict.fromkeys(word for each in lists for word in each.words):
        yield word, Page("word", "", partial(word_page, word, vocabulary))


_LISTED = (
    ("What a condition may ask", "case field"),
    ("Words of the language", "language"),
    ("Lists of words", "list"),
)


def _listed(pages: Pages) -> str:
    """The checks, incentives, packs and topics with what they are about; of what is many only the names."""
    lines = [*_titled("Checks", "check", pages), "", *_titled("Incentives", "incentive", pages)]
    lines += ["", *_titled("Topics", "topic", pages), "", *_titled("Guidance packs", "guidance pack", pages)]
    for title, kind in _LISTED:
        names = [name for name, found in pages.items() if any(page.kind == kind for page in found)]
        lines += ["", f"{title}:", *_wrapped(names)]
    lines += [
        "",
        "Also any rule (`carespec rules` lists them), any field (`carespec fields` lists them) alone or with its",
        "key, any payment (`carespec explain pay` lists them), any word of a list, any section, and any other name in",
        "a finding: of a mistake in a line, of what is wrong with a pack or a waiver.",
    ]
    return "\n".join(lines)


def _titled(title: str, kind: str, pages: Pages) -> list[str]:
    titles = {name: page.title for name, found in pages.items() for page in found if page.kind == kind}
    width = max(map(len, titles), default=0) + 2
    return [f"{title}:", *(f"  {name:<{width}}{about}" for name, about in titles.items())]


def _wrapped(names: list[str]) -> list[str]:
    from textwrap import wrap

    text = ", ".join(names)
    return wrap(text, 100, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)


def _unknown(name: str, pages: Pages, vocabulary: Vocabulary) -> NoReturn:
    """End, with where the name is known: another vocabulary, or a name that is nearly the same."""
    from carespec.cli._shared import fail
    from carespec.vocabulary import load, names

    for other in names():
        if other != vocabulary.name and found(name, pages_of(load(other)), load(other)):
            fail(f"`{name}` is of another vocabulary: add `--vocabulary {other}`")
    known = "check, rule, incentive, field, payment, word or mistake"
    or_nearest(known, name, pages, "; `carespec explain` lists what there is")


def _print(page: str) -> None:
    """As a page on a terminal, as Markdown elsewhere."""
    if not sys.stdout.isatty():
        click.echo(page)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(page))
