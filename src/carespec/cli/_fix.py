"""`check --fix`: make the edits that are certain, tell each, and write the files whole; ask before any others."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from carespec.cli._guidance import chosen_from, packs_from
from carespec.cli._settled import as_meant, corpus, guidance_names, is_ignored, law_of
from carespec.cli._shared import found_under, replace_file
from carespec.cli._waived import configured

if TYPE_CHECKING:
    from carespec.config.settings import Settings
    from carespec.engine import Engine
    from carespec.fixes import Fixed, Look
    from carespec.records import Finding
    from carespec.source import Source


def fix_files(settings: Settings, paths: tuple[str, ...], today: date, unsafe: bool, agreed: bool = False) -> None:
    """Fix every file under the paths, else of the corpus; YAML and JSON, and files that are no clean text, are left.

    With `unsafe` also what changes what a document says: each such change of a file is told in a sentence before any is
    made, and made if somebody at a terminal agrees, or has `agreed` beforehand.
    """
    from carespec.engine import Engine
    from carespec.source import is_data, read_file

    packs = packs_from(guidance_names(settings), settings.read).packs
    checks, rules = chosen_from(settings.value("select"), settings.value("ignore"), packs)
    law = law_of(settings, packs, today, rules)._replace(register=configured(settings))
    engine = Engine(checks, today, law)
    for path in found_under(paths or corpus(settings)).files:
        if is_data(path):
            continue
        try:
            source = read_file(path)
        except OSError:
            continue  # the run that follows tells
        if not source.troubles:
            _fix(source, engine, settings, unsafe, agreed)


def _fix(source: Source, engine: Engine, settings: Settings, unsafe: bool, agreed: bool) -> None:
    from carespec.fixes import text_of, tidied
    from carespec.syntax.format import format_source

    def look(changed: Source) -> tuple[Finding, ...]:
        told = engine.check(changed).findings
        return as_meant((finding for finding in told if not is_ignored(finding, settings)), settings)

    result = _settled(source, look, unsafe, agreed)
    for finding in result.done:
        if finding.fix is not None and finding.fix.edit is not None and finding.fix.edit.safe:
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


def _settled(source: Source, look: Look, unsafe: bool, agreed: bool) -> Fixed:
    """The source with what is certain, and with what changes what it says if that was shown and agreed to."""
    from carespec.fixes import fixed
    from carespec.summary import counted

    certain = fixed(source, look)
    if not unsafe:
        return certain
    all_of_it = fixed(source, look, unsafe=True)
    doubtful = [f for f in all_of_it.done if f.fix is not None and f.fix.edit is not None and not f.fix.edit.safe]
    if not doubtful:
        return certain
    for finding in doubtful:
        click.echo(_told(finding), err=True)
    changes = counted(len(doubtful), "change")
    if agreed or _agrees(f"Make {'this' if len(doubtful) == 1 else 'these'} {changes} of what {source.path} says?"):
        return all_of_it
    click.echo(f"{source.path}: {changes} of what it says not made; `--yes` makes what is shown", err=True)
    return certain


def _agrees(question: str) -> bool:
    """Whether somebody at a terminal says yes; where nobody can be asked, no."""
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    return click.confirm(question, err=True)


def _told(finding: Finding) -> str:
    """One edit in a sentence; what changes an obligation says so."""
    assert finding.fix is not None and finding.fix.edit is not None
    edit = finding.fix.edit
    lead = "" if edit.safe else "this would change what the document says: "
    return f"{_place(finding)}: {finding.name}: {lead}`{finding.says}` becomes `{edit.text.strip()}`"


def _place(finding: Finding) -> str:
    return f"{finding.path}:{finding.span.start.line}"
