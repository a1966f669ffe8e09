"""Which lines answer for a field and key that has no line of its own."""

from __future__ import annotations

from functools import cache

from carespec.vocabulary import Vocabulary, load

_EVERY_STEP, _STEP = "treatment", "step-"


def wider_paths(path: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The lines that answer for a path without one, the nearest first: for a step that for treatment; the keyless one.

    A payment is answered for by its own line alone.
    """
    return _wider(path, vocabulary.name)


@cache
def _wider(path: str, vocabulary: str) -> tuple[str, ...]:
    name, _, key = path.partition(" ")
    known = load(vocabulary)
    field = known.fields.get(name)
    if not key or field is None:
        return ()
    by_step = key.startswith(_STEP) and _EVERY_STEP in known.keys(field)
    return (f"{name} {_EVERY_STEP}", name) if by_step else (name,)
