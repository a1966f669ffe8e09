"""`carespec compare`: services side by side."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from carespec.cli._guidance import guidance_option, packs_from
from carespec.cli._settled import corpus, guidance_names, settings_for
from carespec.cli._shared import TOLD_AS, day, fail, found_under, known_outputs, or_nearest, output_option, tell_pages
from carespec.cli._waived import configured
from carespec.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from carespec.compare.compared import Asked, Compared
    from carespec.compare.gather import Gathered
    from carespec.compare.patients import Apart
    from carespec.config.settings import Settings
    from carespec.corpus import Beside
    from carespec.guidance.law import Law
    from carespec.records import Finding, NotChecked
    from carespec.tables import Block


@click.command("compare", short_help="Put services side by side: who says what, and who stands alone.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--topic", metavar="NAME", help="Only this topic, such as age or access; everything and everybody in it.")
@click.option("--field", metavar="FIELD", help="Only this field, such as wait, `wait step-3` or `pay assessment`.")
@output_option(TOLD_AS)
@guidance_option
@click.option("--as-at", callback=day, metavar="DATE", help="The day whose guidance applies to every service.")
def command(
    paths: tuple[str, ...],
    topic: str | None,
    field: str | None,
    outputs: tuple[str, ...],
    guidance: tuple[str, ...],
    as_at: date | None,
) -> None:
    """Put the services under the paths side by side; without a path, those of the corpus.

    For each topic: who says what, with the most common answer first, who is silent, and how far figures spread. Then
    prices, who stands alone, and what guidance finds in services side by side. Only services of one programme that
    hold on a common day have their figures and prices compared; each number says how many services it is of.

    Exit codes: 0 the comparison was made, 2 usage, a missing path, or a file that cannot be read.
    """
    from carespec.compare.compared import compare

    asked = _asked(topic, field)
    known_outputs(outputs, TOLD_AS)
    settings = settings_for(None, guidance=guidance, as_at=as_at)
    law = _law(settings)
    beside, unread = _gathered(paths or corpus(settings), law)
    compared = compare((one.gathered for one in beside), asked)
    if topic is not None or field is not None:
        compared = tuple(one for one in compared if one.topics or one.prices)
        if not compared:
            fail(f"no service says anything about `{asked.field or asked.topic}`, so there is nothing to compare")
    found = _judged(beside, law, asked, compared)
    apart = _apart([one.gathered for one in beside]) if asked.is_everything else None
    told = _Told(compared, found, unread, topic is not None or field is not None, apart)
    tell_pages(outputs, lambda: _pages(told), lambda: _as_json(told))
    for entry in unread:
        click.echo(f"{entry.path}: left out: {entry.because}", err=True)
    sys.exit(2 if unread else 0)


def _asked(topic: str | None, field: str | None) -> Asked:
    """What is asked for, among all vocabularies that ship. Ends the run for a name that does not exist."""
    from carespec.compare.compared import Asked
    from carespec.vocabulary import PAY, load, names

    vocabularies = [load(name) for name in names()]
    if topic is not None and not any(topic in vocabulary.topics for vocabulary in vocabularies):
        topics = sorted({name for vocabulary in vocabularies for name in vocabulary.topics})
        or_nearest("topic", topic, topics, f"; there are {', '.join(topics)}")
    if field is not None:
        field = " ".join(field.lower().split())
        name, _, key = field.partition(" ")
        if name == PAY and key and not any(vocabulary.payment(key) for vocabulary in vocabularies):
            or_nearest("payment", key, {name for vocabulary in vocabularies for name in vocabulary.payments})
        if name != PAY and not any(name in vocabulary.fields for vocabulary in vocabularies):
            or_nearest("field", name, {name for vocabulary in vocabularies for name in vocabulary.fields})
    return Asked(topic, field)


class _Told(NamedTuple):
    """What there is to tell; `whole` names everything and everybody."""

    compared: tuple[Compared, ...]
    findings: tuple[Finding, ...]
    unread: list[NotChecked]
    whole: bool
    apart: Apart | None = None


def _apart(gathered: Sequence[Gathered]) -> Apart:
    """Who is treated differently; left to `carespec journey` where there are many services."""
    from carespec.compare.patients import Apart, everybody, paths_of_few
    from carespec.workspace import load

    few, left_out = paths_of_few(gathered)
    return Apart(everybody(load(few).services()) if few else (), left_out)


def _law(settings: Settings) -> Law:
    """What `check` would hold these services against, comparisons among it."""
    from carespec.guidance.law import Law
    from carespec.workspace import clock

    packs = packs_from(guidance_names(settings)).packs
    try:
        return Law(packs, clock(), settings.value("as-at"), settings.value("known-at"), register=configured(settings))
    except ValueError as error:
        fail(str(error))


def _gathered(paths: tuple[str, ...], law: Law) -> tuple[list[Beside], list[NotChecked]]:
    from carespec.corpus import gather_files

    found = found_under(paths)
    beside, unread = gather_files(found.files, _progress(), law)
    if not beside:
        fail(f"there is no service to compare under {', '.join(paths) or 'this folder'}")
    return beside, [*found.unread, *unread]


def _judged(beside: Sequence[Beside], law: Law, asked: Asked, compared: Sequence[Compared]) -> tuple[Finding, ...]:
    """What guidance finds in services side by side, as far as it is asked for."""
    from carespec.compare.rules import judge
    from carespec.compare.taken import held

    found = judge((taken for one in beside for taken in one.taken), held(law))
    wanted = {view.path for one in compared for topic in one.topics for view in topic.fields}
    wanted |= {f"pay {row.payment}" for one in compared for row in one.prices}
    return tuple(finding for finding in found if asked.is_everything or finding.field in wanted)


def _progress() -> Callable[[int, int], None] | None:
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    from carespec.cli._progress import Bar

    return Bar("comparing")


def _pages(told: _Told) -> Iterator[Block]:
    from carespec.compare.pages import pages
    from carespec.compare.patients import Apart, patients_pages

    yield from pages(told.compared, told.whole, told.findings)
    yield from patients_pages(told.apart or Apart())


def _as_json(told: _Told) -> str:
    import json

    return json.dumps(_envelope(told), ensure_ascii=False, indent=2) + "\n"


def _envelope(told: _Told) -> dict[str, Any]:
    """The envelope of a report, with what a comparison adds."""
    from carespec import __version__
    from carespec.compare.as_data import as_data
    from carespec.compare.findings import findings
    from carespec.compare.patients import Apart, apart_records
    from carespec.records import Report
    from carespec.reporters.json import envelope
    from carespec.workspace import clock

    vocabularies = ", ".join(f"{one.vocabulary.name} {one.vocabulary.version}" for one in told.compared)
    found = (*told.findings, *findings(told.compared))
    report = Report(__version__, clock().isoformat(), vocabularies, (), found, tuple(told.unread), 0)
    data, own = envelope(report), {**as_data(told.compared), **apart_records(told.apart or Apart())}
    kept, last = ("carespec", "schema", "today", "vocabulary", "guidance"), ("findings", "not-checked")
    return {**{name: data[name] for name in kept}, **own, **{name: data[name] for name in last}}
