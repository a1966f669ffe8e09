"""What a rule or a comparison is about: its own `topic`, the topics of the fields that it asks about, those fields.

A topic may also be called by what its fields are called: `--topic waits` finds what is asked of `wait`.
"""

from __future__ import annotations

from carespec.guidance.derived import joined
from carespec.guidance.library import with_words
from carespec.guidance.model import Comparison, Pack, Rule
from carespec.model.conditions import tests
from carespec.rules.text import field_named
from carespec.vocabulary import PAY, load


def topics_of(one: Rule | Comparison, pack: Pack) -> tuple[str, ...]:
    """The topics, then the fields with their plural, each once."""
    vocabulary = joined(load(pack.vocabulary))
    own = with_words(one, pack).said("topic")
    names = _fields(one)
    found = [field for name in names if (field := field_named(name, vocabulary)) is not None]
    topics = [field.topic for field in found if field.topic] + (["tariffs", "payment"] if PAY in names else [])
    called = [word for name in names for word in (name, f"{name}s")]
    return tuple(dict.fromkeys([*([own] if own else []), *topics, *called]))


def _fields(one: Rule | Comparison) -> list[str]:
    if isinstance(one, Comparison):
        return [one.measures.field] if one.measures is not None else []
    return list(dict.fromkeys(test.field for clause in one.requires for test in tests(clause.condition)))
