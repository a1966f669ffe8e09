"""What commands share that hold services against guidance: which packs, which of their rules, the law of which day."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from carespec.cli._shared import day, fail, or_nearest, said
from carespec.source import from_bytes, read_bytes
from carespec.tuples import NamedTuple

if TYPE_CHECKING:
    from carespec.checks import Check
    from carespec.guidance.model import Pack
    from carespec.source import Source

NONE, ENDING = "none", ".guidance"

guidance_option = click.option(
    "--guidance",
    "guidance",
    multiple=True,
    metavar="PACK",
    help="A guidance pack to hold services against: its name, with @VERSION if that matters, or its file; may be "
    "repeated. `none` for no pack; by default what the configuration says, else every pack that ships.",
)
known_at_option = click.option(
    "--known-at",
    callback=day,
    metavar="DATE",
    help="Leave out guidance that was published after this day.",
)


class Packs(NamedTuple):
    """The packs that judge, and the files of those that do not ship."""

    packs: tuple[Pack, ...]
    sources: tuple[Source, ...] = ()


def packs_from(chosen: tuple[str, ...], read: Callable[[str], bytes] = read_bytes) -> Packs:
    """The packs of these names, as `_settled.guidance_names` gives them; a file that cannot be read ends the run.

    `read` gives what the file of a pack holds, and raises as `open` does.
    """
    from carespec.guidance.library import shipped

    if not chosen:
        return Packs(shipped())
    if NONE in chosen:
        if len(chosen) > 1:
            fail(f"`--guidance {NONE}` means no pack, and stands alone")
        return Packs(())
    sources = [_source(name, read) for name in chosen if is_file(name)]
    own = iter(_read(sources))
    packs = [pack for name in chosen for pack in ((next(own),) if is_file(name) else _named(name))]
    return Packs(tuple({pack.digest: pack for pack in packs}.values()), tuple(sources))


def is_file(name: str) -> bool:
    """Whether a pack is named by its file."""
    return name.endswith(ENDING) or os.sep in name


def _source(path: str, read: Callable[[str], bytes]) -> Source:
    try:
        return from_bytes(path, read(path))
    except OSError as error:
        fail(f"the guidance pack `{path}` cannot be read: {said(error)}")


def _read(sources: Iterable[Source]) -> tuple[Pack, ...]:
    from carespec.guidance.library import read_packs

    return read_packs(sources)


def _named(name: str) -> tuple[Pack, ...]:
    """The packs of that name that ship, in the version asked for if one is."""
    from carespec.guidance.library import shipped

    wanted, _, version = name.partition("@")
    return tuple(pack for pack in shipped() if pack.name == wanted and version in ("", pack.version))


_EVERY = ".*"
"""Stands after the name of a pack for all rules and comparisons in it."""


class Chosen(NamedTuple):
    """What a run checks: the checks, and the full names of rules and comparisons; None for all of them."""

    checks: tuple[Check, ...]
    rules: frozenset[str] | None


def chosen_from(
    select: tuple[str, ...], ignore: tuple[str, ...], packs: tuple[Pack, ...], also: tuple[str, ...] = ()
) -> Chosen:
    """What the settings leave to run. A name that does not exist, in `also` too, ends the run; so does leaving nothing
    to run.
    """
    from carespec.checks import all_checks

    checks = {check.name: check for check in all_checks()}
    rules = _names(packs)
    for name in (*select, *ignore, *also):
        _known(name, checks, rules)
    every = frozenset(full for fulls in rules.values() for full in fulls)
    wanted = _full(select, rules) if select else every
    left = wanted - _full(ignore, rules)
    kept = tuple(check for name, check in checks.items() if (not select or name in select) and name not in ignore)
    if not kept and not left:
        fail("these settings leave no check and no rule to run, so a clean result would mean nothing")
    return Chosen(kept, None if left == every else left)


def _names(packs: tuple[Pack, ...]) -> dict[str, list[str]]:
    """The full names that a name can mean: itself, those of every pack that has a rule of that short name, or with
    `PACK.*` those of everything in the pack.
    """
    names: dict[str, list[str]] = {}
    for pack in packs:
        for short in (*(rule.name for rule in pack.rules), *(one.name for one in pack.comparisons)):
            full = f"{pack.name}.{short}"
            for name in (full, short, f"{pack.name}{_EVERY}"):
                if full not in names.setdefault(name, []):
                    names[name].append(full)
    return names


def _known(name: str, checks: dict[str, Check], rules: dict[str, list[str]]) -> None:
    fulls = rules.get(name, [])
    if (name in checks and not fulls) or (fulls and name.endswith(_EVERY)):
        return
    if not fulls:
        or_nearest("check or rule", name, (*checks, *rules), "; `carespec explain` and `carespec rules` list them")
    meanings = [*([f"the check `{name}`"] if name in checks else []), *(f"`{full}`" for full in fulls)]
    if len(meanings) > 1:
        fail(f"`{name}` may mean {' or '.join(meanings)}: write the full name")


def _full(names: tuple[str, ...], rules: dict[str, list[str]]) -> frozenset[str]:
    return frozenset(full for name in names for full in rules.get(name, ()))
