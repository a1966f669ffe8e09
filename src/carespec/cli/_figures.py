"""The figures about patients and costs that a command is given in place of those that ship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carespec.cli._shared import fail, said

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from carespec.assumptions import Assumptions


def figures_given(
    file: str | None, changes: tuple[str, ...], wanted: Collection[str] = ()
) -> Mapping[str, Assumptions]:  # fmt: skip
    """By vocabulary, the figures of a file, else those that ship, with the changes; empty where nothing is given.

    A file that cannot be used ends the run, and so does one about none of the `wanted` vocabularies (where any are),
    and a change that fits no vocabulary.
    """
    if not file and not changes:
        return {}
    from carespec.assumptions import BadAssumption, changed, default, not_known
    from carespec.vocabulary import names

    bases = {name: default(name) for name in names()}
    if file:
        vocabulary, own = _from_file(file, bases)
        if wanted and vocabulary not in wanted:
            fail(f"`{file}`: it is for services of `{vocabulary}`, and none of these is one")
        bases[vocabulary] = own
    try:
        return {name: changed(base, changes, not_known(name)) for name, base in bases.items() if base}
    except BadAssumption as error:
        fail(str(error))


def _from_file(path: str, known: Mapping[str, Assumptions]) -> tuple[str, Assumptions]:
    """The vocabulary that a user's file is for, and its figures, held to the same schema as ours."""
    from carespec.assumptions import BadAssumption, default
    from carespec.assumptions.files import from_yaml
    from carespec.source import read_file
    from carespec.vocabulary import DEFAULT

    try:
        vocabulary, figures = from_yaml("\n".join(read_file(path).lines))
    except OSError as error:
        fail(f"`{path}` cannot be read: {said(error)}")
    except BadAssumption as error:
        fail(f"`{path}`: {error}")
    if vocabulary not in known:
        fail(f"`{path}`: it is for services of `{vocabulary}`, and there are {', '.join(known)}")
    lacking = [] if known[vocabulary] else [name for name in default(DEFAULT) if not _gives(figures, name)]
    if lacking:
        fail(
            f"`{path}`: nothing is assumed about `{vocabulary}` beside it, and it says nothing of {', '.join(lacking)}"
        )
    return vocabulary, figures


def _gives(figures: Assumptions, name: str) -> bool:
    """Whether a name, or the one before its last part, is among the figures."""
    from carespec.assumptions import of

    try:
        of(figures, name)
    except KeyError:
        return False
    return True
