"""The figures about patients and costs that a command is given in place of those that ship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carespec.cli._shared import fail, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carespec.assumptions import Assumptions


def figures_given(file: str | None, changes: tuple[str, ...]) -> Mapping[str, Assumptions]:
    """By vocabulary, the figures of a file, else those that ship, with the changes; empty where nothing is given.

    A file that cannot be used ends the run, and so does a change that fits no vocabulary.
    """
    if not file and not changes:
        return {}
    from carespec.assumptions import BadAssumption, changed, default
    from carespec.vocabulary import names

    own = _from_file(file) if file else None
    bases = {name: default(name) if own is None else own for name in names()}
    try:
        return {name: changed(base, changes) for name, base in bases.items() if base}
    except BadAssumption as error:
        fail(str(error))


def _from_file(path: str) -> Assumptions:
    """Assumptions from a user's file, held to the same schema as ours."""
    from carespec.assumptions import BadAssumption
    from carespec.assumptions.files import from_yaml
    from carespec.source import read_file

    try:
        return from_yaml("\n".join(read_file(path).lines))
    except OSError as error:
        fail(f"`{path}` cannot be read: {said(error)}")
    except BadAssumption as error:
        fail(f"`{path}`: {error}")
