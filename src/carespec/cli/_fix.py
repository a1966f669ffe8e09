"""`check --fix`: make the edits that are certain, tell each, and write the files whole."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from carespec.cli._guidance import chosen_from, packs_from
from carespec.cli._settled import corpus, guidance_names, law_of
from carespec.cli._shared import found_under, replace_file

if TYPE_CHECKING:
    from carespec.config.settings import Settings
    from carespec.engine import Engine
    from carespec.records import Finding
    from carespec.source import Source


def fix_files(settings: Settings, paths: tuple[str, ...], today: date, unsafe: bool) -> None:
    """Fix every file under the paths, else of the corpus; YAML and JSON, and files that are no clean text, are left.

    With `unsafe` also what changes what a document says; each such edit is told in a sentence.
    """
    from carespec.engine import Engine
    from carespec.source import is_data, read_file

    packs = packs_from(guidance_names(settings)).packs
    checks, rules = chosen_from(settings.value("select"), settings.value("ignore"), packs)
    engine = Engine(checks, today, law_of(settings, packs, today, rules))
    for path in found_under(paths or corpus(settings)).files:
        if is_data(path):
            continue
        try:
            source = read_file(path)
        except OSError:
            continue  # the run that follows tells
        if not source.troubles:
            _fix(source, engine, unsafe)


def _fix(source: Source, engine: Engine, unsafe: bool) -> None:
    from carespec.fixes import fixed, text_of, tidied
    from carespec.syntax.format import format_source

    def look(changed: Source) -> tuple[Finding, ...]:
        return engine.check(changed).findings

    result = fixed(source, look, unsafe)
    for finding in result.done:
        click.echo(_told(finding), err=True)
    for finding, why in result.left:
        click.echo(f"{_place(finding)}: {finding.name} is left as it is: {why}", err=True)
    text = text_of(result.source)
    formatted = format_source(result.source, engine.parse)
    if formatted.changed and not formatted.lost:
        text = tidied(result.source, formatted.text, look) or text
    if text != text_of(source):
        failed = replace_file(source.path, text)
        click.echo(failed or f"{source.path}: written", err=True)


def _told(finding: Finding) -> str:
    """One edit in a sentence; what changes an obligation says so."""
    assert finding.fix is not None and finding.fix.edit is not None
    edit = finding.fix.edit
    lead = "" if edit.safe else "this changes what the document says: "
    return f"{_place(finding)}: {finding.name}: {lead}`{finding.says}` becomes `{edit.text.strip()}`"


def _place(finding: Finding) -> str:
    return f"{finding.path}:{finding.span.start.line}"
