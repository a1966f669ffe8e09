"""`carespec config`: which settings hold for a file, where each comes from, and what is wrong with them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from carespec.cli._guidance import chosen_from, is_file, packs_from
from carespec.cli._settled import baseline_of, configuration, guidance_names, known_on_paths, settings_for
from carespec.cli._shared import fail
from carespec.cli._waived import configured

if TYPE_CHECKING:
    from carespec.config.settings import Settings
    from carespec.config.table import Setting


@click.group("config", short_help="Show and check the settings of a repository.")
def command() -> None:
    """Show which settings hold, and check the file that they stand in.

    That is `carespec.toml`, or `[tool.carespec]` in `pyproject.toml`: the nearest one above the current folder.
    """


@command.command("show")
@click.argument("path", required=False, metavar="[FILE]")
def show(path: str | None) -> None:
    """Print every setting that holds for FILE, with where it comes from."""
    from carespec.cli._tables import listed
    from carespec.config.table import SETTINGS

    settings = settings_for(None)
    rows = [(each.name, _shown(each, settings, path), settings.told(each.name, path).origin) for each in SETTINGS]
    for lines in listed(rows, indent=""):
        click.echo("\n".join(lines))


def _shown(each: Setting, settings: Settings, path: str | None) -> str:
    """A value for a person, who is told what it means that nobody set one; of packs found by name also their files."""
    from carespec.config.settings import shown

    value, origin = settings.told(each.name, path)
    if origin == "default" and each.unset:
        return each.unset
    return ", ".join(_with_files(name, settings) for name in value) if each.name == "guidance" else shown(value)


def _with_files(name: str, settings: Settings) -> str:
    from carespec.cli._own_packs import located

    files = [] if is_file(name) else [file for file in located(name, settings) if is_file(file)]
    return f"{name} ({', '.join(files)})" if files else name


@command.command("check")
@click.argument("path", required=False, metavar="[FILE]")
def check(path: str | None) -> None:
    """Check the configuration: its keys and values, and that what it names exists. Exit code 2 if anything is wrong."""
    config = configuration(path)
    if not config.path:
        fail("there is no carespec.toml, and no pyproject.toml with `[tool.carespec]`, in this folder or above it")
    settings = settings_for(path)
    packs = packs_from(guidance_names(settings)).packs
    chosen_from(settings.value("select"), settings.value("ignore"), packs)
    known_on_paths(settings, packs)
    missing = [each for each in settings.value("corpus") if not os.path.isdir(os.path.join(config.folder, each))]
    for each in missing:
        click.echo(f"carespec: {config.path}: the corpus has no folder `{each}`", err=True)
    baseline_of(settings)
    configured(settings)
    if missing:
        sys.exit(2)
    click.echo(f"{config.path}: nothing is wrong with it")
