"""`carespec config`: which settings hold for a file, where each comes from, and what is wrong with them."""

from __future__ import annotations

import os
import sys

import click

from carespec.cli._figures import figures_given
from carespec.cli._guidance import chosen_from, packs_from
from carespec.cli._settled import (
    assumptions_file,
    baseline_of,
    configuration,
    guidance_names,
    known_on_paths,
    settings_for,
)
from carespec.cli._shared import fail


@click.group("config", short_help="Show and check the settings of a repository.")
def command() -> None:
    """Show which settings hold, and check the file that they stand in.

    That is `carespec.toml`, or `[tool.carespec]` in `pyproject.toml`: the nearest one above the current folder.
    """


@command.command("show")
@click.argument("path", required=False, metavar="[FILE]")
def show(path: str | None) -> None:
    """Print every setting that holds for FILE, with where it comes from."""
    from carespec.config.settings import shown
    from carespec.config.table import SETTINGS

    settings = settings_for(None)
    told = {each.name: settings.told(each.name, path) for each in SETTINGS}
    name = max(map(len, told))
    width = max(len(shown(value.value)) for value in told.values())
    for key, (value, origin) in told.items():
        click.echo(f"{key:<{name}}  {shown(value):<{width}}  {origin}")


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
    figures_given(assumptions_file(settings), settings.value("assume"))
    missing = [each for each in settings.value("corpus") if not os.path.isdir(os.path.join(config.folder, each))]
    for each in missing:
        click.echo(f"carespec: {config.path}: the corpus has no folder `{each}`", err=True)
    baseline_of(settings)
    if missing:
        sys.exit(2)
    click.echo(f"{config.path}: nothing is wrong with it")
